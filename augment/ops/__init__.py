"""All ops by name: those of the core, the combinators, and what plugins add.

``ops.HorizontalFlip(p=0.5)`` is the Python form of ``horizontal_flip: {p: 0.5}``.
"""

from __future__ import annotations

from typing import Any

from augment.ops.affine import Affine, Perspective, Rotate, Scale, Shear, Translate
from augment.ops.blur import GaussianBlur, MotionBlur
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
    ColorJitter,
    Contrast,
    Gamma,
    Grayscale,
    Hue,
    Invert,
    Posterize,
    Saturation,
    Solarize,
)
from augment.ops.cropping import CenterCrop, Pad, RandomCrop, RandomResizedCrop, Resize
from augment.ops.elastic import Elastic
from augment.ops.erase import CoarseDropout, RandomErasing
from augment.ops.learned import (
    BackTranslate,
    InsertPredictedWords,
    PredictWords,
    ReplaceSimilarWords,
    ReplaceUninformativeWords,
)
from augment.ops.meaning import InsertSynonyms, ReplaceAntonyms, ReplaceSynonyms
from augment.ops.mix import Cutmix, Mixgen, Mixup
from augment.ops.noise import GaussianNoise
from augment.ops.orientation import HorizontalFlip, Rotate90, Transpose, VerticalFlip
from augment.ops.phrases import (
    ContractWords,
    ExpandWords,
    MisspellWords,
    ReplaceNames,
    ReplaceNumbers,
    ReplaceReserved,
)
from augment.ops.sentences import DeleteSentences, ShuffleSentences
from augment.ops.spaces import InsertPunctuation, MergeWords, NoiseWhitespace
from augment.ops.tail import Identity, Normalize, ToFloat
from augment.ops.text_policies import Aeda, Eda
from augment.ops.words import CropWords, DeleteWords, MaskWords, RecaseWords, SplitWords, SwapWords
from augment.spec.node import Modality, OneOf, Op, Repeat, Sequence, SomeOf

__all__ = [  # noqa: RUF022  # the ops of the core, in the order of the docs: written out, since type checkers read it
    "HorizontalFlip", "VerticalFlip", "Transpose", "Rotate90",
    "Rotate", "Translate", "Scale", "Shear", "Affine", "Perspective", "Elastic",
    "Resize", "CenterCrop", "RandomCrop", "RandomResizedCrop", "Pad",
    "Brightness", "Contrast", "Saturation", "Hue", "ColorJitter", "Gamma", "Grayscale", "Invert", "Solarize", "Posterize",
    "GaussianBlur", "MotionBlur", "GaussianNoise", "CoarseDropout", "RandomErasing",
    "Mixup", "Cutmix", "Mixgen", "Normalize", "ToFloat", "Identity",
    "TypoCharacters", "OcrCharacters", "InsertCharacters", "SubstituteCharacters", "SwapCharacters", "DeleteCharacters",
    "RecaseCharacters", "ReplaceHomoglyphs", "InsertZeroWidth",
    "MisspellWords", "SwapWords", "DeleteWords", "CropWords", "MaskWords", "SplitWords", "MergeWords", "RecaseWords",
    "ContractWords", "ExpandWords", "ReplaceReserved", "ReplaceNumbers", "ReplaceNames", "InsertPunctuation", "NoiseWhitespace",
    "ShuffleSentences", "DeleteSentences",
    "ReplaceSynonyms", "ReplaceAntonyms", "InsertSynonyms",
    "PredictWords", "InsertPredictedWords", "ReplaceSimilarWords", "ReplaceUninformativeWords", "BackTranslate",
    "Eda", "Aeda",
    "CORE", "OneOf", "Repeat", "Sequence", "SomeOf", "catalogue",
]  # fmt: skip

CORE: tuple[type[Op], ...] = tuple(
    kind for name in __all__ if isinstance(kind := globals().get(name), type) and issubclass(kind, Op)
)


def catalogue(modality: Modality | None = None) -> dict[str, type[Op]]:
    """Return every op by its name, or those for images or texts: the core's first, then those of plugins."""
    from augment.plugins import plugin_ops

    return {op.name(): op for op in (*CORE, *plugin_ops()) if modality in (None, op.modality)}


def __getattr__(name: str) -> Any:
    from augment.plugins import plugin_ops

    for op in plugin_ops():
        if op.__name__ == name:
            return op
    raise AttributeError(f"no op {name!r}; augment.ops.catalogue() lists all")

