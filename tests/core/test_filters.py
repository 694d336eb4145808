"""Blurs against SciPy and OpenCV, noise against its distribution, rectangles against NumPy."""

import cv2
import numpy as np
import pytest
from scipy import ndimage, stats

import augment
from augment import ops
from augment.errors import SampleError
from augment.program.lower import lower

LEVEL = 1 / 255


def scipys_blur(image, sigma, radius):
    channels = np.moveaxis(image.astype(float), -1, 0)
    return np.stack([ndimage.gaussian_filter(c, sigma, mode="mirror", radius=radius) for c in channels], -1)


@pytest.mark.parametrize("sigma", [0.3, 1.0, 2.7, 9.0])
def test_gaussian_blur_is_scipys(sigma, fphoto, run):
    radius = max(1, int(np.ceil(4 * sigma)))
    assert np.abs(run(fphoto, ops.GaussianBlur(sigma=f"{sigma}px")) - scipys_blur(fphoto, sigma, radius)).max() < 0.01 * LEVEL


def test_gaussian_blur_does_not_depend_on_the_range_it_was_drawn_from(fphoto, run):
    """The taps are cut at four times the largest sigma, where a Gaussian has nothing left."""
    for index in range(3):
        op = ops.GaussianBlur(sigma=["0.5px", "3px"])
        sigma = float(lower(augment.Pipeline([op])).values(index)["gaussian_blur"]["sigma"])
        assert np.abs(run(fphoto, op, index=index) - scipys_blur(fphoto, sigma, 12)).max() < 0.01 * LEVEL


def test_a_share_is_of_the_shorter_side(fphoto, run):
    assert np.abs(run(fphoto, ops.GaussianBlur(sigma=0.02)) - run(fphoto, ops.GaussianBlur(sigma="1.92px"))).max() < 1e-6
    tall = fphoto.swapaxes(0, 1).copy()
    assert np.abs(run(tall, ops.GaussianBlur(sigma=0.02)) - run(fphoto, ops.GaussianBlur(sigma=0.02)).swapaxes(0, 1)).max() < 1e-6


@pytest.mark.parametrize(("degrees", "axis"), [(0, 1), (90, 0), (180, 1), (-90, 0)])
@pytest.mark.parametrize("length", [1, 3, 7])
def test_motion_blur_along_an_axis_is_a_box_filter(length, degrees, axis, fphoto, run):
    want = ndimage.uniform_filter1d(fphoto, length, axis=axis, mode="mirror")
    assert np.abs(run(fphoto, ops.MotionBlur(length=f"{length}px", degrees=degrees)) - want).max() < 1e-5


def test_motion_blur_goes_counter_clockwise(run):
    """A point becomes a line from the bottom left to the top right at 45 degrees, as long as asked."""
    image = np.zeros((31, 31, 1), np.float32)
    image[15, 15] = 1
    out = run(image, ops.MotionBlur(length="15px", degrees=45))[..., 0]
    y, x = np.nonzero(out > 0.02)
    assert np.allclose(x - 15, 15 - y, atol=1) and len(x) > 8
    assert abs(np.hypot(x.max() - x.min(), y.max() - y.min()) - 15) < 3
    assert abs(out.sum() - 1) < 1e-6
    for degrees in (20, 45, 110):
        line = run(image, ops.MotionBlur(length="15px", degrees=degrees))[..., 0]
        yy, xx = np.mgrid[15:-16:-1, -15:16]
        main = np.linalg.eigh(np.cov(np.stack([xx.ravel(), yy.ravel()]), aweights=line.ravel()))[1][:, 1]
        assert abs((np.degrees(np.arctan2(main[1], main[0])) - degrees + 90) % 180 - 90) < 1


def test_a_kernel_wider_than_the_image_reflects_again(run):
    image = np.random.default_rng(0).random((5, 3, 1)).astype(np.float32)
    want = ndimage.gaussian_filter(image[..., 0].astype(float), 4, mode="mirror", radius=16)[..., None]
    assert np.abs(run(image, ops.GaussianBlur(sigma="4px")) - want).max() < 1e-5
    one = np.full((1, 1, 3), 0.3, np.float32)
    assert np.allclose(run(one, ops.GaussianBlur(sigma="4px")), 0.3, atol=1e-6)


