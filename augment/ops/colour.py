"""Colours: brightness, contrast, saturation, hue, and curves. All work on [0, 1] and clip to it."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from augment.ops.kinds import Channels, Curve, Draw, Expansion, HueShift, Linear, LinearColour, Policy
from augment.spec.node import Op
from augment.values import Choice, Constant, Quantity, Sensible, Short, Value

Times = Annotated[Short[Value], Quantity("times", ge=0, hint="1 changes nothing; a fifth either way is 1±0.2")]
Factor = Annotated[Times, Sensible(0.2, 2, neutral=1, least=0.02, why="most of the picture turns black, white or grey")]
Blend = Annotated[Times, Sensible(0, 3, neutral=1, least=0.02, why="colours run into the ends of the range")]


def _no_share(turn: Value) -> Value:
    most = max(map(abs, turn.support))
    if 0 < most < 1:
        share = f"a share {most:g} of the circle is {most * 360:g} degrees"
        raise ValueError(f"is in degrees, and {most:g} of a degree cannot be seen; {share}")
    return turn


Turn = Annotated[
    Short[Value], Quantity("degrees", ge=-180, le=180), AfterValidator(_no_share),
    Sensible(-72, 72, why="grass turns blue and skin green: colour tells nothing any more"),
]  # fmt: skip
Dimming = Sensible(-0.4, 0.4, least=0.004, why="most of the picture turns black or white")
Bending = Sensible(0.4, 2.5, neutral=1, least=0.02, why="most of the picture turns black or white")


class Brightness(LinearColour):
    """Multiply by a factor, or add a fraction of full scale."""

    factor: Factor | None = Field(default=None, kw_only=False, description="1 changes nothing")
    add: Annotated[Short[Value], Quantity("fractions of full scale", ge=-1, le=1), Dimming] | None = Field(
        default=None, description="0 changes nothing"
    )

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        if (self.factor is None) == (self.add is None):
            raise ValueError("needs factor or add")
        return self

    def linear(self, v, xp):
        return Linear(gain=v["factor"]) if self.factor else Linear(offset=v["add"])


def _read_about(raw: Any) -> Any:
    if isinstance(raw, str) and raw not in ("gray_mean", "channel_mean"):
        raise ValueError(f"must be gray_mean, channel_mean or a number from 0 to 1, not {raw!r}")
    if isinstance(raw, bool) or (not isinstance(raw, str) and not (isinstance(raw, int | float) and 0 <= raw <= 1)):
        raise ValueError("must be gray_mean, channel_mean or a number from 0 to 1")
    return raw


class Contrast(LinearColour):
    """Multiply the distance from a grey by a factor: the image's mean grey, each channel's own mean, or a constant."""

    factor: Factor = Field(kw_only=False, description="1 changes nothing, 0 leaves one grey")
    about: Annotated[
        Literal["gray_mean", "channel_mean"] | float,
        BeforeValidator(
            _read_about, json_schema_input_type=Literal["gray_mean", "channel_mean"] | Annotated[float, Field(ge=0, le=1)]
        ),
    ] = Field(
        default="gray_mean", description="what stays: gray_mean (torchvision), channel_mean (Keras) or a level from 0 to 1"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = tuple(
        {"factor": [0.5, 1.6], "about": about} for about in ("gray_mean", "channel_mean", 0.5)
    )

    @property
    def rgb(self):
        return self.about == "gray_mean"

    @property
    def statistic(self):
        return self.about if isinstance(self.about, str) else None

    def linear(self, v, xp):
        rest = 1.0 - v["factor"]
        return Linear(gain=v["factor"], mean=rest) if self.statistic else Linear(gain=v["factor"], offset=rest * self.about)


class Saturation(LinearColour):
    """Blend with the grey image: 0 is grey, 1 changes nothing."""

    factor: Blend = Field(kw_only=False, description="1 changes nothing, 0 is grey")

    @property
    def rgb(self):
        return True

    def linear(self, v, xp):
        return Linear(gain=v["factor"], gray=1.0 - v["factor"])


class Grayscale(LinearColour):
    """Replace all channels by the grey image, 0.299 red + 0.587 green + 0.114 blue."""

    needs_p: ClassVar[bool] = True

    @property
    def rgb(self):
        return True

    def linear(self, v, xp):
        return Linear(gain=0.0, gray=1.0)


class Invert(LinearColour):
    """Replace x by 1 − x."""

    needs_p: ClassVar[bool] = True

    def linear(self, v, xp):
        return Linear(gain=-1.0, offset=1.0)


class Hue(HueShift):
    """Turn the hue of HSV."""

    degrees: Turn = Field(kw_only=False, description="the angle; 120 turns red to green")

    def turns(self, v, xp):
        return v["degrees"] * (1 / 360)


class Gamma(Curve):
    """Raise to a power: above 1 darkens, below 1 brightens."""

    gamma: Annotated[Short[Value], Quantity("the exponent", gt=0), Bending] = Field(
        kw_only=False, description="1 changes nothing"
    )

    def curve(self, x, v, xp):
        return x ** v["gamma"]

    def exponent(self, v):
        return v["gamma"]


class Solarize(Curve):
    """Invert what is at or above a threshold."""

    threshold: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=0, le=1),
        Sensible(low=0.2, why="nearly the whole picture is inverted"),
    ] = Field(
        kw_only=False, description="1 inverts only full scale"
    )

    rounds: ClassVar[bool] = True

    def curve(self, x, v, xp):
        # levels are whole numbers here; the margin keeps a threshold of k/255 at level k in float32 too
        return xp.where(x * 255 >= v["threshold"] * 255 - 1e-3, 1 - x, x)


class Posterize(Curve):
    """Keep the upper bits of each level."""

    bits: Annotated[
        Short[Value], Quantity("bits", ge=1, le=8, integer=True), Sensible(low=2, why="only black and full colours are left")
    ] = Field(
        kw_only=False, description="8 changes nothing"
    )

    rounds: ClassVar[bool] = True

    def curve(self, x, v, xp):
        step = xp.exp2(8.0 - v["bits"]) if hasattr(xp, "exp2") else 2.0 ** (8.0 - v["bits"])
        step = xp.round(step)  # a whole number, whatever the precision of the power
        return xp.floor((xp.round(x * 255) + 0.25) / step) * step / 255


def _no_amplitude(raw: Any) -> Any:
    amplitude = raw.number if isinstance(raw, Constant) else raw
    if isinstance(amplitude, int | float) and not isinstance(amplitude, bool):
        raise ValueError(f"{amplitude:g} alone does not vary; for up to {amplitude:g} either way write 1±{amplitude:g}")
    return raw


def _no_turn(raw: Any) -> Any:
    turn = raw.number if isinstance(raw, Constant) else raw
    if isinstance(turn, int | float) and not isinstance(turn, bool):
        degrees = turn * 360 if abs(turn) <= 0.5 else turn
        raise ValueError(f"{turn:g} alone does not vary; it is in degrees: write ±{degrees:g}")
    return raw


Jitter = Annotated[Factor, BeforeValidator(_no_amplitude)]
BlendJitter = Annotated[Blend, BeforeValidator(_no_amplitude)]


class ColorJitter(Policy):
    """Brightness, contrast, saturation and hue, in an order drawn for each sample."""

    brightness: Jitter | None = Field(default=None, description="factor of brightness, as 1±0.2")
    contrast: Jitter | None = Field(default=None, description="factor of contrast about the mean grey, as 1±0.2")
    saturation: BlendJitter | None = Field(default=None, description="factor of saturation, as 1±0.2")
    hue: Annotated[Turn, BeforeValidator(_no_turn)] | None = Field(default=None, description="turn of the hue in degrees, as ±36")
    channels: Channels | None = Field(default=None, description="the three channels that it is limited to, counted from 0")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"brightness": [0.7, 1.3], "contrast": [0.7, 1.3], "saturation": [0.6, 1.4], "hue": [-36, 36]},
        {"brightness": [0.7, 1.3], "saturation": [0.6, 1.4]},
    )

    @model_validator(mode="after")
    def _says_something(self):
        if not self._parts():
            raise ValueError("needs brightness, contrast, saturation or hue")
        return self

    def _parts(self) -> dict[str, Op]:
        shared: dict[str, Any] = {"on": self.on, "channels": self.channels}
        given = {name: getattr(self, name) for name in ("brightness", "contrast", "saturation", "hue")}
        makers: dict[str, Any] = {
            "brightness": lambda x: Brightness(factor=x, **shared),
            "contrast": lambda x: Contrast(factor=x, **shared),
            "saturation": lambda x: Saturation(factor=x, **shared),
            "hue": lambda x: Hue(degrees=x, **shared),
        }
        return {name: makers[name](value) for name, value in given.items() if value is not None}

    def draws(self):
        return (Draw("order", Choice(options=tuple(range(len(self._orders())))), exact=True),)

    def _orders(self) -> list[tuple[str, ...]]:
        return list(itertools.permutations(self._parts()))

    def expand(self):
        """The linear ops come in slots, each slot one op of the drawn order; hue stands once, in the middle, and the slots
        before it or after it are used: one hue conversion, whatever the order."""
        parts, orders = self._parts(), self._orders()
        linear = [name for name in parts if name != "hue"]

        def slots(side: str) -> list[Expansion]:
            found = []
            for i in range(len(linear)):
                for name in linear:
                    when = tuple(_linear_order(o)[i] == name and _side(o, i) == side for o in orders)
                    if any(when):
                        found.append(Expansion(name, parts[name], "order", when))
            return found

        if "hue" not in parts:
            return tuple(slots("before"))
        return (*slots("before"), Expansion("hue", parts["hue"]), *slots("after"))


def _linear_order(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in order if name != "hue")


def _side(order: tuple[str, ...], slot: int) -> str:
    return "after" if "hue" in order and order.index("hue") <= slot else "before"
