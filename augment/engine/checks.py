"""What a sample must be: the checks of images, masks and labels, and of ops that do not fit them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.ops.kinds import Drawn
from augment.program.lower import Program
from augment.sample import Target, check_picture, refuse_gradient, refuse_masked


def refuse_unmovable(op: Drawn, targets: Mapping[str, Target]) -> None:
    """Raise `SampleError` where an op would leave a target behind."""
    for name, target in targets.items():
        if target.kind in op.disturbs - op.moves:
            raise SampleError(f"cannot move {name} ({target.kind}); {op.instead}")


def array(name: str, raw: Any, kind: str = "") -> np.ndarray:
    """Return an array; raises `SampleError` on lists without a common shape, and on pictures that are none of their kind."""
    if hasattr(raw, "getbands"):
        check_picture(name, raw, kind)
    refuse_gradient(name, raw)
    refuse_masked(name, raw)
    try:
        return np.asarray(raw)
    except ValueError:
        raise SampleError(f"{name}: its rows are not of one length") from None


def check_image(name: str, image: Any) -> np.ndarray:
    """Return an image as (H, W, C); raises `SampleError` on what is none."""
    image = array(name, image, "image")
    if image.dtype.kind not in "uif":
        raise _no_numbers(name, image.dtype, "image")
    if image.ndim not in (2, 3):
        raise SampleError(f"{name}: an image has the shape (height, width) or (height, width, channels), not {image.shape}")
    if 0 in image.shape:
        raise SampleError(f"{name}: has no pixels (shape {image.shape})")
    if image.ndim == 3 and other_way_round(image.shape[0], image.shape[2]):
        raise SampleError(f"{name}: the shape {image.shape} looks like (channels, height, width); channels come last here")
    if image.ndim == 3 and as_square(*image.shape[1:]):
        what = f"{name}: the shape {image.shape} is one image of {image.shape[2]} channels"
        warnings.warn(f"{what}; of a batch of gray images give each by itself", stacklevel=2)
    return image[..., None] if image.ndim == 2 else image


NO_NUMBERS = {
    "O": "an array of objects: np.stack makes one of arrays of one shape, x.astype('uint8') one of whole numbers",
    "U": "a text: open the file that it names, as PIL.Image.open does",
    "S": "bytes: open them, as PIL.Image.open(io.BytesIO(x)) does",
    "V": "an array of records: its fields are layers, np.stack([x[name] for name in x.dtype.names], -1)",
}  # fmt: skip
"""Kinds of types of NumPy that are no numbers, and what to do."""


PLACES = ("boxes", "keypoints")


def check_type(name: str, dtype: Any, kind: str) -> None:
    """Raise `SampleError` where a type, NumPy's or that of another library, holds no levels of an image, no labels of a mask, or
    no places; of other kinds it may be any."""
    if wrong := _wrong_type(dtype, kind):
        raise SampleError(f"{name}: is {wrong}")


@lru_cache(maxsize=256)
def _wrong_type(dtype: Any, kind: str) -> str:
    """What a type is that cannot be, and what to do, found once for each type; '' of others."""
    if kind not in ("image", "mask", *PLACES):
        return ""
    said, what = str(dtype).removeprefix("torch."), "places" if kind in PLACES else f"{kind}s"
    if said == "bool" and kind == "image":
        return "bool, and an image has levels: x * np.uint8(255) is one of black and white; or call it a mask"
    of = "U" if said == "string" else getattr(dtype, "kind", "f")
    of = "f" if of == "V" and dtype.names is None and "float" in said else of  # bfloat16, which NumPy knows by its size alone
    if said.startswith("complex") or (said == "bool" and kind != "mask") or (of in "OUSVMm" and kind in PLACES):
        return f"{said}, and {what} are real numbers"
    return NO_NUMBERS.get(of, f"{said}, which is no number") if of in "OUSVMm" else ""


def _no_numbers(name: str, dtype: Any, kind: str) -> SampleError:
    check_type(name, dtype, kind)
    return SampleError(f"{name}: is {dtype}, in which NumPy does not compute: cast it to float32")


def check_finite_pixels(name: str, image: np.ndarray) -> None:
    """Raise `SampleError` where floats of an image are not finite."""
    if image.dtype.kind == "f" and image.size and not np.isfinite([image.min(), image.max()]).all():
        raise out_of_range(name, np.nan, np.nan)


SIDE = 16
"""From so many on, a number of channels is probably a side."""


def as_square(width: int | None, channels: int) -> bool:
    """Whether a number of channels is probably a side, as it is that of the other one: of gray images that are square."""
    return channels == width and channels > 4


def other_way_round(side: int | None, channels: int | None) -> bool:
    """Whether what stands in the place of a side is a number of channels, and what stands in that of the channels is a side."""
    return side in (1, 3, 4) and channels is not None and channels >= SIDE


def check_range(name: str, image: np.ndarray, mixes: bool = False) -> np.ndarray:
    """Raise `SampleError` if a float image leaves [0, 1]; ``mixes``: it is to be mixed with another."""
    if image.dtype.kind == "f":
        low, high = float(image.min()), float(image.max())
        if not (low >= 0 and high <= 1):  # not a number is neither
            raise out_of_range(name, low, high, mixes)
    return image


def check_levels(name: str, dtype: Any, low: float, high: float) -> None:
    """Raise `SampleError` if the whole numbers of an image are no levels of 8 bits, whatever their type has room for."""
    if str(dtype).removeprefix("torch.") == "int8":
        raise SampleError(f"{name}: is {dtype}, which has no room for levels from 0 to 255: cast it to uint8")
    if not 0 <= low <= high <= 255:
        fix = "begin with to_float: {max: ...}" if low >= 0 else "shift and scale them to floats from 0 to 1"
        what = f"{name}: is {dtype} with values from {low:g} to {high:g}"
        raise SampleError(f"{what}; whole numbers are levels from 0 to 255: {fix}")


def out_of_range(name: str, low: float, high: float, mixes: bool = False) -> SampleError:
    """Return the error of a float image that leaves [0, 1], with what may be behind it."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return SampleError(f"{name}: holds a value that is not finite")
    if low < -0.01 and mixes:
        fix = "give it before it is normalized, and write normalize behind the mix: pipeline: [mixup: 0.2, normalize: imagenet]"
    elif low < -0.01:
        fix = "give it before it is normalized (normalize is an op too), or scale it to 0..1"
    elif high <= 1.01:
        fix = "that is rounding: clip it, as np.clip(image, 0, 1) does"
    elif high < 2:
        fix = "clip it if it was made brighter before, else divide by its full scale"
    elif high <= 255:
        fix = "divide by 255 if they are 0 to 255 (or give uint8), else by their full scale"
    else:
        fix = "divide by their full scale, which may be 65535"
    return SampleError(f"{name}: floats are 0 to 1, but these are {low:.6g} to {high:.6g}; {fix}")


