"""Stains of histology, whose strength differs from laboratory to laboratory."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from augment.ops.kinds import GREY, HALF_UP, Draw, Expression
from augment.values import Constant, Quantity, Sensible, Short, Value

STAINS = {
    "ruifrok": ((0.644211, 0.716556, 0.266844), (0.092789, 0.954111, 0.283111)),
    "macenko": ((0.5626, 0.7201, 0.4062), (0.2159, 0.8012, 0.5581)),
}
"""How much of red, green and blue haematoxylin and eosin take: Ruifrok and Johnston 2001, Macenko et al. 2009."""
LEAST = 1e-6
TISSUE = 0.85 * 255 - 5e-4
"""Levels: what is brighter is background. Greys of whole levels are thousandths, so none is that near."""


class HeStain(Expression):
    """Change the amounts of haematoxylin and eosin in a stained slide, each by a factor and by an amount of its own.

    The image is taken for the light that passes two stains (Ruifrok and Johnston 2001): what is dense otherwise is lost. As
    Albumentations' `HEStain` with a preset, whose defaults are a `factor` of 1±0.3 and an `add` of ±0.2, and which leaves what is
    brighter than 0.85 as it is unless `background` is true. Stains that are estimated from each image (`vahadane`, `macenko`) are
    not offered: they need an iteration that no graph has.
    """

    factor: Annotated[
        Short[Value], Quantity("times", ge=0, le=4), Sensible(0.5, 2, neutral=1, why="one stain is all there is"),
    ] = Field(
        kw_only=False, description="of the amount of each stain; 1 changes nothing"
    )
    add: Annotated[Short[Value], Quantity("optical density", ge=-1, le=1)] = Field(
        default=Constant(number=0), description="what is added to the amount of each stain"
    )
    stains: Literal["ruifrok", "macenko"] = Field(default="ruifrok", description="whose measure of the two stains is taken")
    background: bool = Field(default=False, description="whether the bright background changes, too")

    rounds: ClassVar[bool] = True
    needs_rgb: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"factor": [0.7, 1.3], "add": [-0.2, 0.2]}, {"factor": [0.7, 1.3], "stains": "macenko", "background": True},
    )  # fmt: skip

    def draws(self):
        return Draw("factor", self.factor, 2), Draw("add", self.add, 2)

    def express(self, image, v, kernels):
        xp, stains = kernels.xp, np.array(STAINS[self.stains])
        back = np.linalg.solve(stains @ stains.T + LEAST * np.eye(2), stains)
        density = [-xp.log(xp.clip(image[..., c : c + 1], LEAST, 1)) for c in range(3)]
        amounts = [sum(float(back[k, c]) * density[c] for c in range(3)) for k in range(2)]
        changed = [amount * v["factor"][..., k] + v["add"][..., k] for k, amount in enumerate(amounts)]
        out = _light(changed, stains, xp)
        if self.background:
            return out
        levels = xp.floor(image * 255 + HALF_UP)
        light = levels[..., :1] * GREY[0] + levels[..., 1:2] * GREY[1] + levels[..., 2:] * GREY[2]
        return xp.where(light < TISSUE, out, _light(amounts, stains, xp))


def _light(amounts: Sequence[Any], stains: np.ndarray, xp: Any) -> Any:
    """What light passes such amounts of two stains."""
    density = (sum(float(stains[k, c]) * amounts[k] for k in range(2)) for c in range(3))
    return xp.stack([xp.exp(-of_channel)[..., 0] for of_channel in density], axis=-1)
