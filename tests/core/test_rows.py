"""Beside rows that can be dropped or moved, an entry of as many rows is carried or refused: whatever its name, in any form of
sample, on every backend. Coordinates that nothing would move are refused wherever they stand."""

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment
from augment.errors import SampleError

CROP = [{"center_crop": 10}]
BOXES = [[0, 0, 5, 5], [12, 12, 18, 18]]
POINTS = [[1, 1], [15, 15]]
IMAGE = np.zeros((30, 30, 3), np.uint8)
TENSOR = torch.zeros(3, 30, 30)
NAMES = ["labels", "classes", "class_ids", "cls", "category", "track_ids", "conf", "names", "xyz"]
WAYS = ["reference", "albumentations", "torchvision", "keras"]


def run(way, spec, sample):
    match way:
        case "torchvision":
            return augment.compile(spec, way)({**sample, "image": TENSOR})
        case "albumentations":
            return augment.compile(spec, way)(**sample)
        case "keras":
            rows = {k: np.asarray(v, np.float32) for k, v in sample.items() if k != "image"}
            return augment.compile(spec, way)({"image": IMAGE.astype(np.float32), **rows})
    return augment.apply(spec, sample, backend=way)


def kept(rows):
    """The rows that are left: in Keras a row that is gone is -1 if it is a class, and else 0."""
    return [int(row) for row in np.asarray(rows).ravel() if row not in (-1, 0)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", NAMES)
@pytest.mark.parametrize("kind", ["boxes", "keypoints"])
@pytest.mark.parametrize("declared", [False, True, "labels"])
def test_rows_of_any_name_are_carried_or_refused(way, key, kind, declared):
    targets = {"image": "image", kind: kind, **({key: "labels"} if declared == "labels" else {})} if declared else {}
    sample = {"image": IMAGE, kind: BOXES if kind == "boxes" else POINTS, key: [7, 8]}
    try:
        out = run(way, {"targets": targets, "pipeline": CROP}, sample)
    except SampleError as error:
        assert key in str(error) and ("carry" in str(error) or "call it labels" in str(error) or "did you mean" in str(error))
    else:
        assert kept(out[key]) == [8]
    carry = {"kind": kind, "carry": [key]}
    out = run(way, {"targets": {"image": "image", kind: carry}, "pipeline": CROP}, sample)
    assert kept(out[key]) == [8]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_declared_to_belong_to_something_else_is_left(way):
    targets = {"image": "image", "boxes": {"kind": "boxes", "carry": []}, "votes": "labels"}
    out = run(way, {"targets": targets, "pipeline": CROP}, {"image": IMAGE, "boxes": BOXES, "votes": [7, 8]})
    assert kept(out["votes"]) == [7, 8]


@pytest.mark.parametrize("way", WAYS)
def test_what_tells_something_of_the_image_is_left(way):
    out = run(way, {"pipeline": CROP}, {"image": IMAGE, "boxes": BOXES, "orig_size": [30, 30], "image_id": [4, 5]})
    assert kept(out["orig_size"]) == [30, 30] and kept(out["image_id"]) == [4, 5]


FORMS = [BOXES, np.float32(BOXES), torch.tensor(BOXES), [torch.tensor(row) for row in BOXES]]
DECLARED = {"image": "image", "boxes": "boxes"}


@pytest.mark.parametrize("boxes", FORMS, ids=range(4))
@pytest.mark.parametrize("labels", [[7, 8], (7, 8), np.array([7, 8]), torch.tensor([7, 8]), ["a", "b"]], ids=range(5))
@pytest.mark.parametrize("form", [tuple, list])
@pytest.mark.parametrize("targets", [{**DECLARED, "labels": "labels"}, DECLARED])
def test_tuples_and_lists_carry_as_mappings_do(boxes, labels, form, targets):
    transform = augment.compile({"targets": targets, "pipeline": CROP}, "torchvision")
    try:
        _, left, told = transform(form([TENSOR, boxes, labels]))
    except SampleError as error:
        assert "row" in str(error) or "unclaimed" in str(error) or "nothing says" in str(error)
        return
    assert len(left) == len(told) == 1 and str(next(iter(told))) in ("8", "b", "tensor(8)")
    np.testing.assert_allclose(np.asarray(torch.as_tensor(np.asarray(left[0]))), [2, 2, 8, 8])


ROW = torch.tensor([0.0, 0, 5, 5])


@pytest.mark.parametrize("rows", [[ROW], (ROW,), [ROW.numpy()]], ids=range(3))
@pytest.mark.parametrize("targets", [{}, DECLARED])
@pytest.mark.parametrize("over", [False, True])
def test_rows_in_a_list_are_moved(rows, targets, over):
    transform = augment.compile({"targets": targets, "pipeline": [{"horizontal_flip": {"p": 1}}]}, "torchvision")
    sample = {"image": TENSOR, "boxes": rows}
    out = transform.over([sample])[0] if over else transform(sample)
    np.testing.assert_allclose(np.asarray([np.asarray(row) for row in out["boxes"]]), [[25, 0, 30, 5]])


NESTED = {
    "bndbox": {"annotation": {"object": [{"name": "cat", "bndbox": {"xmin": "1", "ymin": "1", "xmax": "5", "ymax": "5"}}]}},
    "bbox": {"objects": {"bbox": [[0, 0, 5, 5], [1, 1, 2, 2], [3, 3, 4, 4]]}},
    "segmentation": {"segmentation": [[[0.0, 0, 5, 5, 5, 0]], [[1.0, 1, 2, 2, 2, 1]], [[1.0, 1, 2, 2, 2, 1]]]},
    "polygons": {"polygons": [[0.0, 0, 5, 5, 5, 0]]},
    "landmarks": {"face": {"landmarks": [[1.0, 2.0]]}},
}


@pytest.mark.parametrize("way", ["reference", "albumentations", "torchvision"])
@pytest.mark.parametrize("name", NESTED)
@pytest.mark.parametrize("boxes", [False, True])
def test_places_that_nothing_moves_are_refused(way, name, boxes):
    sample = {"image": IMAGE, **NESTED[name], **({"boxes": BOXES} if boxes else {})}
    with pytest.raises(SampleError, match=name):
        run(way, {"pipeline": CROP}, sample)


@pytest.mark.parametrize("second", [[[1, 1, 5, 5]], torch.tensor([[1, 1, 5, 5]])], ids=["list", "tensor"])
def test_a_batch_of_lists_is_no_sample(second):
    first = {"image": TENSOR, "boxes": [[0, 0, 5, 5]]}
    with pytest.raises(SampleError):
        augment.compile({"pipeline": CROP}, "torchvision")([first, {"image": TENSOR, "boxes": second}])


ANNOTATION = {"annotation": {"object": [{"name": "cat", "bndbox": {"xmin": "2", "ymin": "3", "xmax": "9", "ymax": "9"}}]}}


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("labels", [ANNOTATION, [ANNOTATION], {"bbox": [[1, 2, 3, 4]]}], ids=["voc", "a list", "coco"])
def test_places_under_labels_that_nobody_declared_are_refused(backend, labels):
    sample = {"image": np.zeros((20, 30, 3), np.uint8), "labels": labels}
    with pytest.raises(augment.errors.SampleError, match="holds places in the image, which nothing would move"):
        augment.apply({"pipeline": [{"horizontal_flip": {"p": 1}}]}, sample, backend=backend)
