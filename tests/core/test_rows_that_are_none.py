"""What is no list of rows is told as that: on every backend, in every form of a call, for boxes and keypoints."""

import numpy as np
import pytest

import augment
from augment.errors import SampleError

SPECS = {
    "undeclared": {"pipeline": [{"horizontal_flip": {"p": 1}}]},
    "declared": {
        "targets": {"image": "image", "boxes": {"kind": "boxes", "carry": ["labels"]}, "keypoints": "keypoints"},
        "pipeline": [{"horizontal_flip": {"p": 1}}, {"center_crop": 20}],
    },
    "idle": {"pipeline": [{"brightness": 1.1}]},
}
IMAGE = np.random.default_rng(0).integers(0, 256, (30, 30, 3), dtype=np.uint8)
GOOD = {"boxes": [[1, 2, 8, 9]], "keypoints": [[4, 5]], "bboxes": [[1, 2, 8, 9]]}
MORE = [[[1, 2, 3]], [[[1, 2, 3, 4]]], np.zeros((2, 3)), np.zeros((1, 1, 4))]
NO_ROWS = [
    None, {}, {"a": 1}, 5, 1.5, True, "boxes", "", b"1234", [None], [[1, 2, 3, 4], None], [1, 2, 3, 4], [[1, 2], 3],
    [["a", "b", "c", "d"]],
    *MORE, [{}], [[None] * 4], [object()], object(), np.array(3),
    np.array([None]), [[1j, 2, 3, 4]], {1, 2}, range(4),
]  # fmt: skip


def calls(backend, spec):
    """Yield ways to run a spec on a sample: by the verb, and by each form of the compiled object."""
    yield "apply", lambda sample: augment.apply(spec, sample, backend=backend)
    if backend == "keras":
        yield "over", lambda sample: augment.compile(spec, "keras").over([sample])[0]
        return
    compiled = augment.compile(spec, backend)
    if backend == "albumentations":
        yield "call", lambda sample: compiled(**sample)
        yield "at", lambda sample: compiled.at(3)(**sample)
    else:
        yield "call", compiled
        yield "at", lambda sample: compiled.at(3)(sample)
    yield "over", lambda sample: compiled.over([sample])[0]
    yield "collate", lambda sample: compiled.collate([sample, sample])


@pytest.mark.parametrize("rows", NO_ROWS, ids=lambda rows: repr(rows).partition(" at 0x")[0][:24])  # workers have other addresses
@pytest.mark.parametrize("kind", ["boxes", "keypoints"])
@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_what_is_no_rows_is_told(backend, spec, kind, rows):
    if kind == "keypoints" and any(rows is more for more in MORE):
        pytest.skip("further columns of keypoints stay with their rows, and torchvision has them in groups")
    sample = {"image": IMAGE, kind: rows}
    if spec == "declared":
        sample = {"image": IMAGE, **{k: GOOD[k] for k in ("boxes", "keypoints") if k != kind}, kind: rows, "labels": [1]}
    for way, call in calls(backend, SPECS[spec]):
        with pytest.raises(SampleError, match=kind):
            call(sample)
            pytest.fail(f"{way} took {rows!r}")


@pytest.mark.parametrize("rows", [None, [None], [{}], {}, {"boxes": None}, np.array(3)], ids=repr)
@pytest.mark.parametrize("key", ["boxes", "bounding_boxes", "keypoints"])
def test_the_layer_tells_it_too(key, rows):
    layer = augment.compile(SPECS["undeclared"], "keras")
    with pytest.raises(SampleError, match="boxes" if key != "keypoints" else key):
        layer({"images": IMAGE[None], key: rows})
