"""Adaptations to a partner: against scikit-image, NumPy's transforms and Albumentations; nothing but the image changes."""

import numpy as np
import pytest
from skimage import exposure

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.ops.adaptation import matching
from augment.partners import partner_index
from augment.program.lower import lower
from augment.testing.photographs import photographs

ONE, OTHER = photographs()[:2]
SMALL = photographs(((61, 84),))[0]
EVERY = [ops.HistogramMatching(blend=1), ops.Fda(beta=0.05), ops.PixelDistribution(blend=1, statistics="pca")]


def floats(image):
    return image / np.float32(255)


def adapted(op, image, reference):
    return augment.compile(augment.Pipeline([op])).over([{"image": image}, {"image": reference}])[0]["image"]


@pytest.mark.parametrize("reference", [OTHER, SMALL, ONE[:40, :50]], ids=["other", "small", "part"])
def test_histograms_are_those_of_scikit_image(reference):
    """Which cuts the fraction off the level that it finds."""
    want = exposure.match_histograms(ONE, reference, channel_axis=2)
    exact = adapted(ops.HistogramMatching(blend=1), floats(ONE), floats(reference)) * 255
    assert (exact - want).min() > -1e-4 and (exact - want).max() < 1 + 1e-4
    assert np.array_equal(adapted(ops.HistogramMatching(blend=1), ONE, reference), np.rint(exact))


def test_histograms_are_those_of_albumentations_but_for_what_it_cuts_off():
    from albumentations.augmentations.mixing.domain_adaptation_functional import apply_histogram

    same_size = np.ascontiguousarray(OTHER[:, : ONE.shape[1]][: ONE.shape[0]])
    image = np.ascontiguousarray(ONE[: same_size.shape[0], : same_size.shape[1]])
    for blend in (0.0, 0.4, 1.0):
        got = adapted(ops.HistogramMatching(blend=blend), image, same_size).astype(int)
        assert (apply_histogram(image, same_size, blend).astype(int) - got).min() >= -1
        assert (apply_histogram(image, same_size, blend).astype(int) - got).max() <= 0


def test_a_histogram_matched_to_itself_stays_and_leading_dimensions_are_free():
    counts = np.stack([np.bincount(photo[..., c].ravel(), minlength=256) for photo in (ONE, OTHER) for c in range(3)])
    there = counts > 0
    assert np.array_equal(matching(counts, counts, (1.0, 1.0), np)[there], np.broadcast_to(np.arange(256), counts.shape)[there])
    several = matching(counts.reshape(2, 3, 256), counts[::-1].reshape(2, 3, 256), (1.0, 1.0), np)
    assert np.array_equal(several.reshape(6, 256)[4], matching(counts[4], counts[1], (1.0, 1.0), np))


