"""Single warps against OpenCV, torchvision, TensorFlow, SciPy and scikit-image, which define the meaning of no op here."""

import itertools
import math

import cv2
import keras
import numpy as np
import pytest
import torch
import torchvision.transforms.v2.functional as tv
from scipy import ndimage
from skimage import transform

import augment
from augment import ops
from augment.errors import SpecError
from augment.program.lower import lower
from augment.spec.fields import declared
from augment.values import Quantity

R = math.pi / 180


def forward(height, width, rotate=0.0, tx=0.0, ty=0.0, sx=1.0, sy=1.0, shear_x=0.0, shear_y=0.0):
    """M = T(c+t)·R·Y·X·S·T(−c), in pixel-index coordinates, as docs/meaning.md writes it."""
    cx, cy = (width - 1) / 2, (height - 1) / 2

    def shift(x, y):
        return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])

    cos, sin = math.cos(rotate * R), math.sin(rotate * R)
    turn = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
    slant_y = np.array([[1, 0, 0], [-math.tan(shear_y * R), 1, 0], [0, 0, 1]])
    slant_x = np.array([[1, -math.tan(shear_x * R), 0], [0, 1, 0], [0, 0, 1]])
    return shift(cx + tx, cy + ty) @ turn @ slant_y @ slant_x @ np.diag([sx, sy, 1]) @ shift(-cx, -cy)


CASES = {
    "rotate": (ops.Rotate(degrees=17.3), {"rotate": 17.3}),
    "rotate_back": (ops.Rotate(degrees=-123.4), {"rotate": -123.4}),
    "translate_px": (ops.Translate(x="3.7px", y="-5.2px"), {"tx": 3.7, "ty": -5.2}),
    "translate_share": (ops.Translate(x=0.1, y=-0.25), {"tx": 12.8, "ty": -24.0}),
    "scale": (ops.Scale(factor=1.3), {"sx": 1.3, "sy": 1.3}),
    "scale_axes": (ops.Scale(x=0.7, y=1.4), {"sx": 0.7, "sy": 1.4}),
    "scale_one_axis": (ops.Scale(x=0.7), {"sx": 0.7}),
    "shear": (ops.Shear(x=12, y=-7), {"shear_x": 12, "shear_y": -7}),
    "affine": (
        ops.Affine(rotate=21, translate_x=0.05, translate_y="-4px", scale=0.8, shear_x=6, shear_y=-9),
        {"rotate": 21, "tx": 6.4, "ty": -4, "sx": 0.8, "sy": 0.8, "shear_x": 6, "shear_y": -9},
    ),
}
LEVEL = 1 / 255


@pytest.mark.parametrize("case", CASES)
def test_affine_is_opencvs(case, fphoto, run):
    op, parts = CASES[case]
    m = forward(96, 128, **parts)
    want = cv2.warpAffine(fphoto, m[:2], (128, 96), flags=cv2.INTER_LINEAR, borderValue=(0, 0, 0))
    assert np.abs(run(fphoto, op) - want).max() < 0.03 * LEVEL


@pytest.mark.parametrize("case", CASES)
def test_affine_is_tensorflows(case, fphoto, run):
    op, parts = CASES[case]
    i = np.linalg.inv(forward(96, 128, **parts))
    row = np.array([*i[0], *i[1], 0, 0], np.float32)
    want = keras.ops.image.affine_transform(fphoto, row, interpolation="bilinear", fill_mode="constant", fill_value=0.0)
    assert np.abs(run(fphoto, op) - np.asarray(want)).max() < 0.03 * LEVEL


@pytest.mark.parametrize("case", CASES)
def test_affine_is_torchvisions(case, fphoto, run):
    op, parts = CASES[case]
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    p = half @ np.linalg.inv(forward(96, 128, **parts)) @ np.linalg.inv(half)
    coefficients = (p / p[2, 2]).ravel()[:8].tolist()
    image = torch.from_numpy(fphoto).permute(2, 0, 1)
    want = tv.perspective(image, None, None, coefficients=coefficients, fill=None).permute(1, 2, 0).numpy()
    assert np.abs(run(fphoto, op) - want).max() < 0.03 * LEVEL


