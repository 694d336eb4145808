"""What single calls mean, by version: quirks and defaults of the libraries, in our ops."""

import numpy as np
import pytest

import augment
from augment.native.canonical import canonical
from augment.native.reading import read
from augment.native.sources.data import from_data

YAML = "pipeline:\n"


def steps(imported):
    return augment.dumps(imported.pipeline).partition(YAML)[2]


@pytest.mark.parametrize(
    ("library", "code", "expected"),
    [
        # half of all images stay as they are; the p of children of OneOf are weights
        ("albumentations", "A.HorizontalFlip()", "horizontal_flip: {p: 0.5}"),
        ("albumentations", "A.OneOf([A.HorizontalFlip(p=0.2), A.VerticalFlip(p=0.6)])", "weight: 0.6"),
        ("albumentations", "A.Affine(rotate=15)", "rotate: {degrees: 15, p: 0.5}"),
        ("albumentations", "A.Rotate(limit=15)", "rotate: {degrees: ±15, p: 0.5}"),
        ("albumentations", "A.ColorJitter(brightness=0, contrast=0, saturation=0, hue=0.1, p=1)", "hue: {degrees: ±36}"),
        ("albumentations", "A.RandomGamma(gamma_limit=(80, 120), p=1)", "gamma: {gamma: 1±0.2}"),
        ("albumentations", "A.RandomRotate90()", "- rotate90"),
        ("albumentations", "A.Resize(20, 30)", "resize: {size: [20, 30], antialias: false}"),
        ("albumentations", "A.GaussianBlur(blur_limit=5, p=1)", "- gaussian_blur: {sigma: [0.5px, 3px], size: 5}"),
        ("albumentations", "A.Affine(scale=(0.8, 1.2), p=1)", "scale: {x: 1±0.2, y: 1±0.2}"),
        ("albumentations", "A.GaussNoise(mean_range=(0.1, 0.2), per_channel=False)", "mean: [0.1, 0.2], per_channel: false"),
        ("albumentations", "A.Posterize(num_bits=(4, 5, 6))", "posterize: {bits: 5, channels: [1]}"),
        ("albumentations", "A.PadIfNeeded(8, 9, position='top_left')", "pad: {size: [8, 9], at: top_left}"),
        ("albumentations", "A.LongestMaxSize(max_size_hw=(10, 20))", "resize: {inside: [10, 20], antialias: false}"),
        ("albumentations", "A.CoarseDropout(fill='random')", "fill: noise"),
        # one coin for two flips, the inverse zoom, contrast that only rises, turns as a share of the circle
        ("keras", "A.RandomFlip()", "sequence:\n      p: 0.5"),
        ("keras", "A.RandomZoom(0.25)", "scale: {factor: {inverse_uniform: [0.8, 1.333333333]}, border: reflect}"),
        ("keras", "A.RandomContrast(0.2)", "contrast: {factor: [1, 1.2], about: channel_mean}"),
        ("keras", "A.RandomRotation(0.1)", "rotate: {degrees: ±36, border: reflect}"),
        ("keras", "A.RandomInvert(0.4)", "invert: {p: 0.2}"),
        ("keras", "A.Rescaling(1/127.5, offset=-1)", "normalize: {mean: [0.5], std: [0.5]}"),
        ("keras", "A.RandomShear(0.2)", "shear: {x: ±11.3099, about: corner, border: reflect}"),
        ("keras", "A.Resizing(10, 20, pad_to_aspect_ratio=True)", "letterbox: {size: [10, 20], antialias: false}"),
        # nearest unless it is said; angles of RandomAffine are clockwise
        ("torchvision", "A.RandomRotation(10)", "rotate: {degrees: ±10, interpolation: nearest}"),
        ("torchvision", "A.RandomAffine((10, 20))", "rotate: {degrees: [-20, -10], interpolation: nearest}"),
        ("torchvision", "A.RandomApply([A.RandomRotation(10)], p=0.2)", "interpolation: nearest, p: 0.2}"),
        ("torchvision", "A.RandomGrayscale()", "grayscale: {p: 0.1}"),
        ("torchvision", "A.RandomChoice([A.RandomInvert(p=1), A.RandomInvert(p=0.5)], p=[1, 3])", "invert: {p: 0.5, weight: 3}"),
        ("torchvision", "A.RandomSolarize(threshold=128)", "solarize: {threshold: 0.5019607843, p: 0.5}"),
        ("torchvision", "A.GaussianBlur(3)", "gaussian_blur: {sigma: [0.1px, 2px], size: 3}"),
        ("torchvision", "A.GaussianBlur(23)", "gaussian_blur: {sigma: [0.1px, 2px]}"),
        ("torchvision", "A.RandomCrop(32, padding=(4, 2))", "- pad: {left: 4, top: 2, right: 4, bottom: 2}\n  - random_crop"),
        ("torchvision", "A.RandomResize(10, 20)", "random_shortest_size: {short: [10, 19]}"),
        ("nlpaug", "A.RandomWordAug()", "delete_words: {rate: 0.3, min_count: 1, max_count: 10}"),
        ("nlpaug", "A.Sometimes([A.AntonymAug()], aug_p=0.4)", "max_count: 10, p: 0.4}"),
    ],
)
def test_calls(reads, library, code, expected):
    assert expected in steps(reads(code, library, "2.0.8" if library == "albumentations" else None))


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("A.Rotate(limit=15)", "border: reflect101", "rotate: {degrees: ±15, p: 0.5}"),
        ("A.RandomRotate90()", "rotate90: {p: 0.5}", "- rotate90"),
        ("A.GaussianBlur(p=1)", "gaussian_blur: {sigma: 0.8px, size: 3}", "sigma: [0.5px, 3px]"),
        ("A.ColorJitter(p=1)", "hue: ±72", "hue: ±180"),
        ("A.PadIfNeeded(20, 20)", "border: reflect101", "pad: [20, 20]"),
        ("A.Solarize()", "threshold: 0.5019607843", "threshold: 0.5,"),
    ],
)
def test_the_version_decides(reads, code, old, new):
    """The same call, as 1.4 and as 2.0.8 meant it."""
    assert old in steps(reads(code, "albumentations", "1.4.0"))
    assert new in steps(reads(code, "albumentations", "2.0.8"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("A.GaussNoise(var_limit=(10.0, 50.0))", "gaussian_noise: {std: [0.0124, 0.02773], p: 0.5}"),
        ("A.CoarseDropout(max_holes=8, max_height=32, max_width=16)", "coarse_dropout: {holes: 8, height: 32px, width: 16px"),
        ("A.Cutout(num_holes=4, max_h_size=8, max_w_size=8)", "coarse_dropout: {holes: 4, height: 8px, width: 8px, p: 0.5}"),
        ("A.RandomResizedCrop(20, 30)", "random_resized_crop: {size: [20, 30]"),
        ("A.RandomResizedCrop(height=20, width=30)", "random_resized_crop: {size: [20, 30]"),
        ("A.Flip(p=1)", "one_of:"),
        ("A.IAAAdditiveGaussianNoise()", "gaussian_noise: {std: [0.01, 0.05]"),
        ("A.JpegCompression(quality_lower=50, quality_upper=90)", "jpeg: {quality: [50, 90], p: 0.5}"),
        ("A.RandomCrop(8, 8, always_apply=True)", "random_crop: [8, 8]"),
        ("A.Blur(always_apply=True)", "- box_blur: {size: [3, 7]}"),
        ("A.OneOf([A.Blur(always_apply=True), A.MedianBlur(p=0.2)])", "weight: 0.5"),
    ],
)
def test_old_names_keep_the_meaning_of_their_time(reads, code, expected):
    """Without a version the arguments tell it, and the report says so."""
    imported = reads(code, "albumentations")
    assert expected in steps(imported)
    assert any("read as albumentations 1" in remark.message for remark in imported.remarks)