def check_mask(name: str, mask: Any, fills: Iterable[int] = ()) -> np.ndarray:
    """Return a mask as (H, W, C); raises `SampleError` on what is none, or cannot hold the labels of what is filled."""
    mask = array(name, mask, "mask")
    if mask.dtype.kind not in "buif":
        raise _no_numbers(name, mask.dtype, "mask")
    if mask.ndim not in (2, 3) or 0 in mask.shape:
        raise SampleError(f"{name}: a mask has the shape (height, width) or (height, width, layers), not {mask.shape}")
    check_fills(name, mask.dtype, fills)
    return mask[..., None] if mask.ndim == 2 else mask


def check_fills(name: str, dtype: Any, fills: Iterable[int], cast: Callable[[int, Any], Any] | None = None) -> None:
    """Raise `SampleError` where masks of a type cannot hold a label that is written into them; ``cast`` is NumPy's by default."""
    for fill in fills:
        if (cast or _cast)(fill, dtype).item() != fill:
            raise SampleError(f"{name}: is {dtype}, which has no {fill}: choose another fill, or a wider type")


def _cast(fill: int, dtype: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.array(fill).astype(dtype)


def check_mixed_labels(program: Program, names: Container[str]) -> None:
    """Raise `SampleError` where a mix would leave a label behind that ``targets`` declares."""
    missing = [name for name, t in program.pipeline.targets.items() if t.kind == "labels" and name not in names]
    if program.mixes and missing:
        raise SampleError(f"the sample has no {missing[0]!r}, which targets declares: a mixed image needs its mixed label")


def check_classes(name: str, shape: Sequence[int | None], whole: bool, classes: int | None) -> None:
    """Raise `SampleError` where a label of so many ``classes`` (None if nothing says so) is neither a whole number nor a share
    for each."""
    if classes is None:
        return
    if not len(shape) and not whole:
        raise SampleError(f"{name}: is a float, and a class is a whole number: cast it to int64, or give one-hot rows")
    if len(shape) and shape[-1] not in (None, classes):
        numbers = f"{shape[-1]} number{'s' * (shape[-1] != 1)} for each sample"
        fix = "class numbers stand without an axis of their own, labels[:, 0]" if shape[-1] == 1 else "give a share for each"
        raise SampleError(f"{name}: has {numbers}, and there are {classes} classes: {fix}")


def check_shares(name: str, shape: Sequence[int | None]) -> None:
    """Raise `SampleError` where the shape of a label does not end in a share for each class."""
    if not len(shape) or shape[-1] == 1:
        what = "one number" if not len(shape) else f"of the shape {tuple(shape)}"
        fix = f"declare targets: {{{name}: {{kind: labels, classes: N}}}} for class numbers, or give one-hot rows"
        raise SampleError(f"{name}: is {what}, and must have a share for each class: {fix}")


def check_channels(op: Drawn, count: int, name: str) -> None:
    """Raise `SampleError` where a colour op does not fit the number of channels."""
    if op.tail is not None and len(op.tail.gain) not in (1, count):
        raise SampleError(f"{name} has {_channels(count)}, and mean and std have {len(op.tail.gain)}")
    if op.only and max(op.only) >= count:
        raise SampleError(f"{name} has {_channels(count)}, and channels names number {max(op.only)} (counted from 0)")
    used = len(op.only) if op.only else count
    if op.rgb and used != 3 and not (used == 1 and op.takes_grey):
        fix = "name them: channels: [0, 1, 2]" if count > 3 else "turn it into an RGB image before, or leave the op out"
        raise SampleError(f"needs red, green and blue, but {name} has {_channels(count)}; {fix}")


def _channels(count: int) -> str:
    return f"{count} channel{'s' * (count != 1)}"


def check_ops(program: Program, name: str, channels: int) -> None:
    """Raise `SampleError` where an op of a program does not fit an image of so many channels, whether it is drawn or not."""
    for leaf in program.leaves:
        op = leaf.op
        if op.on is not None and name not in op.on:
            continue
        try:
            check_channels(op, channels, name)
            if op.fill_colour and len(op.fill_colour) not in (1, channels):
                fix = "write one number" if channels != 3 else "write one number, three, or '#rrggbb'"
                raise SampleError(f"fill has {len(op.fill_colour)} numbers and {name} has {_channels(channels)}; {fix}")
        except SampleError as error:
            raise error.at(leaf.path) from None