# Noise ---------------------------------------------------------------------------------------------------------------


def test_noise_is_normal_and_of_the_stated_width(run):
    image = np.full((64, 64, 3), 0.5, np.float32)
    field = run(image, ops.GaussianNoise(std=0.05)) - 0.5
    assert stats.kstest(field.ravel()[:10_000] / 0.05, "norm").pvalue > 1e-3
    assert abs(np.corrcoef(field[..., 0].ravel(), field[..., 1].ravel())[0, 1]) < 0.06
    assert abs(np.corrcoef(field[:, 1:].ravel(), field[:, :-1].ravel())[0, 1]) < 0.04


def test_noise_is_anothers_for_another_key_and_the_same_for_the_same(run):
    image = np.full((32, 32, 3), 0.5, np.float32)
    op = ops.GaussianNoise(std=0.05)
    fields = [run(image, op, index=i) - 0.5 for i in range(3)]
    assert np.array_equal(fields[0] + 0.5, run(image, op, index=0))
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert abs(np.corrcoef(fields[a].ravel(), fields[b].ravel())[0, 1]) < 0.08
    twice = run(image, op, op.replace(id="other")) - run(image, op)
    assert abs(np.corrcoef(twice.ravel(), fields[0].ravel())[0, 1]) < 0.08


def test_noise_clips(photo, run):
    out = run(photo, ops.GaussianNoise(std=0.5))
    assert out.min() == 0 and out.max() == 255


# Rectangles ----------------------------------------------------------------------------------------------------------


def holes_of(out, image):
    return (out != image).all(-1)


def test_coarse_dropout_fills_whole_rectangles_of_the_stated_size(run):
    image = np.full((40, 60, 3), 200, np.uint8)
    corners = set()
    for index in range(200):
        out = run(image, ops.CoarseDropout(height=0.25, width="7px"), index=index)
        hole = holes_of(out, image)
        y, x = np.nonzero(hole)
        assert hole.sum() == 70 and (y.max() - y.min(), x.max() - x.min()) == (9, 6)
        assert (out[hole] == 0).all()
        corners.add((y.min(), x.min()))
    assert min(y for y, _ in corners) == 0 and max(y for y, _ in corners) == 30
    assert min(x for _, x in corners) == 0 and max(x for _, x in corners) == 53


def test_coarse_dropout_draws_how_many(run):
    image = np.full((200, 200, 1), 200, np.uint8)
    op = ops.CoarseDropout(holes=[1, 4], height="3px", width="3px")
    counts = [ndimage.label(holes_of(run(image, op, index=i), image))[1] for i in range(120)]
    frequency = np.bincount(counts, minlength=5)[1:5]
    assert frequency.min() > 12  # of 30 each; a few touch


def test_holes_larger_than_the_image_are_the_image(run):
    image = np.full((5, 9, 3), 200, np.uint8)
    assert (run(image, ops.CoarseDropout(height="100px", width="100px")) == 0).all()
    assert holes_of(run(image, ops.CoarseDropout(height=0.01, width=0.01)), image).sum() == 1


def test_masks_are_erased_only_where_asked(run, photo):
    mask = np.full((96, 128), 3, np.uint8)
    op = ops.CoarseDropout(height=0.5, width=0.5, fill=[0.2, 0.4, 0.6])
    out = run(photo, op, mask=mask)
    assert (out["mask"] == 3).all()
    erased = run(photo, op.replace(fill_mask=9), mask=mask)
    hole = (erased["image"] == [51, 102, 153]).all(-1)
    assert hole.sum() == 48 * 64 and np.array_equal(erased["mask"] == 9, hole)
    limited = run(photo, op.replace(fill_mask=9, on=["image"]), mask=mask)
    assert (limited["mask"] == 3).all() and np.array_equal(limited["image"], erased["image"])