def test_what_differs_is_told_with_its_place(reads):
    imported = reads("A.OneOf([A.Rotate(interpolation=4), A.Sharpest()], p=1)", "albumentations")
    told = {(remark.what, remark.verdict) for remark in imported.remarks}
    assert {("Rotate", "differs"), ("Sharpest", "none")} <= told
    assert all(remark.where for remark in imported.remarks)
    # the class that is not known leaves its chance in the choice
    assert "identity" in steps(imported)


@pytest.mark.parametrize(("library", "code", "steps"), [
    ("torchvision", "A.RandomCrop(32, padding=4, padding_mode='reflect')",
     "[pad: {top: 4, left: 4, bottom: 4, right: 4, border: reflect101}, random_crop: [32, 32]]"),
    ("torchvision", "A.Pad((1, 2, 3, 4), fill=255)", "[pad: {left: 1, top: 2, right: 3, bottom: 4, fill: 1}]"),
    ("torchvision", "A.GaussianNoise(mean=0.1, sigma=0.2)", "[gaussian_noise: {std: 0.2, mean: 0.1}]"),
    ("albumentations", "A.Affine(scale=(0.9, 1.1), rotate=(-5, 5), p=1)",
     "[affine: {rotate: ±5, scale_x: [0.9, 1.1], scale_y: [0.9, 1.1]}]"),
    ("albumentations", "A.Rotate(limit=5, interpolation='cv2.INTER_CUBIC', p=1)",
     "[rotate: {degrees: ±5, interpolation: bicubic}]"),
    ("albumentations", "A.CropAndPad(px=(1, 2, 3, 4), keep_size=False)", "[pad: {top: 1, right: 2, bottom: 3, left: 4}]"),
    ("albumentations", "A.CropAndPad(px=(-20, 0), keep_size=False)",
     "[random_crop_from_borders: {top: [0px, 20px], left: [0px, 20px], bottom: [0px, 20px], right: [0px, 20px]}]"),
    ("albumentations", "A.MaskDropout(max_objects=(1, 3), fill=255, fill_mask=2, p=1)",
     "[mask_dropout: {objects: [1, 3], fill: 1, fill_mask: 2}]"),
    ("albumentations", "A.ChromaticAberration(mode='random', p=1)",
     "[chromatic_aberration: {k1: ±0.02, k2: ±0.05, fringe: any}]"),
    ("albumentations", "A.AdditiveNoise(noise_params={'ranges': [(-0.2, 0.2), (-0.1, 0.1), (0, 0.1)]}, p=1)",
     "[rgb_shift: {red: ±0.2, green: ±0.1, blue: [0, 0.1]}]"),
])  # fmt: skip
def test_what_is_the_same_is_said_so(reads, library, code, steps):
    imported = reads(code, library)
    assert imported.remarks == ()
    assert canonical(imported.pipeline.pipeline) == canonical(augment.loads(f"pipeline: {steps}").pipeline)


