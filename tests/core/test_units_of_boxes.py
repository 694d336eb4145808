"""Boxes whose type, or whose values, tell of another format than the one they are read in: refused, or warned of."""

import warnings

import numpy as np
import pytest

import augment
from augment.errors import SampleError

tv_tensors = pytest.importorskip("torchvision.tv_tensors")

IMAGE = np.zeros((40, 60, 3), np.uint8)
XYXY = np.array([[6.0, 8.0, 30.0, 20.0], [30.0, 4.0, 50.0, 36.0]])
FORMS = {
    "xyxy": XYXY,
    "xywh": np.array([[6.0, 8.0, 24.0, 12.0], [30.0, 4.0, 20.0, 32.0]]),
    "cxcywh": np.array([[18.0, 14.0, 24.0, 12.0], [40.0, 20.0, 20.0, 32.0]]),
    "yolo": np.array([[0.3, 0.35, 0.4, 0.3], [2 / 3, 0.5, 1 / 3, 0.8]]),
}
"""The same two boxes."""
BACKENDS = ["reference", "opencv", "albumentations", "torchvision", "keras"]


def boxes_of(raw, form, backend):
    spec = {
        "targets": {"image": "image", "boxes": {"kind": "boxes", "format": form}},
        "pipeline": [{"horizontal_flip": {"p": 1}}],
    }
    return np.asarray(augment.apply(spec, {"image": IMAGE, "boxes": raw}, backend=backend)["boxes"])


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("said", ["xyxy", "xywh", "cxcywh"])
@pytest.mark.parametrize("form", FORMS)
def test_the_format_that_boxes_themselves_say_is_no_other(said, form, backend):
    raw = tv_tensors.BoundingBoxes(FORMS[said], format=said.upper(), canvas_size=IMAGE.shape[:2])
    if said == form:
        flipped = FORMS[said].copy()
        flipped[:, 0] = 60 - (XYXY[:, 2] if said != "cxcywh" else flipped[:, 0])
        if said == "xyxy":
            flipped[:, 2] = 60 - XYXY[:, 0]
        np.testing.assert_allclose(boxes_of(raw, form, backend), flipped, atol=1e-4)
    else:
        with pytest.raises(SampleError, match=f"format: {said}"):
            boxes_of(raw, form, backend)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("as_list", [False, True])
def test_fractions_read_as_pixels_and_pixels_read_as_fractions_are_told(form, as_list, backend):
    other = {"yolo": FORMS["cxcywh"], "xyxy": XYXY / [60, 40, 60, 40]}.get(form, FORMS["yolo"])
    with pytest.warns(UserWarning, match="boxes: .* fractions"):
        boxes_of(other.tolist() if as_list else other, form, backend)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        for rows in (FORMS[form], FORMS[form][:0]):
            boxes_of(rows.tolist() if as_list else rows, form, backend)


@pytest.mark.parametrize("form", ["xyxy", "xywh"])
@pytest.mark.parametrize("rows", [[[0, 0, 1, 1]], [[0, 0, 0, 0]], [[0.0, 0.0, 0.5, 0.5], [3, 4, 9, 9]], [[-0.5, 0, 0.5, 1]]])
def test_boxes_of_the_first_pixel_are_no_fractions(form, rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        boxes_of(rows, form, "reference")


# Rows of every kind, and batches --------------------------------------------------------------------------------------


PLACES = {
    "boxes": ({"kind": "boxes"}, XYXY),
    "keypoints": ({"kind": "keypoints"}, np.array([[6.0, 8.0], [30.0, 20.0]])),
    "visible": ({"kind": "keypoints"}, np.array([[6.0, 8.0, 2.0], [30.0, 20.0, 1.0]])),
    "polygons": ({"kind": "polygons"}, np.array([[[6.0, 8.0], [30.0, 8.0], [18.0, 20.0]]])),
    "oriented_boxes": (
        {"kind": "oriented_boxes", "format": "corners"}, np.array([[[6.0, 8.0], [30.0, 8.0], [30.0, 20.0], [6.0, 20.0]]]),
    ),
    "turned": ({"kind": "oriented_boxes", "format": "cxcywha"}, np.array([[18.0, 14.0, 24.0, 12.0, 30.0]])),
}  # fmt: skip


def fractions_of(name):
    rows = PLACES[name][1].copy()
    rows[..., :4:2] /= 60
    rows[..., 1:4:2] /= 40
    if name == "visible":
        rows[..., 2] = PLACES[name][1][..., 2]
    return rows


def moved(backend, name, rows, as_list):
    target, _ = PLACES[name]
    spec = {"targets": {"image": "image", name: target}, "pipeline": [{"horizontal_flip": {"p": 1}}]}
    rows = rows.tolist() if as_list else rows
    match backend:
        case "albumentations of its own":
            augment.compile(spec, "albumentations")(image=IMAGE, **{name: rows})
        case "torchvision of its own":
            augment.compile(spec, "torchvision")({"image": IMAGE, name: rows})
        case "tensors":
            torch = pytest.importorskip("torch")
            image = torch.from_numpy(IMAGE).permute(2, 0, 1)
            augment.compile(spec, "torchvision")({"image": image, name: torch.tensor(rows)})
        case "batch":
            layer, both = augment.compile(spec, "keras"), np.stack([rows, rows])
            layer({"images": np.stack([IMAGE, IMAGE]), name: both})
        case "sample of keras":
            augment.compile(spec, "keras")({"images": IMAGE, name: np.asarray(rows)})
        case _:
            augment.apply(spec, {"image": IMAGE, name: rows}, backend=backend)


WAYS = [*BACKENDS, "albumentations of its own", "torchvision of its own", "tensors", "batch", "sample of keras"]
LACKING = {
    (way, name)
    for way in ("keras", "batch", "sample of keras", "torchvision", "tensors", "torchvision of its own")
    for name in ("polygons", "oriented_boxes", "turned")
}
EVERY = [(way, name) for way in WAYS for name in PLACES if (way, name) not in LACKING]


@pytest.mark.parametrize("as_list", [False, True])
@pytest.mark.parametrize(("way", "name"), EVERY, ids=str)
def test_places_as_fractions_are_told_of_every_kind_and_on_every_way(way, name, as_list):
    with pytest.warns(UserWarning, match=f"{name}: .* fractions"):
        moved(way, name, fractions_of(name), as_list)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*fractions")
        moved(way, name, PLACES[name][1], as_list)


@pytest.mark.parametrize("form", ["xyxy", "yolo"])
def test_padding_of_a_batch_tells_nothing(form):
    spec = {
        "targets": {"image": "image", "boxes": {"kind": "boxes", "format": form, "carry": ["labels"]}, "keypoints": "keypoints"},
        "pipeline": [{"horizontal_flip": {"p": 1}}],
    }
    rows = np.stack([FORMS[form], [[0.2, 0.2, 0.4, 0.4], [0.0] * 4]])
    given = {
        "images": np.stack([IMAGE, IMAGE]), "keypoints": np.stack([XYXY[:, :2], [[-1.0, -1.0], [-1.0, -1.0]]]),
        "bounding_boxes": {"boxes": rows, "labels": np.array([[1, 2], [-1, -1]])},
    }  # fmt: skip
    layer = augment.compile(spec, "keras")
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*fractions")
        layer(given)
    given["bounding_boxes"]["labels"] = np.array([[-1, -1], [1, -1]])
    if form == "xyxy":
        with pytest.warns(UserWarning, match="bounding_boxes: .* fractions"):
            layer(given)
