"""Mix ops on the reference: pixels, labels by weight and area, masks, boxes, and partners by key."""

import numpy as np
import pytest
from scipy import stats

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.partners import partner_index
from augment.program.lower import lower

TARGETS = {
    "image": "image", "mask": "mask", "boxes": {"kind": "boxes", "carry": ["names"]}, "labels": {"kind": "labels", "classes": 5},
}  # fmt: skip


def dataset(count=5, height=40, width=60):
    rng = np.random.default_rng(0)
    return [
        {
            "image": np.full((height, width, 3), 20 + 40 * i, np.uint8), "mask": np.full((height, width), i, np.uint8),
            "boxes": np.array([[2.0 + i, 3, 20 + i, 30], [30, 10, 50, 35]]), "names": [f"a{i}", f"b{i}"], "labels": i % 5,
            "id": int(rng.integers(99)),
        }
        for i in range(count)
    ]  # fmt: skip


def mixed(op, index, samples=None, **more):
    samples = samples or dataset()
    spec = augment.Pipeline([op], targets=TARGETS, **more)
    values = lower(spec).values(index)[op.name()]
    partner = partner_index(float(values["partner"]), index, len(samples))
    return samples[index], samples[partner], values, augment.compile(spec).over(samples)[index]


@pytest.mark.parametrize("index", range(5))
def test_mixup_blends_by_the_drawn_weight(index):
    mine, other, values, out = mixed(ops.Mixup(alpha=1.0), index)
    w = float(values["weight"])
    assert np.abs(out["image"] - (mine["image"] * w + other["image"] * (1 - w))).max() <= 0.5 + 1e-3
    want = np.eye(5)[mine["labels"]] * w + np.eye(5)[other["labels"]] * (1 - w)
    assert np.allclose(out["labels"], want, atol=1e-6) and out["labels"].dtype == np.float32
    assert np.array_equal(out["mask"], mine["mask"] if w >= 0.5 else other["mask"])
    assert np.allclose(out["boxes"], [*mine["boxes"], *other["boxes"]]) and out["names"] == [*mine["names"], *other["names"]]
    assert out["id"] == mine["id"]


@pytest.mark.parametrize("index", range(5))
def test_cutmix_pastes_a_rectangle_and_labels_count_its_area(index):
    mine, other, values, out = mixed(ops.Cutmix(alpha=1.0), index)
    pasted = (out["image"] == other["image"]).all(-1)
    share = pasted.mean()
    y, x = np.nonzero(pasted)
    if len(y):
        assert pasted[y.min() : y.max() + 1, x.min() : x.max() + 1].all()
        assert len(y) == (np.ptp(y) + 1) * (np.ptp(x) + 1)
    assert np.array_equal(out["mask"] == other["mask"], pasted)
    want = np.eye(5)[mine["labels"]] * (1 - share) + np.eye(5)[other["labels"]] * share
    assert np.allclose(out["labels"], want, atol=1e-6)
    cut = np.sqrt(1 - float(values["weight"]))
    full = np.floor(np.float32(cut) * 40) * np.floor(np.float32(cut) * 60)
    assert len(y) <= full  # less where it is cut at the image


def test_cutmix_hides_and_shows_boxes():
    """Each box is the hull of its visible pixels, as a mask of it says."""
    samples = dataset()
    for index in range(5):
        mine, other, _, out = mixed(ops.Cutmix(alpha=1.0), index, samples)
        pasted = (out["image"] == other["image"]).all(-1)
        found = dict(zip(out["names"], out["boxes"], strict=True))
        for sample, visible in ((mine, ~pasted), (other, pasted)):
            for name, box in zip(sample["names"], sample["boxes"].astype(int), strict=True):
                shown = np.zeros_like(pasted)
                shown[box[1] : box[3], box[0] : box[2]] = True
                y, x = np.nonzero(shown & visible)
                assert (len(y) > 0) == (name in found), name
                if len(y):
                    assert np.allclose(found[name], [x.min(), y.min(), x.max() + 1, y.max() + 1]), name


def test_weights_are_beta_and_partners_are_others_equally():
    program = lower(augment.Pipeline([ops.Mixup(alpha=0.4)]))
    values = program.values(np.arange(10_000))["mixup"]
    assert stats.kstest(values["weight"], stats.beta(0.4, 0.4).cdf).pvalue > 1e-4
    partners = [partner_index(float(u), 3, 7) for u in values["partner"]]
    counts = np.bincount(partners, minlength=7)
    assert counts[3] == 0 and stats.chisquare(np.delete(counts, 3)).pvalue > 1e-4
    assert partner_index(1 - 2**-24, 4, 5) != 4 and partner_index(0.5, 0, 1) == 0
    assert all(partner_index(1 - 2**-24, i, n) != i for n in (2, 3, 1000, 10**6) for i in (0, n - 1))


def test_partners_are_augmented_under_their_own_keys():
    """What stands before a mix runs on each donor as it does when the donor is asked for itself."""
    samples = [{"image": np.random.default_rng(i).integers(0, 256, (20, 20, 3), np.uint8)} for i in range(4)]
    before = [ops.HorizontalFlip(p=0.5), ops.Brightness(factor=[0.5, 1])]
    spec = augment.Pipeline([*before, ops.Cutmix(alpha=1.0), ops.Invert(p=1)])
    alone = augment.Pipeline(before)
    for index in range(4):
        values = lower(spec).values(index)["cutmix"]
        partner = partner_index(float(values["partner"]), index, 4)
        mine, other = (augment.apply(alone, samples[i], index=i)["image"] for i in (index, partner))
        out = 255 - augment.compile(spec).over(samples)[index]["image"]
        assert ((np.abs(out.astype(int) - mine) <= 1) | (np.abs(out.astype(int) - other) <= 1)).all()