@pytest.mark.parametrize("size", [(60, 72), (61, 73), (62, 74), (63, 75)])
def test_a_crop_to_the_middle_rounds_as_that_of_torchvision(reads, size):
    """Half a pixel to the even one; where the size is known, and nothing is to be rounded up, center_crop says it."""
    v2 = pytest.importorskip("torchvision.transforms.v2")
    import torch

    image = np.arange(size[0] * size[1], dtype=np.float32).reshape(*size, 1) / 8192
    (step,) = (found := reads("A.CenterCrop(40)", "torchvision")).pipeline.pipeline
    assert step.name() == "crop" and found.same
    want = v2.CenterCrop(40)(torch.from_numpy(image[..., 0]))
    np.testing.assert_array_equal(augment.apply(found.pipeline, {"image": image})["image"][..., 0], want.numpy())
    calls = [{"class": "Resize", "args": [list(size)]}, {"class": "CenterCrop", "args": [40]}]
    _, known = read(from_data({"library": "torchvision", "ops": calls})).pipeline.pipeline
    assert known.name() == ("crop" if size[0] % 4 == 3 or size[1] % 4 == 3 else "center_crop")
    for op in (step, known):
        out = augment.apply(augment.Pipeline([op]), {"image": image})["image"]
        np.testing.assert_array_equal(out[..., 0], want.numpy())