def test_torchvisions_own_angles_and_shears(fphoto, run):
    image = torch.from_numpy(fphoto).permute(2, 0, 1)
    bilinear = tv.InterpolationMode.BILINEAR
    want = tv.affine(image, angle=-20, translate=[5, -3], scale=1.1, shear=[6, -4], interpolation=bilinear, fill=None)
    op = ops.Affine(rotate=20, translate_x="5px", translate_y="-3px", scale=1.1, shear_x=6, shear_y=-4)
    assert np.abs(run(fphoto, op) - want.permute(1, 2, 0).numpy()).max() < 0.03 * LEVEL


@pytest.mark.parametrize("fill", [0.25, (0.1, 0.5, 0.9)], ids=["one", "three"])
def test_fill_is_blended_tap_by_tap(fill, fphoto, run):
    m = forward(96, 128, rotate=25)
    colour = (fill,) * 3 if isinstance(fill, float) else fill
    want = cv2.warpAffine(fphoto, m[:2], (128, 96), flags=cv2.INTER_LINEAR, borderValue=colour)
    assert np.abs(run(fphoto, ops.Rotate(degrees=25, fill=fill)) - want).max() < 0.03 * LEVEL


@pytest.mark.parametrize(
    ("border", "mode"), [("reflect", "reflect"), ("reflect101", "mirror"), ("replicate", "nearest"), ("wrap", "grid-wrap")]
)
def test_borders_are_scipys(border, mode, fphoto, run):
    i = np.linalg.inv(forward(96, 128, rotate=33, sx=0.5, sy=0.5))[[1, 0, 2]][:, [1, 0, 2]]  # SciPy counts rows first
    want = np.stack([ndimage.affine_transform(fphoto[..., c], i, order=1, mode=mode) for c in range(3)], axis=-1)
    got = run(fphoto, ops.Affine(rotate=33, scale=0.5, border=border))
    assert np.abs(got - want).max() < 0.03 * LEVEL


@pytest.mark.parametrize(
    ("border", "flag"),
    [
        ("constant", cv2.BORDER_CONSTANT), ("reflect", cv2.BORDER_REFLECT), ("reflect101", cv2.BORDER_REFLECT_101),
        ("replicate", cv2.BORDER_REPLICATE), ("wrap", cv2.BORDER_WRAP),
    ],
)  # fmt: skip
def test_pad_is_opencvs(border, flag, photo, run):
    got = run(photo, ops.Pad(size=[113, 140], border=border))
    assert np.array_equal(got, cv2.copyMakeBorder(photo, 8, 9, 6, 6, flag, value=0))


def test_pad_to_multiples(photo, run):
    assert run(photo[:, :-1], ops.Pad(multiple=32)).shape == (96, 128, 3)
    assert run(photo[:65], ops.Pad(multiple=32)).shape == (96, 128, 3)
    assert np.array_equal(run(photo, ops.Pad(multiple=32)), photo)
    assert np.array_equal(run(photo, ops.Pad(size=[50, 300]))[:, 86:-86], photo)


def test_nearest_is_opencvs_but_for_ties(photo, run):
    i = np.linalg.inv(forward(96, 128, rotate=17.3))
    x, y = np.meshgrid(np.arange(128), np.arange(96))
    at = np.stack([x, y, np.ones_like(x)], -1) @ i.T
    index = np.floor(at[..., :2] + 0.5 - 2**-10).astype(int)
    inside = (index >= 0).all(-1) & (index < [128, 96]).all(-1)
    want = np.where(inside[..., None], photo[index[..., 1].clip(0, 95), index[..., 0].clip(0, 127)], 0)
    assert np.array_equal(run(photo, ops.Rotate(degrees=17.3, interpolation="nearest")), want)
    cv = cv2.warpAffine(photo, forward(96, 128, rotate=17.3)[:2], (128, 96), flags=cv2.INTER_NEAREST)
    assert (cv != want).any(-1).mean() < 0.005


