"""Arguments that many classes of Albumentations share: borders, fills, interpolation."""

from __future__ import annotations

import math
from typing import Any, get_args

from augment.native import form
from augment.native.call import Unread

BORDERS = {0: "constant", 1: "replicate", 2: "reflect", 3: "wrap", 4: "reflect101"}
BORDER_NAMES = {"CONSTANT": 0, "REPLICATE": 1, "REFLECT": 2, "WRAP": 3, "REFLECT_101": 4, "REFLECT101": 4, "DEFAULT": 4}
WAYS = {0: "nearest", 1: "bilinear", 2: "bicubic", 3: "area", 4: "lanczos", 5: "bilinear", 6: "nearest"}
WAY_NAMES = {
    "NEAREST": 0, "LINEAR": 1, "CUBIC": 2, "AREA": 3, "LANCZOS4": 4, "LINEAR_EXACT": 5, "NEAREST_EXACT": 6,
}  # fmt: skip


def constant(raw: Any, prefix: str, names: dict[str, int]) -> int:
    """Return a constant of OpenCV, given as a number or by its name ('cv2.BORDER_REFLECT')."""
    if isinstance(raw, str | Unread):
        return names.get(str(raw).rpartition(".")[2].removeprefix(prefix), -1)
    return form.whole(raw)


def border(c: Any, mode: Any, fill: Any = 0, fill_mask: Any = 0) -> dict[str, Any]:
    """Return the fields that say what lies outside."""
    name = BORDERS.get(constant(mode, "BORDER_", BORDER_NAMES))
    if name is None:
        c.differs(f"its border {mode} is none here: constant")
    if name not in (None, "constant"):
        return {"border": name}
    if isinstance(fill_mask, int | float) and fill_mask:
        c.differs(
            f"masks are filled with {fill_mask:g} there: say it once for all, targets: "
            f"{{mask: {{kind: mask, fill: {fill_mask:g}}}}}"
        )
    return {"fill": filled(c, fill)}


def filled(c: Any, fill: Any) -> Any:
    """Return a fill of levels as ours; None for black, which is the default."""
    if fill is None:
        return None
    if isinstance(fill, str):
        c.differs(f"it fills with {fill!r} there, and with black here")
        return None
    found = form.level(fill)
    return found or None


def interpolation(c: Any, op: str, raw: Any, mask: Any = 0) -> str | None:
    """Return an interpolation that an op has; None for bilinear, the default."""
    if constant(mask, "INTER_", WAY_NAMES) not in (0, 6):
        c.differs("masks are interpolated there; here they are always nearest, so that no label appears between two")
    way = WAYS.get(constant(raw, "INTER_", WAY_NAMES), str(raw))
    kind = c.reading.known.get(op)
    words = get_args(kind.model_fields["interpolation"].annotation) if kind and "interpolation" in kind.model_fields else ()
    if way not in words:
        c.differs(f"it interpolates by {way} there, bilinear here")
        return None
    return None if way == "bilinear" else way


def sheared_after(rotate: form.Pair, shear: form.Pair) -> float:
    """Return how far a corner moves, as a share of the half diagonal, if the shear comes before the rotation and not after."""
    angle, slant = (math.radians(max(map(abs, ends))) for ends in (rotate, shear))
    cos, sin, tan = math.cos(angle), math.sin(angle), math.tan(slant)
    after = ((cos - tan * -sin, sin - tan * cos), (-sin, cos))  # X·R
    before = ((cos, sin - tan * cos), (-sin, cos + tan * sin))  # R·X
    return max(
        math.hypot(*((a[0] - b[0]) * x + (a[1] - b[1]) * y for a, b in zip(after, before, strict=True))) / math.sqrt(2)
        for x, y in ((1, 1), (1, -1))
    )
