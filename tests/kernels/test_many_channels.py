"""Any number of channels: cv2 takes 4 in some calls, 128 or 512 in others, and more is done in groups."""

from __future__ import annotations

import numpy as np
import pytest

import augment
from augment import ops
from augment.engine.host import Executor
from augment.kernels import opencv, reference
from augment.ops.kinds import Partnered, Policy
from augment.program.lower import lower
from augment.testing.examples import examples
from augment.testing.tolerance import assert_images_close, assert_masks_close, nudged

COUNTS = [5, 128, 130, 513]
SIZE = 50, 57


def rasters(count: int) -> dict[str, np.ndarray]:
    """Smooth, so that half a pixel is no edge; each channel differs."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    at = np.arange(count)
    waves = 0.5 + 0.4 * np.sin(y[..., None] / 9 + at / 50) * np.cos(x[..., None] / 7 - at / 30)
    return {"image": np.rint(waves * 255).astype(np.uint8), "mask": np.rint(waves * 9).astype(np.int32)}


def fits(op: type) -> bool:
    return op.modality == "image" and not issubclass(op, Partnered | Policy) and not any(one.rgb for one in examples(op))


ALONE = [op for op in ops.CORE.values() if fits(op)]


@pytest.mark.parametrize("op", ALONE, ids=lambda op: op.name())
@pytest.mark.parametrize("count", COUNTS)
def test_op(op, count):
    for example in examples(op)[: 1 if count > 500 else None]:  # what more of them say does not hang on how many there are
        colours = (example.fill_colour or (), example.tail.gain if example.tail else ())
        if any(len(colour) > 1 for colour in colours):
            continue  # made for three channels
        program = lower(augment.Pipeline(pipeline=[example]))
        values = program.values(3)
        given = rasters(count)
        for image in (given["image"], (given["image"] / 255).astype(np.float32)):
            sample = {"image": image, "mask": given["mask"]}
            want, got = Executor(program, reference)(sample, values), Executor(program, opencv)(sample, values)
            assert got["image"].shape == want["image"].shape

            def again(sample=sample, program=program, values=values):
                shades = ({**sample, "image": shade} for shade in nudged(sample["image"]))
                return [Executor(program, reference)(shade, values)["image"] for shade in shades]

            scale = max(example.tail.gain) if example.tail else 1.0
            assert_images_close(got["image"], want["image"], scale=scale, again=again)
            assert_masks_close(got["mask"], want["mask"])


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("op", ["mixup: {alpha: 1}", "cutmix: {alpha: 1}"])
def test_mixes(op, count):
    spec = augment.loads(f"targets: {{image: image, mask: mask}}\npipeline: [{op}, rotate: 20, to_float]")
    data = [rasters(count), {name: raster[::-1].copy() for name, raster in rasters(count).items()}]
    want = augment.compile(spec, "reference").over(data)[0]
    got = augment.compile(spec, "albumentations").over(data)[0]
    assert_images_close(got["image"], want["image"])
    assert_masks_close(got["mask"], want["mask"])


@pytest.mark.parametrize("count", COUNTS)
def test_tensors(count):
    call = rasters(count)
    spec = augment.loads("pipeline: [resize: 20, normalize: {mean: 0.5, std: 0.5}]")
    arrays, tensors = (
        augment.compile(spec, "albumentations")(**call),
        augment.compile(spec, "albumentations", output="torch")(**call),
    )
    for name in call:
        np.testing.assert_array_equal(tensors[name].numpy(), arrays[name].transpose(2, 0, 1))


@pytest.mark.parametrize("count", [130, 1030])
def test_many_objects_in_a_picture(count):
    """The masks of a crowd are layers of one mask."""
    masks = list(rasters(count)["mask"].transpose(2, 0, 1))
    call = {"image": rasters(3)["image"], "masks": masks, "bboxes": [[1, 2, 9, 9]] * count, "labels": [*range(count)]}
    t = augment.compile(augment.loads("pipeline: [rotate: 20, elastic: {alpha: 3px, sigma: 9px}, resize: 25]"), "albumentations")
    out = t.at(0)(**call)
    for mask, got in [(masks[i], out["masks"][i]) for i in (0, 1, count - 1)]:
        np.testing.assert_array_equal(got, t.at(0)(image=call["image"], mask=mask)["mask"])
    assert len(out["masks"]) == count
