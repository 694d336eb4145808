"""Every form of a pipeline is read, and nothing of any is run."""

import json
import os
import warnings

import pytest

import augment
from augment.errors import SpecError
from augment.native.coming import import_native
from augment.native.reading import read
from augment.native.sources.code import from_code, pipelines
from augment.native.sources.data import from_data
from augment.native.sources.files import from_file

os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
torchvision = pytest.importorskip("torchvision")  # first: TensorFlow cannot stand before it


def names(imported):
    return [node.name() for node in imported.pipeline.pipeline]


@pytest.fixture(scope="module")
def composed():
    A = pytest.importorskip("albumentations")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return A.Compose(
            [A.HorizontalFlip(p=0.3), A.ShiftScaleRotate(), A.OneOf([A.MedianBlur(p=0.2), A.GaussianBlur(p=0.6)]), A.Normalize()],
            bbox_params=A.BboxParams(format="coco", label_fields=["ids"], min_area=4),
        )


def test_albumentations_objects_and_their_dicts_agree(composed):
    A = pytest.importorskip("albumentations")
    live, data = import_native(composed), import_native(json.loads(json.dumps(A.to_dict(composed))))
    assert live.pipeline.pipeline == data.pipeline.pipeline
    assert live.pipeline.targets["boxes"].format == "xywh" and live.pipeline.targets["boxes"].carry == ("ids",)
    assert data.source.version == A.__version__ and live.same


def test_torchvision_objects():
    from torchvision import transforms as v1
    from torchvision.transforms import v2

    made = [
        import_native(lib.Compose([lib.RandomHorizontalFlip(0.2), lib.ColorJitter(0.4, hue=0.1), lib.RandomRotation(5)]))
        for lib in (v1, v2)
    ]
    assert made[0].pipeline == made[1].pipeline and names(made[0]) == ["horizontal_flip", "color_jitter", "rotate"]


def test_keras_objects_and_configurations_agree():
    keras = pytest.importorskip("keras")
    layers = [keras.layers.RandomFlip("vertical"), keras.layers.RandomZoom(0.2), keras.layers.RandomBrightness(0.1)]
    model = keras.Sequential(layers)
    model.build((None, 32, 32, 3))
    live, listed, config = (import_native(x) for x in (model, layers, {"class_name": "Sequential", "config": model.get_config()}))
    assert live.pipeline == listed.pipeline == config.pipeline
    assert names(live) == ["vertical_flip", "scale", "brightness"]


def test_image_data_generator():
    image = pytest.importorskip("keras.src.legacy.preprocessing.image")
    found = import_native(image.ImageDataGenerator(rotation_range=15, horizontal_flip=True, rescale=1 / 255))
    assert names(found) == ["rotate", "horizontal_flip", "to_float"] or names(found) == ["affine", "horizontal_flip", "to_float"]


def test_nlpaug_objects():
    naf, naw = pytest.importorskip("nlpaug.flow"), pytest.importorskip("nlpaug.augmenter.word")
    flow = naf.Sequential([naf.Sometimes([naw.RandomWordAug(action="swap", aug_p=0.1)], aug_p=0.4), naw.RandomWordAug()])
    found = import_native(flow)
    assert names(found) == ["swap_words", "delete_words"]
    assert found.pipeline[0].p == 0.4


def test_ultralytics_knobs():
    knobs = {"task": "detect", "hsv_h": 0.015, "degrees": 10, "fliplr": 0.5, "mosaic": 0, "imgsz": 320, "lr0": 0.01}
    found = import_native(knobs)
    assert names(found)[-1] == "horizontal_flip" and "affine" in names(found)


SOURCE = """
import albumentations as A, cv2
SIZE = 224
common = [A.HorizontalFlip(p=0.5)]
train = A.Compose([A.Resize(SIZE, SIZE * 2), *common, A.Rotate(limit=5, border_mode=cv2.BORDER_REFLECT), A.Normalize()])
val = A.Compose([A.Resize(SIZE, SIZE)])
boom = __import__("os").system("touch RAN")
"""


def test_source_is_read_and_never_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(SOURCE)
    found = read(from_file(tmp_path / "train.py", "train"))
    assert names(found) == ["resize", "horizontal_flip", "rotate", "normalize"]
    assert found.pipeline[0].size == (224, 448) and found.pipeline[2].border == "reflect"
    assert not (tmp_path / "RAN").exists()
    with pytest.raises(SpecError, match=r"holds 2 pipelines: train .* val"):
        from_file(tmp_path / "train.py")
    with pytest.raises(SpecError, match="did you mean 'val'"):
        from_file(tmp_path / "train.py", "vale")


