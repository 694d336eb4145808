"""Views of a sample: what is drawn for each, what is common to them, and the same result on every backend."""

import json
import pickle

import numpy as np
import pytest

import augment
from augment.errors import AugmentError, SampleError, UnsupportedOpError
from augment.lint import findings

PAIR = augment.loads("""
seed: 5
pipeline: [horizontal_flip: {p: 0.5}, random_crop: 24]
views:
  weak: [translate: {x: ±3px}]
  crops: {n: 2, pipeline: [rotate: ±20, one_of: [invert, brightness: 1±0.5]]}
""")
COMMON = augment.loads("""
pipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}]
views: {one: [identity], two: {n: 2, pipeline: [identity]}, noisy: [brightness: [1.2, 1.5]]}
""")
RNG = np.random.default_rng(3)
IMAGE = RNG.integers(0, 256, (36, 40, 3), np.uint8)
SAMPLE = {"image": IMAGE, "mask": IMAGE[..., 0] // 64, "boxes": np.array([[8.0, 6.0, 30.0, 28.0]])}


def flat(views):
    return [one for part in views.values() for one in (part if isinstance(part, list) else [part])]


def test_a_sample_becomes_a_mapping_of_views_each_with_its_targets():
    out = augment.apply(PAIR, SAMPLE, index=2)
    assert list(out) == ["weak", "crops"] and len(out["crops"]) == 2
    assert all(one.keys() == SAMPLE.keys() and one["image"].shape == (24, 24, 3) == (*one["mask"].shape, 3) for one in flat(out))
    assert not np.array_equal(out["crops"][0]["image"], out["crops"][1]["image"])


def test_each_view_is_what_its_own_spec_makes():
    out = augment.apply(PAIR, SAMPLE, index=4, epoch=1)
    for at in range(2):
        alone = augment.apply(augment.loads(augment.dumps(PAIR.view("crops", at))), SAMPLE, index=4, epoch=1)
        assert all(np.array_equal(alone[name], out["crops"][at][name]) for name in SAMPLE)


def test_what_is_common_is_drawn_once_and_what_is_not_is_drawn_apart():
    records = [augment.record(PAIR, index=i)["views"] for i in range(100)]
    for views in records:
        every = [one["values"] for one in flat(views)]
        assert all(values["horizontal_flip"] == every[0]["horizontal_flip"] for values in every)
        assert all(values["random_crop"] == every[0]["random_crop"] for values in every)
    turns = np.array([[own["values"][f"crops-{i + 1}-rotate"]["degrees"] for i, own in enumerate(v["crops"])] for v in records])
    assert abs(np.corrcoef(turns.T)[0, 1]) < 0.3 and len(np.unique(turns)) == turns.size


def test_naming_a_further_view_leaves_the_others_as_they_were():
    more = PAIR.replace(views={"first": [augment.ops.Rotate("±9")], **PAIR.views})
    was, now = (augment.record(spec, index=1)["views"]["crops"][0]["values"] for spec in (PAIR, more))
    assert was == now


@pytest.mark.parametrize("backend", ["opencv", "albumentations", "torchvision"])
def test_the_same_key_gives_the_same_views_on_every_backend(backend):
    want, got = (augment.apply(PAIR, SAMPLE, index=7, backend=one) for one in ("reference", backend))
    assert list(got) == list(want)
    for one, other in zip(flat(got), flat(want), strict=True):
        off = np.abs(one["image"].astype(int) - other["image"])
        assert off.max() <= 2 and off.mean() < 0.5
        assert (one["mask"] != other["mask"]).mean() < 0.01
        np.testing.assert_allclose(one["boxes"], other["boxes"], atol=0.01)


def test_records_of_views_replay_elsewhere():
    record = json.dumps(augment.record(PAIR, SAMPLE, index=6))
    want, got = augment.apply(PAIR, SAMPLE, index=6), augment.replay(record, SAMPLE, backend="opencv")
    for one, other in zip(flat(got), flat(want), strict=True):
        assert np.abs(one["image"].astype(int) - other["image"]).max() <= 2


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision"])
def test_unkeyed_calls_draw_once_for_all_views(backend):
    transform = augment.compile(COMMON, backend)
    batched = backend == "torchvision"
    seen = set()
    for _ in range(1 if batched else 12):
        match backend:
            case "reference":
                out = transform({"image": IMAGE})
            case "albumentations":
                out = transform(image=IMAGE)
            case "torchvision":
                import torch

                out = transform(torch.from_numpy(np.stack([IMAGE.transpose(2, 0, 1)] * 16)))
        first, *twos, noisy = (np.asarray(one if batched else one["image"]) for one in flat(out))
        assert all(np.array_equal(first, two) for two in twos) and not np.array_equal(first, noisy)
        seen |= {one.tobytes() for one in first} if batched else {first.tobytes()}
    assert len(seen) > 1


def test_datasets_loaders_and_saved_objects_of_torch():
    import torch
    from torchvision.transforms import v2

    transform = augment.compile(PAIR, "torchvision")
    picture = torch.from_numpy(IMAGE.transpose(2, 0, 1).copy())
    over = transform.over([(picture, i) for i in range(4)])
    batches = list(torch.utils.data.DataLoader(over, batch_size=2))
    (weak, labels), crops = batches[1]["weak"], batches[1]["crops"]
    assert weak.shape == (2, 3, 24, 24) and labels.tolist() == [2, 3] and len(crops) == 2
    assert torch.equal(weak[1], pickle.loads(pickle.dumps(transform)).at(3)(picture)["weak"])
    assert torch.equal(transform.at(2)(torch.stack([picture] * 2))["crops"][0][1], crops[0][0][1])
    assert isinstance(v2.Compose([transform])(picture)["weak"], torch.Tensor) and "crops: " in repr(transform)
    calm = transform.eval()(picture)
    assert torch.equal(calm["crops"][0], calm["crops"][1])
    torch.manual_seed(1)
    first = transform.train()(picture)["weak"]
    torch.manual_seed(1)
    assert torch.equal(first, transform(picture)["weak"])


def test_keras_has_them_as_a_layer_in_models_and_tf_data(tmp_path):
    import augment_keras
    import keras
    import tensorflow as tf

    spec = augment.loads("""
pipeline: [horizontal_flip: {p: 0.5}]
views: {weak: [center_crop: 24], crops: {n: 2, pipeline: [brightness: {factor: 1±0.5, p: 0.5}]}}
""")
    layer = augment.compile(spec, "keras", jit_compile=False)
    photos = np.stack([IMAGE] * 3)
    given = keras.Input((36, 40, 3), dtype="uint8")
    model = keras.Model(given, layer(given))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    calm = again(photos, training=False)
    assert calm["weak"].shape == (3, 24, 24, 3) and np.array_equal(calm["crops"][0], photos)
    fresh = model(np.zeros_like(photos) + np.arange(40, dtype=np.uint8)[:, None], training=True)
    rising = [np.asarray(one)[:, 0, 10, 0] < np.asarray(one)[:, 0, 13, 0] for one in flat(fresh)]
    assert all(np.array_equal(one, rising[0]) for one in rising)
    with pytest.raises(AugmentError, match="several views"):
        augment_keras.strip(model)
    keyed = layer.at(6)(photos)
    want = augment.apply(spec, {"image": IMAGE}, index=7)
    assert np.abs(np.asarray(keyed["crops"][1][1], int) - want["crops"][1]["image"]).max() <= 1
    mask, same = (augment.apply(spec, SAMPLE, index=7, backend=one)["weak"]["mask"] for one in ("keras", "reference"))
    assert np.array_equal(mask, same)
    entries = tf.data.Dataset.from_tensor_slices(photos).batch(3).map(layer)
    assert all(out["crops"][1].shape == (3, 36, 40, 3) for out in entries)
    assert layer.compute_output_shape((None, 36, 40, 3))["crops"] == [(None, 36, 40, 3)] * 2


def test_a_dataset_is_read_once_for_all_views_and_mixes_by_key():
    class Counting(list):
        reads = 0

        def __getitem__(self, at):
            self.reads += 1
            return super().__getitem__(at)

    common = "pipeline: [horizontal_flip: {p: 0.5}]"
    spec = augment.loads(f"{common}\nviews: {{a: [mixup: {{alpha: 1}}], b: {{n: 2, pipeline: [identity]}}}}")
    dataset = Counting({"image": np.full((8, 8, 3), 30 * i, np.uint8)} for i in range(5))
    over = augment.compile(spec, "reference").over(dataset)
    out = over[3]
    assert dataset.reads == 2 and (out["b"][1]["image"] == 90).all() and not (out["a"]["image"] == 90).all()
    assert np.array_equal(over[0, 3]["a"]["image"], out["a"]["image"])
    together = augment.compile(spec, "opencv").collate(list(dataset))
    assert len(together["a"]) == 5 and len(together["b"][0]) == 5


def test_texts_have_views_too():
    spec = augment.loads("views: {plain: [], noisy: {n: 2, pipeline: [typo_characters: {rate: 0.4}]}}")
    edit = augment.compile(spec, "builtin")
    out = edit.at(3)(["a sentence of several words", "another one that is as long"])
    assert out["plain"][1] == "another one that is as long" and len(out["noisy"]) == 2
    assert out["noisy"][0][0] != out["noisy"][1][0]
    alone = augment.apply(spec, {"text": "a sentence of several words"}, backend="builtin", index=3)
    assert alone["noisy"][1]["text"] == out["noisy"][1][0]


def test_errors_tell_the_place_in_the_spec_with_the_views():
    with pytest.raises(SampleError, match=r"views.a\[1\].random_crop"):
        augment.apply({"pipeline": ["rotate90"], "views": {"a": ["rotate90", {"random_crop": 99}]}}, SAMPLE)
    with pytest.raises(UnsupportedOpError, match=r"views.a\[0\].rotate"):
        augment.compile({"views": {"a": [{"rotate": 5}]}}, "nlpaug")


def test_lint_tells_what_is_common_once_and_what_is_a_views_own_there():
    spec = augment.loads("pipeline: [rotate: 0]\nviews: {a: [rotate: 0], b: {n: 2, pipeline: [identity, rotate: 0]}}")
    found = [(one.path, one.rule) for one in findings(spec) if one.path]
    assert {path.split(".rotate")[0] for path, _ in found} >= {"pipeline[0]", "views.a[0]", "views.b[1]"}
    assert len(found) == len(set(found))


def test_the_command_line_checks_all_and_takes_one(tmp_path, augment):
    path = tmp_path / "spec.yaml"
    path.write_text("views: {a: [random_crop: 8], b: {n: 2, pipeline: [random_crop: 9]}}")
    assert augment("check", path, "-b", "keras").exit_code == 0
    assert "b, 2 times" in augment("explain", path).output
    assert list(json.loads(augment("explain", path, "--json").output)["views"]) == ["a", "b"]
    assert "b-2-random_crop" in augment("explain", path, "--view", "b[1]").output
    picture = tmp_path / "photo.png"
    from PIL import Image

    Image.fromarray(IMAGE).save(picture)
    refused = augment("apply", path, picture, tmp_path / "out.png")
    assert refused.exit_code == 1 and "--view 'a'" in refused.output
    assert augment("apply", path, picture, tmp_path / "out", "--view", "b[1]").exit_code == 0
    assert Image.open(tmp_path / "out" / "photo.png").size == (9, 9)
