"""Kernel sets of the core, as they are declared: what runs each primitive, to be read without a framework.

What their functions take and return stands in `augment.kernels.protocol`, to which mypy holds them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from augment.ops.primitives import Primitives

REFERENCE = Primitives("reference", "augment.kernels.reference", MappingProxyType({
    "resample": "numpy gather", "resize": "numpy weight matrices", "pointwise": "numpy", "convolve": "numpy shifts",
    "histogram": "numpy bincount and take", "clahe": "numpy bincount and take", "jpeg": "numpy int32", "median": "numpy median",
    "morphology": "numpy maxima and minima", "blend": "numpy", "noise": "numpy.random.Philox", "erase": "numpy slices",
    "fill": "numpy where", "fade": "numpy", "mix": "numpy", "compose": "numpy slices", "zoom": "numpy gather",
    "displace": "numpy gather", "downscale": "numpy matrix products", "locate": "numpy flatnonzero", "components": "numpy runs",
}))  # fmt: skip
OPENCV = Primitives("opencv", "augment.kernels.opencv", MappingProxyType({
    "resample": "cv2.warpAffine, warpPerspective or remap", "resize": "banded matrix products",
    "pointwise": "cv2.LUT and transform", "convolve": "cv2.sepFilter2D or filter2D", "histogram": "cv2.calcHist and LUT",
    "clahe": "numpy bincount and take", "jpeg": "cv2.imencode and imdecode", "median": "cv2.medianBlur",
    "morphology": "cv2.dilate or erode", "blend": "numpy", "noise": "numpy.random.Philox", "erase": "numpy slices",
    "fill": "numpy where", "fade": "numpy", "mix": "cv2.addWeighted", "compose": "numpy slices", "zoom": "cv2.warpAffine",
    "displace": "cv2.remap", "downscale": "cv2.resize", "locate": "numpy flatnonzero", "components": "cv2.connectedComponents",
}))  # fmt: skip
FUSED = Primitives("fused", "augment.kernels.fused", MappingProxyType({
    **OPENCV.runs, "resample": "fused pass over tiles", "resize": "fused weights", "pointwise": "fused pass over tiles, or cv2",
    "erase": "fused pass over tiles", "clahe": "native counts and curves",
}))  # fmt: skip
"""Stands in for OpenCV's where it was built: `augment.kernels.host` chooses."""

if TYPE_CHECKING:
    from augment.kernels import fused, opencv, reference
    from augment.kernels.protocol import Host, Planar, StandIn

    _: tuple[Host, Host, Host] = (reference, opencv, fused)
    _planar: tuple[Planar, Planar] = (opencv, fused)
    _standing_in: StandIn = fused

__all__ = ["FUSED", "OPENCV", "REFERENCE"]
