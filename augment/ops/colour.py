"""Colours: brightness, contrast, saturation and hue. All work on [0, 1] and clip to it."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from augment.ops.kinds import HueShift, Linear, LinearColour
from augment.ops.kinds import Turn as HueTurn
from augment.values import Quantity, Sensible, Short, Value

Times = Annotated[Short[Value], Quantity("times", ge=0, hint="1 changes nothing; a fifth either way is 1±0.2")]
Factor = Annotated[Times, Sensible(0.2, 2, neutral=1, least=0.02, why="most of the picture turns black, white or grey")]
Blend = Annotated[Times, Sensible(0, 3, neutral=1, least=0.02, why="colours run into the ends of the range")]


def _no_share(turn: Value) -> Value:
    most = max(map(abs, turn.support))
    if 0 < most < 1:
        share = f"a share {most:g} of the circle is {most * 360:g} degrees, ±{most * 360:g} either way"
        raise ValueError(f"is in degrees, and {most:g} of a degree cannot be seen; {share}")
    return turn


Turn = Annotated[
    Short[Value], Quantity("degrees", ge=-180, le=180), AfterValidator(_no_share),
    Sensible(-72, 72, why="grass turns blue and skin green: colour tells nothing any more"),
]  # fmt: skip
Dimming = Sensible(-0.4, 0.4, least=0.004, why="most of the picture turns black or white")


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


class BrightnessContrast(LinearColour):
    """Multiply by a contrast, about black, and add a brightness, as a share of full scale or of the image's mean.

    As Albumentations' `RandomBrightnessContrast`, whose limits are ±0.2 for a `contrast` of 1±0.2; its `brightness_by_max: false`
    is `of: mean`, the mean of all channels before the change.
    """

    brightness: Annotated[Short[Value], Quantity("fractions", ge=-1, le=1), Dimming] | None = Field(
        default=None, description="what is added; 0 changes nothing"
    )
    contrast: Factor | None = Field(default=None, description="1 changes nothing, 0 is black")
    of: Literal["full_scale", "mean"] = Field(default="full_scale", description="what brightness is a share of")

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"brightness": [-0.2, 0.2], "contrast": [0.8, 1.2]}, {"brightness": [-0.3, 0.3], "contrast": 1.2, "of": "mean"},
        {"contrast": [0.5, 1.5]},
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self):
        if self.brightness is None and self.contrast is None:
            raise ValueError("needs brightness or contrast")
        return self

    @property
    def statistic(self):
        return "mean" if self.of == "mean" and self.brightness is not None else None

    def linear(self, v, xp):
        gain, add = v.get("contrast", 1.0), v.get("brightness", 0.0)
        return Linear(gain=gain, mean=add) if self.statistic else Linear(gain=gain, offset=add)


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

    needs_rgb: ClassVar[bool] = True

    def linear(self, v, xp):
        return Linear(gain=v["factor"], gray=1.0 - v["factor"])


class Grayscale(LinearColour):
    """Replace all channels by the grey image, 0.299 red + 0.587 green + 0.114 blue."""

    needs_p: ClassVar[bool] = True
    needs_rgb: ClassVar[bool] = True

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


class HsvShift(HueShift):
    """Turn the hue of HSV, and add to its saturation and its value, which end at 0 and 1; greys stay greys.

    As Albumentations' `HueSaturationValue`, which counts hue in OpenCV's half degrees (20 are 40 degrees), and the others in
    levels (30 are 0.118). The image is first rounded to the 8-bit grid, on which it is clear what is grey; Albumentations rounds
    hue, saturation and value, too, so that its hues go in steps of two degrees.
    """

    hue: Turn | None = Field(default=None, description="the angle; 120 turns red to green")
    saturation: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=-1, le=1),
        Sensible(-0.4, 0.4, least=0.004, why="colours turn into grey or run into the end of the range"),
    ] | None = Field(
        default=None, description="what is added to the saturation; 0 changes nothing"
    )
    value: Annotated[Short[Value], Quantity("fractions of full scale", ge=-1, le=1), Dimming] | None = Field(
        default=None, description="what is added to the value; 0 changes nothing"
    )

    rounds: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hue": [-40, 40], "saturation": [-0.12, 0.12], "value": [-0.08, 0.08]}, {"saturation": 0.3}, {"value": [-0.3, -0.1]},
    )  # fmt: skip

    @model_validator(mode="after")
    def _says_something(self):
        if self.hue is None and self.saturation is None and self.value is None:
            raise ValueError("needs hue, saturation or value")
        return self

    def turns(self, v, xp):
        return v["hue"] * (1 / 360) if self.hue else 0.0

    def formed(self, v, xp):
        return HueTurn(self.turns(v, xp), v.get("saturation", 0.0), v.get("value", 0.0))

    def changes_hue(self, v):
        return self.hue is not None
