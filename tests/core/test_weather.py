"""Rain, snow, shadows, flares, spatter and gravel: their geometry by hand and by OpenCV, and each sample's own in batches."""

import cv2
import numpy as np
import pytest
from skimage import data, measure

import augment
from augment import ops
from augment.errors import SampleError
from augment.ops.light import depth
from augment.program.lower import lower

BLACK = np.zeros((90, 120, 3), np.float32)
PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
ALL = [
    ops.Rain(drops=(20, 60)), ops.Snow(flakes=(5, 40)), ops.SnowCover(below=(0.4, 0.6)),
    ops.Shadow(darkness=(0.3, 0.6), shadows=(1, 2)),
    ops.SunFlare(strength=(0.4, 1)), ops.Spatter(drops=(5, 30)), ops.Gravel(grains=(10, 40)),
]  # fmt: skip


def light(op, index=0, image=BLACK):
    """How much of the colour there is, and the numbers that were drawn."""
    spec = augment.Pipeline([op])
    drawn = next(iter(lower(spec).values(index).values()), {})
    return augment.apply(spec, {"image": image}, index=index)["image"][..., 0].astype(float), drawn


def test_a_streak_is_a_line_of_its_length_and_slant():
    for index, slant in enumerate((-40, 0, 25, 60)):
        found, _ = light(ops.Rain(drops=1, length="30px", width="2px", slant=slant, opacity=1), index)
        assert abs(found.sum() / 60 * np.cos(0) - 1) < 0.12 or found.sum() < 60  # it may leave the image above or below
        y, x = np.nonzero(found > 0.3)
        if y.min() > 1 and y.max() < 88 and np.ptp(x) < 60:
            assert abs(np.ptp(y) - 30 * np.cos(np.radians(slant))) < 3
            fall = np.polyfit(y, x, 1)[0] if np.ptp(y) else 0
            assert abs(np.degrees(np.arctan(fall)) - slant) < 4


def test_rain_is_everywhere_and_counted():
    covered = np.mean([light(ops.Rain(drops=30, length="12px", slant=10), i)[0] > 0.1 for i in range(120)], axis=0)
    rows, columns = (covered.mean(axis=axis) / covered.mean() for axis in (1, 0))
    assert np.abs(rows - 1).max() < 0.4 and np.abs(columns - 1).max() < 0.4
    few, many = (np.mean([light(ops.Rain(drops=n), i)[0].sum() for i in range(20)]) for n in (10, 40))
    assert 3 < many / few < 4.5


def test_a_flake_is_as_wide_as_it_says():
    found, _ = light(ops.Snow(flakes=1, size="21px", opacity=1, x=0.5, y=0.5))
    assert np.unravel_index(found.argmax(), found.shape) in {(44, 59), (45, 60), (44, 60), (45, 59)}
    assert abs((found[45] > 0.5).sum() - 21) <= 1 and abs((found[:, 60] > 0.5).sum() - 21) <= 1


def test_flakes_are_in_their_region():
    found, _ = light(ops.Snow(flakes=200, size="1px", x=(0.5, 1), y=(0, 0.5)))
    assert found[:40, 70:].sum() > 50 and found[50:].sum() < 1e-3 and found[:, :55].sum() < 1e-3


def test_drops_meet():
    alone, _ = light(ops.Spatter(drops=1, size="20px", x=0.5, y=0.5, colour=1, opacity=1))
    assert abs(2 * np.sqrt((alone > 0.5).sum() / np.pi) - 20) < 1
    several, _ = light(ops.Spatter(drops=40, size="12px", colour=1))
    assert 1 <= measure.label(several > 0.5).max() < 40
    assert several.max() <= 0.9 + 1e-6


def test_gravel_lies_in_the_lower_half_in_squares():
    found, _ = light(ops.Gravel(grains=1, size="10px", colour=1, opacity=1, x=0.5, y=0.7))
    assert 0.5 <= found.max() <= 1 and (found > 0.9 * found.max()).sum() in range(81, 122)
    assert found.sum() == pytest.approx(100 * found.max(), rel=1e-3)
    many, _ = light(ops.Gravel(grains=60, size="3px", colour=1))
    assert many[:42].max() == 0 and many[46:].any()


@pytest.mark.parametrize("index", range(6))
def test_a_shadow_is_opencvs_polygon(index):
    white = np.ones((90, 120, 3), np.float32)
    found, drawn = light(ops.Shadow(darkness=0.4, corners=5, y=(0, 1), softness="0px"), index, white)
    corners = np.stack([np.array(drawn["x"]) * 120 - 0.5, np.array(drawn["y"]) * 90 - 0.5], axis=1)
    want = np.zeros((90, 120), np.uint8)
    cv2.fillPoly(want, [np.rint(corners * 256).astype(np.int32)], 1, shift=8)
    edge = cv2.dilate(want, np.ones((3, 3))) != cv2.erode(want, np.ones((3, 3)))
    inside = np.abs(found - 0.6) < 1e-5
    assert ((inside != want) & ~edge).mean() < 1e-3  # fillPoly draws the outline, too, which shows in sharp corners
    assert (found[~inside] == 1).mean() > 0.99
    soft, _ = light(ops.Shadow(darkness=0.4, corners=5, y=(0, 1), softness="6px"), index, white)
    assert abs(soft.mean() - found.mean()) < 0.02 and np.abs(np.diff(soft, axis=1)).max() < 0.11


