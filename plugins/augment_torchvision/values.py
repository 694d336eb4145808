"""The values of a torchvision sample as NumPy arrays, without copies where that can be, and back in the type they came in."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import PIL.Image
import torch
from torch import Tensor
from torchvision import tv_tensors

from augment.errors import SampleError
from augment.kernels.opencv import planar
from augment.program.lower import Program
from augment.sample import check_picture, refuse_gradient

FORMATS = {"XYXY": "xyxy", "XYWH": "xywh", "CXCYWH": "cxcywh"}


def box_format(boxes: tv_tensors.BoundingBoxes) -> str:
    if boxes.format.name not in FORMATS:
        corners = "convert_bounding_box_format(boxes, new_format='XYXYXYXY').reshape(-1, 4, 2) - 0.5"
        fix = f"their corners are, as keypoints: {corners}, and + 0.5 on what comes out, as boxes count from edges of pixels"
        raise SampleError(f"boxes: rotated ones ({boxes.format.name}) are not moved, only {', '.join(FORMATS)}; {fix}")
    return FORMATS[boxes.format.name]


# In ------------------------------------------------------------------------------------------------------------------


def raster(name: str, raw: Any, kind: str) -> np.ndarray:
    """An image or a mask as (H, W) or (H, W, C)."""
    if isinstance(raw, PIL.Image.Image):
        check_picture(name, raw, kind)
        return np.asarray(raw)
    if not isinstance(raw, Tensor):
        return raw if isinstance(raw, np.ndarray) else np.asarray(raw)
    array = plain(name, raw)
    return array if array.ndim < 3 else array.transpose(1, 2, 0)


def plain(name: str, raw: Tensor) -> np.ndarray:
    """A tensor as an array: a view where it lies on the host in a type that NumPy has.

    Raises `SampleError` where a gradient would be lost that somebody asks for.
    """
    if torch.is_grad_enabled():
        refuse_gradient(name, raw)
    if type(raw) is not Tensor:
        raw = raw.as_subclass(Tensor)
    return (raw.float() if raw.dtype == torch.bfloat16 else raw).numpy(force=True)


def rows(name: str, raw: Any) -> Any:
    """Boxes, labels and the like: an array, or the list that it is, of numbers where it is one of tensors."""
    if _of_tensors(raw):
        return [plain(name, row).tolist() for row in raw]
    return plain(name, raw) if isinstance(raw, Tensor) else raw


def flat_rows(name: str, raw: Any) -> Any:
    """Keypoints (..., 2) as (n, 2)."""
    array = rows(name, raw)
    return array.reshape(-1, array.shape[-1]) if isinstance(array, np.ndarray) and array.ndim > 2 else array


# Out -----------------------------------------------------------------------------------------------------------------


def size(raster: Any) -> tuple[int, int]:
    """Height and width of a result: an array (H, W, ...) of the host or a tensor (1, C, H, W) of the device."""
    shape = raster.shape[2:] if isinstance(raster, Tensor) else raster.shape
    return int(shape[0]), int(shape[1])


def raster_like(result: Any, like: Any, kind: str, tensors: bool) -> Any:
    """An image or a mask in the type of ``like``; floats that were no floats in PIL become a tensor."""
    if isinstance(result, Tensor):  # from the device
        return of_class(own(result[0] if like.ndim == 3 else result[0, 0], like), like)
    if isinstance(like, Tensor):
        out = tensor(result).to(like.device)
        if like.dtype == torch.bfloat16 and out.dtype == torch.float32:
            out = out.to(like.dtype)
        return of_class(out, like)
    if tensors or (isinstance(like, PIL.Image.Image) and result.dtype.kind == "f"):
        return tensor(result[..., None] if result.ndim == 2 and kind == "image" else result)  # a grey image has a channel
    if not isinstance(like, PIL.Image.Image):
        return np.ascontiguousarray(result)
    picture = PIL.Image.fromarray(result)
    if like.mode == "P":
        picture.putpalette(like.getpalette() or [])
    return picture


def own(out: Tensor, like: Tensor) -> Tensor:
    """What torch's kernels made of a tensor, with memory of its own also where they changed nothing."""
    shared = out.untyped_storage()._cdata == like.untyped_storage()._cdata  # also where there is no data: fake tensors
    return out.clone() if shared else out


