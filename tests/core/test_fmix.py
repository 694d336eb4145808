"""FMix: shapes of waves in whole numbers, the same pixels everywhere; labels count them, boxes are hulls of what is seen."""

import numpy as np
import pytest
from scipy import ndimage, stats

import augment
from augment import ops
from augment.errors import SampleError
from augment.ops.fmix import LEVELS, WAVES, amplitudes, field_of, lowest, waves
from augment.partners import partner_index
from augment.program.lower import lower

COUNT, HEIGHT, WIDTH = 5, 36, 48
TARGETS = {
    "image": "image", "mask": "mask", "class": {"kind": "labels", "classes": COUNT},
    "boxes": {"kind": "boxes", "carry": ["names"]},
}  # fmt: skip


def sample_of(i):
    boxes = np.array([[2 + i, 3, 22 + i, 12], [8, 14, WIDTH - 4, HEIGHT - 2], [30.5, 4.25, 33.5, 7.5]])
    image = np.full((HEIGHT, WIDTH, 3), 10 + 40 * i, np.uint8)
    mask = np.full((HEIGHT, WIDTH), i, np.uint8)
    return {"image": image, "mask": mask, "class": i, "boxes": boxes, "names": np.arange(3 * i, 3 * i + 3)}


SAMPLES = [sample_of(i) for i in range(COUNT)]


def pipeline(**more):
    return augment.Pipeline([ops.Fmix(alpha=1.0, **more)], targets=TARGETS, seed=4)


def test_pixels_masks_labels_and_boxes_are_those_of_one_shape():
    over = augment.compile(pipeline()).over(SAMPLES)
    mixed = 0
    for i, sample in enumerate(SAMPLES):
        out, v = over[i], lower(pipeline()).values(i)["fmix"]
        other = SAMPLES[partner_index(float(v["partner"]), i, COUNT)]
        shown = out["mask"] == other["mask"]
        assert np.array_equal(shown, out["image"][..., 0] == other["image"][..., 0])
        assert abs(shown.sum() - np.floor((1 - float(v["weight"])) * shown.size)) <= 2  # ties of whole numbers
        want = np.eye(COUNT)[i] * (1 - shown.mean()) + np.eye(COUNT)[other["class"]] * shown.mean()
        assert np.allclose(out["class"], want, atol=1e-6) and out["class"].sum() == pytest.approx(1, abs=1e-6)
        found = dict(zip(out["names"].tolist(), out["boxes"], strict=True))
        for own, visible in ((sample, ~shown), (other, shown)):
            for name, box in zip(own["names"].tolist(), own["boxes"], strict=True):
                (x0, y0), (x1, y1) = np.floor(box[:2]).astype(int), np.ceil(box[2:]).astype(int)
                y, x = np.nonzero(visible[y0:y1, x0:x1])
                assert (len(y) > 0) == (name in found)
                if len(y):
                    hull = [x0 + x.min(), y0 + y.min(), x0 + x.max() + 1, y0 + y.max() + 1]
                    assert np.allclose(found[name], [*np.maximum(box[:2], hull[:2]), *np.minimum(box[2:], hull[2:])])
        mixed += 0.2 < shown.mean() < 0.8
    assert mixed > 1


