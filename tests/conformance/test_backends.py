"""Every backend of this distribution against the reference, by the published kit.

The whole matrix, 200 random pipelines on 4 photographs of different sizes, runs with ``pytest -m matrix tests/conformance``.
"""

from typing import Any

import numpy as np
from skimage import data
from skimage.transform import resize

import augment
from augment import ops
from augment.backend import Options
from augment.errors import SampleError
from augment.ops import catalogue
from augment.plugins import get_backend
from augment.program.lower import lower
from augment.testing import BackendSuite, assert_images_close, assert_labels_close
from augment.testing.examples import examples
from augment.testing.photographs import as_type


def photograph(image: np.ndarray, height: int, width: int) -> np.ndarray:
    return np.rint(resize(image, (height, width), anti_aliasing=True) * 255).astype(np.uint8)


class Suite(BackendSuite):
    """On real photographs, of sizes that share no factor."""

    def photographs(self):
        return PHOTOGRAPHS[:2]

    def matrix_photographs(self):
        return PHOTOGRAPHS

    def test_a_field_below_another_is_read_where_the_first_one_leads(self) -> None:
        """Two displacements in a run, and one below a canvas of another size."""
        bend = ops.Elastic(alpha="3px", sigma="14px")
        mirrored = bend.replace(border="reflect")
        for nodes in ([bend, bend], [bend, ops.Pad(size=[141, 150])], [mirrored, ops.HorizontalFlip(p=1), mirrored]):
            self.compare(augment.Pipeline(nodes), as_type(self.photographs()[0], np.float32), self.moved)

PHOTOGRAPHS = [
    photograph(data.astronaut(), 96, 128), photograph(data.chelsea(), 131, 84),
    photograph(data.coffee(), 224, 224), photograph(data.rocket(), 161, 303),
]  # fmt: skip


class TestReference(Suite):
    backend = "reference"


class TestAlbumentations(Suite):
    backend = "albumentations"

    def call(self, compiled: Any, image: np.ndarray, index: int) -> np.ndarray:
        return compiled.at(index=index)(image=image)["image"]


class TestTorchvision(Suite):
    backend = "torchvision"


class TestTorchvisionFloat(Suite):
    """The batch kernels of torch, as a batch of one."""

    backend = "torchvision"
    draws_canvases = False
    options = Options(precision="float")


class TestKeras(Suite):
    """On the engine that KERAS_BACKEND names, TensorFlow by default."""

    backend = "keras"

    def save_and_load(self, compiled: Any) -> Any:
        import keras

        return keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(compiled))

    def call(self, compiled: Any, image: np.ndarray, index: int) -> np.ndarray:
        """As in `fit`: a batch, floats 0..255 out."""
        return np.rint(np.asarray(compiled.at(index=[index])(image[None])))[0]

    def test_a_batch_mixes_as_the_reference_collates(self) -> None:
        """Partners of a batch are each other: the same on the layer and on the reference, images and soft labels."""
        images = np.stack([as_type(np.roll(self.photographs()[0], 17 * i, axis=1), np.float32) for i in range(5)])
        labels = np.eye(5, dtype=np.float32)
        for op in (ops.Mixup(alpha=0.8), ops.Cutmix(alpha=0.8, p=0.7)):
            spec = augment.Pipeline([ops.Rotate(degrees=[-9, 9]), op], seed=3)
            layer = augment.compile(spec, "keras", value_range=(0, 1))
            got = layer.at(index=np.arange(20, 25))({"images": images, "labels": labels})
            samples = [{"image": image, "labels": label} for image, label in zip(images, labels, strict=True)]
            want = augment.compile(spec).collate(samples, indices=range(20, 25))
            for i in range(5):
                assert_images_close(np.asarray(got["images"])[i], want[i]["image"])
                assert_labels_close(np.asarray(got["labels"])[i], want[i]["labels"])


def test_opencv_is_what_albumentations_compiles_to() -> None:
    """Both run one kernel set, which the suite above holds to the reference: here it is enough that they agree."""
    for name, op in catalogue().items():
        if op.modality == "image":
            program = lower(augment.Pipeline([examples(op)[0]], seed=5))
            for image in PHOTOGRAPHS[:2]:
                results = []
                for backend in ("opencv", "albumentations"):
                    sample = {"image": image}
                    engine = get_backend(backend)
                    try:
                        samples = [sample, {"image": PHOTOGRAPHS[2]}]
                        made = engine.apply_over(program, samples, index=0, epoch=0, options=Options())
                        results.append(made["image"])
                    except SampleError as error:
                        results.append(np.frombuffer(str(error).encode(), np.uint8))
                np.testing.assert_array_equal(*results, err_msg=name)
