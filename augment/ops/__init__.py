"""All ops by name: those of the core, the combinators, and what plugins add.

``ops.HorizontalFlip(p=0.5)`` is the Python form of ``horizontal_flip: {p: 0.5}``. A class is imported when it is first asked for.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from augment.ops.homes import HOMES, Held, imported
from augment.spec.node import COMBINATORS, Blend, Modality, Node, OneOf, Op, Repeat, Sequence, SomeOf, Spread

if TYPE_CHECKING:
    from augment.ops.adaptation import Fda, HistogramMatching, PixelDistribution
    from augment.ops.affine import Affine, Perspective, Rotate, SafeRotate, Scale, Shear, Translate
    from augment.ops.aimed import BboxSafeRandomCrop, CropNonEmptyMask, IouCrop, RandomSizedBboxSafeCrop
    from augment.ops.auto.policies import AugMix, AutoAugment, RandAugment, TrivialAugmentWide
    from augment.ops.auto.presets import Preset
    from augment.ops.auto.three import ThreeAugment
    from augment.ops.blur import AdvancedBlur, BoxBlur, GaussianBlur, MedianBlur, MotionBlur
    from augment.ops.channels import ChannelDropout, ChannelShuffle, FancyPca, PlanckianJitter, RgbShift, Sepia
    from augment.ops.characters import (
        DeleteCharacters,
        InsertCharacters,
        InsertZeroWidth,
        OcrCharacters,
        RecaseCharacters,
        ReplaceHomoglyphs,
        SubstituteCharacters,
        SwapCharacters,
        TypoCharacters,
    )
    from augment.ops.colour import (
        Brightness,
        BrightnessContrast,
        Contrast,
        Grayscale,
        HsvShift,
        Hue,
        Invert,
        Saturation,
    )
    from augment.ops.copy_paste import CopyPaste
    from augment.ops.cropping import CenterCrop, Crop, RandomCrop, RandomCropFromBorders
    from augment.ops.curves import Gamma, Posterize, Solarize, SolarizeAdd, ToneCurve
    from augment.ops.distortion import GridDistortion, OpticalDistortion, PiecewiseAffine, ThinPlateSpline
    from augment.ops.downscale import Downscale
    from augment.ops.elastic import Elastic
    from augment.ops.erase import CoarseDropout, Cutout, GridDropout, HideAndSeek, MaskDropout, RandomErasing, XyMasking
    from augment.ops.fmix import Fmix
    from augment.ops.histogram import AutoContrast, Clahe, Equalize
    from augment.ops.illumination import Illumination, PlasmaBrightnessContrast, PlasmaShadow
    from augment.ops.jitter import ColorJitter
    from augment.ops.jpeg import Jpeg
    from augment.ops.label_smoothing import LabelSmoothing
    from augment.ops.learned import (
        BackTranslate,
        InsertPredictedWords,
        PredictWords,
        ReplaceSimilarWords,
        ReplaceUninformativeWords,
    )
    from augment.ops.light import Shadow, SunFlare
    from augment.ops.meaning import InsertSynonyms, ReplaceAntonyms, ReplaceSynonyms
    from augment.ops.mix import Cutmix, Mixgen, Mixup, Mosaic, ResizeMix
    from augment.ops.morphology import Closing, Dilate, Erode, MorphologicalGradient, Opening
    from augment.ops.noise import (
        AdditiveNoise,
        GaussianNoise,
        IsoNoise,
        MultiplicativeNoise,
        PixelDropout,
        SaltAndPepper,
        ShotNoise,
    )
    from augment.ops.optics import ChromaticAberration, Defocus, Ringing, ZoomBlur
    from augment.ops.orientation import D4, HorizontalFlip, Rotate90, Transpose, VerticalFlip
    from augment.ops.padding import Letterbox, Pad
    from augment.ops.photometric_distort import PhotometricDistort
    from augment.ops.phrases import (
        ContractWords,
        ExpandWords,
        MisspellWords,
        ReplaceNames,
        ReplaceNumbers,
        ReplaceReserved,
    )
    from augment.ops.resized_crops import RandomResizedCrop, RandomSizedCrop
    from augment.ops.resizing import Resize
    from augment.ops.scaling import RandomScale, RandomShortestSize, ScaleJitter, ZoomOut
    from augment.ops.sentences import DeleteSentences, ShuffleSentences
    from augment.ops.sharpening import Emboss, Sharpen, Sharpness, UnsharpMask
    from augment.ops.shuffling import GridShuffle
    from augment.ops.spaces import InsertPunctuation, MergeWords, NoiseWhitespace
    from augment.ops.spreading import FiveCrop, TenCrop
    from augment.ops.stain import HeStain
    from augment.ops.tail import Identity, MinMax, Normalize, Standardize, ToFloat
    from augment.ops.text_policies import Aeda, Eda
    from augment.ops.weather import Fog, Gravel, Rain, Snow, SnowCover, Spatter
    from augment.ops.words import CropWords, DeleteWords, MaskWords, RecaseWords, SplitWords, SwapWords

__all__ = [  # noqa: RUF022  # the ops of the core, in the order of the docs: written out, since type checkers read it
    "HorizontalFlip", "VerticalFlip", "Transpose", "Rotate90", "D4",
    "Rotate", "SafeRotate", "Translate", "Scale", "Shear", "Affine", "Perspective", "Elastic",
    "GridDistortion", "OpticalDistortion", "PiecewiseAffine", "ThinPlateSpline", "GridShuffle",
    "Resize", "RandomScale", "ScaleJitter", "RandomShortestSize", "Letterbox", "CenterCrop", "Crop", "RandomCrop",
    "RandomCropFromBorders", "RandomSizedCrop", "RandomResizedCrop", "IouCrop", "BboxSafeRandomCrop",
    "RandomSizedBboxSafeCrop", "CropNonEmptyMask", "Pad", "ZoomOut",
    "Brightness", "Contrast", "BrightnessContrast", "Saturation", "Hue", "HsvShift", "ColorJitter", "PhotometricDistort",
    "Gamma", "ToneCurve", "Grayscale", "Invert", "Solarize", "SolarizeAdd", "Posterize",
    "RgbShift", "ChannelShuffle", "ChannelDropout", "Sepia", "PlanckianJitter", "FancyPca", "HeStain",
    "Illumination", "PlasmaBrightnessContrast", "PlasmaShadow",
    "Equalize", "AutoContrast", "Clahe", "HistogramMatching", "PixelDistribution", "Fda",
    "Sharpness", "Sharpen", "UnsharpMask", "Emboss",
    "GaussianBlur", "BoxBlur", "MotionBlur", "MedianBlur", "AdvancedBlur", "Defocus", "ZoomBlur", "Ringing",
    "ChromaticAberration",
    "Dilate", "Erode", "Opening", "Closing", "MorphologicalGradient", "Downscale", "Jpeg",
    "Fog", "Rain", "Snow", "SnowCover", "Shadow", "SunFlare", "Spatter", "Gravel",
    "GaussianNoise", "AdditiveNoise", "MultiplicativeNoise", "ShotNoise", "IsoNoise", "SaltAndPepper", "PixelDropout",
    "RandAugment", "TrivialAugmentWide", "AutoAugment", "ThreeAugment", "AugMix", "Preset",
    "CoarseDropout", "Cutout", "GridDropout", "HideAndSeek", "XyMasking", "RandomErasing", "MaskDropout",
    "Mixup", "Cutmix", "ResizeMix", "Fmix", "Mixgen", "Mosaic", "CopyPaste", "LabelSmoothing",
    "MinMax", "Normalize", "Standardize", "ToFloat", "Identity",
    "TypoCharacters", "OcrCharacters", "InsertCharacters", "SubstituteCharacters", "SwapCharacters", "DeleteCharacters",
    "RecaseCharacters", "ReplaceHomoglyphs", "InsertZeroWidth",
    "MisspellWords", "SwapWords", "DeleteWords", "CropWords", "MaskWords", "SplitWords", "MergeWords", "RecaseWords",
    "ContractWords", "ExpandWords", "ReplaceReserved", "ReplaceNumbers", "ReplaceNames", "InsertPunctuation", "NoiseWhitespace",
    "ShuffleSentences", "DeleteSentences",
    "ReplaceSynonyms", "ReplaceAntonyms", "InsertSynonyms",
    "PredictWords", "InsertPredictedWords", "ReplaceSimilarWords", "ReplaceUninformativeWords", "BackTranslate",
    "Eda", "Aeda",
    "FiveCrop", "TenCrop",
    "CORE", "SPREADS", "Blend", "OneOf", "Repeat", "Sequence", "SomeOf", "catalogue",
]  # fmt: skip

CORE: Mapping[str, type[Op]] = Held(name for name in __all__ if HOMES.get(name) not in (None, "spreading"))
SPREADS: Mapping[str, type[Spread]] = Held(name for name in __all__ if HOMES.get(name) == "spreading")


class Added(Mapping[str, type[Op]]):
    """The ops of plugins by name. No plugin is loaded to find what is of the core, whose name none of them may have."""

    def __getitem__(self, name: str) -> type[Op]:
        if name in CORE or name in COMBINATORS:
            raise KeyError(name)
        return self._ops()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ops())

    def __len__(self) -> int:
        return len(self._ops())

    @staticmethod
    def _ops() -> dict[str, type[Op]]:
        from augment.plugins import plugin_ops

        return {op.name(): op for op in plugin_ops()}


def catalogue(modality: Modality | None = None) -> Mapping[str, type[Op]]:
    """Return every op by its name, or those for images or texts: the core's first, then those of plugins."""
    every: Mapping[str, type[Op]] = ChainMap(Added(), CORE)  # type: ignore[arg-type]  # nothing is written to it
    return every if modality is None else {name: op for name, op in every.items() if op.modality == modality}


def __getattr__(name: str) -> Any:
    if name in HOMES:
        globals()[name] = imported(name)
        return globals()[name]
    if name[:1].isupper():  # else it is a module of this package, or nothing
        from augment.plugins import plugin_ops

        for op in plugin_ops():
            if op.__name__ == name:
                return op
    raise AttributeError(f"no op {name!r}{hint_of(name)}; augment.ops.catalogue() lists all")


def __dir__() -> list[str]:
    return sorted(__all__)


def hint_of(name: str) -> str:
    """Return ``: that is augment.ops.Rotate`` for a class of another library, or an empty string."""
    from augment.spec.foreign import foreign_op

    known: Mapping[str, type[Node]] = {}
    if name[:1].isupper():
        known = ChainMap(catalogue(), COMBINATORS)  # type: ignore[arg-type]  # nothing is written to it
    meant = foreign_op(name, known)
    return f": that is augment.ops.{known[meant].__name__}" if meant else ""
