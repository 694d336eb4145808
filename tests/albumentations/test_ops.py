"""Every op of the core gives what the reference gives, with all targets, in uint8 and in float."""

import numpy as np
import pytest

import augment
from augment.ops import CORE, catalogue
from augment.ops.kinds import Partnered

EXAMPLES = {
    "horizontal_flip": "{p: 1}", "vertical_flip": "{p: 1}", "transpose": "{p: 1}", "rotate90": "{turns: 3}", "rotate": "±40",
    "translate": "{x: ±0.2, y: ±7.3px}", "scale": "[0.7, 1.4]", "shear": "{x: ±20, y: ±10}",
    "affine": "{rotate: ±30, scale: 1±0.2, shear_x: ±10, translate_y: ±0.1}", "perspective": "[0.1, 0.4]",
    "elastic": "{alpha: 0.05, sigma: 0.06}", "resize": "{size: [90, 130]}", "center_crop": "[80, 101]", "random_crop": "[64, 96]",
    "random_resized_crop": "{size: 96, area: [0.3, 0.9]}", "pad": "{size: [128, 171], fill: 0.4}", "brightness": "[0.6, 1.4]",
    "contrast": "[0.6, 1.4]", "saturation": "[0.5, 1.5]", "hue": "±60",
    "color_jitter": "{brightness: 1±0.2, contrast: 1±0.2, saturation: 1±0.2, hue: ±20}", "gamma": "[0.7, 1.5]",
    "grayscale": "{p: 1}", "invert": "{p: 1}", "solarize": "[0.3, 0.8]", "posterize": "[2, 5]", "gaussian_blur": "[0.5px, 2px]",
    "motion_blur": "[3px, 9px]", "coarse_dropout": "{holes: [1, 4], height: [0.1, 0.3], width: [0.1, 0.3], fill_mask: 2}",
    "random_erasing": "{area: [0.05, 0.2], aspect: [0.5, 2]}", "normalize": "imagenet", "to_float": "", "identity": "",
}  # fmt: skip
MIXES = {name for name, op in catalogue("image").items() if issubclass(op, Partnered)}
ELSEWHERE = {"gaussian_noise"} | MIXES  # below, in test_mixing and in captions


def test_the_examples_are_of_ops_of_the_core():  # of all of them the kit makes its own: tests/conformance
    assert set(EXAMPLES) | ELSEWHERE <= {name for name, op in CORE.items() if op.modality == "image"}


def agree(a, b, *, most, mean, share):
    difference = np.abs(np.asarray(a, float) - np.asarray(b, float))
    assert (difference > most).mean() <= share
    assert difference.mean() <= mean


@pytest.mark.parametrize("precision", ["auto", "float"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_agrees_with_the_reference(name, precision, sample):
    op = f"{name}: {EXAMPLES[name]}" if EXAMPLES[name] else name
    spec = augment.loads(f"seed: 3\npipeline:\n  - {op}")
    floats = precision == "float"
    given = sample | ({"image": sample["image"].astype(np.float32) / 255} if floats else {})
    compiled = augment.compile(spec, "albumentations", precision=precision)
    for index in range(3):
        expected = augment.apply(spec, given, index=index)
        out = compiled.at(index)(**given)
        assert out["image"].dtype == expected["image"].dtype
        assert out["image"].shape == expected["image"].shape
        if floats or out["image"].dtype == np.float32:
            agree(out["image"], expected["image"], most=0.03 / 255, mean=0.03 / 255, share=0.001)
        else:
            agree(out["image"], expected["image"], most=2, mean=0.5, share=0.001)
        assert (out["mask"] != expected["mask"]).mean() <= 0.0005
        np.testing.assert_allclose(out["boxes"], expected["boxes"], atol=0.01)
        np.testing.assert_allclose(out["keypoints"], expected["keypoints"], atol=0.01)
        np.testing.assert_array_equal(out["labels"], expected["labels"])


def test_noise_has_its_distribution(photo):
    spec = augment.loads("pipeline: [gaussian_noise: 0.1]")
    grey = np.full((200, 200, 3), 0.5, np.float32)
    noise = augment.compile(spec, "albumentations").at(2)(image=grey)["image"] - 0.5
    assert abs(noise.mean()) < 0.002
    assert abs(noise.std() - 0.1) < 0.002


@pytest.mark.parametrize("channels", [1, 4, 6])
def test_any_number_of_channels(channels, photo):
    image = np.ascontiguousarray(np.concatenate([photo, photo[::-1]], axis=2)[..., :channels])
    spec = augment.loads("pipeline: [rotate: ±20, brightness: 1±0.2, gaussian_blur: 1px]")
    out = augment.compile(spec, "albumentations").at(1)(image=image)["image"]
    agree(out, augment.apply(spec, {"image": image}, index=1)["image"], most=2, mean=0.5, share=0.001)
    assert out.shape == image.shape


def test_a_grey_image_without_channels_stays_so(photo):
    out = augment.compile(augment.loads("pipeline: [rotate: ±20]"), "albumentations")(image=photo[..., 0])["image"]
    assert out.shape == photo.shape[:2]
    assert out.dtype == np.uint8


def test_backend_run_goes_through_the_container(sample):
    spec = augment.loads("pipeline: [rotate: ±20, center_crop: 64]")
    record = augment.record(spec, index=4)
    out = augment.replay(record, sample, backend="albumentations")
    same = augment.compile(spec, "albumentations").at(4)(**sample)
    for name in sample:
        np.testing.assert_array_equal(out[name], same[name])
    np.testing.assert_array_equal(augment.apply(spec, sample, backend="albumentations", index=4)["image"], same["image"])
