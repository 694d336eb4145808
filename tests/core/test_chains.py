"""Chains of warps against the same chain at four times the resolution, where repeated interpolation costs almost nothing."""

import cv2
import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.engine.host import Executor
from augment.kernels import reference
from augment.program.lower import lower

FINE = 4


@pytest.fixture(scope="module")
def fine():
    """A photograph at 4 x (88 x 120)."""
    return (cv2.resize(data.astronaut()[:375], (120 * FINE, 88 * FINE), interpolation=cv2.INTER_AREA) / 255).astype(np.float32)


def coarse(image):
    """The mean of each 4 x 4 block: centres stay centres."""
    h, w = image.shape[0] // FINE, image.shape[1] // FINE
    return image.reshape(h, FINE, w, FINE, -1).mean((1, 3)).astype(np.float32)


def chain(border):
    angle = {"border": border}
    return [
        ops.Scale(factor=1.1, **angle), ops.Translate(x=0.06, y=-0.04, **angle), ops.Rotate(degrees=13, **angle),
        ops.HorizontalFlip(p=1), ops.Affine(rotate=-20, scale=0.95, shear_x=5, **angle),
    ]  # fmt: skip


def psnr(a, b, where):
    return -10 * np.log10(np.mean((a - b)[where] ** 2))


def execute(image, nodes, fuse):
    program = lower(augment.Pipeline(nodes), fuse=fuse)
    assert len(program.steps) == (1 if fuse else len(nodes))
    return Executor(program, reference)({"image": image}, program.values(0))["image"]


@pytest.mark.parametrize("border", ["constant", "reflect", "reflect101"])
def test_one_map_beats_op_after_op(border, fine):
    """The truth: op after op on the fine image (for reflect101 the mirror stands a quarter pixel off, hence only inside)."""
    nodes = chain(border)
    truth = coarse(execute(fine, nodes, fuse=False))
    image = coarse(fine)
    fused, sequential = (execute(image, nodes, fuse=fuse) for fuse in (True, False))
    ones = execute(np.ones_like(image[..., :1]), chain("constant"), fuse=False)[..., 0]
    inside = cv2.erode((ones > 0.999).astype(np.uint8), np.ones((5, 5))) > 0
    assert inside.mean() > 0.5
    gain = psnr(fused, truth, inside) - psnr(sequential, truth, inside)
    assert gain >= 3, gain
    if border != "reflect101":
        whole = np.ones_like(inside)
        assert psnr(fused, truth, whole) > psnr(sequential, truth, whole)


def test_what_leaves_a_canvas_on_the_way_is_lost(photo, run):
    there_and_back = run(photo, ops.Translate(x=0.25), ops.Translate(x=-0.25))
    assert np.array_equal(there_and_back[:, :96], photo[:, :96])
    assert (there_and_back[:, 96:] == 0).all()
    cropped = run(photo, ops.CenterCrop(size=[48, 64]), ops.Pad(size=[96, 128], fill=0.5))
    assert np.array_equal(cropped[24:72, 32:96], photo[24:72, 32:96])
    assert (cropped[:24] == 128).all() and (cropped[:, 96:] == 128).all()


def test_reflect_chain_equals_op_after_op_for_whole_pixels(photo, run):
    for border in ("reflect", "reflect101", "replicate", "wrap"):
        nodes = [
            ops.Translate(x="17px", y="-30px", border=border), ops.Rotate(degrees=180, border=border),
            ops.Translate(x="-101px", border=border), ops.Pad(size=[130, 200], border=border), ops.CenterCrop(size=[97, 151]),
        ]  # fmt: skip
        step_by_step = photo
        for node in nodes:
            step_by_step = run(step_by_step, node)
        assert np.array_equal(run(photo, *nodes), step_by_step), border


def test_each_fill_of_a_chain_shows_where_its_canvas_ended(photo, run):
    nodes = [ops.Translate(x=0.25, fill=1.0), ops.Translate(y=0.25, fill=0.2)]
    want = run(run(photo, nodes[0]), nodes[1])
    assert np.array_equal(run(photo, *nodes), want)
    assert (want[:24] == 51).all() and (want[24:, :32] == 255).all()


def test_other_ops_end_a_run(photo, run):
    """Contrast between two rotations sees the image at that point: the same as three calls, up to the rounding between."""
    turn = [ops.Rotate(degrees=10), ops.Contrast(factor=0.5), ops.Rotate(degrees=20)]
    image = (photo / 255).astype(np.float32)
    want = run(run(run(image, turn[0]), turn[1]), turn[2])
    assert np.abs(run(image, *turn) - want).max() < 1e-6
    assert np.abs(run(image, turn[0], turn[2]) - run(run(image, turn[0]), turn[2])).max() > 0.02


def test_masks_of_a_chain_follow_the_image(photo, run):
    """A two-colour image and its mask agree, but along the line between the colours."""
    y, x = np.mgrid[:96, :128]
    mask = ((x - 50) ** 2 + (y - 40) ** 2 < 900).astype(np.uint8)
    image = np.repeat(mask[..., None], 3, -1).astype(np.float32)
    view = [ops.Perspective(distortion=0.5), ops.Resize(size=[70, 50], antialias=False)]
    for nodes in (chain("constant"), chain("reflect"), view):
        out = run(image, *nodes, mask=mask)
        sure = np.abs(out["image"][..., 0] - 0.5) > 0.49
        assert np.array_equal(out["mask"][sure], np.rint(out["image"][sure][..., 0]).astype(np.uint8))
        assert ((out["image"][..., 0] > 0.5) != out["mask"]).mean() < 0.01
