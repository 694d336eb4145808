"""Distortions against OpenCV, scikit-image and SciPy, and points through steep fields against a dense search."""

import cv2
import numpy as np
import pytest
from scipy import interpolate
from skimage import transform

import augment
from augment import ops
from augment.errors import SpecError
from augment.ops.kinds import Geometric
from augment.program.lower import lower
from augment.program.unbend import unbend
from augment.program.walk import sample_field

LEVEL = 1 / 255
H, W = 96, 128


def drawn(op, index=0):
    return lower(augment.Pipeline([op])).values(index)[op.name()]


def remapped(image, x, y, border=cv2.BORDER_CONSTANT):
    x, y = np.broadcast_arrays(x, y)
    return cv2.remap(image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=border)


@pytest.mark.parametrize("steps", [2, 5, 13])
def test_grid_distortion_is_numpys_interpolation(steps, fphoto, run):
    for index in range(3):
        op = ops.GridDistortion(distort=(-0.7, 0.7), steps=steps)
        v = drawn(op, index)

        def line(distort, extent, steps=steps):
            wide = np.cumsum(1 + distort.astype(float))
            knots = np.concatenate([[0], wide / wide[-1]]) * extent
            return np.interp(np.arange(extent) + 0.5, np.linspace(0, extent, steps + 1), knots) - 0.5

        want = remapped(fphoto, line(v["x"], W)[None, :], line(v["y"], H)[:, None], cv2.BORDER_REPLICATE)
        assert np.abs(run(fphoto, op, index=index) - want).max() < 0.05 * LEVEL


def test_grid_distortion_shows_all_of_the_image_and_nothing_beyond(run):
    white = np.ones((H, W, 3), np.float32)
    assert run(white, ops.GridDistortion(distort=(-0.9, 0.9)), index=2)[1:-1, 1:-1].min() > 0.999


@pytest.mark.parametrize("strength", [-0.3, -0.05, 0.4, 2.0])
def test_optical_distortion_is_opencvs_camera(strength, fphoto, run):
    camera = np.array([[W, 0, (W - 1) / 2], [0, H, (H - 1) / 2], [0, 0, 1.0]])
    x, y = cv2.initUndistortRectifyMap(camera, np.array([strength, strength, 0, 0.0]), None, camera, (W, H), cv2.CV_32FC1)
    assert np.abs(run(fphoto, ops.OpticalDistortion(strength=strength)) - remapped(fphoto, x, y)).max() < 0.3 * LEVEL


@pytest.mark.parametrize("strength", [-0.3, 0.8])
def test_fisheye_reads_from_further_out_with_the_square_of_the_radius(strength, fphoto, run):
    y, x = np.mgrid[:H, :W] - np.array([(H - 1) / 2, (W - 1) / 2])[:, None, None]
    factor = 1 + strength * (x**2 + y**2) / ((H / 2) ** 2 + (W / 2) ** 2)
    want = remapped(fphoto, x * factor + (W - 1) / 2, y * factor + (H - 1) / 2)
    got = run(fphoto, ops.OpticalDistortion(strength=strength, model="fisheye"))
    assert np.abs(got - want).max() < 0.05 * LEVEL


def knots_of(op, index):
    v = drawn(op, index)
    y, x = np.meshgrid(np.linspace(0, H, op.rows), np.linspace(0, W, op.columns), indexing="ij")
    at = np.stack([x.ravel(), y.ravel()], axis=1)
    return at, v["knots"].reshape(2, -1).T.astype(float) * v["scale"] * min(H, W)


@pytest.mark.parametrize(("rows", "columns"), [(4, 4), (3, 7), (2, 2)])
def test_piecewise_affine_is_scikit_images(rows, columns, fphoto, run):
    op = ops.PiecewiseAffine(scale=0.03, rows=rows, columns=columns)
    at, shift = knots_of(op, 1)
    # Delaunay cuts the cells of a grid that leans a little from top left to bottom right
    lean = at @ [[1, 0], [-1e-5, 1]]
    theirs = transform.PiecewiseAffineTransform.from_estimate(lean - 0.5, at - 0.5 + shift)
    want = transform.warp(fphoto, theirs, order=1)
    worst = np.abs(run(fphoto, op, index=1) - want)[2:-2, 2:-2]
    assert worst.max() < 0.3 * LEVEL


