"""Saved, loaded, stripped, exported and trained models; ``tf.data``; and the other engines, in processes of their own."""


import augment_keras
import keras
import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops

SPEC = augment.Pipeline(
    [ops.RandomResizedCrop(size=32, area=(0.3, 1.0)), ops.HorizontalFlip(p=0.5), ops.Normalize("imagenet")],
    seed=3, name="augmented",
)  # fmt: skip


def layer(**options):
    return augment.compile(SPEC, "keras", **{"jit_compile": False, **options})


def models():
    photo = keras.Input((96, 112, 3), name="photo")
    functional = keras.Model(photo, keras.layers.Dense(2)(keras.layers.Flatten()(layer()(photo))))
    sequential = keras.Sequential([keras.Input((96, 112, 3)), layer(), keras.layers.Flatten(), keras.layers.Dense(3)])
    nested = keras.Sequential([keras.Input((96, 112, 3)), sequential])
    return {"functional": functional, "sequential": sequential, "nested": nested}


def test_a_saved_model_loads_in_a_fresh_process(photos, tmp_path, fresh_process) -> None:
    images = photos.astype("float32")
    want = {}
    for name, model in models().items():
        model.save(tmp_path / f"{name}.keras")
        want[name] = model.predict(images, verbose=0)
    want["keyed"] = np.asarray(layer().at(index=5)(images))
    np.savez(tmp_path / "want.npz", images=images, **want)
    said = fresh_process(
        """
import sys
import augment
assert "keras" not in sys.modules, "importing augment must import no framework"
import keras, numpy as np
assert "augment_keras" not in sys.modules, "nobody has looked up the layer"
want = np.load("want.npz")
for name in ("functional", "sequential", "nested"):
    model = keras.saving.load_model(name + ".keras")
    assert np.abs(model.predict(want["images"], verbose=0) - want[name]).max() < 1e-6, name
ours = keras.saving.load_model("sequential.keras").layers[0]
assert np.array_equal(ours.at(index=5)(want["images"]), want["keyed"])
print(type(ours).__name__, ours.name, ours.spec.seed)
"""
    )
    assert said.split() == ["Augment", "augmented", "3"]


