"""Which module of this package holds which ops. It is said here, so that a name is known before its module is imported.

A process uses few of the ops that there are, and each class that is made costs the start of it a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

from augment.spec.node import Node, op_name

N = TypeVar("N", bound=Node, covariant=True)

_MODULES = {
    "adaptation": "Fda HistogramMatching PixelDistribution",
    "affine": "Affine Perspective Rotate SafeRotate Scale Shear Translate",
    "aimed": "BboxSafeRandomCrop CropNonEmptyMask IouCrop RandomSizedBboxSafeCrop",
    "auto.policies": "AugMix AutoAugment RandAugment TrivialAugmentWide",
    "auto.presets": "Preset",
    "auto.three": "ThreeAugment",
    "blur": "AdvancedBlur BoxBlur GaussianBlur MedianBlur MotionBlur",
    "channels": "ChannelDropout ChannelShuffle FancyPca PlanckianJitter RgbShift Sepia",
    "characters": (
        "DeleteCharacters InsertCharacters InsertZeroWidth OcrCharacters RecaseCharacters ReplaceHomoglyphs "
        "SubstituteCharacters SwapCharacters TypoCharacters"
    ),
    "colour": "Brightness BrightnessContrast Contrast Grayscale HsvShift Hue Invert Saturation",
    "copy_paste": "CopyPaste",
    "cropping": "CenterCrop Crop RandomCrop RandomCropFromBorders",
    "curves": "Gamma Posterize Solarize SolarizeAdd ToneCurve",
    "distortion": "GridDistortion OpticalDistortion PiecewiseAffine ThinPlateSpline",
    "downscale": "Downscale",
    "elastic": "Elastic",
    "erase": "CoarseDropout Cutout GridDropout HideAndSeek MaskDropout RandomErasing XyMasking",
    "fmix": "Fmix",
    "histogram": "AutoContrast Clahe Equalize",
    "illumination": "Illumination PlasmaBrightnessContrast PlasmaShadow",
    "jitter": "ColorJitter",
    "jpeg": "Jpeg",
    "label_smoothing": "LabelSmoothing",
    "learned": "BackTranslate InsertPredictedWords PredictWords ReplaceSimilarWords ReplaceUninformativeWords",
    "light": "Shadow SunFlare",
    "meaning": "InsertSynonyms ReplaceAntonyms ReplaceSynonyms",
    "mix": "Cutmix Mixgen Mixup Mosaic ResizeMix",
    "morphology": "Closing Dilate Erode MorphologicalGradient Opening",
    "noise": "AdditiveNoise GaussianNoise IsoNoise MultiplicativeNoise PixelDropout SaltAndPepper ShotNoise",
    "optics": "ChromaticAberration Defocus Ringing ZoomBlur",
    "orientation": "D4 HorizontalFlip Rotate90 Transpose VerticalFlip",
    "padding": "Letterbox Pad",
    "photometric_distort": "PhotometricDistort",
    "phrases": "ContractWords ExpandWords MisspellWords ReplaceNames ReplaceNumbers ReplaceReserved",
    "resized_crops": "RandomResizedCrop RandomSizedCrop",
    "resizing": "Resize",
    "scaling": "RandomScale RandomShortestSize ScaleJitter ZoomOut",
    "sentences": "DeleteSentences ShuffleSentences",
    "sharpening": "Emboss Sharpen Sharpness UnsharpMask",
    "shuffling": "GridShuffle",
    "spaces": "InsertPunctuation MergeWords NoiseWhitespace",
    "spreading": "FiveCrop TenCrop",
    "stain": "HeStain",
    "tail": "Identity MinMax Normalize Standardize ToFloat",
    "text_policies": "Aeda Eda",
    "weather": "Fog Gravel Rain Snow SnowCover Spatter",
    "words": "CropWords DeleteWords MaskWords RecaseWords SplitWords SwapWords",
}

HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}
"""Name of a class -> its module."""


def imported(name: str) -> Any:
    """Return a class by its name."""
    return getattr(import_module(f"augment.ops.{HOMES[name]}"), name)


class Held(Mapping[str, type[N]]):
    """Some of the classes by what they are called in a spec, each imported when it is asked for."""

    def __init__(self, classes: Iterable[str]):
        self._classes = {op_name(name): name for name in classes}

    def __getitem__(self, name: str) -> type[N]:
        found: type[N] = imported(self._classes[name])
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)

    def __len__(self) -> int:
        return len(self._classes)


__all__ = ["HOMES", "Held", "imported"]
