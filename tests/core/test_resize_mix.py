"""ResizeMix: the patch is the partner as Pillow makes it smaller, labels count its area, and every backend shows the same."""

import numpy as np
import pytest
from PIL import Image

import augment
from augment import ops
from augment.partners import partner_index
from augment.program.lower import lower

COUNT, HEIGHT, WIDTH = 4, 36, 48
TARGETS = {
    "image": "image", "mask": {"kind": "mask", "fill": 255}, "class": {"kind": "labels", "classes": COUNT},
    "boxes": {"kind": "boxes", "carry": ["names"]},
}  # fmt: skip


def sample_of(i, height=HEIGHT, width=WIDTH):
    rng = np.random.default_rng(i)
    image = np.kron(rng.integers(0, 256, (height // 4, width // 4, 3)), np.ones((4, 4, 1))).astype(np.uint8)
    boxes = np.array([[2.0 + i, 3, 22 + i, 12], [8, 14, width - 4, height - 2]])
    return {"image": image, "mask": np.arange(height * width).reshape(height, width) % 200, "class": i, "boxes": boxes,
            "names": np.array([2 * i, 2 * i + 1])}  # fmt: skip


def pipeline(**more):
    return augment.Pipeline([ops.ResizeMix(scale=[0.1, 0.8], **more)], targets=TARGETS, seed=2)


def drawn(index, samples):
    """The partner, and the patch: y, x, height, width."""
    v = {name: float(n) for name, n in lower(pipeline()).values(index)["resize_mix"].items()}
    height, width = samples[index]["image"].shape[:2]
    h, w = (max(1, int(np.float32(v["scale"]) * np.float32(side))) for side in (height, width))
    return partner_index(v["partner"], index, len(samples)), int(v["y"] * (height - h + 1)), int(v["x"] * (width - w + 1)), h, w


def under(size, extent):
    """The pixel under the centre of each of ``size`` that ``extent`` become; on an edge, the one before it."""
    return -(-(2 * np.arange(size) + 1) * extent // (2 * size)) - 1


def test_the_patch_is_the_partner_made_smaller():
    """Samples of several sizes; the truth is Pillow's, and of boxes their places in it, by hand."""
    samples = [sample_of(0), sample_of(1, 48, 40), sample_of(2, 64, 64), sample_of(3, 36, 32)]
    over = augment.compile(pipeline()).over(samples)
    for i, sample in enumerate(samples):
        out = over[i]
        partner, y, x, h, w = drawn(i, samples)
        other = samples[partner]
        want = sample["image"].copy()
        small = Image.fromarray(other["image"]).resize((w, h), Image.Resampling.BILINEAR)
        want[y : y + h, x : x + w] = np.asarray(small)
        assert np.abs(out["image"].astype(int) - want).max() <= 1
        tall, wide = other["mask"].shape
        rows, columns = under(h, tall), under(w, wide)
        inside = np.zeros(sample["mask"].shape, bool)
        inside[y : y + h, x : x + w] = True
        assert (out["mask"][~inside] == sample["mask"][~inside]).all()
        assert (out["mask"][inside] == other["mask"][rows][:, columns].ravel()).all()
        share = h * w / sample["mask"].size
        assert np.allclose(out["class"], np.eye(COUNT)[i] * (1 - share) + np.eye(COUNT)[partner] * share, atol=1e-6)
        assert out["class"].sum() == pytest.approx(1, abs=1e-6)
        found = dict(zip(out["names"].tolist(), out["boxes"], strict=True))
        for name, box in zip(other["names"], other["boxes"], strict=True):
            scale = np.array([w / wide, h / tall] * 2)
            assert np.allclose(found[name], box * scale + [x, y, x, y])
        for name, box in zip(sample["names"], sample["boxes"].astype(int), strict=True):
            shown = np.zeros(inside.shape, bool)
            shown[box[1] : box[3], box[0] : box[2]] = True
            at = np.nonzero(shown & ~inside)
            assert (len(at[0]) > 0) == (name in found)
            if name in found:
                assert np.allclose(found[name], [at[1].min(), at[0].min(), at[1].max() + 1, at[0].max() + 1])


@pytest.mark.parametrize("backend", ["opencv", "albumentations", "torchvision"])
def test_hosts_show_what_the_reference_shows(backend):
    samples = [sample_of(i) for i in range(COUNT)]
    want, got = (augment.compile(pipeline(p=0.7), name).over(samples) for name in ("reference", backend))
    for i in range(COUNT):
        image = np.asarray(got[i]["image"])
        assert np.abs(image.astype(int) - want[i]["image"]).max() <= 1
        for name in ("mask", "class", "boxes", "names"):
            assert np.allclose(got[i][name], want[i][name], atol=1e-4), name


def collated():
    return augment.compile(pipeline(p=0.7), "reference").collate([sample_of(i) for i in range(COUNT)], indices=range(COUNT))


def stacked(name, dtype=None):
    return np.stack([np.asarray(sample_of(i)[name], dtype) for i in range(COUNT)])


def test_batches_of_torch_are_the_host_s():
    torch = pytest.importorskip("torch")
    batch = {name: torch.from_numpy(stacked(name)) for name in ("image", "mask")} | {"class": torch.arange(COUNT)}
    batch["image"] = batch["image"].permute(0, 3, 1, 2)
    spec = pipeline(p=0.7).replace(targets={name: t for name, t in TARGETS.items() if name != "boxes"})
    got = augment.compile(spec, "torchvision").at(range(COUNT))(batch)
    for i, want in enumerate(collated()):
        assert np.abs(got["image"][i].permute(1, 2, 0).numpy().astype(int) - want["image"]).max() <= 1
        assert (got["mask"][i].numpy() == want["mask"]).all()
        assert np.allclose(got["class"][i], want["class"], atol=1e-6)


@pytest.mark.parametrize("jit", [False, True], ids=["eager", "compiled"])
def test_batches_and_graphs_of_keras_are_the_host_s(jit):
    targets = {"image": "image", "mask": TARGETS["mask"], "boxes": "boxes", "class": TARGETS["class"]}
    batch = {
        "image": stacked("image"), "mask": stacked("mask", np.uint8), "boxes": {"boxes": stacked("boxes"),
        "labels": stacked("names")}, "class": np.arange(COUNT), "index": np.arange(COUNT),
    }  # fmt: skip
    got = augment.compile(pipeline(p=0.7).replace(targets=targets), "keras", jit_compile=jit)(batch, training=True)
    names, boxes = (np.asarray(got["boxes"][key]) for key in ("labels", "boxes"))
    for i, want in enumerate(collated()):
        assert np.abs(np.asarray(got["image"][i]).astype(int) - want["image"]).max() <= 1
        assert (np.asarray(got["mask"][i]) == want["mask"]).all()
        assert np.allclose(got["class"][i], want["class"], atol=1e-6)
        alive = names[i] >= 0
        assert names[i][alive].tolist() == list(want["names"])
        assert np.allclose(boxes[i][alive], want["boxes"], atol=0.01)
