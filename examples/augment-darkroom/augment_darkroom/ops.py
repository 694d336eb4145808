"""What is done to prints: light that falls off towards the corners, haze that is taken away, strips, and development."""

from typing import Annotated, ClassVar

from pydantic import Field

from augment import ops
from augment.ops.kinds import UNIT, Composition, Draw, Expansion, Expression, Mix, Placement, Policy, Window
from augment.values import Quantity, Short, Value

Share = Annotated[Short[Value], Quantity("share", ge=0, le=1)]


class Vignette(Expression):
    """Darken towards the corners, with the square of the distance from the centre."""

    strength: Share = Field(kw_only=False, description="share of the light that is lost in the corners; 0 changes nothing")

    def express(self, image, v, kernels):
        y, x = kernels.grid(image)
        height, width = kernels.size(image)
        return image * (1 - v["strength"] * (y * y + x * x) / ((height / 2) ** 2 + (width / 2) ** 2))


class Dehaze(Expression):
    """Take white haze away: (x − h) / (1 − h), where h is a share of the dark channel (He, Sun and Tang 2009)."""

    strength: Annotated[Short[Value], Quantity("share", ge=0, le=0.5)] = Field(
        kw_only=False, description="share of the haze that is taken away; 0 changes nothing"
    )

    uses: ClassVar[frozenset[str]] = frozenset({"dark_channel"})

    def express(self, image, v, kernels):
        haze = v["strength"] * kernels.dark_channel(image)
        return (image - haze) / (1 - haze)


FRAMES = 4


class Filmstrip(Mix):
    """Four samples as the frames of a film: from left to right a quarter of each, where it was in the sample."""

    primitive: ClassVar[str] = "compose"

    @property
    def sources(self):
        return FRAMES

    def draws(self):
        return (Draw("partner", UNIT, FRAMES - 1),)

    def compose(self, v, sizes, xp):
        height, width = sizes[0]
        edges = [xp.floor(width * k / FRAMES) for k in range(FRAMES + 1)]
        whole = v["partner"][..., 0] * 0  # a number for each sample of a batch
        placements, weights = [], []
        for k, (tall, wide) in enumerate(sizes):
            left = edges[k] + whole
            shown = xp.maximum(xp.minimum(edges[k + 1] + whole, wide + whole) - left, whole)
            placements.append(Placement(k, Window(whole, left, xp.minimum(tall + whole, height + whole), shown), whole, left))
            weights.append((edges[k + 1] - edges[k]) / width + whole)
        return Composition((height, width), tuple(weights), placements=tuple(placements))


class Development(Policy):
    """A print as it comes from the bath: mostly soft with a vignette, else one or two mistakes; a tenth comes out inverted."""

    def expand(self):
        soft = ops.Sequence([Vignette(strength=(0.1, 0.5)), ops.GaussianBlur(sigma="1px", p=0.5)], weight=3)
        mistakes = ops.SomeOf([ops.Gamma(gamma=(0.6, 1.6)), ops.Contrast(factor=(0.6, 1.4)), ops.Posterize(bits=5)], n=(1, 2))
        return Expansion("bath", ops.OneOf([soft, mistakes], p=0.9)), Expansion("inverted", ops.Invert(p=0.1))
