"""What a tensor must be to be an image, a mask or rows: dense numbers, with the channels first."""

from __future__ import annotations

import warnings

import torch
from torch import Tensor
from torchvision import tv_tensors

from augment.engine.checks import SIDE, check_type, other_way_round
from augment.errors import SampleError

NARROW = 2
"""Floats of fewer bytes are those that scale weights, which neither NumPy nor most functions of torch have."""


def check_nested(name: str, value: object) -> None:
    """Raise `SampleError` on a nested tensor, which has no shape that anything could be asked for."""
    if isinstance(value, Tensor) and value.is_nested:
        raise SampleError(f"{name}: is nested, and its parts may have other sizes each; give them one by one, of x.unbind()")


def check_tensor(name: str, value: object, kind: str) -> None:
    """Raise `SampleError` on a tensor without numbers that can be read, or with numbers that the kind of a target has not."""
    if not isinstance(value, Tensor):
        return
    check_nested(name, value)
    if value.device.type == "meta":
        raise SampleError(f"{name}: is on the meta device, where tensors have no values; FakeTensorMode finds shapes without any")
    if value.layout != torch.strided:
        raise SampleError(f"{name}: is sparse ({value.layout}): make it dense before, with x.to_dense()")
    if value.is_quantized:
        raise SampleError(f"{name}: is quantized ({value.dtype}): give its numbers, x.dequantize()")
    if value.is_floating_point() and value.itemsize < NARROW:
        said = str(value.dtype).removeprefix("torch.")
        raise SampleError(f"{name}: is {said}, which is no type to compute in: cast it to float16, or to a wider one")
    check_type(name, value.dtype, kind)
    if kind in ("image", "mask") and value.ndim < 4:
        _check_layout(name, value, kind)


def _check_layout(name: str, value: Tensor, kind: str) -> None:
    """Refuse what is no (C, H, W), as where channels come last, and warn of what may be gray images, each taken for a channel."""
    shape = tuple(value.shape)
    if value.ndim not in (2, 3):
        raise SampleError(f"{name}: a tensor of the shape {shape} is no {kind} of (channels, height, width)")
    if value.ndim == 2 or kind != "image":
        return
    if other_way_round(shape[2], shape[0]):
        what = f"{name}: a tensor of the shape {shape} is no image of (channels, height, width); channels come first in tensors"
        raise SampleError(what)
    if shape[0] >= SIDE and not isinstance(value, tv_tensors.Image):
        fix = "a batch of gray images needs an axis of channels, x[:, None]; tv_tensors.Image(x) says that it is one image"
        warnings.warn(f"{name}: a tensor of the shape {shape} is one image of {shape[0]} channels; {fix}", stacklevel=2)


__all__ = ["check_nested", "check_tensor"]