def test_source_of_the_other_libraries():
    text = """
from torchvision.transforms import v2
import torch
from tensorflow.keras import layers
import nlpaug.flow as naf, nlpaug.augmenter.word as naw
a = v2.Compose([v2.RandomResizedCrop(224), v2.RandomApply([v2.ColorJitter(0.4)], p=0.8), v2.ToDtype(torch.float32, scale=True)])
b = tf.keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.1)])
c = naf.Sequential([naw.RandomWordAug(action="swap")])
model = tf.keras.Sequential([layers.Conv2D(3, 3), layers.Dense(2)])
"""
    found = {one.name: names(read(one.source)) for one in pipelines(text)}
    assert found == {
        "a": ["random_resized_crop", "brightness", "to_float"], "b": ["horizontal_flip", "rotate"], "c": ["swap_words"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        {}, [], [1, 2], {"ops": 3, "library": "keras"}, {"ops": [3], "library": "keras"}, {"ops": [{}], "library": "keras"},
        {"ops": [{"class": "Rotate", "kwargs": 3, "args": 4}], "library": "albumentations"}, {"ops": [], "library": "nope"},
        {"transform": {"__class_fullname__": 5, "transforms": [7]}}, {"class_name": "Sequential", "config": {"layers": [1]}},
    ],
)  # fmt: skip
def test_odd_data_is_named_and_never_a_traceback(data):
    try:
        read(from_data(data))
    except SpecError as error:
        assert str(error)


@pytest.mark.parametrize(
    "kwargs",
    [
        {"limit": "lots"}, {"limit": None}, {"limit": [1, 2, 3]}, {"limit": float("nan")}, {"limit": {}}, {"p": 7}, {"p": "half"},
        {"limit": 1e308}, {"border_mode": "sideways"}, {"fill": "x"}, {"interpolation": [[]]}, {"nonsense": 1},
    ],
)  # fmt: skip
def test_odd_arguments_are_told(kwargs):
    imported = read(from_data({"library": "albumentations", "ops": [{"class": "Rotate", "kwargs": kwargs}]}))
    assert imported.remarks


def test_nests_and_cycles_end():
    deep = {"class": "OneOf", "children": []}
    for _ in range(200):
        deep = {"class": "OneOf", "children": [deep]}
    with pytest.raises(SpecError, match="nested"):
        read(from_data({"library": "albumentations", "ops": [deep]}))
    cycle = {"class": "OneOf", "children": []}
    cycle["children"].append(cycle)
    with pytest.raises(SpecError, match="nested"):
        read(from_data({"library": "albumentations", "ops": [cycle]}))
    with pytest.raises(SpecError, match="more than"):
        read(from_data({"library": "keras", "ops": [{"class": "RandomFlip"}] * 20_000}))
    A = pytest.importorskip("albumentations")
    one = A.OneOf([A.HorizontalFlip()])
    one.transforms.append(one)
    with pytest.raises(SpecError, match="holds itself"):
        import_native([one])


@pytest.mark.parametrize(
    "text",
    [
        "", "x = (", "\x00", "(" * 5000, "a = 1", "x = [lambda: 1]\n", "import albumentations as A\nx = A.Compose(f())",
        "x = " + "-" * 9000,
    ],
)  # fmt: skip
def test_odd_source_is_named(text):
    with pytest.raises(SpecError):
        from_code(text)


def test_lambdas_and_classes_of_users_are_named():
    text = """
import albumentations as A
class Mine(A.ImageOnlyTransform): pass
t = A.Compose([A.HorizontalFlip(p=P), A.Lambda(image=lambda x, **k: x), Mine(), helper(3), A.VerticalFlip(p=1)])
"""
    imported = read(from_code(text))
    assert names(imported) == ["vertical_flip"]
    assert [remark.what for remark in imported.having("none")] == ["HorizontalFlip", "Lambda", "Mine", "helper"]
    from torchvision.transforms import v2

    live = import_native(v2.Compose([v2.Lambda(lambda x: x), lambda x: x, v2.RandomInvert()]))
    assert names(live) == ["invert"] and len(live.having("none")) == 2


def test_from_native_warns_or_refuses():
    from torchvision.transforms import v2

    with pytest.warns(UserWarning, match=r"\[0\]: GaussianNoise"):
        spec = augment.from_native(v2.Compose([v2.GaussianNoise(clip=False)]))
    assert len(spec) == 1
    with pytest.raises(SpecError, match="GaussianNoise"):
        augment.from_native(v2.Compose([v2.GaussianNoise(clip=False)]), strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        augment.from_native(v2.Compose([v2.RandomHorizontalFlip()]), strict=True)
    compiled = augment.compile(spec, "torchvision")
    assert augment.from_native(compiled) == spec
    with pytest.raises(SpecError, match="is no pipeline"):
        augment.from_native(3)
