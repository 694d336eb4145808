"""Copy-paste: objects of a partner over the sample; what they hide goes from masks, boxes and rows, counted pixel by pixel."""

import numpy as np
import pytest
from scipy import ndimage, stats

import augment
from augment import ops
from augment.errors import SampleError, UnsupportedOpError
from augment.partners import partner_index
from augment.program.lower import lower

N, SIZE = 8, (40, 52)
TARGETS = {
    "image": "image", "ids": "mask", "instances": {"kind": "instances", "carry": ["labels"]},
    "boxes": {"kind": "boxes", "carry": ["instances", "names"]}, "places": {"kind": "keypoints", "carry": ["of"]},
    "class": {"kind": "labels", "classes": N},
}  # fmt: skip


def sample_of(i):
    """Discs that do not touch, each of a level of its own; one box is a pixel wider than its object on the left."""
    rng = np.random.default_rng(i)
    y, x = np.indices(SIZE)
    ids, names, places = np.zeros(SIZE, np.uint8), [], []
    for k in range(int(rng.integers(1, 4))):
        cy, cx, r = int(rng.integers(9, 31)), 9 + 17 * k, int(rng.integers(2, 9))
        ids[(y - cy) ** 2 + (x - cx) ** 2 <= r * r] = 4 * i + k + 1
        names.append(4 * i + k + 1)
        places.append([cx, cy])
    masks = np.stack([ids == name for name in names])
    boxes = hulls(masks) - np.array([1.0, 0, 0, 0])
    names = np.array(names)
    return {"image": np.repeat(ids[..., None] * 4, 3, 2), "ids": ids, "instances": masks, "boxes": boxes, "names": names,
            "labels": names % 7, "places": np.array(places, float), "of": names.copy(), "class": i}  # fmt: skip


def hulls(masks):
    found = [np.nonzero(mask) for mask in masks]
    return np.array([[x.min(), y.min(), x.max() + 1, y.max() + 1] for y, x in found], float).reshape(-1, 4)


SAMPLES = [sample_of(i) for i in range(N)]


def over(backend="reference", targets=TARGETS, samples=SAMPLES, **fields):
    spec = augment.Pipeline([ops.CopyPaste(**{"share": 0.6, **fields})], targets=targets, seed=3)
    return augment.compile(spec, backend).over(samples), lower(spec)


@pytest.mark.parametrize("backend", ["reference", "opencv", "albumentations"])
def test_what_is_seen_is_counted_pixel_by_pixel(backend):
    data, program = over(backend)
    pasted = hidden = gone = 0
    for i, mine in enumerate(SAMPLES):
        out = data[i]
        other = SAMPLES[partner_index(float(program.values(i)["copy_paste"]["partner"]), i, N)]
        theirs = [name for name in out["names"].tolist() if name in other["names"]]
        shown = np.isin(other["ids"], theirs)  # what was pasted, all of it
        ids = np.where(shown, other["ids"], mine["ids"])
        assert np.array_equal(out["ids"], ids) and np.array_equal(out["image"], np.repeat(ids[..., None] * 4, 3, 2))
        want = [name for name in (*mine["names"].tolist(), *theirs) if (ids == name).any()]
        assert out["names"].tolist() == want and out["labels"].tolist() == [name % 7 for name in want]
        assert np.array_equal(out["instances"], np.stack([ids == name for name in want]))
        whole = {int(name): box for own in (mine, other) for name, box in zip(own["names"], own["boxes"], strict=True)}
        tight = {int(n): box for own in (mine, other) for n, box in zip(own["names"], hulls(own["instances"]), strict=True)}
        left = hulls(out["instances"])
        for name, box, hull in zip(want, out["boxes"], left, strict=True):
            assert np.allclose(box, whole[name] + hull - tight[name])
            hidden += not np.array_equal(hull, tight[name])
        for name, (x, y) in zip(out["of"].tolist(), out["places"], strict=True):
            assert ids[int(y), int(x)] == name
        share = shown.mean()
        assert np.allclose(out["class"], np.eye(N)[i] * (1 - share) + np.eye(N)[other["class"]] * share, atol=1e-6)
        pasted, gone = pasted + len(theirs), gone + len(set(mine["names"]) - set(want))
    assert pasted > 4 and hidden > 1


