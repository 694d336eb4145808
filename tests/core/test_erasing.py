"""Grids, patches, bands and squares that are filled, by hand; and what fills them, on every backend."""

import numpy as np
import pytest
from scipy import stats
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.program.lower import lower

PHOTO = np.ascontiguousarray(data.astronaut()[100:197, 180:263])
WHITE = np.ones((60, 80, 3), np.float32)
BACKENDS = {"reference": {}, "albumentations": {}, "torchvision": {"precision": "float"}, "keras": {}}
EVERY = pytest.mark.parametrize("backend", BACKENDS)


def holes(op, index=0, image=WHITE):
    """Where the image was filled, and the numbers that were drawn."""
    spec = augment.Pipeline([op])
    drawn = next(iter(lower(spec).values(index).values()))
    return augment.apply(spec, {"image": image}, index=index)["image"][..., 0] == 0, drawn


def test_a_grid_of_squares():
    for index in range(8):
        found, drawn = holes(ops.GridDropout(unit=("7px", "19px"), ratio=(0.2, 0.8)), index)
        unit, hole = np.floor(drawn["unit"] + 0.5), np.floor(np.floor(drawn["unit"] + 0.5) * drawn["ratio"] + 0.5)
        rows, columns = ((np.arange(n) + np.floor(drawn[name] * unit)) % unit < hole for name, n in (("y", 60), ("x", 80)))
        assert np.array_equal(found, rows[:, None] & columns)
    assert np.isclose(np.mean([holes(ops.GridDropout(unit="8px", ratio=0.5), i)[0].mean() for i in range(30)]), 0.25, atol=0.02)
    found, _ = holes(ops.GridDropout(unit=0.1, ratio=0.5))  # ten units along each side, as holes_number_xy: [10, 10]
    assert found.mean() == 0.25 and (np.diff(found.any(axis=0).astype(int)) == 1).sum() in (9, 10)


