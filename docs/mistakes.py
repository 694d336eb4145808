"""Writes docs/mistakes.md: what people write who come from other libraries, and what they are told.

Run ``python docs/mistakes.py`` after a change of a message; the tests compare, and look whether each message names its fix.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import augment
from augment.errors import AugmentError


class Case(NamedTuple):
    """``written`` is one step of a pipeline, or a whole spec if it has several lines or begins with a key of the top level."""

    library: str
    written: str
    fix: str
    """What the message must say, as it is to be written."""


CASES = (
    Case("Albumentations", "HorizontalFlip", "'horizontal_flip'"),
    Case("Albumentations", "horizontal_flip", "horizontal_flip: {p: 0.5}"),
    Case("Albumentations", "Rotate: {limit: 30}", "±15"),
    Case("Albumentations", "rotate: {limit: 30, border_mode: 4}", "'border'"),
    Case("Albumentations", "rotate: {degrees: ±30, border: BORDER_REFLECT_101}", "'reflect101'"),
    Case("Albumentations", "rotate: {degrees: ±30, fill: 114}", "0.447"),
    Case("Albumentations", "ShiftScaleRotate: {shift_limit: 0.1}", "'affine'"),
    Case("Albumentations", "RandomBrightnessContrast: {brightness_limit: 0.2}", "'brightness_contrast'"),
    Case("Albumentations", "brightness_contrast: {brightness_limit: 0.2, contrast_limit: 0.2}", "'brightness'"),
    Case("Albumentations", "HueSaturationValue: {hue_shift_limit: 20}", "'hsv_shift'"),
    Case("Albumentations", "CLAHE: {clip_limit: 4}", "'clahe'"),
    Case("Albumentations", "clahe: {clip_limit: 4}", "[1, 4]"),
    Case("Albumentations", "GaussNoise: {var_limit: [10, 50]}", "'gaussian_noise'"),
    Case("Albumentations", "gaussian_noise: {std: 25}", "0.098"),
    Case("Albumentations", "gaussian_noise: {var_limit: [10, 50]}", "square root"),
    Case("Albumentations", "coarse_dropout: {max_holes: 8, max_height: 32, max_width: 32}", "'holes'"),
    Case("Albumentations", "coarse_dropout: {holes: [1, 8], height: 32, width: 32}", "32px"),
    Case("Albumentations", "coarse_dropout: {num_holes_range: [1, 8], hole_height_range: [8, 32]}", "'height'"),
    Case("Albumentations", "gaussian_blur: {blur_limit: 7}", "'sigma'"),
    Case("Albumentations", "resize: {height: 224, width: 180}", "size: [224, 180]"),
    Case("Albumentations", "SmallestMaxSize: {max_size: 256}", "'short'"),
    Case("Albumentations", "LongestMaxSize: {max_size: 640}", "'resize'"),
    Case("Albumentations", "PadIfNeeded: {min_height: 640, min_width: 640}", "'pad'"),
    Case("Albumentations", "normalize: {mean: [123.7, 116.3, 103.5], std: [58.4, 57.1, 57.4]}", "0.485"),
    Case("Albumentations", "ToTensorV2", 'output="torch"'),
    Case("Albumentations", "OneOf: [horizontal_flip, vertical_flip]", "'one_of'"),
    Case("Albumentations", "one_of: [{transforms: [rotate: 15, invert]}]", "the ops stand in the list itself"),
    Case("Albumentations", "targets: {image: image, bboxes: {kind: boxes, format: pascal_voc}}\npipeline: [hue: ±9]", "'xyxy'"),
    Case("Albumentations", "ElasticTransform: {alpha: 120, sigma: 6}", "'elastic'"),
    Case("Albumentations", "Cutout: {num_holes: 8}", "'holes'"),
    Case("Albumentations", "random_crop: {width: 200, height: 200}", "'size'"),
    Case("torchvision", "RandomHorizontalFlip: 0.5", "'horizontal_flip'"),
    Case("torchvision", "horizontal_flip: 0.5", "{p: 0.5}"),
    Case("torchvision", "RandomRotation: 15", "'rotate'"),
    Case("torchvision", "RandomResizedCrop: {size: 224, scale: [0.08, 1]}", "'area'"),
    Case("torchvision", "random_resized_crop: {size: (224, 224), area: [0.08, 1]}", "[224, 224]"),
    Case("torchvision", "random_resized_crop: {size: 224, scale: [0.08, 1], ratio: [0.75, 1.33]}", "'aspect'"),
    Case("torchvision", "color_jitter: {brightness: 0.2, contrast: 0.2}", "1±0.2"),
    Case("torchvision", "color_jitter: {hue: 0.1}", "±36"),
    Case("torchvision", "RandomAffine: {degrees: 15, translate: [0.1, 0.1]}", "'affine'"),
    Case("torchvision", "affine: {degrees: ±15, translate: ±0.1}", "'rotate'"),
    Case("torchvision", "gaussian_blur: {kernel_size: 5, sigma: 1px}", "'size'"),
    Case("torchvision", "RandomApply: {transforms: [hue: ±9], p: 0.3}", "'sequence'"),
    Case("torchvision", "ToTensor", "to_float"),
    Case("torchvision", "rand_augment: {num_ops: 2, m: 9}", "'magnitude'"),
    Case("torchvision", "RandAugment: {m: 9}", "'rand_augment'"),
    Case("torchvision", "TrivialAugmentWide", "'trivial_augment_wide'"),
    Case("torchvision", "transforms: [rotate: ±9]", "'pipeline'"),
    Case("torchvision", "RandomErasing: 0.5", "'random_erasing'"),
    Case("torchvision", "GaussianBlur: {kernel_size: 5, sigma: [0.1, 2]}", "2px"),
    Case("torchvision", "RandomGrayscale: {p: 0.1}", "'grayscale'"),
    Case("Keras", "RandomFlip: horizontal", "'horizontal_flip'"),
    Case("Keras", "RandomRotation: 0.2", "0.2 is ±72"),
    Case("Keras", "RandomZoom: 0.2", "'scale'"),
    Case("Keras", "scale: ±0.2", "1±0.1"),
    Case("Keras", "translate: {height_factor: 0.1, width_factor: 0.1}", "'y'"),
    Case("Keras", "RandomContrast: 0.2", "'contrast'"),
    Case("Keras", "rotate: {factor: 0.1, fill_mode: nearest}", "'border'"),
    Case("Keras", "Rescaling: 1./255", "'to_float'"),
    Case("Keras", "brightness: {factor: 1±0.2, value_range: [0, 255]}", "it is not needed"),
    Case("Keras", "RandomTranslation: {height_factor: 0.1, width_factor: 0.1}", "'translate'"),
    Case("nlpaug", "SynonymAug: {aug_p: 0.3}", "'replace_synonyms'"),
    Case("nlpaug", "naw.RandomWordAug: {action: delete}", "'delete_words'"),
    Case("nlpaug", "delete_words: {aug_p: 0.3, aug_max: 10}", "'rate'"),
    Case("nlpaug", "delete_words: 30%", "0.3"),
    Case("nlpaug", "swap_words: {rate: 0.1, stopwords: [not]}", "'protect'"),
    Case("imgaug", "iaa.Fliplr: 0.5", "'horizontal_flip'"),
    Case("imgaug", "iaa.Affine: {rotate: (-25, 25)}", "[-25, 25]"),
    Case("imgaug", "iaa.Sometimes: {p: 0.5, ops: [hue: ±9]}", "'sequence'"),
    Case("imgaug", "rotate: -25..25", "[-25, 25]"),
    Case("Kornia", "ColorJiggle: {hue: ±9}", "'color_jitter'"),
    Case("any", "rotate: {degrees: ±15, p: 50%}", "0.5"),
    Case("any", "rotate:\n  degrees: ±15", "rotate: {degrees: ...}"),
    Case("any", "rotate: {degrees: ±15, fill: #808080}", "'#808080'"),
    Case("any", "gaussian_blur: {sigma: 2}", "2px"),
)


def told(case: Case) -> list[str]:
    """What is said about it, a line for each mistake; raises `AssertionError` where nothing is."""
    whole = case.written.partition(":")[0] in ("targets", "transforms")
    try:
        augment.loads(case.written if whole else f"pipeline:\n- {case.written}\n", "")
    except AugmentError as error:
        return [mistake.message for mistake in getattr(error, "mistakes", ())]
    raise AssertionError(f"nothing is wrong with {case.written}")


def page() -> str:
    """The page, with a table for each library."""
    lines = [
        "# What other libraries call it", "",
        "Generated by `docs/mistakes.py`. A spec is read by its own words; those of other libraries lead to them, never to a "
        "lookalike. What can only mean one thing `augment check --fix` [writes by itself](lint.md#fixes). A whole pipeline is "
        "translated by [`augment import`](migrating.md).", "",
    ]  # fmt: skip
    for library in dict.fromkeys(case.library for case in CASES):
        name = "Anyone" if library == "any" else library
        lines += [f"## {name}", "", "| written | what is said |", "|---|---|"]
        for case in CASES:
            if case.library == library:
                said = "<br>".join(f"{_cell(message)}" for message in told(case))
                lines.append(f"| `{_cell(case.written.replace(chr(10), ' ↵ '))}` | {said} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


if __name__ == "__main__":
    (Path(__file__).parent / "mistakes.md").write_text(page(), encoding="utf-8")