FIRST = {
    "augment": "import augment, keras",
    "keras": "import keras, augment",
    "the plugin": "import augment_keras, keras",
    "a part of keras": "import augment; from keras.saving import load_model",
    "a look whether keras is there": "import augment; from importlib.util import find_spec; find_spec('keras')",
    "a list of backends": "import augment; from augment.plugins import backends; [b.missing() for b in backends().values()]",
    "a compiled layer": "import augment; augment.compile({'pipeline': [{'rotate': 5}]}, 'keras')",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with a model in each form in which Keras writes one."""
    folder = tmp_path_factory.mktemp("saved")
    models()["sequential"].save(folder / "model.keras")
    models()["functional"].save(folder / "model.h5")
    (folder / "model.json").write_text(models()["nested"].to_json())
    return folder


FEW = ("augment", "the plugin", "a part of keras")
"""Of each way to come to know Keras one in the quick share."""


@pytest.mark.parametrize(
    "first", [pytest.param(code, id=name, marks=() if name in FEW else pytest.mark.matrix) for name, code in FIRST.items()]
)
def test_a_saved_model_loads_whatever_is_imported_first(first, saved, fresh_process) -> None:
    """And again, when the layer itself is known."""
    program = """
import keras, sys
from keras.saving import load_model
for _ in range(2):
    for model in (load_model("model.keras"), load_model("model.h5"), keras.models.model_from_json(open("model.json").read())):
        layers = [layer for part in model.layers for layer in getattr(part, "layers", [part])]
        assert any(isinstance(layer, sys.modules["augment_keras"].Augment) for layer in layers)
assert keras.saving.get_registered_object("augment>Augment") is sys.modules["augment_keras"].Augment
assert not any("keras" in getattr(finder, "awaited", ()) for finder in sys.meta_path)
"""
    fresh_process(f"{first}\nimport os; os.chdir({str(saved)!r})\n{program}", "jax")


def test_strip_takes_the_augmentation_out(photos) -> None:
    ready = layer()(photos, training=False)
    for name, model in models().items():
        stripped = augment_keras.strip(model)
        assert stripped.input_shape == (None, 32, 32, 3), name
        assert "Augment" not in str(stripped.to_json()), name
        assert np.abs(stripped.predict(ready, verbose=0) - model.predict(photos, verbose=0)).max() < 1e-5, name
    index = keras.Input((), dtype="int32", name="index")
    batch = {"images": keras.Input((96, 112, 3), dtype="uint8", name="images"), "index": index}
    keyed = keras.Model(batch, keras.layers.Flatten()(layer()(batch)["images"]))
    assert augment_keras.strip(keyed).input["images"].shape == (None, 32, 32, 3)


def test_an_exported_model_serves_the_inference_form_without_us(photos, tmp_path, fresh_process) -> None:
    model = models()["sequential"]
    model.export(tmp_path / "served", verbose=False)
    images = photos.astype("float32")
    np.savez(tmp_path / "want.npz", images=images, out=model.predict(images, verbose=0))
    fresh_process(
        """
import sys
import numpy as np, tensorflow as tf
want = np.load("want.npz")
model = tf.saved_model.load("served")
assert np.abs(model.serve(want["images"]).numpy() - want["out"]).max() < 1e-4
assert not any(name.split(".")[0] in ("augment", "augment_keras") for name in sys.modules)
"""
    )


@pytest.mark.parametrize("batched", [True, False], ids=["batched", "unbatched"])
def test_tf_data_is_keyed_whatever_the_number_of_calls(batched, detection, as_numpy) -> None:
    plain = augment.compile(SPEC[:-1], "keras", jit_compile=False)
    data = tf.data.Dataset.from_tensor_slices(detection)
    data = data.batch(3).map(plain, num_parallel_calls=3) if batched else data.map(plain, num_parallel_calls=3).batch(3)
    assert data.element_spec["images"].shape[1:] == (32, 32, 3)
    out = [as_numpy(batch) for batch in data]
    want = as_numpy(plain(detection))
    for name in ("images", "keypoints", "segmentation_masks"):
        got = np.concatenate([batch[name] for batch in out])
        assert np.abs(got.astype(float) - want[name]).max() <= (1 if name == "images" else 1e-3), name


def test_photographs_of_many_sizes_in_tf_data() -> None:
    sizes = [(60, 80), (90, 50), (41, 41)]
    photos = [np.random.default_rng(i).integers(0, 256, (*size, 3), np.uint8) for i, size in enumerate(sizes)]
    spec = augment.Pipeline([ops.RandomResizedCrop(size=32, area=(0.3, 1.0)), ops.Rotate(degrees=(-9, 9))], seed=6)
    ours = augment.compile(spec, "keras")
    data = tf.data.Dataset.from_generator(lambda: iter(photos), output_signature=tf.TensorSpec((None, None, 3), tf.uint8))
    data = data.enumerate().map(lambda i, image: ours({"images": image, "index": i})["images"])
    assert data.element_spec.shape == (32, 32, 3)
    for i, got in enumerate(data):
        want = augment.apply(spec, {"image": photos[i]}, index=i)["image"]
        assert np.abs(got.numpy().astype(int) - want).max() <= 1


def test_sizes_unknown_to_a_graph() -> None:
    """Resize by a side, pad, elastic: what is computed from the size; and windows are checked when the graph runs."""
    photo = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    for pipeline in (
        [ops.Resize(short=48), ops.CenterCrop(size=40)], [ops.Pad(size=100, fill=0.5), ops.Rotate(degrees=20)],
        [ops.Elastic(alpha=0.02, sigma=0.1), ops.GaussianBlur(sigma="1px")],
    ):  # fmt: skip
        spec = augment.Pipeline(pipeline)
        run = graph_of(spec)
        assert np.abs(run(photo).numpy().astype(int) - augment.apply(spec, {"image": photo})["image"]).max() <= 1
    with pytest.raises(tf.errors.InvalidArgumentError, match="does not fit"):
        graph_of(augment.Pipeline([ops.RandomCrop(size=70)]))(photo)
    with pytest.raises(Exception, match="known height and width"):
        graph_of(augment.Pipeline([ops.GaussianBlur(sigma=0.02)]))(photo)


def graph_of(spec):
    ours = augment.compile(spec, "keras").at(index=0)
    return tf.function(ours, input_signature=[tf.TensorSpec((None, None, 3), tf.uint8)], autograph=False)


def test_fit_with_mixup_under_xla(photos) -> None:
    targets = {"image": "image", "labels": {"kind": "labels", "classes": 3}}
    spec = augment.Pipeline([ops.Rotate(degrees=(-9, 9)), ops.Mixup(alpha=0.4), ops.ToFloat()], targets=targets)
    mix = augment.compile(spec, "keras", jit_compile=False)
    data = tf.data.Dataset.from_tensor_slices({"images": photos[:, :32, :32], "labels": np.arange(4) % 3}).batch(2)
    data = data.map(mix).map(lambda batch: (batch["images"], batch["labels"]))
    within = augment.compile(augment.Pipeline([ops.Translate(x=(-0.1, 0.1))]), "keras", value_range=(0, 1))
    model = keras.Sequential([within, keras.layers.Flatten(), keras.layers.Dense(3, activation="softmax")])
    model.compile("sgd", "categorical_crossentropy", jit_compile=True)
    history = model.fit(data, validation_data=data, epochs=1, verbose=0).history
    assert np.isfinite(history["loss"]).all() and np.isfinite(history["val_loss"]).all()


ENGINE = """
import numpy as np
import augment, keras
from augment import ops
from augment.testing.tolerance import assert_images_close
assert keras.backend.backend() == "ENGINE"
photos = np.load("photos.npy")
pipelines = {
    "warps": [ops.HorizontalFlip(p=0.5), ops.Rotate(degrees=(-9, 9), border="reflect"), ops.Perspective(distortion=0.3, p=0.5)],
    "borders": [ops.Scale(factor=(0.5, 0.8), fill=0.5), ops.Rotate(degrees=9, fill=(1, 0, 0)), ops.Pad(size=128, border="wrap")],
    "colours": [ops.ColorJitter(brightness=(0.8, 1.2), contrast=(0.8, 1.2), saturation=(0.8, 1.2), hue=(-30, 30)),
                ops.OneOf([ops.Gamma(gamma=(0.5, 2)), ops.Posterize(bits=(2, 6)), ops.Solarize(threshold=0.5)])],
    "sizes": [ops.RandomResizedCrop(size=48, area=(0.3, 1.0)), ops.GaussianBlur(sigma=("0.5px", "2px")), ops.Normalize("clip")],
    "elastic": [ops.Elastic(alpha=0.02, sigma=0.1), ops.CoarseDropout(holes=(1, 4), height=0.2, width=0.2)],
}
for name, pipeline in pipelines.items():
    spec = augment.Pipeline(pipeline, seed=3)
    layer = augment.compile(spec, "keras")
    for images in (photos, photos.astype("float32")):
        out = keras.ops.convert_to_numpy(layer.at(index=0)(images))
        for i in range(4):
            photo = photos[i] if images.dtype == np.uint8 else photos[i] / np.float32(255)
            want = augment.apply(spec, {"image": photo}, index=i)["image"]
            got = out[i] / np.float32(255) if out.dtype == np.float32 and name != "sizes" else out[i]
            assert_images_close(got, want, scale=4 if name == "sizes" else 1)
values = augment.compile(augment.Pipeline([ops.GaussianNoise(std=0.1)]), "keras", value_range=(0, 1))
noise = keras.ops.convert_to_numpy(values(np.full((2, 64, 64, 3), 0.5, np.float32))) - 0.5
assert abs(noise.std() - 0.1) < 0.003

import tensorflow as tf
spec = augment.Pipeline([ops.RandomCrop(size=40), ops.Rotate(degrees=(-9, 9)), ops.Brightness(factor=(0.5, 1.5))], seed=1)
layer = augment.compile(spec, "keras")
corners = np.tile(np.float32([[20, 20, 70, 60], [30, 40, 90, 90]]), (4, 1, 1))
boxes = {"boxes": corners, "labels": np.tile(np.int32([1, 2]), (4, 1))}
batch = {"images": photos, "bounding_boxes": boxes, "index": np.arange(4)}
want = keras.tree.map_structure(keras.ops.convert_to_numpy, layer(batch))
data = tf.data.Dataset.from_tensor_slices(batch)
for mapped in (data.batch(2).map(layer), data.map(layer, num_parallel_calls=2).batch(2)):
    out = [keras.tree.map_structure(lambda x: x.numpy(), b) for b in mapped]
    assert np.abs(np.concatenate([b["images"] for b in out]).astype(int) - want["images"]).max() <= 1
    assert np.array_equal(np.concatenate([b["bounding_boxes"]["labels"] for b in out]), want["bounding_boxes"]["labels"])
    assert np.abs(np.concatenate([b["bounding_boxes"]["boxes"] for b in out]) - want["bounding_boxes"]["boxes"]).max() < 0.01
augmented = augment.compile(spec, "keras")
model = keras.Sequential([keras.Input((96, 112, 3)), augmented, keras.layers.Flatten(), keras.layers.Dense(2)])
model.compile("sgd", "mse", jit_compile=False)
model.fit(photos.astype("float32"), np.zeros((4, 2)), verbose=0, batch_size=2)
print("done")
"""


@pytest.mark.parametrize("engine", ["torch", "jax"])
def test_other_engines_compute_the_same(engine, photos, tmp_path, fresh_process) -> None:
    np.save(tmp_path / "photos.npy", photos)
    assert fresh_process(ENGINE.replace("ENGINE", engine), engine).strip().endswith("done")


def test_importing_the_plugin_imports_no_framework(fresh_process) -> None:
    fresh_process(
        """
import sys
import augment_keras, augment_keras.backend
assert not {"keras", "tensorflow", "torch", "jax"} & set(sys.modules)
"""
    )
