"""`over` with a batch size: a `keras.utils.PyDataset` whose samples are those of their keys, in any order and any worker."""

import keras
import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SampleError
from augment.testing import assert_images_close

SPEC = augment.Pipeline([ops.Rotate(degrees=(-30, 30)), ops.CenterCrop(size=24)], seed=4)
TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 7}}
MIXING = augment.Pipeline([*SPEC, ops.Mixup(alpha=0.4)], seed=4, targets=TARGETS)


@pytest.fixture(scope="module")
def pairs(photos):
    return [(np.ascontiguousarray(photos[i % 4][:40, :40]), i) for i in range(7)]


@pytest.mark.parametrize("spec", [SPEC, MIXING], ids=["alone", "mixing"])
def test_samples_are_those_of_their_keys(spec, pairs) -> None:
    batches, want = augment.compile(spec, "keras").over(pairs, batch_size=3), augment.compile(spec)
    samples = want.over([{"image": image, "labels": label} for image, label in pairs])
    assert isinstance(batches, keras.utils.PyDataset) and len(batches) == 3
    for epoch in (0, 2):
        batches.set_epoch(epoch)
        samples.set_epoch(epoch)
        found = [batches[b] for b in range(3)]
        images, labels = (np.concatenate([batch[part] for batch in found]) for part in (0, 1))
        for i in range(7):
            assert_images_close(images[i], samples[i]["image"])
            assert np.allclose(labels[i], samples[i]["labels"], atol=1e-4)


@pytest.mark.parametrize("options", [{}, {"workers": 3}], ids=["here", "workers"])
def test_epochs_are_those_of_fit(options, pairs) -> None:
    layer, seen = augment.compile(SPEC, "keras"), []
    batches = layer.over(pairs, batch_size=4, shuffle=True, **options)
    keyed = layer.keyed
    layer.keyed = lambda samples, index, epoch: (seen.append((epoch, index)), keyed(samples, index, epoch))[1]
    model = keras.Sequential([keras.Input((24, 24, 3)), keras.layers.Flatten(), keras.layers.Dense(7)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(batches, initial_epoch=1, epochs=4, callbacks=[batches.epochs], verbose=0)
    assert batches.epoch == 3 and {(epoch, i) for epoch in range(1, 4) for i in range(7)} == {key for key in seen if key[0]}
    silent = layer.over(pairs, batch_size=4, **options)
    with pytest.warns(UserWarning, match=r"epoch 0 is read again.*callbacks=\[batches.epochs\]"):
        model.fit(silent, epochs=2, verbose=0)


def test_the_order_is_drawn_for_each_epoch(pairs) -> None:
    batches = augment.compile(SPEC, "keras").over(pairs, batch_size=7, shuffle=True)
    orders = []
    for epoch in (0, 1, 0):
        batches.set_epoch(epoch)
        orders.append(batches[0][1].tolist())
    assert orders[0] == orders[2] != orders[1] and sorted(orders[0]) == sorted(orders[1]) == list(range(7))


def test_mappings_stay_mappings_and_floats_keep_their_range(photos) -> None:
    layer = augment.compile(SPEC, "keras")
    samples = [{"image": photo.astype("float32"), "mask": photo[..., 0] // 99, "image_id": i} for i, photo in enumerate(photos)]
    [batch] = [layer.over(samples, batch_size=4)[0]]
    of_bytes = layer.over([{"image": photo} for photo in photos], batch_size=4)[0]["image"]
    assert batch["mask"].shape == (4, 24, 24) and batch["image_id"].tolist() == [0, 1, 2, 3]
    assert batch["image"].dtype == np.float32 and np.abs(batch["image"] - of_bytes).max() < 2


def test_what_makes_no_batch_is_said(photos, pairs) -> None:
    layer = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "keras")
    with pytest.raises(SampleError, match=r"\(40, 40, 3\) and \(96, 112, 3\) make no batch: resize"):
        layer.over([(photos[0], 0), pairs[0]], batch_size=2)[0]
    with pytest.raises(SampleError, match="at least one sample"):
        layer.over(pairs, batch_size=0)
    with pytest.raises(SampleError, match="give batch_size as well"):
        layer.over(pairs, shuffle=True)
    with pytest.raises(SampleError, match="a pair of an image and its labels, not tuple of 3: name its parts"):
        layer.over([(photos[0], 0, 1)], batch_size=1)[0]