def test_half_pixel_shift_of_a_mask_takes_the_lower_index(run, photo):
    mask = np.arange(96 * 128).reshape(96, 128)
    out = run(photo, ops.Translate(x="0.5px"), mask=mask)["mask"]
    assert np.array_equal(out[:, 1:], mask[:, :-1])
    assert (out[:, 0] == 0).all()


@pytest.mark.parametrize("index", range(5))
def test_perspective_is_opencvs(index, fphoto, run):
    op = ops.Perspective(distortion=0.6)
    corners = lower(augment.Pipeline([op])).values(index)["perspective"]["corners"]
    h, w = 96, 128
    start = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    end = start + inward * np.stack([corners[:4] * 0.6 * w / 2, corners[4:] * 0.6 * h / 2], -1)
    m = cv2.getPerspectiveTransform(start - 0.5, (end - 0.5).astype(np.float32))
    want = cv2.warpPerspective(fphoto, m, (w, h), flags=cv2.INTER_LINEAR)
    got = run(fphoto, op, index=index)
    assert np.abs(got - want).max() < 0.2 * LEVEL  # OpenCV's matrix comes from float32 corners
    other = transform.warp(fphoto, transform.estimate_transform("projective", end - 0.5, start - 0.5), order=1)
    inside = ndimage.binary_erosion(got.sum(-1) > 0, iterations=3)
    assert np.abs(got - other)[inside].max() < 0.03 * LEVEL


def test_perspective_keeps_its_corners_convex():
    """The most distorted: every corner at each end of its reach. Beyond two thirds of half the side one may cross the line of
    its neighbours, and the map would turn part of the image inside out."""
    ends = np.array(list(itertools.product((0.0, 1 - 2**-24), repeat=8)))
    most = declared(ops.Perspective, "distortion", Quantity).le
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])

    def turns(distortion):
        """The cross products of neighbouring sides: of one sign where a shape is convex."""
        corners = signs * (1 - distortion * ends.reshape(-1, 2, 4).swapaxes(1, 2))
        sides = np.roll(corners, -1, axis=1) - corners
        after = np.roll(sides, -1, axis=1)
        return sides[..., 0] * after[..., 1] - sides[..., 1] * after[..., 0]

    assert turns(most).min() > 0
    assert turns(0.67).min() < 0
    with pytest.raises(SpecError, match=r"must be at least 0 and at most 0\.66; beyond two thirds"):
        ops.Perspective(distortion=0.67)
    # the map is the one of these corners: where they are, the output has the corners of the input
    corners = lower(augment.Pipeline([ops.Perspective(distortion=most)])).values(3)["perspective"]["corners"]
    inverse = ops.Perspective(most).move({"distortion": most, "corners": corners}, (80, 120), np).inverse
    half = np.array([60, 40])
    for sign, shift in zip(signs, corners.reshape(2, 4).T, strict=True):
        x, y, w = inverse @ [*(half * sign * (1 - most * shift)), 1]
        assert w > 0
        np.testing.assert_allclose([x / w, y / w], half * sign, atol=1e-3)


# Whole pixels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "want"),
    [
        (ops.HorizontalFlip(p=1), lambda x: x[:, ::-1]),
        (ops.VerticalFlip(p=1), lambda x: x[::-1]),
        (ops.Transpose(p=1), lambda x: x.swapaxes(0, 1)),
        *((ops.Rotate90(turns=k), lambda x, k=k: np.rot90(x, k)) for k in range(4)),
        (ops.CenterCrop(size=[41, 60]), lambda x: x[27:68, 34:94]),
        (ops.CenterCrop(size=[96, 127]), lambda x: x[:, :127]),
        (ops.Translate(x="7px", y="-3px", border="wrap"), lambda x: np.roll(x, (-3, 7), (0, 1))),
        (ops.Rotate(degrees=180), lambda x: x[::-1, ::-1]),
        (ops.Scale(factor=1), lambda x: x),
    ],
)  # fmt: skip
@pytest.mark.parametrize("channels", [1, 3, 4, 7])
def test_whole_pixels_move_exactly(op, want, channels, run):
    image = np.random.default_rng(channels).integers(0, 256, (96, 128, channels), np.uint8)
    out = run(image, op, mask=image[..., 0].astype(np.int32))
    assert np.array_equal(out["image"], want(image))
    assert np.array_equal(out["mask"], want(image[..., 0]))


