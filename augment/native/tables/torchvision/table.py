"""The table itself, shared arguments, and what stands for tensors and floats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from augment.native import form
from augment.native.call import Unread
from augment.native.entry import Table
from augment.spec.node import Node, Spread

PIL = {0: "nearest", 1: "lanczos", 2: "bilinear", 3: "bicubic", 4: "box", 5: "hamming"}
MODES = {"constant": "constant", "edge": "replicate", "reflect": "reflect101", "symmetric": "reflect"}


def container(reading: Any, settings: Mapping[str, Any], steps: list[Node]) -> dict[str, Any]:
    """Keep what makes floats once: normalize does it, else the last of what asks for it. Several crops are a view."""
    names = [step.name() for step in steps]
    last = len(names) - 1 - names[::-1].index("to_float") if "to_float" in names else -1
    kept = [step for i, step in enumerate(steps) if step.name() != "to_float" or ("normalize" not in names and i == last)]
    if any(step.name() == "to_float" for step in steps) and not any(step.name() in ("normalize", "to_float") for step in kept):
        kept = steps
    several = next((i for i, step in enumerate(kept) if isinstance(step, Spread)), None)
    if several is not None:
        return {"pipeline": kept[:several], "views": {"crops": kept[several:]}}
    return {"pipeline": kept}


def floats(c: Any) -> bool:
    """Whether images are floats of 0 to 1 where a call stands, so that its numbers are fractions."""
    before = []
    for call in c.reading.source.calls:
        if call is c.call:
            break
        before.append(call.name)
    return bool({"ToTensor", "ConvertImageDtype", "ToDtype"} & set(before))


def levels(c: Any, raw: Any) -> Any:
    """Return a colour as fractions of full scale, from levels of 255 or, of floats, as it is."""
    numbers = raw if isinstance(raw, list | tuple) else [raw]
    return form.level(raw, 1 if floats(c) or all(isinstance(x, float) and 0 < x <= 1 for x in numbers) else 255)


def filled(c: Any, fill: Any) -> Any:
    """Return a fill; of one for each type, that of images."""
    if isinstance(fill, Mapping):
        named = {str(name).rpartition(".")[2]: value for name, value in fill.items()}
        masks = named.get("Mask", named.get("others", 0))
        if masks:
            c.differs(f"masks are filled with {masks}: say it once, targets: {{mask: {{kind: mask, fill: {masks}}}}}")
        fill = named.get("Image", named.get("others", named.get("PIL.Image", 0)))
    if fill is None:
        return None
    return levels(c, fill) or None


def interpolation(c: Any, op: str, raw: Any, default: str = "bilinear") -> str | None:
    """Return an interpolation that an op has; None for its default."""
    name = str(raw).rpartition(".")[2].lower() if isinstance(raw, str | Unread) else PIL.get(raw, str(raw))
    name = "nearest" if name == "nearest_exact" else name
    kind = c.reading.known.get(op)
    words = get_args(kind.model_fields["interpolation"].annotation) if kind and "interpolation" in kind.model_fields else ()
    if name not in words:
        c.differs(f"it interpolates by {name} there, bilinear here")
        return None
    return None if name == default else name


def smooth(c: Any, antialias: Any) -> bool | None:
    """Return whether a resize is antialiased; None for yes, the default."""
    return False if antialias is False else None


NEEDLESS = ("inplace", "transforms", "labels_getter", "num_classes")
RENAMED = {"resample": "interpolation", "fillcolor": "fill"}
TABLE = Table("torchvision", needless=NEEDLESS, container=container, renamed=RENAMED)