def test_an_object_that_is_wholly_hidden_goes_with_all_its_rows():
    small, large = np.zeros((1, 20, 20), bool), np.zeros((1, 20, 20), bool)
    small[0, 8:11, 8:11], large[0, 4:15, 4:15] = True, True
    kept = np.concatenate([small, np.roll(small, 8, 2)])
    base = {"image": np.zeros((20, 20, 3), np.uint8), "ids": np.zeros((20, 20), np.uint8)}
    samples = [
        {**base, "instances": kept, "boxes": hulls(kept), "names": ["a", "b"], "labels": [1, 2], "places": [[9, 9], [17, 9]],
         "of": [0, 1], "class": 0},
        {**base, "instances": large, "boxes": hulls(large), "names": ["c"], "labels": [3], "places": [[9, 9]],
         "of": [2], "class": 1},
    ]  # fmt: skip
    out = over(share=1, samples=samples)[0][0]
    assert out["names"] == ["b", "c"] and out["labels"] == [2, 3] and out["of"] == [1, 2]
    assert np.array_equal(out["boxes"], [[16, 8, 19, 11], [4, 4, 15, 15]])
    assert out["instances"].shape == (2, 20, 20) and np.array_equal(out["instances"][1], large[0])


def test_min_visibility_counts_pixels_of_the_object():
    strict = {**TARGETS, "boxes": {**TARGETS["boxes"], "min_visibility": 0.8}}
    every, some = over(share=1)[0], over(share=1, targets=strict)[0]
    dropped = 0
    for i in range(N):
        full = {n: m.sum() for own in SAMPLES for n, m in zip(own["names"].tolist(), own["instances"], strict=True)}
        out = every[i]
        want = [n for n, m in zip(out["names"].tolist(), out["instances"], strict=True) if m.sum() >= 0.8 * full[n]]
        assert some[i]["names"].tolist() == want and len(some[i]["instances"]) == len(want)
        dropped += len(out["names"]) - len(want)
    assert dropped


@pytest.mark.parametrize("backend", ["reference", "albumentations"])
def test_edges_fade_by_a_gaussian(backend):
    data = over(backend, share=1, edge="1.5px")[0]
    for i, mine in enumerate(SAMPLES[:4]):
        out = data[i]
        (other,) = (own for own in SAMPLES if np.argmax(out["class"] * (np.arange(N) != i)) == own["class"])
        shown = (other["ids"] > 0).astype(float)
        ones = np.ones(SIZE)
        alpha = np.divide(*(ndimage.gaussian_filter(a, 1.5, mode="constant", truncate=20) for a in (shown, ones)))
        want = mine["image"] + (other["image"].astype(float) - mine["image"]) * alpha[..., None]
        assert np.abs(out["image"] - want).max() <= 1
        assert set(np.unique(out["ids"])) <= {0, *mine["names"], *other["names"]}  # labels are chosen, never faded


def test_each_object_is_chosen_by_itself():
    layers = np.ones((2, 2, 400), bool)
    op = ops.CopyPaste(share=0.3)
    v = lower(augment.Pipeline([op])).values(np.arange(40))["copy_paste"]
    chosen = [op.aim({name: drawn[i] for name, drawn in v.items()}, layers)["chosen"] for i in range(40)]
    assert stats.binomtest(int(np.sum(chosen)), 16_000, 0.3).pvalue > 1e-3
    assert len({tuple(own) for own in chosen}) == 40
    assert np.array_equal(op.aim({n: d[0] for n, d in v.items()}, layers[..., :9])["chosen"], chosen[0][:9])


def test_what_it_needs_is_said():
    plain = [{"image": np.zeros((8, 8, 3), np.uint8)}] * 2
    with pytest.raises(SampleError, match=r"needs the instances of both samples.*targets: \{instances: instances\}"):
        augment.compile({"pipeline": [{"copy_paste": 0.5}]}).over(plain)[0]
    loose = {**TARGETS, "boxes": {"kind": "boxes", "carry": ["names"]}}
    with pytest.raises(SampleError, match=r"boxes: which instances they are of must be said.*carry: \[instances\]"):
        over(targets=loose)[0][0]
    for backend, reason in (("torchvision", "joins no instances"), ("keras", "has no kernel for fade")):
        with pytest.raises(UnsupportedOpError, match=reason):
            augment.compile({"pipeline": [{"copy_paste": 0.5}]}, backend)
