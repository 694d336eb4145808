"""Kernel sets of the core: one function for each primitive. What runs each stands here, to be read without a framework."""

from types import MappingProxyType

REFERENCE = MappingProxyType({
    "resample": "numpy gather", "resize": "numpy weight matrices", "pointwise": "numpy", "convolve": "numpy shifts",
    "histogram": "numpy bincount and take", "clahe": "numpy bincount and take", "jpeg": "numpy int32", "median": "numpy median",
    "morphology": "numpy maxima and minima", "blend": "numpy", "noise": "numpy.random.Philox", "erase": "numpy slices",
    "fill": "numpy where", "fade": "numpy", "mix": "numpy", "compose": "numpy slices", "zoom": "numpy gather",
    "displace": "numpy gather",
    "downscale": "numpy matrix products",
    "locate": "numpy flatnonzero", "components": "numpy runs",
})  # fmt: skip
OPENCV = MappingProxyType({
    "resample": "cv2.warpAffine, warpPerspective or remap", "resize": "banded matrix products",
    "pointwise": "cv2.LUT and transform", "convolve": "cv2.sepFilter2D or filter2D", "histogram": "cv2.calcHist and LUT",
    "clahe": "numpy bincount and take",
    "jpeg": "cv2.imencode and imdecode", "median": "cv2.medianBlur", "morphology": "cv2.dilate or erode", "blend": "numpy",
    "noise": "numpy.random.Philox", "erase": "numpy slices", "fill": "numpy where", "fade": "numpy", "mix": "cv2.addWeighted",
    "compose": "numpy slices", "zoom": "cv2.warpAffine", "displace": "cv2.remap", "downscale": "cv2.resize",
    "locate": "numpy flatnonzero", "components": "cv2.connectedComponents",
})  # fmt: skip