def test_two_mixes_in_a_row():
    samples = dataset()
    spec = augment.Pipeline([ops.Mixup(alpha=1.0), ops.Mixup(alpha=1.0)], targets=TARGETS)
    out = augment.compile(spec).over(samples)[2]
    assert abs(out["labels"].sum() - 1) < 1e-5 and len(out["boxes"]) == 8


def test_collate_keeps_its_order_and_draws_by_index():
    samples = dataset()
    spec = augment.Pipeline([ops.Mixup(alpha=1.0, p=0.5)], targets=TARGETS)
    transform = augment.compile(spec)
    a = transform.collate(samples, indices=[10, 11, 12, 13, 14])
    b = transform.collate(samples, indices=[10, 11, 12, 13, 14])
    assert all(np.array_equal(x["image"], y["image"]) for x, y in zip(a, b, strict=True))
    assert [x["id"] for x in a] == [s["id"] for s in samples]
    one = transform.collate(samples[:1], indices=[10])[0]
    assert np.array_equal(one["image"], samples[0]["image"])


def test_without_a_second_sample_it_always_says_so():
    """Also under a key whose coin would leave the sample alone."""
    spec = augment.Pipeline([ops.Mixup(alpha=1.0, p=0.1)])
    for index in range(5):
        with pytest.raises(SampleError, match=r"\.over\(dataset\), or \.collate"):
            augment.apply(spec, {"image": np.zeros((4, 4, 3), np.uint8)}, index=index)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda s: s | {"image": np.zeros((40, 61, 3), np.uint8), "mask": np.zeros((40, 61), np.uint8)},
            "40 x 60 x 3 in one sample and 40 x 61 x 3",
        ),
        (lambda s: s | {"image": np.zeros((40, 60, 1), np.uint8)}, "40 x 60 x 3 in one sample and 40 x 60 x 1"),
        (lambda s: {k: v for k, v in s.items() if k != "mask"}, "mask is missing in the sample that it is mixed with"),
        (lambda s: {k: v for k, v in s.items() if k != "labels"}, "labels'?,? (is missing|which targets declares)"),
        (lambda s: {k: v for k, v in s.items() if k != "names"}, "names is carried by the boxes of one sample only"),
        (lambda s: s | {"labels": 5}, "5 is not one of 5 classes"),
        (lambda s: s | {"labels": np.ones(4)}, "has 4 numbers for each sample, and there are 5 classes"),
        (lambda s: s | {"labels": "cat"}, "only numbers can be mixed"),
    ],
)  # fmt: skip
def test_samples_that_do_not_fit_say_why(change, message):
    samples = dataset(2)
    samples[1] = change(samples[1])
    with pytest.raises(SampleError, match=message):
        augment.compile(augment.Pipeline([ops.Mixup(alpha=1.0)], targets=TARGETS)).over(samples)[0]


def test_whole_numbers_without_classes_are_an_error():
    spec = augment.Pipeline([ops.Mixup(alpha=1.0)])
    with pytest.raises(SampleError, match="classes: N"):
        augment.compile(spec).over([{"image": np.zeros((4, 4, 3), np.uint8), "labels": 1}] * 2)[0]


def test_limited_to_images_the_rest_stays(photo):
    spec = augment.Pipeline([ops.Mixup(alpha=1.0, on=["image"])])
    samples = [{"image": photo, "keypoints": [[1.0, 2.0]]}, {"image": 255 - photo, "keypoints": [[5.0, 6.0]]}]
    assert augment.compile(spec).over(samples)[0]["keypoints"] == [[1.0, 2.0]]


def test_items_of_other_forms():
    """Images alone and pairs come out as they came in; what has no form of a sample is told how to become one."""
    images = [d["image"] for d in dataset()]
    turned = augment.compile({"pipeline": [{"rotate": 5}]})
    want = turned.over([{"image": image} for image in images])[0]["image"]
    assert (turned.over(images)[0] == want).all()
    image, label = turned.over([(image, 1) for image in images])[0]
    assert (image == want).all() and label == 1
    with pytest.raises(SampleError, match=r"not tuple of 3: name its parts, \{'image': item\[0\], ...\}"):
        turned.over([(image, 1, 2) for image in images])[0]
    with pytest.raises(SampleError, match="whole numbers from 0"):
        turned.over(images).set_epoch(-1)


def test_records_of_a_mixing_spec(photo):
    """The draws are told; a sample alone is neither recorded nor replayed, and what the errors offer gives the same again."""
    spec = {"seed": 4, "targets": {"image": "image"}, "pipeline": [{"rotate": {"degrees": "±30"}}, {"mixup": {"alpha": 0.4}}]}
    data = [{"image": np.roll(photo, 9 * i, 1)} for i in range(4)]
    record = augment.record(spec, index=3, epoch=2)
    assert record["values"]["mixup"]
    with pytest.raises(SampleError, match=r"record\(spec, index=i\) without a sample"):
        augment.record(spec, data[3], index=3)
    with pytest.raises(SpecError, match=r"needs partners.*over\(dataset\)\[record\['epoch'\], record\['index'\]\]"):
        augment.replay(record, data[3])
    again = augment.compile(augment.loads(record["spec"]), seed=record["seed"]).over(data)[record["epoch"], record["index"]]
    over = augment.compile(spec).over(data)
    over.set_epoch(2)
    assert np.array_equal(again["image"], over[3]["image"])
    assert "dropped" in augment.record({"pipeline": [{"rotate": {"degrees": 3}}]}, data[0], index=0)
