"""What ends a pipeline: normalize, standardize and to_float; and identity."""

from functools import lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from augment.errors import suggest
from augment.ops.kinds import Drawn, Expression, Rescaling, Scale, Tail
from augment.ops.primitives import Unpacked
from augment.values import LARGEST, Short, drawable

STATISTICS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "imagenet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "inception": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
    "clip": ((0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)),
    "cifar10": ((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616)),
    "mnist": ((0.1307,), (0.3081,)),
}


def _numbers(raw: Any) -> Any:
    return (raw,) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


Levels = Annotated[
    Short[tuple[Annotated[float, AfterValidator(drawable)], ...]],
    BeforeValidator(_numbers, json_schema_input_type=float | Annotated[list[float], Field(min_length=1)]),
]


class Normalize(Rescaling):
    """Subtract a mean and divide by a standard deviation, both as fractions of full scale; the image becomes float32.

    They are those of a data set, known or measured (``augment fit`` writes them); with those of each image it is `standardize`.
    """

    preset: str | None = Field(default=None, kw_only=False, description=f"known statistics: {', '.join(STATISTICS)}")
    mean: Levels | None = Field(default=None, min_length=1, description="of all channels, or of each")
    std: Levels | None = Field(default=None, min_length=1, description="of all channels, or of each")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"preset": "imagenet"}, {"mean": 0.5, "std": 0.25})

    @model_validator(mode="after")
    def _one_way_to_say_it(self):
        if self.preset is not None:
            if self.preset not in STATISTICS:
                raise ValueError(f"{self.preset!r} is not one of {', '.join(STATISTICS)}{suggest(self.preset, STATISTICS)}")
            if self.mean or self.std:
                raise ValueError("takes a preset, or mean and std, not both")
        elif self.mean is None or self.std is None:
            raise ValueError("needs mean and std, or a preset such as imagenet")
        else:
            if len(self.mean) != len(self.std) and 1 not in (len(self.mean), len(self.std)):
                raise ValueError(f"mean has {len(self.mean)} numbers and std has {len(self.std)}")
            if any(s <= 0 for s in self.std):
                raise ValueError("std must be more than 0")
            if any(abs(x) > 10 for x in self.mean + self.std):
                mean, std = ([float(f"{x / 255:.3g}") for x in numbers] for numbers in (self.mean, self.std))
                raise ValueError(f"mean and std are fractions of full scale; of 255 these are mean: {mean}, std: {std}")
        return self

    @property
    def scale(self):
        return _scale(*(STATISTICS[self.preset] if self.preset else (self.mean or (), self.std or ())))


@lru_cache(maxsize=64)
def _scale(mean: tuple[float, ...], std: tuple[float, ...]) -> Scale:
    n = max(len(mean), len(std))
    mean, std = mean * (n // len(mean)), std * (n // len(std))
    return Scale(tuple(1 / s for s in std), tuple(-m / s for m, s in zip(mean, std, strict=True)))


USUAL = Scale((4.0,), (-2.0,))
"""Of an image whose mean is a middle grey, and whose standard deviation a quarter of full scale."""


class Standardize(Tail):
    """Subtract the mean of the image itself and divide by its standard deviation; the image becomes float32.

    As TensorFlow's `tf.image.per_image_standardization`: the standard deviation counts for 1/√n at least, of n values, so that a
    flat image becomes 0. Albumentations' `Normalize(normalization="image")`, and "image_per_channel" with `per_channel`, adds
    0.0001 levels to it instead, and clips the result to ±20. Each image has a scale of its own, so what follows may move whole
    pixels and join images, and fill nothing.
    """

    per_channel: bool = Field(default=False, description="whether each channel has a mean and a standard deviation of its own")

    primitive: ClassVar[str] = "express"
    own: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"per_channel": True})

    @property
    def scale(self):
        return USUAL

    def change(self, image, v, context, kernels):
        floats, xp = kernels.unpack(image), kernels.xp
        height, width = Unpacked(kernels).size(floats)
        axes, count = ((), 1) if self.per_channel else ((-1,), floats.shape[-1])

        def mean(of: Any) -> Any:  # row by row, as a long sum in float32 loses digits
            rows = xp.mean(xp.mean(of, axis=-2, keepdims=True), axis=-3, keepdims=True)
            return xp.mean(rows, axis=axes, keepdims=True) if axes else rows

        apart = floats - mean(floats)
        std = xp.sqrt(mean(apart**2))
        return kernels.pack(apart / xp.maximum(std, 0 * std + (height * width * count) ** -0.5))


class ToFloat(Rescaling):
    """Make the image float32 in [0, 1]; ``max`` is full scale of integers wider than 8 bits, and stands first then."""

    max: float | None = Field(
        default=None, kw_only=False, ge=1, lt=LARGEST, description="full scale of a uint16 image, such as 65535 or 10000"
    )

    normalizes: ClassVar[bool] = False

    @property
    def full_scale(self):
        return self.max

    @property
    def scale(self):
        return Scale()


class MinMax(Expression):
    """Stretch the image so that its least value becomes 0 and its largest 1; an image of one value stays.

    As Albumentations' `Normalize(normalization="min_max")`, and with `per_channel` its "min_max_per_channel", but for the 0.0001
    that it adds to the range. `auto_contrast` does the same for each channel on the 8-bit grid, as Pillow.
    """

    per_channel: bool = Field(default=False, description="whether each channel is stretched alone")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"per_channel": True}, {"channels": [0, 2]})

    def express(self, image, v, kernels):
        xp, axes = kernels.xp, (-3, -2) if self.per_channel else (-3, -2, -1)
        low, high = xp.amin(image, axis=axes, keepdims=True), xp.amax(image, axis=axes, keepdims=True)
        span = high - low
        return xp.where(span > 0, (image - low) / xp.where(span > 0, span, xp.ones_like(span)), image)

    def inference(self):
        return self


class Identity(Drawn):
    """Do nothing."""

    primitive: ClassVar[str] = "none"

    def inference(self):
        return self