@pytest.mark.parametrize(("rows", "columns"), [(4, 4), (3, 5)])
def test_thin_plate_spline_is_scipys(rows, columns, fphoto, run):
    op = ops.ThinPlateSpline(scale=0.04, rows=rows, columns=columns)
    at, shift = knots_of(op, 2)
    plate = interpolate.RBFInterpolator(at / [W, H], shift, kernel="thin_plate_spline", degree=1)
    y, x = np.mgrid[:H, :W] + 0.5
    by = plate(np.stack([x.ravel() / W, y.ravel() / H], axis=1)).reshape(H, W, 2)
    want = remapped(fphoto, x - 0.5 + by[..., 0], y - 0.5 + by[..., 1])
    assert np.abs(run(fphoto, op, index=2) - want).max() < 0.05 * LEVEL


def test_what_folds_is_refused():
    with pytest.raises(SpecError, match=r"fold over itself"):
        ops.OpticalDistortion(strength=-0.5)
    with pytest.raises(SpecError, match=r"at least -0\.95"):
        ops.GridDistortion(distort=(-1, 1))


# Points --------------------------------------------------------------------------------------------------------------

STEEP = [
    ops.GridDistortion(distort=(-0.9, 0.9), steps=7),
    ops.OpticalDistortion(strength=2.5),
    ops.OpticalDistortion(strength=-0.3),
    ops.OpticalDistortion(strength=3.0, model="fisheye"),
    ops.ThinPlateSpline(scale=0.06),
    ops.PiecewiseAffine(scale=0.05),
    ops.Elastic(alpha=0.03, sigma=0.08),
]


def folds(field):
    """Whether some square of pixels is turned inside out."""
    y, x = np.mgrid[: field.shape[0], : field.shape[1]]
    at = np.stack([x, y], -1) + field
    right, down = np.diff(at, axis=1)[:-1], np.diff(at, axis=0)[:, :-1]
    return (right[..., 0] * down[..., 1] - right[..., 1] * down[..., 0]).min() <= 0.02


@pytest.mark.parametrize("op", STEEP, ids=lambda op: f"{op.name()}-{op!r}"[:40])
def test_points_of_steep_fields_are_where_a_dense_search_finds_them(op):
    """Each pixel of the output is somewhere in the input; there a point must go to that pixel."""
    seen, centre = 0, np.array([(W - 1) / 2, (H - 1) / 2])
    for index in range(12):
        field = np.asarray(op.move(drawn(op, index), (H, W), np).field, float)
        if folds(field):
            continue
        seen += 1
        y, x = np.mgrid[2 : H - 2 : 7, 2 : W - 2 : 5]
        pixels = np.stack([x.ravel(), y.ravel()], axis=1)
        there = pixels - centre + 0.3  # between pixels, where a field is bilinear
        came = there + sample_field(field, there)
        found = unbend(came, lambda at, field=field: sample_field(field, at), np)
        assert np.abs(found - there).max() < 0.01, index
    assert seen >= 3


@pytest.mark.parametrize("op", STEEP, ids=lambda op: f"{op.name()}-{op!r}"[:40])
def test_boxes_and_keypoints_follow_the_pixels(op, run):
    """Against the pixel that shows the point, and all those that show what the box holds."""
    y, x = np.mgrid[:H, :W]
    for index in range(6):
        field = np.asarray(op.move(drawn(op, index), (H, W), np).field, float)
        cx, cy = 52.0, 41.0
        out = run(np.zeros((H, W, 3), np.float32), op, index=index, keypoints=[[cx, cy]], boxes=[[40.0, 30.0, 65.0, 53.0]])
        if folds(field) or not out["keypoints"]:
            continue
        far = (x + field[..., 0] - 52) ** 2 + (y + field[..., 1] - 41) ** 2
        at = np.array(np.unravel_index(far.argmin(), far.shape))[::-1]
        assert np.abs(np.array(out["keypoints"][0]) - at).max() < 1.0, index
        source = np.stack([x + field[..., 0], y + field[..., 1]], -1)
        hit = ((source >= [39.5, 29.5]) & (source <= [64.5, 52.5])).all(-1)
        rows, columns = np.flatnonzero(hit.any(1)), np.flatnonzero(hit.any(0))
        want = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
        # the outline is followed at 16 points: a bend between two of them is not seen
        assert np.abs(np.array(out["boxes"][0]) - want).max() < 2.0, index


def test_every_displacement_is_of_a_kind_that_says_so():
    for name, op in augment.ops.catalogue("image").items():
        if issubclass(op, Geometric) and op.displaces:
            assert hasattr(op, "field"), name