def swapped(image, reference, beta):
    """FDA as its authors' code has it, of arrays of one size."""
    one, other = (np.fft.fftshift(np.fft.fft2(x.astype(float), axes=(0, 1)), axes=(0, 1)) for x in (image, reference))
    reach, (y, x) = int(np.floor(min(image.shape[:2]) * beta)), (side // 2 for side in image.shape[:2])
    low, amplitude = np.s_[y - reach : y + reach + 1, x - reach : x + reach + 1], np.abs(one)
    amplitude[low] = np.abs(other)[low]
    back = np.fft.ifft2(np.fft.ifftshift(amplitude * np.exp(1j * np.angle(one)), axes=(0, 1)), axes=(0, 1))
    assert np.abs(back.imag).max() < 1e-9
    return np.clip(back.real, 0, 1)


@pytest.mark.parametrize("size", [(96, 84), (95, 83), (31, 64)])
@pytest.mark.parametrize("beta", [0.0, 0.013, 0.1, 0.45])
def test_low_frequencies_are_those_of_the_fourier_transform(size, beta):
    image, reference = (floats(photo[: size[0], : size[1]]) for photo in (ONE, OTHER))
    got = adapted(ops.Fda(beta=beta), image, reference)
    assert np.abs(got - swapped(image, reference, beta)).max() < 5e-5  # a hundredth of a level of 8 bits
    assert beta or np.abs(got.mean(axis=(0, 1)) - reference.mean(axis=(0, 1))).max() < 0.05  # but for what is clipped


def test_a_reference_of_another_size_gives_its_periods():
    """The first frequencies of a picture that is larger are those of one with the same few waves."""
    y, x = (np.arange(n) / n for n in (96, 84))

    def waves(y, x):
        plane = 0.5 + 0.2 * np.cos(2 * np.pi * (2 * y[:, None] + x)) + 0.1 * np.sin(2 * np.pi * 3 * x)
        return np.stack([plane, plane**2, 1 - plane], axis=2).astype(np.float32)

    image = floats(ONE[:96, :84])
    want = adapted(ops.Fda(beta=0.08), image, waves(y, x))
    assert np.abs(adapted(ops.Fda(beta=0.08), image, waves(np.arange(48) / 48, np.arange(126) / 126)) - want).max() < 1e-5


def test_a_flat_image_has_a_mean_and_no_other_frequency():
    flat = np.full((40, 30, 3), 0.25, np.float32)
    got = adapted(ops.Fda(beta=0.3), flat, floats(ONE[:40, :30]))
    assert np.allclose(got, floats(ONE[:40, :30]).mean(axis=(0, 1)), atol=1e-5)


@pytest.mark.parametrize(("ours", "theirs"), [("standard", "standard"), ("min_max", "minmax")])
def test_distributions_are_those_of_albumentations(ours, theirs):
    from albumentations.augmentations.mixing.domain_adaptation_functional import adapt_pixel_distribution

    image, reference = (floats(photo[:90, :80]) for photo in (ONE, OTHER))
    want = adapt_pixel_distribution(image.copy(), reference.copy(), theirs, 1.0)  # what it blends is of two scales
    assert np.abs(adapted(ops.PixelDistribution(blend=1, statistics=ours), image, reference) - want).max() < 2e-5
    image, reference = (0.5 + 0.1 * (part - part.mean()) for part in (image, reference))  # where nothing is clipped
    whole, some = (adapted(ops.PixelDistribution(blend=blend, statistics=ours), image, reference) for blend in (1, 0.3))
    assert np.abs(some - (0.7 * image + 0.3 * whole)).max() < 1e-6 and np.abs(whole - image).max() > 0.01


def test_principal_components_turn_to_those_of_the_reference():
    image, reference = floats(ONE) * 0.5 + 0.25, floats(OTHER) * 0.5 + 0.25

    def of(image):
        pixels = image.reshape(-1, 3).astype(float)
        return pixels, pixels.mean(axis=0), np.linalg.svd(np.cov(pixels.T, bias=True))[0]

    (pixels, mean, mine), (_, base, theirs) = of(image), of(reference)
    theirs = theirs * np.sign((mine * theirs).sum(axis=0))
    want = np.clip((pixels - mean) @ mine @ theirs.T + base, 0, 1).reshape(image.shape)
    assert np.abs(adapted(ops.PixelDistribution(blend=1, statistics="pca"), image, reference) - want).max() < 1e-4


def test_a_flat_channel_takes_the_mean_and_has_no_width():
    flat = np.full((20, 20, 3), 0.5, np.float32)
    for statistics, want in (("standard", floats(ONE).mean(axis=(0, 1))), ("min_max", floats(ONE).min(axis=(0, 1)))):
        got = adapted(ops.PixelDistribution(blend=1, statistics=statistics), flat, floats(ONE))
        assert np.allclose(got, want, atol=1e-5)


@pytest.mark.parametrize("op", EVERY, ids=lambda op: op.name())
def test_only_the_image_changes_and_the_partner_is_that_of_a_mix(op):
    """The partner is chosen by the key, comes through what stands before under its own draws, and gives no label."""
    targets = {"image": "image", "mask": "mask", "boxes": {"kind": "boxes", "carry": ["names"]}, "labels": "labels"}
    before = [ops.RandomCrop(size=48), ops.HorizontalFlip(p=0.5)]
    samples = [
        {
            "image": photo[:60, :70] // (1 + i), "mask": np.full((60, 70), i, np.uint8), "labels": i,
            "boxes": np.array([[2, 3, 60, 50]]), "names": [f"n{i}"],
        }
        for i, photo in enumerate((ONE, OTHER, ONE[::-1].copy(), OTHER[:, ::-1].copy()))
    ]  # fmt: skip
    spec = augment.Pipeline([*before, op], targets=targets, seed=3)
    plain = augment.compile(spec.replace(pipeline=before)).over(samples)
    over, parts = augment.compile(spec).over(samples), [plain[i] for i in range(4)]
    for i, own in enumerate(parts):
        out = over[i]
        other = parts[partner_index(float(lower(spec).values(i)[op.name()]["partner"]), i, 4)]
        want = adapted(op, own["image"], other["image"])
        assert np.abs(out["image"].astype(int) - want).max() <= 1 and (out["image"] != own["image"]).any()
        assert out["labels"] == i and np.array_equal(out["mask"], own["mask"]) and out["names"] == own["names"]
        assert np.array_equal(out["boxes"], own["boxes"])


def test_channels_and_p_limit_it():
    for op in EVERY:
        some = adapted(op.replace(channels=[1]), ONE, OTHER)
        assert np.array_equal(some[..., [0, 2]], ONE[..., [0, 2]]) and (some[..., 1] != ONE[..., 1]).any()
        assert np.array_equal(adapted(op.replace(p=0.0), ONE, OTHER), ONE)
        assert np.array_equal(augment.compile(augment.Pipeline([op]), stage="eval")({"image": ONE})["image"], ONE)


def test_what_cannot_be_is_told():
    alone, grey = augment.Pipeline([EVERY[0]]), np.zeros((9, 9), np.uint8)
    with pytest.raises(SampleError, match=r"histogram_matching: looks at two samples, and was given one: use \.over"):
        augment.apply(alone, {"image": ONE})
    with pytest.raises(SampleError, match="fda: image has 1 channels in one sample and 3 in another"):
        adapted(EVERY[1], ONE, grey)
    with pytest.raises(SpecError, match=r"cannot stand after .*normalize: it works on values from 0 to 1"):
        lower(augment.Pipeline([ops.Normalize(mean=0.5, std=0.5), EVERY[2]]))
    with pytest.raises(SpecError, match="cannot hold fda"):
        lower(augment.Pipeline([ops.Blend(ops=[EVERY[1]], alpha=1.0)]))
    with pytest.raises(SampleError, match="needs a partner"):
        augment.record(alone, {"image": ONE}, index=0)
    with pytest.raises(SpecError, match="needs another sample"):
        augment.tta([{"histogram_matching": 1}])