def test_depth_is_the_distance_to_the_edge():
    y, x = np.mgrid[:50, :60].astype(float)
    square = [(10.0, 5.0), (40.0, 5.0), (40.0, 35.0), (10.0, 35.0)]
    found = depth(square, x, y, np)
    assert found[20, 25] == pytest.approx(15) and found[20, 12] == pytest.approx(2) and found[20, 4] == pytest.approx(-6)
    assert found[45, 50] == pytest.approx(-np.hypot(10, 10))


def test_shadows_multiply():
    white = np.ones((60, 60, 3), np.float32)
    found, _ = light(ops.Shadow(darkness=0.5, shadows=4, y=(0, 1), softness="0px"), 3, white)
    assert set(np.unique(found.round(4))) <= {1.0, 0.5, 0.25, 0.125, 0.0625}
    assert len(np.unique(found.round(4))) > 2


def test_the_sun_glows_where_it_stands_and_discs_are_in_line():
    glow, _ = light(ops.SunFlare(strength=0.9, radius="40px", discs=0, x=0.25, y=0.3))
    sun = 0.3 * 90 - 0.5, 0.25 * 120 - 0.5
    far = np.hypot(*(np.mgrid[:90, :120] - np.array(sun)[:, None, None]))
    assert np.allclose(glow, 0.9 * np.clip(1 - far / 40, 0, 1) ** 3, atol=1e-5)
    for index in range(4):
        discs, _ = light(ops.SunFlare(strength=0, discs=3, size="4px", opacity=0.5, x=0.1, y=0.2), index)
        ahead = np.array([44.5, 59.5]) - (0.2 * 90 - 0.5, 0.1 * 120 - 0.5)
        for region in measure.regionprops(measure.label(discs > 0.25)):
            offset = np.array(region.centroid) - (44.5, 59.5)
            if region.area < 60 and min(region.bbox[:2]) > 0 and region.bbox[2] < 90 and region.bbox[3] < 120:
                assert abs(np.cross(ahead, offset)) / np.linalg.norm(ahead) < 1


def test_snow_lies_as_that_of_albumentations():
    import albumentations as A

    point, factor = 0.3, 2.0
    snow = A.RandomSnow(snow_point_range=(point, point), brightness_coeff=factor, method="bleach", p=1)
    want = A.Compose([snow])(image=PHOTO)["image"]
    got = augment.apply(augment.Pipeline([ops.SnowCover(below=point / 2 + 1 / 3, factor=factor)]), {"image": PHOTO})["image"]
    # OpenCV's lightness has 8 bits, which are multiplied; hues of two degrees
    off = np.abs(got.astype(int) - want).max(-1)
    assert (off > 6).mean() < 0.02 and off.mean() < 2


@pytest.mark.parametrize("op", ALL, ids=lambda op: op.name())
def test_each_sample_of_a_batch_has_its_own(op):
    import torch

    spec = augment.Pipeline([op.replace(p=0.7)], seed=4)
    images = np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(4)])
    want = np.stack([augment.apply(spec, {"image": image}, index=i)["image"] for i, image in enumerate(images)]).astype(int)
    got = augment.compile(spec, "torchvision").at(range(4))({"image": torch.from_numpy(images).permute(0, 3, 1, 2)})["image"]
    off = np.abs(got.permute(0, 2, 3, 1).numpy() - want)
    assert (off > 1).mean() < 1e-3
    layer = augment.compile(spec, "keras", jit_compile=False)
    off = np.abs(np.rint(np.asarray(layer.at(index=np.arange(4))(images))) - want)
    assert (off > 1).mean() < 1e-3


@pytest.mark.parametrize("op", ALL, ids=lambda op: op.name())
def test_grey_images_have_weather(op):
    grey = PHOTO[..., 1]
    spec = augment.Pipeline([op])
    if op.rgb:
        with pytest.raises(SampleError, match="needs red, green and blue"):
            augment.apply(spec, {"image": grey})
    else:
        assert augment.apply(spec, {"image": grey})["image"].shape == grey.shape


def test_a_colour_is_of_the_channels_of_the_image():
    spec = augment.Pipeline([ops.Snow(flakes=50, size="9px", colour=[0.2, 0.4, 0.6], channels=[0, 2])])
    out = augment.apply(spec, {"image": BLACK})["image"]
    assert not out[..., 1].any() and np.allclose(out[..., 2], 3 * out[..., 0], atol=1e-5) and out.any()