@pytest.mark.parametrize("before", [("Resize", [64]), ("RandomHorizontalFlip", []), ("RandomCrop", [39]), ("Resize", [])])
def test_a_crop_to_the_middle_of_what_may_be_smaller_is_noted(before):
    calls = [dict(zip(("class", "args"), call, strict=True)) for call in (before, ("CenterCrop", [40]))]
    (remark,) = read(from_data({"library": "torchvision", "ops": calls})).having("note")
    assert (remark.what, remark.message) == ("CenterCrop", "a smaller image is padded there, and an error here")


@pytest.mark.parametrize(
    ("code", "notes"),
    [("RandAugment()", 1), ("TrivialAugmentWide()", 1), ("AugMix()", 1), ("AutoAugment('svhn')", 1), ("AutoAugment()", 0)],
)
def test_shifts_of_policies_that_are_cut_there_are_noted(reads, code, notes):
    found = reads(f"A.{code}", "torchvision")
    assert found.same and [remark.message for remark in found.remarks] == [
        "shifts are cut to whole pixels there, and not here: less than one pixel"
    ] * notes


def test_several_crops_are_a_view():
    """What stands before them is drawn once, and what follows them runs on each of them."""
    ops = [{"class": "Resize", "args": [40]}, {"class": "TenCrop", "args": [[24, 30]], "kwargs": {"vertical_flip": True}}]
    imported = read(from_data({"library": "torchvision", "ops": [*ops, {"class": "Normalize", "args": [[0.5], [0.5]]}]}))
    crops = "[ten_crop: {size: [24, 30], vertical: true}, normalize: {mean: [0.5], std: [0.5]}]"
    assert imported.remarks == ()
    assert imported.pipeline == augment.loads(f"{{pipeline: [resize: {{short: 40}}], views: {{crops: {crops}}}}}")
    assert len(augment.apply(imported.pipeline, {"image": np.zeros((50, 60, 1), np.uint8)})["crops"]) == 10


@pytest.mark.parametrize(
    ("library", "code"),
    [("albumentations", "A.Equalize()"), ("keras", "A.Equalization()"), ("albumentations", "A.CLAHE()"), ("keras", "A.CLAHE()")],
)
def test_histograms_of_other_libraries_are_told_to_differ(reads, library, code):
    assert reads(code, library).having("differs")


@pytest.mark.parametrize(
    ("ops", "word"),
    [
        ([["Rescaling", [1 / 255]], ["RandomBrightness", [0.2]]], "behind Rescaling"),
        ([["RandomBrightness", [0.2], {"seed": 3}], ["RandomContrast", [0.2], {"seed": 3}]], "seed=3 in 2 layers"),
        ([["RandomSharpness", [[0.4, 0.8]]]], "beyond the edge it is black"),
        ([["Rescaling", [1 / 255]], ["RandomBrightness", [0.2], {"value_range": [0, 1]}]], ""),
        ([["RandomBrightness", [0.2], {"seed": 3}], ["RandomContrast", [0.2], {"seed": 4}]], ""),
    ],
)
def test_what_layers_of_keras_do_to_each_other_is_told(ops, word):
    from augment.native.coming import import_native

    facts = [dict(zip(("class", "args", "kwargs"), op, strict=False)) for op in ops]
    told = [remark.message for remark in import_native({"library": "keras", "ops": facts}).having("differs")]
    assert len(told) == bool(word) and all(word in message for message in told), told
