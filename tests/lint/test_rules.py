"""For each rule a spec that it speaks of, and a near miss that it does not."""

from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pytest
from skimage import data

from augment.backend import Backend, Support
from augment.lint import rules

PHOTO = data.coffee()  # 400 x 600
SMALL = PHOTO[::4, ::4]  # 100 x 150
HEIGHT, WIDTH = PHOTO.shape[:2]


def boxed(*shares):
    boxes = np.array(shares) * [WIDTH, HEIGHT, WIDTH, HEIGHT]
    return {"image": PHOTO, "boxes": boxes, "labels": list(range(len(boxes)))}


def masked(y0, y1, x0, x1):
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[int(y0 * HEIGHT) : int(y1 * HEIGHT), int(x0 * WIDTH) : int(x1 * WIDTH)] = 3
    return {"image": PHOTO, "mask": mask}


class Rough(Backend):
    """Approximates one op."""

    name = "rough"
    requires = ("no_such_framework",)
    runs = MappingProxyType({"resample": "roughly", "pointwise": "roughly"})
    exceptions = MappingProxyType({("gamma", "*"): Support("approximate", bound="3 levels", reason="it rounds")})


class Case(NamedTuple):
    """``hit`` and ``miss`` are lists of ops, or whole specs if they begin with a key; ``at`` is where the finding stands."""

    rule: str
    hit: str
    at: str
    miss: str
    given: dict = {}  # noqa: RUF012  # never changed
    missed: dict | None = None
    """What is given with the near miss, if it is something else."""