def test_random_crop_is_a_window_and_every_window_comes(photo, run):
    image = np.arange(9 * 7, dtype=np.uint8).reshape(9, 7)
    corners = {int(run(image, ops.RandomCrop(size=[6, 5]), index=i)[0, 0]) for i in range(300)}
    assert corners == {7 * y + x for y in range(4) for x in range(3)}
    out = run(image, ops.RandomCrop(size=[6, 5]), index=3)
    y, x = divmod(int(out[0, 0]), 7)
    assert np.array_equal(out, image[y : y + 6, x : x + 5])


# Metamorphic pairs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nodes",
    [
        [ops.HorizontalFlip(p=1)] * 2, [ops.VerticalFlip(p=1)] * 2, [ops.Transpose(p=1)] * 2, [ops.Rotate90(turns=1)] * 4,
        [ops.Rotate90(turns=3), ops.Rotate90(turns=1)], [ops.Invert(p=1)] * 2,
        [ops.Pad(size=[120, 151]), ops.CenterCrop(size=[96, 128])],
        [ops.Pad(size=[120, 151], border="reflect"), ops.CenterCrop(size=[96, 128])],
        [ops.Transpose(p=1), ops.Rotate90(turns=1), ops.VerticalFlip(p=1)],
        [ops.Hue(degrees=120)] * 3, [ops.Contrast(factor=1)], [ops.Brightness(factor=1)], [ops.Saturation(factor=1)],
        [ops.Gamma(gamma=1)], [ops.Posterize(bits=8)], [ops.GaussianBlur(sigma=0)], [ops.MotionBlur(length="1px", degrees=0)],
        [ops.GaussianNoise(std=0)], [ops.Identity()], [ops.Resize(size=[96, 128])], [ops.Elastic(alpha=0, sigma=0.1)],
        [ops.Resize(size=[96, 128], antialias=False)], [ops.Resize(size=[96, 128], interpolation="bicubic")],
    ],
    ids=lambda nodes: "-".join(n.name() for n in nodes),
)  # fmt: skip
def test_comes_back(nodes, photo, run):
    boxes, points = [[3.0, 5.0, 40.0, 61.5], [60.0, 2.0, 128.0, 96.0]], [[0.0, 0.0], [127.0, 95.0], [31.25, 70.5]]
    mask = photo[..., 0].astype(np.int64)
    out = run(photo, *nodes, mask=mask, boxes=boxes, keypoints=points)
    assert np.array_equal(out["image"], photo)
    assert np.array_equal(out["mask"], mask)
    assert np.allclose(out["boxes"], boxes, atol=1e-9) and np.allclose(out["keypoints"], points, atol=1e-9)


@pytest.mark.parametrize(
    ("there", "back"),
    [
        (ops.Rotate(degrees=20), ops.Rotate(degrees=-20)),
        (ops.Scale(factor=0.8), ops.Scale(factor=1.25)),
        (ops.Shear(x=10), ops.Shear(x=-10)),
        (ops.Translate(x=0.1, y="3.5px"), ops.Translate(x=-0.1, y="-3.5px")),
    ],
    ids=["rotate", "scale", "shear", "translate"],
)
def test_there_and_back_is_exact_inside(there, back, photo, run):
    """One map, sampled once: a warp and its inverse leave no blur, where nothing has left the canvas on the way."""
    points = np.array([[60.0, 50.0], [50.25, 40.0]])
    out = run(photo, there, back, keypoints=points)
    inside = np.s_[30:66, 40:88]
    assert np.array_equal(out["image"][inside], photo[inside])
    assert np.allclose(out["keypoints"], points, atol=1e-9)


def test_a_flip_goes_with_its_mirror_image(fphoto, run):
    """Rotating a mirrored image is mirroring the image rotated the other way."""
    a = run(fphoto, ops.HorizontalFlip(p=1), ops.Rotate(degrees=13, border="reflect101"))
    b = run(fphoto, ops.Rotate(degrees=-13, border="reflect101"), ops.HorizontalFlip(p=1))
    assert np.abs(a - b).max() < 1e-5
