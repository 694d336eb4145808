"""Whoever asks the layer for the shape of what comes out is told what a call returns: wrappers, unbuilt models, compilers."""

import keras
import numpy as np
import pytest

import augment
from augment import ops

LABELS = {"image": "image", "labels": {"kind": "labels", "classes": 5}, "boxes": {"kind": "boxes", "carry": ["labels"]}}
SPECS = {
    "the same": augment.Pipeline([ops.HorizontalFlip(p=0.5)]),
    "fixed": augment.Pipeline([ops.Resize(size=[30, 40]), ops.Rotate(degrees=9, p=0.5), ops.Normalize("imagenet")]),
    "derived": augment.Pipeline([ops.Pad(multiple=32)]),
    "mixing": augment.Pipeline([ops.RandomCrop(size=24), ops.Mixup(alpha=0.4)], targets=LABELS),
}


def shapes(structure):
    return keras.tree.map_structure(lambda x: tuple(x.shape), structure)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_the_shape_is_that_of_a_call(spec, detection) -> None:
    layer = augment.compile(spec, "keras", jit_compile=False)
    batch = {key: detection[key] for key in ("images", "bounding_boxes", "index")} | {"labels": np.arange(4)}
    forms = [batch]
    if not layer.program.mixes:
        one = keras.tree.map_structure(lambda x: x[0], batch)
        forms = [detection, batch, detection["images"], detection["images"][0], one]
    for form in forms:
        assert layer.compute_output_shape(shapes(form)) == shapes(layer(form)) == shapes(layer.compute_output_spec(form))


def test_sides_that_nobody_knows_stay_unknown() -> None:
    shape = (None, None, None, 3)
    found = [augment.compile(SPECS[name], "keras").compute_output_shape(shape) for name in ("the same", "fixed", "derived")]
    assert found == [shape, (None, 30, 40, 3), shape]
    first = augment.compile(SPECS["fixed"], "keras", data_format="channels_first")
    assert first.compute_output_shape((2, 3, 9, 9)) == (2, 3, 30, 40)


def test_wrappers_and_unbuilt_models(photos) -> None:
    layer, clip = augment.compile(SPECS["fixed"], "keras", jit_compile=False), np.stack([photos[:2], photos[2:]])
    frames = keras.layers.TimeDistributed(layer)
    assert frames(keras.Input(clip.shape[1:])).shape == (None, 2, 30, 40, 3)
    assert frames(clip.astype("float32"), training=False).shape == frames.compute_output_shape(clip.shape) == (2, 2, 30, 40, 3)
    unbuilt = keras.Sequential([layer, keras.layers.Conv2D(2, 3)])
    assert unbuilt.compute_output_shape((None, 96, 112, 3)) == (None, 28, 38, 2)


COMPILED = """
import warnings
import numpy as np, torch, keras, augment
warnings.filterwarnings("error", "Dynamo")
photos = torch.as_tensor(np.load("photos.npy")).float()
spec = {"pipeline": [{"rotate": {"degrees": "±30"}}, {"center_crop": {"size": 20}}]}

class Net(torch.nn.Module):
    def __init__(self, stage):
        super().__init__()
        self.layer, self.conv = augment.compile(spec, "keras", stage=stage), torch.nn.Conv2d(3, 2, 3)
    def forward(self, x):
        return self.conv(self.layer(x).permute(0, 3, 1, 2))

evaluating = Net("eval")
run = torch.compile(evaluating, backend="eager")
for count in (4, 2, 3, 4):
    assert torch.allclose(run(photos[:count]), evaluating(photos[:count]), atol=1e-4)
train = torch.compile(Net("train"), backend="eager")
assert not torch.equal(train(photos), train(photos)), "the draws were frozen into the graph"

layer = augment.compile(spec, "keras")
keyed = torch.compile(lambda x, i: layer({"images": x, "index": i})["images"] * 2, backend="eager")
for first in (0, 7):
    index = torch.arange(first, first + 4)
    assert torch.allclose(keyed(photos, index), layer.at(index)(photos) * 2, atol=1e-3)
warnings.resetwarnings()  # Keras' own layers warn in Dynamo
model = keras.Sequential([keras.Input((96, 112, 3)), layer, keras.layers.Conv2D(2, 3)])
assert torch.compile(model, backend="eager")(photos).shape == (4, 18, 18, 2)
print("done")
"""


def test_torch_compile_goes_around_the_layer(photos, tmp_path, fresh_process) -> None:
    np.save(tmp_path / "photos.npy", photos)
    assert fresh_process(COMPILED, "torch").strip() == "done"