def of_class(out: Tensor, like: Tensor) -> Tensor:
    """A raster in order, in the subclass of tensors that came in, with what that one holds beside its numbers."""
    out = out.contiguous()
    if isinstance(like, tv_tensors.TVTensor):
        return tv_tensors.wrap(out, like=like)
    if type(like) in (Tensor, torch.nn.Parameter, type(out)):  # a mode of torch may have given it its class already
        return out
    out = out.as_subclass(type(like))
    out.__dict__.update(copy.deepcopy(like.__dict__))
    return out


def mask_as(name: str, mask: Tensor, dtype: str | None) -> Tensor:
    """A mask in another type, if one is asked for. Raises `SampleError` where whole numbers would lose its fractions."""
    if dtype is None:
        return mask
    to: torch.dtype = getattr(torch, dtype)
    if mask.is_floating_point() and not to.is_floating_point and not bool((mask == mask.round()).all()):
        fix = "ask for 'float32', or give whole labels"
        raise SampleError(f"{name}: holds fractions, which mask_dtype={dtype!r} would cut off: {fix}")
    return mask.to(to)


def refuse_placed(name: str, raw: Any, program: Program) -> None:
    """Raise `SampleError` on a tensor with a map from its pixels to the world, where the pixels move and the map would not."""
    if type(raw) is Tensor or not isinstance(raw, Tensor) or not hasattr(raw, "affine"):
        return
    if any("boxes" in leaf.op.moves for leaf in program.leaves):
        fix = "give it as_subclass(torch.Tensor), or leave the ops that move pixels to the library that keeps the map"
        raise SampleError(f"{name}: is a {type(raw).__name__}, whose affine says where its pixels lie, and they are moved; {fix}")


def tensor(array: np.ndarray) -> Tensor:
    """(H, W) or (H, W, C) as a tensor with channels first, in order in memory, without a copy of what is ours and in order."""
    array = np.ascontiguousarray(array) if array.ndim == 2 else planar(array)
    return torch.from_numpy(array if array.flags.writeable else array.copy())


def layers(result: np.ndarray | None, keep: np.ndarray, like: Tensor, size: tuple[int, int]) -> Any:
    """The instance masks that are left."""
    if result is None:
        return np.zeros((*size, 0), like.new_empty(0).cpu().numpy().dtype)
    if isinstance(result, Tensor):
        return result[:, torch.from_numpy(keep).to(result.device)]
    return result[..., keep]


def points_like(result: Any, like: Any, size: tuple[int, int], keep: np.ndarray | None) -> Any:
    """Boxes or keypoints as they came in; ``keep`` says which groups are left."""
    if isinstance(like, np.ndarray):
        return np.asarray(result, like.dtype if like.dtype.kind == "f" else np.float32)
    if not isinstance(like, Tensor):
        return [torch.tensor(row, dtype=torch.float32) for row in result] if _of_tensors(like) else result
    # whole numbers cannot say where a box went to
    out = torch.from_numpy(np.asarray(result)).to(like.device, like.dtype if like.dtype.is_floating_point else torch.float32)
    if like.ndim > 2:
        out = out.reshape(like.shape)
    if keep is not None:
        out = out[torch.from_numpy(keep).to(like.device)]
    if isinstance(like, tv_tensors.BoundingBoxes | tv_tensors.KeyPoints):
        return tv_tensors.wrap(out, like=like, canvas_size=size)
    return out


def rows_like(result: Any, like: Any) -> Any:
    """Labels and what boxes carry, in the type that they came in; blended labels are floats."""
    if isinstance(like, Tensor):
        out = torch.from_numpy(np.asarray(result)).to(like.device)
        return out if _soft(out, like) else out.to(like.dtype)
    if _of_tensors(like):
        return type(like)(torch.tensor(row, dtype=like[0].dtype) for row in result)
    if isinstance(like, list) and isinstance(result, np.ndarray):
        return result.tolist()
    array = isinstance(result, np.ndarray) and not isinstance(like, np.ndarray)
    return torch.from_numpy(result) if array and result.dtype.kind in "biufc" else result


def _of_tensors(like: Any) -> bool:
    return isinstance(like, list | tuple) and bool(like) and all(isinstance(row, Tensor) for row in like)


def _soft(out: Tensor, like: Tensor) -> bool:
    """Whether whole numbers became fractions."""
    return out.is_floating_point() and not like.is_floating_point()
