"""The table itself, and the arguments that many layers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from augment.native import form
from augment.native.call import walk
from augment.native.entry import Table
from augment.spec.node import Node

MODES = {"reflect": "reflect", "constant": "constant", "wrap": "wrap", "nearest": "replicate", "mirror": "reflect101"}


RANGED = {
    "RandomBrightness", "RandomContrast", "RandomHue", "RandomSaturation", "RandomColorJitter", "RandomColorDegeneration",
    "RandomSharpness", "RandomPosterization", "Solarization", "Equalization", "AutoContrast", "RandomInvert", "RandomErasing",
    "RandAugment", "AugMix", "CLAHE",
}  # fmt: skip
"""Layers that are told which range images are in."""
BLACK = (
    "its value_range is 0 to 255 unless it is said, and it stands behind Rescaling, so that it takes images of 0 to 1 for nearly "
    "black ones there; here it means shares of the range"
)


def container(reading: Any, settings: Mapping[str, Any], steps: list[Node]) -> dict[str, Any]:
    """Say once which range the layers were told."""
    ranges = {
        tuple(call.kwargs["value_range"])
        for call in walk(reading.source.calls)
        if isinstance(call.kwargs.get("value_range"), list | tuple)
    }
    for low, high in sorted(ranges - {(0, 255)}):
        reading.remark(None, "note", f'images of [{low:g}, {high:g}]: compile(spec, "keras", value_range=({low:g}, {high:g}))')
    _tell_of_black_images(reading)
    _tell_of_equal_seeds(reading)
    names = [step.name() for step in steps]
    kept = [
        step
        for i, step in enumerate(steps)
        if step.name() != "to_float" or ("normalize" not in names and "to_float" not in names[i + 1 :])
    ]
    return {"pipeline": kept}


def _tell_of_black_images(reading: Any) -> None:
    """Tell of layers that are told of no range, and stand where images are 0 to 1 already."""
    scaled = False
    for call in walk(reading.source.calls):
        scaled = scaled or call.name == "Rescaling"
        if scaled and call.name in RANGED and len(call.args) < 2 and _high(call) == 255:
            reading.remark(call, "differs", BLACK)


def _tell_of_equal_seeds(reading: Any) -> None:
    seeds = Counter(seed for call in walk(reading.source.calls) if type(seed := call.kwargs.get("seed")) is int)
    for seed, count in seeds.items():
        if count > 1:
            told = "they draw the same numbers there, so that what one draws goes with what others draw; here each draws its own"
            reading.remark(None, "differs", f"seed={seed} in {count} layers: {told}")


def _high(call: Any) -> Any:
    given = call.kwargs.get("value_range", (0, 255))
    return given[1] if isinstance(given, list | tuple) and len(given) == 2 else None


def sides(c: Any, op: str, mode: Any, value: Any, way: Any) -> dict[str, Any]:
    """Return border, fill and interpolation; Keras mirrors unless it is told otherwise."""
    border = MODES[str(mode)]
    found: dict[str, Any] = (
        {"border": border} if border != "constant" else {"fill": form.level(value, 255 if form.number(value) > 1 else 1) or None}
    )
    if str(way) == "nearest":
        found["interpolation"] = "nearest"
    elif str(way) != "bilinear":
        c.differs(f"it interpolates by {way} there, bilinear here")
    return found


def chance(raw: Any) -> float:
    """Return how likely a factor is that stands for a range of probabilities: one number f is [0, f], and the mean counts."""
    low, high = form.pair(raw) if isinstance(raw, list | tuple) else (0.0, form.number(raw))
    return form.tidy((low + high) / 2)


def bounded(raw: Any, low: float, high: float) -> form.Pair:
    """Return a factor as Keras reads it: one number is either way, as far as the bounds of the layer go."""
    if isinstance(raw, list | tuple):
        return form.pair(raw)
    size = abs(form.number(raw))
    return max(-size, low), min(size, high)


NEEDLESS = (
    "seed", "dtype", "name", "data_format", "input_shape", "batch_input_shape", "trainable", "value_range", "autocast",
    "bounding_box_format", "batch_size", "segmentation_classes", "layers", "layer", "batchwise", "auto_vectorize", "axis",
    "invert",
)  # fmt: skip
TABLE = Table("keras", needless=NEEDLESS, container=container)