CASES = [
    Case(
        "sides_of_keypoints",
        "targets: {image: image, left_eye: keypoints, right_eye: keypoints}\npipeline: [horizontal_flip: {p: 0.5}]",
        "pipeline[0].horizontal_flip",
        "targets: {image: image, left_eye: {kind: keypoints, flip_pairs: coco}}\npipeline: [horizontal_flip: {p: 0.5}]",
    ),
    Case(
        "rows_of_keypoints",
        "targets: {image: image, pose: keypoints}\npipeline: [rotate: ±9, transpose: {p: 0.5}]",
        "pipeline[1].transpose",
        "targets: {image: image, pose: keypoints}\npipeline: [rotate: ±9, horizontal_flip: {p: 0.5, on: image}, rotate90]",
    ),
    Case(
        "augmented_validation",
        "name: flowers-val\npipeline: [resize: 64, rotate: ±5]", "pipeline[1].rotate",
        "name: flowers-validity\npipeline: [resize: 64, rotate: ±5]",
    ),
    Case(
        "augmented_validation",
        "about: The test images of the challenge.\npipeline: [brightness: 1±0.2]", "pipeline[0].brightness",
        "about: The test images of the challenge.\npipeline: [center_crop: 64, normalize: imagenet]",
    ),
    Case(
        "augmented_validation",
        "[random_crop: {size: 64, stage: always}]", "pipeline[0].random_crop.stage",
        "[center_crop: {size: 64, stage: always}]",
    ),
    Case(
        "not_at_inference",
        "[resize: 64, normalize: {preset: imagenet, stage: train}]", "pipeline[1].normalize.stage",
        "[resize: 64, brightness: {factor: 1±0.2, stage: train}, normalize: imagenet]",
    ),
    Case("never_varies", "[resize: 64, rotate: 15]", "pipeline[1].rotate.degrees", "[resize: 64, rotate: {degrees: 90, p: 0.5}]"),
    Case("never_varies", "[rotate: {degrees: 15, p: 0.5}]", "pipeline[0].rotate.degrees", "[one_of: [rotate: 15, rotate: -15]]"),
    Case(
        "never_varies", "[affine: {rotate: ±5, scale: 1.1, shear_x: 4}]", "pipeline[0].affine.shear_x",
        "[affine: {rotate: ±5, scale: 1.1}]",
    ),
    Case("never_varies", "[gamma: 0.8]", "pipeline[0].gamma.gamma", "[gamma: {gamma: 0.8, p: 0.5}]"),
    Case("never_varies", "[clahe: {limit: 2}]", "pipeline[0].clahe.limit", "[clahe: {limit: 2, stage: always}]"),
    Case(
        "never_varies", "[brightness_contrast: {contrast: 1.2}]", "pipeline[0].brightness_contrast.contrast",
        "[brightness_contrast: {contrast: 1.2, brightness: ±0.1}]",
    ),
    Case("always_applied", "[horizontal_flip: {p: 1}]", "pipeline[0].horizontal_flip.p", "[horizontal_flip: {p: 0.99}]"),
    Case("always_applied", "[grayscale: {p: 1}]", "pipeline[0].grayscale.p", "[grayscale: {p: 1, stage: always}]"),
    Case(
        "always_applied", "[sequence: [vertical_flip: {p: 1}]]", "pipeline[0].sequence[0].vertical_flip.p",
        "[sequence: {p: 0.5, ops: [vertical_flip: {p: 1}, horizontal_flip: {p: 0.5}]}]",
    ),
    Case(
        "nothing_random", "[resize: 64, normalize: imagenet]", "pipeline",
        "name: val\npipeline: [resize: 64, normalize: imagenet]",
    ),
    Case("nothing_random", "[center_crop: 64]", "pipeline", "[center_crop: 64, trivial_augment_wide]"),
    Case("black_corners", "[rotate: ±45]", "pipeline[0].rotate", "[rotate: ±20]"),
    Case("black_corners", "[rotate: ±45]", "pipeline[0].rotate", "[rotate: {degrees: ±45, fill: 0.5}]"),
    Case(
        "black_corners", "[resize: 230, rotate: ±90, center_crop: 228]", "pipeline[1].rotate",
        "[resize: 320, rotate: ±45, center_crop: 224]",
    ),
    Case("black_corners", "[affine: {rotate: ±45}]", "pipeline[0].affine", "[affine: {rotate: ±45, scale: 1.45}]"),
    Case(  # edges that a shift or a smaller scale leaves empty are none of its corners
        "black_corners", "[affine: {rotate: ±45, translate_x: ±0.2}]", "pipeline[0].affine",
        "[affine: {rotate: ±5, translate_x: ±0.3, scale: [0.6, 1]}]",
    ),
    Case("after_grey", "[grayscale: {p: 1}, hue: ±20]", "pipeline[1].hue", "[hue: ±20, grayscale: {p: 1}]"),
    Case(
        "after_grey", "[grayscale: {p: 1}, saturation: 1±0.4]", "pipeline[1].saturation",
        "[grayscale: {p: 0.5}, saturation: 1±0.4]",
    ),
    Case(
        "after_grey", "[hue: ±20]", "pipeline[0].hue", "[hue: ±20]",
        {"samples": [{"image": np.repeat(PHOTO[..., :1], 3, axis=-1)}]}, {"samples": [{"image": PHOTO}]},
    ),
    Case(
        "hue_beyond_words", "targets: {image: image, caption: caption}\npipeline: [hue: ±50]", "pipeline[0].hue",
        "targets: {image: image, caption: caption}\npipeline: [hue: ±10]",
    ),
    Case(
        "hue_beyond_words", "targets: {image: image, caption: caption}\npipeline: [color_jitter: {hue: ±50}]",
        "pipeline[0].color_jitter", "targets: {image: image, caption: text}\npipeline: [color_jitter: {hue: ±50}]",
    ),
    Case(
        "varying_size", "[resize: {short: 64}]", "pipeline[0].resize",
        "targets: {image: image, boxes: boxes}\npipeline: [resize: {short: 64}]",
    ),
    Case("varying_size", "[resize: {long: 64}]", "pipeline[0].resize", "[resize: {height: 64}]"),
    Case("varying_size", "[resize: {short: 64}, rotate: ±5]", "pipeline[0].resize", "[resize: {short: 64}, center_crop: 64]"),
    Case("same_op_twice", "[rotate: ±5, rotate: ±10]", "pipeline[1].rotate", "[rotate: ±5, rotate: {degrees: ±10, id: camera}]"),
    Case(
        "same_op_twice",
        "[hue: ±10, gaussian_blur: {sigma: 1px}, hue: ±20]", "pipeline[2].hue",
        "[one_of: [hue: ±10, sequence: [gaussian_blur: {sigma: 1px}, hue: ±20]]]",
    ),
    Case(
        "same_op_twice",
        "[color_jitter: {hue: ±10, contrast: 1±0.1}, contrast: 1±0.2]", "pipeline[1].contrast",
        "[color_jitter: {hue: ±10, contrast: 1±0.1}, brightness: 1±0.2]",
    ),
    Case(
        "same_op_twice",
        "targets: {a: image, b: image}\npipeline: [rotate: {degrees: ±5, on: [a, b]}, rotate: {degrees: ±9, on: b}]",
        "pipeline[1].rotate",
        "targets: {a: image, b: image}\npipeline: [rotate: {degrees: ±5, on: a}, rotate: {degrees: ±9, on: b}]",
    ),
    Case(
        "orientation",
        "about: handwritten digits, MNIST\npipeline: [horizontal_flip: {p: 0.5}]", "pipeline[0].horizontal_flip",
        "about: photographs of shoes\npipeline: [horizontal_flip: {p: 0.5}]",
    ),
    Case(
        "orientation",
        "about: OCR of receipts\npipeline: [rotate: ±90]", "pipeline[0].rotate",
        "about: OCR of receipts\npipeline: [rotate: ±5, shear: {x: ±10}]",
    ),
    Case(
        "orientation",
        "about: faces of actors\npipeline: [one_of: [horizontal_flip, vertical_flip]]", "pipeline[0].one_of[1].vertical_flip",
        "about: faces of actors\npipeline: [horizontal_flip: {p: 0.5}, rotate: ±20]",
    ),
    Case(
        "orientation",
        "about: cars with licence plates\npipeline: [transpose: {p: 0.5}, resize: 64]", "pipeline[0].transpose",
        "about: cars without licence plates\npipeline: [transpose: {p: 0.5}, resize: 64]",
    ),
    Case(
        "orientation",
        "about: captions that tell left from right\npipeline: [horizontal_flip: {p: 0.5}]", "pipeline[0].horizontal_flip",
        "about: captions that tell red from green\npipeline: [horizontal_flip: {p: 0.5}]",
    ),
    Case("strength", "[brightness: 1±0.9]", "pipeline[0].brightness.factor", "[brightness: 1±0.8]"),
    Case("strength", "[translate: {x: ±0.6}]", "pipeline[0].translate.x", "[translate: {x: ±0.1}]"),
    Case(  # of a length in pixels the size decides
        "strength", "[resize: 64, gaussian_blur: {sigma: [0.1px, 4px]}]", "pipeline[1].gaussian_blur.sigma",
        "[resize: 224, gaussian_blur: {sigma: [0.1px, 4px]}]",
    ),
    Case(
        "strength", "[gaussian_blur: {sigma: 5px}]", "pipeline[0].gaussian_blur.sigma",
        "[gaussian_blur: {sigma: 5px}]", {"samples": [{"image": SMALL}]}, {"samples": [{"image": PHOTO}]},
    ),
    Case("hardly_visible", "[rotate: ±0.2]", "pipeline[0].rotate.degrees", "[rotate: ±2]"),
    Case("hardly_visible", "[scale: [0.995, 1.005]]", "pipeline[0].scale.factor", "[scale: [0.95, 1]]"),
    Case(
        "covers_most",
        "[coarse_dropout: {holes: [6, 9], height: 0.45, width: 0.45}]", "pipeline[0].coarse_dropout",
        "[coarse_dropout: {holes: [6, 9], height: 0.1, width: 0.45}]",
    ),
    Case("folds", "[elastic: {alpha: 0.05, sigma: 0.05}]", "pipeline[0].elastic", "[elastic: {alpha: 0.02, sigma: 0.1}]"),
    Case("clipped_colours", "[brightness: 2]", "pipeline[0].brightness", "[brightness: 1±0.3]"),
    Case(  # it was nearly white before
        "clipped_colours", "[brightness: {add: 0.35}]", "pipeline[0].brightness", "[brightness: {add: 0.35}]",
        {"samples": [{"image": data.chelsea() // 2 + 120}]}, {"samples": [{"image": np.full((40, 50, 3), 255, np.uint8)}]},
    ),
    Case(
        "lost_boxes", "[random_crop: 120]", "pipeline[0].random_crop", "[random_crop: 390]",
        {"samples": [boxed([0.02, 0.02, 0.2, 0.2], [0.7, 0.7, 0.95, 0.95])]},
        {"samples": [boxed([0.3, 0.2, 0.7, 0.8], [0.4, 0.4, 0.6, 0.6])]},
    ),
    Case(  # what min_visibility drops at the end is the work of the crop, and not of what follows
        "lost_boxes",
        "targets: {image: image, boxes: {kind: boxes, min_visibility: 0.9}}\npipeline: [center_crop: 300, rotate: ±3]",
        "pipeline[0].center_crop",
        "targets: {image: image, boxes: {kind: boxes, min_visibility: 0.2}}\npipeline: [center_crop: 300, rotate: ±3]",
        {"samples": [boxed([0.15, 0.2, 0.5, 0.6])]},
    ),
    Case(
        "emptied_masks", "[random_crop: 80]", "pipeline[0].random_crop", "[random_crop: 80]",
        {"samples": [masked(0.8, 0.95, 0.8, 0.95)]}, {"samples": [masked(0, 1, 0, 1)]},
    ),
    Case(
        "caption_let_go",
        "targets: {image: image, caption: {kind: caption, rules: none}}\npipeline: [horizontal_flip: {p: 0.5}]",
        "pipeline[0].horizontal_flip",
        "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 0.5}]",
    ),
    Case(
        "caption_let_go",
        "targets: {image: image, caption: {kind: caption, rules: {colours: false}}}\npipeline: [grayscale: {p: 0.2}]",
        "pipeline[0].grayscale",
        "targets: {image: image, caption: {kind: caption, rules: {colours: false}}}\npipeline: [brightness: 1±0.2, rotate: ±5]",
    ),
    Case(
        "caption_let_go",
        "targets: {image: image, caption: {kind: caption, rules: {heights: false}}}\npipeline: [rotate90, resize: 64]",
        "pipeline[0].rotate90",
        "targets: {image: image, caption: {kind: caption, rules: {heights: false}}}\npipeline: [horizontal_flip: {p: 0.5}]",
    ),
    Case(
        "caption_let_go",
        "targets: {image: image, caption: text}\npipeline: [horizontal_flip: {p: 0.5}]", "pipeline[0].horizontal_flip",
        "targets: {image: image, caption: text}\npipeline: [brightness: 1±0.2, rotate: ±5]",
    ),
    Case(
        "text_beside_image",
        "targets: {image: image, note: text}\npipeline: [brightness: 1±0.1, vertical_flip: {p: 1}]", "pipeline[1].vertical_flip",
        "targets: {image: image, depth: image, note: text}\npipeline: [brightness: 1±0.1, rotate: ±5]",
    ),
    Case(
        "text_beside_image",
        "targets: {image: image, note: text}\npipeline: [grayscale: {p: 0.5}]", "pipeline[0].grayscale",
        "targets: {note: text}\npipeline: [grayscale: {p: 0.5}]",
    ),
    Case(
        "no_op",
        "targets: {sentence: text}\npipeline: [swap_words: 0.1, horizontal_flip: {p: 0.5}]", "pipeline[1].horizontal_flip",
        "targets: {sentence: text, picture: image}\npipeline: [swap_words: 0.1, horizontal_flip: {p: 0.5}]",
    ),
    Case(
        "negations_at_risk",
        "about: Film reviews and whether they are kind.\npipeline: [delete_words: 0.1]", "pipeline[0].delete_words",
        "about: Film reviews and whether they are kind.\npipeline: [delete_words: {rate: 0.1, protect: [negations]}]",
    ),
    Case(
        "little_text_left",
        "[delete_words: 0.4, swap_words: 0.3, typo_characters: 0.3]", "pipeline[2].typo_characters",
        "[one_of: [delete_words: 0.4, swap_words: 0.3, typo_characters: 0.3]]",
    ),
    Case("strength", "[delete_words: 0.7]", "pipeline[0].delete_words.rate", "[delete_words: [0, 0.4]]"),
    Case("no_op", "[delete_words: 0]", "pipeline[0].delete_words", "[delete_words: {rate: 0, min_count: 1}]"),
    Case(
        "choice_with_p",
        "[one_of: [gaussian_blur: {sigma: 1px, p: 0.3}, hue: ±9]]", "pipeline[0].one_of[0].gaussian_blur.p",
        "[one_of: [gaussian_blur: {sigma: 1px, weight: 0.3}, sequence: [hue: {degrees: ±9, p: 0.3}]]]",
    ),
    Case(
        "approximate", "[gamma: [0.8, 1.2]]", "pipeline[0].gamma", "[brightness: 1±0.2]", {"backends": ["rough"]},
    ),
    Case("upsampling", "[center_crop: 128, rotate: ±5, resize: 224]", "pipeline[2].resize", "[center_crop: 256, resize: 224]"),
    Case(
        "upsampling", "[resize: 224]", "pipeline[0].resize", "[resize: 224]",
        {"samples": [{"image": SMALL}]}, {"samples": [{"image": PHOTO}]},
    ),
    Case(
        "resampled_twice",
        "[resize: 256, random_resized_crop: {size: 224, area: [0.5, 1]}]", "pipeline[1].random_resized_crop",
        "[resize: {short: 256}, random_crop: 224]",
    ),
    Case(
        "varying_size",
        "[resize: 256, random_crop: {size: 224, p: 0.5}]", "pipeline[1].random_crop",
        "[resize: 256, one_of: [random_crop: 224, center_crop: 224]]",
    ),
    Case(
        "varying_size",
        "[resize: [64, 96], rotate90]", "pipeline[1].rotate90",
        "[resize: [96, 96], rotate90]",
    ),
    Case(
        "late_resize", "[gaussian_blur: {sigma: 0.01}, resize: 224]", "pipeline[1].resize",
        "[resize: 256, gaussian_blur: {sigma: 0.01}, random_crop: 224]",
    ),
    Case("late_resize", "[color_jitter: {hue: ±9}, center_crop: 224]", "pipeline[1].center_crop", "[center_crop: 224, hue: ±9]"),
    Case(
        "antialias_for_nothing", "[center_crop: 240, resize: 224]", "pipeline[1].resize",
        "[center_crop: 240, resize: {size: 224, antialias: false}]",
    ),
    Case(
        "early_normalize", "[normalize: imagenet, rotate: ±5]", "pipeline[1].rotate",
        "[to_float: {max: 65535}, rotate: ±5, normalize: {mean: 0.5, std: 0.5}]", 
    ),
    Case("no_op", "[rotate: ±5, identity]", "pipeline[1].identity", "[one_of: [rotate: ±5, identity]]"),
    Case("no_op", "[hue: {degrees: ±9, p: 0}]", "pipeline[0].hue", "[hue: {degrees: ±9, p: 0.01}]"),
    Case("no_op", "[affine: {rotate: 0, scale: 1}]", "pipeline[0].affine", "[affine: {rotate: 0, scale: 1.1}]"),
    Case("no_op", "[color_jitter: {contrast: [1, 1]}]", "pipeline[0].color_jitter", "[color_jitter: {contrast: [1, 1.1]}]"),
    Case("no_op", "[gaussian_noise: 0]", "pipeline[0].gaussian_noise", "[gaussian_noise: [0, 0.02]]"),
    Case(
        "no_op", "[motion_blur: {length: 1px, degrees: 0}]", "pipeline[0].motion_blur",
        "[motion_blur: {length: 3px, degrees: 0}]",
    ),
    Case("no_op", "[iou_crop: {overlap: 0.5, p: 0}]", "pipeline[0].iou_crop", "[iou_crop: {overlap: 0.5}]"),
    Case("no_op", "[gamma: 1]", "pipeline[0].gamma", "[gamma: [1, 1.2]]"),
    Case("no_op", "[hue: 0]", "pipeline[0].hue", "[hue: 30]"),
    Case("no_op", "[repeat: {times: 0, ops: [hue: 9]}]", "pipeline[0].repeat", "[repeat: {times: [0, 1], ops: [hue: 9]}]"),
    Case(
        "cannot_run", "[random_crop: 300]", "pipeline[0].random_crop", "[random_crop: 300]",
        {"samples": [{"image": PHOTO}, {"image": SMALL}]}, {"samples": [{"image": PHOTO}]},
    ),
    Case(  # it is tried in grey as well
        "not_measured", "[resize: 64, brightness: {factor: 1±0.2, channels: [4]}]", "pipeline[1].brightness",
        "[resize: 64, brightness: 1±0.2, normalize: mnist]",
    ),
    Case(
        "bad_ignore", "pipeline:\n  - rotate: ±5  # augment: ignore\n", "",
        "pipeline:\n  - rotate: ±200  # augment: ignore strength\n",
    ),
    Case(
        "unused_ignore", "pipeline:\n  # augment: ignore strength\n  - rotate: ±5\n", "",
        "pipeline:\n  # augment: ignore strength\n  - rotate: ±200\n",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def rough(monkeypatch):
    from augment import plugins

    known = {**plugins.backends(), "rough": Rough()}
    monkeypatch.setattr(plugins, "backends", lambda: known)


def whole(text):
    return f"pipeline: {text}" if text.startswith("[") else text


IDS = [f"{case.rule}-{i}" for i, case in enumerate(CASES)]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_it_is_told(case, told):
    found = told(whole(case.hit), **case.given)
    assert case.rule in found, found
    finding = found[case.rule]
    assert finding.path == case.at
    assert finding.severity == rules()[case.rule].severity
    assert finding.place.startswith("train.yaml:")
    for text in (finding.message, finding.reason, finding.fix):
        assert text.strip() and not text.endswith(".")


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_near_miss_is_not(case, told):
    assert case.rule not in told(whole(case.miss), **(case.given if case.missed is None else case.missed))


def test_every_rule_has_a_case():
    assert {case.rule for case in CASES} == set(rules())