def test_min_visibility_counts_pixels():
    spec = pipeline().replace(targets={**TARGETS, "boxes": {"kind": "boxes", "carry": ["names"], "min_visibility": 0.6}})
    some = augment.compile(spec).over(SAMPLES)
    every = augment.compile(pipeline()).over(SAMPLES)
    for i in range(COUNT):
        full, out = every[i], some[i]
        for name in full["names"]:
            own = SAMPLES[name // 3]
            x0, y0, x1, y1 = (int(n) for n in (*np.floor(own["boxes"][name % 3][:2]), *np.ceil(own["boxes"][name % 3][2:])))
            share = (full["mask"][y0:y1, x0:x1] == own["mask"][0, 0]).mean()
            assert (name in out["names"]) == (share >= 0.6 - 1e-6)


@pytest.mark.parametrize("decay", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("size", [(36, 48), (9, 700), (1, 5)])
def test_no_sum_leaves_what_float32_has(size, decay):
    """For the largest numbers that are drawn, of the signs that make the sums largest."""
    weight = np.rint(amplitudes(size, decay).astype(float) * 3.67)
    down, along = (np.abs(waves(n)).max(axis=1).astype(float) for n in size)
    rows = weight @ along
    assert rows.max() < 2**24 and (rows / LEVELS + 1) @ down < 2**24
    assert len(weight) == 2 * WAVES + 1 and np.rint(waves(size[0])).tolist() == waves(size[0]).tolist()


def test_the_field_is_the_waves_it_says():
    """Against a sum of cosines and sines in float64, which rounding leaves by a hundredth."""
    rng = np.random.default_rng(0)
    drawn = rng.standard_normal((21, 21))
    k = np.r_[0, 1:11, 1:11]
    frequency = np.hypot(k[:, None] / 36, k / 48) * 48
    weight = np.where(frequency > 0, np.maximum(frequency, 0.1) ** -3.0, 0) * np.where((k[:, None] > 0) & (k > 0), 2**0.5, 1)

    def lines(extent):
        at = 2 * np.pi * (np.arange(extent) + 0.5) / extent
        return np.array([np.ones(extent), *(np.cos(n * at) for n in range(1, 11)), *(np.sin(n * at) for n in range(1, 11))])

    want = lines(36).T @ (drawn * weight) @ lines(48)
    got = field_of(drawn.ravel().astype(np.float32), amplitudes((36, 48), 3.0), waves(36), waves(48), np)
    assert np.sqrt(np.mean((got / got.std() - want / want.std()) ** 2)) < 0.01


def test_the_lowest_are_counted_bit_by_bit():
    field = np.random.default_rng(1).integers(-500, 500, (4, 8, 9)).astype(np.float32)
    count = np.array([0, 20, 71, 72], np.float32)
    bound = lowest(field, count, np)
    for plane, n, own in zip(field, count, bound, strict=True):
        ordered = np.sort(plane.ravel())
        assert (plane < own).sum() <= n
        assert n == plane.size or own == ordered[int(n)]


def test_weights_are_beta_and_shapes_are_large():
    data = [{"image": np.full((32, 32, 1), 255 * (i % 2), np.uint8)} for i in range(2)]
    over = augment.compile({"seed": 1, "pipeline": [{"fmix": {"alpha": 1.0}}]}).over(data)
    shares, pieces = [], []
    for epoch in range(150):
        over.set_epoch(epoch)
        shown = over[0]["image"][..., 0] == 255
        shares.append(shown.mean())
        pieces.append(ndimage.label(shown)[1])
    assert stats.kstest(shares, "uniform").pvalue > 1e-3
    assert np.mean(pieces) < 6


@pytest.mark.parametrize("backend", ["opencv", "albumentations", "torchvision"])
def test_hosts_show_what_the_reference_shows(backend):
    want, got = (augment.compile(pipeline(p=0.7, decay=2.0), name).over(SAMPLES) for name in ("reference", backend))
    for i in range(COUNT):
        out, truth = got[i], want[i]
        assert np.array_equal(np.asarray(out["image"]).reshape(truth["image"].shape), truth["image"])
        for name in ("mask", "class", "boxes", "names"):
            assert np.array_equal(out[name], truth[name]), name


def collated():
    return augment.compile(pipeline(p=0.7), "reference").collate(SAMPLES, indices=range(COUNT))


def stacked(name, dtype=None):
    return np.stack([np.asarray(sample[name], dtype) for sample in SAMPLES])


def test_batches_of_torch_are_the_host_s():
    torch = pytest.importorskip("torch")
    batch = {"image": torch.from_numpy(stacked("image")).permute(0, 3, 1, 2), "mask": torch.from_numpy(stacked("mask")),
             "class": torch.arange(COUNT)}  # fmt: skip
    spec = pipeline(p=0.7).replace(targets={name: t for name, t in TARGETS.items() if name != "boxes"})
    got = augment.compile(spec, "torchvision").at(range(COUNT))(batch)
    for i, want in enumerate(collated()):
        assert (got["image"][i].permute(1, 2, 0).numpy() == want["image"]).all()
        assert (got["mask"][i].numpy() == want["mask"]).all()
        assert np.allclose(got["class"][i], want["class"], atol=1e-6)


def test_graphs_of_keras_are_the_host_s():
    targets = {"image": "image", "mask": "mask", "boxes": "boxes", "class": TARGETS["class"]}
    batch = {"image": stacked("image"), "mask": stacked("mask"), "class": np.arange(COUNT), "index": np.arange(COUNT),
             "boxes": {"boxes": stacked("boxes"), "labels": stacked("names")}}  # fmt: skip
    got = augment.compile(pipeline(p=0.7).replace(targets=targets), "keras", jit_compile=True)(batch, training=True)
    names, boxes = (np.asarray(got["boxes"][key]) for key in ("labels", "boxes"))
    for i, want in enumerate(collated()):
        assert (np.asarray(got["image"][i]) == want["image"]).all()
        assert (np.asarray(got["mask"][i]) == want["mask"]).all()
        assert np.allclose(got["class"][i], want["class"], atol=1e-6)
        alive = names[i] >= 0
        assert names[i][alive].tolist() == list(want["names"])
        assert np.allclose(boxes[i][alive], want["boxes"], atol=0.01)


def test_a_size_that_is_not_known_is_said():
    tf = pytest.importorskip("tensorflow")
    layer = augment.compile({"pipeline": [{"fmix": {"alpha": 1.0}}]}, "keras")
    data = tf.data.Dataset.from_generator(
        lambda: iter([np.zeros((2, 8, 8, 3), np.uint8)]), output_signature=tf.TensorSpec((None, None, None, 3), tf.uint8)
    )
    with pytest.raises((SampleError, TypeError, ValueError), match="known height and width"):
        data.map(lambda x: layer({"images": x, "labels": tf.one_hot([0, 1], 2)}, training=True))
