"""Several changes of an image's colours, in an order that is drawn."""

import itertools
import math
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator

from augment.ops.colour import Blend, Brightness, Contrast, Factor, Hue, Saturation, Turn
from augment.ops.kinds import Channels, Draw, Expansion, Policy
from augment.spec.node import Op
from augment.values import Choice, Constant, Value


def _no_amplitude(factor: Value) -> Value:
    if isinstance(factor, Constant):
        number = factor.number
        raise ValueError(f"{number:g} alone does not vary; for up to {number:g} either way write 1±{number:g}")
    return factor


def _no_turn(turn: Value) -> Value:
    if isinstance(turn, Constant):
        number = turn.number
        raise ValueError(f"{number:g} alone does not vary; it is in degrees: write ±{abs(number):g}")
    return turn


# what is read is judged, not what is written: 0.2 may be a text, and 5 may carry its unit
Jitter = Annotated[Factor, AfterValidator(_no_amplitude)]
BlendJitter = Annotated[Blend, AfterValidator(_no_amplitude)]


class ColorJitter(Policy):
    """Brightness, contrast, saturation and hue, in an order drawn for each sample."""

    brightness: Jitter | None = Field(default=None, description="factor of brightness, as 1±0.2")
    contrast: Jitter | None = Field(default=None, description="factor of contrast about the mean grey, as 1±0.2")
    saturation: BlendJitter | None = Field(default=None, description="factor of saturation, as 1±0.2")
    hue: Annotated[Turn, AfterValidator(_no_turn)] | None = Field(default=None, description="turn of the hue in degrees, as ±36")
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
        return (Draw("order", Choice(options=tuple(range(math.factorial(len(self._parts()))))), exact=True),)

    def expand(self):
        """The linear ops come in slots, each slot one op of the drawn order; hue stands once, in the middle, and the slots
        before it or after it are used: one hue conversion, whatever the order."""
        parts = self._parts()

        def slots(side: str) -> list[Expansion]:
            return [Expansion(name, parts[name], "order", when) for name, when in _slots(tuple(parts), side)]

        if "hue" not in parts:
            return tuple(slots("before"))
        return (*slots("before"), Expansion("hue", parts["hue"]), *slots("after"))


@cache  # a policy is expanded by whoever asks what it comes to
def _slots(parts: tuple[str, ...], side: str) -> list[tuple[str, tuple[bool, ...]]]:
    """What may stand in the slots before or after hue, slot by slot, and in which of the orders of all parts it does."""
    orders, linear = list(itertools.permutations(parts)), _linear_order(parts)
    every = (
        (name, tuple(_linear_order(order)[i] == name and _side(order, i) == side for order in orders))
        for i in range(len(linear))
        for name in linear
    )
    return [(name, when) for name, when in every if any(when)]


def _linear_order(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in order if name != "hue")


def _side(order: tuple[str, ...], slot: int) -> str:
    return "after" if "hue" in order and order.index("hue") <= slot else "before"