def test_patches_are_hidden_each_by_itself():
    shares = []
    for index in range(40):
        found, drawn = holes(ops.HideAndSeek(grid=(2, 5), share=0.4), index)
        n, most = int(drawn["grid"]), 5
        hidden = np.array(drawn["hidden"]).reshape(most, most) < 0.4
        want = hidden[np.arange(60)[:, None] * n // 60, np.arange(80)[None] * n // 80]
        assert np.array_equal(found, want)
        shares.append(hidden.mean())
    assert abs(np.mean(shares) - 0.4) < 0.05
    assert not holes(ops.HideAndSeek(grid=4, share=0))[0].any() and holes(ops.HideAndSeek(grid=1, share=1))[0].all()


def test_cutout_is_that_of_its_authors():
    outside = 0
    for index in range(30):
        found, drawn = holes(ops.Cutout(size="16px", holes=1), index)
        y, x = int(drawn["y"] * 60), int(drawn["x"] * 80)
        want = np.zeros((60, 80), bool)
        want[np.clip(y - 8, 0, 60) : np.clip(y + 8, 0, 60), np.clip(x - 8, 0, 80) : np.clip(x + 8, 0, 80)] = True
        assert np.array_equal(found, want)
        outside += want.sum() < 256
    assert outside > 3
    assert holes(ops.Cutout(size=0.5, holes=1))[0].any()  # of the shorter side


def test_bands_cross_the_image():
    op = ops.XyMasking(columns=(0, 3), rows=1, width=("2px", "5px"), height=0.1)
    counts = set()
    for index in range(30):
        found, drawn = holes(op, index)
        columns, rows = found.all(axis=0), found.all(axis=1)
        assert np.array_equal(found, columns[None] | rows[:, None])
        assert rows.sum() == 6 and columns.sum() <= 15
        counts.add(int(drawn["columns"]))
        assert columns.any() == (drawn["columns"] > 0)
    assert counts == {0, 1, 2, 3}


@EVERY
def test_fills(backend):
    image = PHOTO.astype(np.float32) / 255

    def filled(fill, index=0, *after):
        spec = augment.Pipeline([ops.CoarseDropout(holes=3, height=0.4, width=0.4, fill=fill, id="holes"), *after])
        return augment.apply(spec, {"image": image}, index=index, backend=backend, **BACKENDS[backend])["image"]

    hole = (filled(1.0) == 1).all(-1) & (filled(0.0) == 0).all(-1)
    assert 0.1 < hole.mean() < 0.5
    for fill in ("mean", "random", "noise"):
        assert np.array_equal(filled(fill)[~hole], image[~hole])
    assert np.abs(filled("mean")[hole] - image.mean(axis=(0, 1))).max() < 1e-4
    colours = np.array([np.median(filled("random", i)[(filled(1.0, i) == 1).all(-1)], axis=0) for i in range(20)])
    assert np.ptp(filled("random")[hole], axis=0).max() < 1e-6
    assert stats.kstest(colours.ravel(), "uniform").pvalue > 1e-3
    assert stats.kstest(filled("noise")[hole].ravel(), "uniform").pvalue > 1e-4


@EVERY
@pytest.mark.parametrize("fill", ["mean", "random"])
def test_fills_after_normalize_are_what_they_were_before(backend, fill):
    hole, tail = ops.Cutout(size=0.5, fill=fill, id="hole"), ops.Normalize("imagenet")
    results = [
        augment.apply(augment.Pipeline(nodes), {"image": PHOTO}, backend=backend, **BACKENDS[backend])["image"]
        for nodes in ([hole, tail], [tail, hole])
    ]
    assert np.abs(results[0] - results[1]).max() < 0.02  # one is rounded to 8 bits before


def test_images_of_other_channels_are_filled():
    for channels in (1, 2, 7):
        image = np.ones((40, 40, channels), np.float32) * 0.5
        for fill in ("mean", "random", "noise"):
            out = augment.apply(augment.Pipeline([ops.Cutout(size=0.5, fill=fill)]), {"image": image})["image"]
            assert out.shape == image.shape and (out != image).any() == (fill != "mean")


def test_what_fills_is_checked_and_written_back():
    with pytest.raises(SpecError, match="must be a colour, or one of mean, random, noise, not 'inpaint_telea'"):
        ops.CoarseDropout(height=0.1, width=0.1, fill="inpaint_telea")
    spec = augment.Pipeline([ops.CoarseDropout(height=0.1, width=0.1, fill="noise"), ops.Cutout(size=0.2, fill="#ff0000")])
    assert augment.loads(augment.dumps(spec)) == spec


EXAMPLES = [
    ops.Cutout(size=(0.1, 0.5), holes=(1, 3), fill="mean", fill_mask=7),
    ops.GridDropout(unit=(0.1, 0.3), fill="random", fill_mask=7),
    ops.HideAndSeek(grid=(3, 6), share=(0.1, 0.5), fill_mask=7),
    ops.XyMasking(columns=(0, 2), width=0.1, height="5px", fill_mask=7),
]  # fmt: skip


@pytest.mark.parametrize("op", EXAMPLES, ids=lambda op: op.name())
def test_each_sample_of_a_batch_has_its_own(op):
    import torch

    spec = augment.Pipeline([op.replace(p=0.7)], seed=4)
    images = np.stack([np.roll(PHOTO, 7 * i, axis=1) for i in range(4)])
    masks = np.zeros(images.shape[:3], np.int32)
    want = [augment.apply(spec, {"image": images[i], "mask": masks[i]}, index=i) for i in range(4)]
    tensors = {"image": torch.from_numpy(images).permute(0, 3, 1, 2), "mask": torch.from_numpy(masks)}
    got = augment.compile(spec, "torchvision").at(range(4))(tensors)
    layer = augment.compile(spec, "keras", jit_compile=False).at(index=np.arange(4))
    made = layer({"images": images, "segmentation_masks": masks})
    for i in range(4):
        for image, mask in (
            (got["image"][i].permute(1, 2, 0).numpy(), got["mask"][i].numpy()),
            (np.rint(np.asarray(made["images"][i])), np.asarray(made["segmentation_masks"][i]).reshape(masks.shape[1:])),
        ):
            assert np.abs(image - want[i]["image"].astype(float)).max() <= 1
            assert np.array_equal(mask, want[i]["mask"])
