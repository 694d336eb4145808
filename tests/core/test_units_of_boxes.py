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