def test_random_erasing_has_the_stated_area_and_aspect(run):
    image = np.full((100, 150, 3), 200, np.uint8)
    shares, aspects = [], []
    for index in range(150):
        hole = holes_of(run(image, ops.RandomErasing(area=[0.05, 0.2], aspect=[0.5, 2]), index=index), image)
        y, x = np.nonzero(hole)
        assert hole[y.min() : y.max() + 1, x.min() : x.max() + 1].all()
        shares.append(hole.mean())
        aspects.append((np.ptp(y) + 1) / (np.ptp(x) + 1))
    assert stats.kstest(shares, stats.uniform(0.05, 0.15).cdf).pvalue > 1e-3
    assert stats.kstest(np.log2(aspects), stats.uniform(-1, 2).cdf).pvalue > 1e-3


# Elastic -------------------------------------------------------------------------------------------------------------


def field_of(op, index, size):
    return op.move(lower(augment.Pipeline([op])).values(index)["elastic"], size, np).field


def test_elastic_moves_by_alpha_in_both_directions_everywhere():
    op = ops.Elastic(alpha="3px", sigma="8px")
    fields = np.stack([field_of(op, i, (48, 64)) for i in range(250)])
    deviation = fields.std(0)
    assert abs(fields.std() - 3) < 0.1 and deviation.min() > 2.4 and deviation.max() < 3.6
    assert np.abs(fields.mean(0)).max() < 0.9
    x, y = fields[..., 0].ravel(), fields[..., 1].ravel()
    assert abs(np.corrcoef(x, y)[0, 1]) < 0.05


def test_elastic_is_smooth_over_sigma():
    """The correlation falls like a Gaussian's with itself, exp(-d²/4σ²), whatever the size and the direction."""
    op = ops.Elastic(alpha="1px", sigma="8px")
    fields = np.stack([field_of(op, i, (48, 64)) for i in range(250)])[..., 0]
    for distance in (4, 8, 16, 24):
        want = np.exp(-(distance**2) / (4 * 64))
        for a, b in ((fields[:, :, 10], fields[:, :, 10 + distance]), (fields[:, 5], fields[:, 5 + distance])):
            assert abs((a * b).mean() - want) < 0.12


@pytest.mark.parametrize("size", [(224, 224), (96, 300), (512, 512)], ids=str)
def test_elastic_has_no_steps_at_any_size(size):
    op = ops.Elastic(alpha="1px", sigma="9px")
    field = field_of(op, 0, size)
    assert np.abs(np.diff(field, axis=0)).max() < 5 / 9 and np.abs(np.diff(field, axis=1)).max() < 5 / 9


def test_elastic_is_opencvs_remap(fphoto, run):
    op = ops.Elastic(alpha="4px", sigma="12px")
    field = field_of(op, 2, (96, 128)).astype(np.float32)
    x, y = np.meshgrid(np.arange(128, dtype=np.float32), np.arange(96, dtype=np.float32))
    want = cv2.remap(fphoto, x + field[..., 0], y + field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    assert np.abs(run(fphoto, op, index=2) - want).max() < 0.05 * LEVEL


def test_keypoints_follow_elastic():
    """A point is where the displaced image shows it: out + field(out) = in, to a hundredth of a pixel."""
    op = ops.Elastic(alpha="4px", sigma="16px")
    rng = np.random.default_rng(0)
    points = rng.uniform([20, 20], [108, 76], (200, 2))
    spec = augment.Pipeline([op], targets={"image": "image", "keypoints": {"kind": "keypoints", "invisible": "keep"}})
    for index in range(4):
        out = augment.apply(spec, {"image": np.zeros((96, 128, 3), np.uint8), "keypoints": points}, index=index)["keypoints"]
        field = field_of(op, index, (96, 128))
        read = [ndimage.map_coordinates(field[..., c], out.T[::-1], order=1, mode="nearest") for c in range(2)]
        assert np.abs(out + np.stack(read, -1) - points).max() < 0.01


def test_a_sigma_too_fine_for_the_lattice_is_an_error(run):
    image = np.zeros((512, 512, 1), np.uint8)
    with pytest.raises(SampleError, match=r"a sigma of 3px is too fine for 512 x 512"):
        run(image, ops.Elastic(alpha="1px", sigma=["3px", "30px"]))
    run(image[:64, :96], ops.Elastic(alpha="1px", sigma="3px"))
