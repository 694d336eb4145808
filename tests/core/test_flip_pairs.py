"""Keypoints with sides: in a mirror the rows of pairs change places, by hand and on every backend."""

import numpy as np
import pytest

import augment
from augment import loads, ops
from augment.engine.paired import mirrored_keypoints
from augment.errors import SampleError, SpecError
from augment.program.lower import lower
from augment.sample import Target
from augment.sample.sides import PRESETS, mirrors

SIZE = 32
POSE = np.array([[15, 4, 2], [20, 6, 2], [11, 6, 1], [24, 20, 0], [5, 22, 2]], float)  # nose, eyes, hands: x, y, visibility
PAIRS = [[1, 2], [3, 4]]
FLIPPED = np.array([[16, 4, 2], [20, 6, 1], [11, 6, 2], [26, 22, 2], [7, 20, 0]], float)  # x to 31 − x, then the pairs
BACKENDS = ("reference", "opencv", "albumentations", "torchvision", "keras")


def run(chain, backend="reference", pose=POSE, pairs=PAIRS, keep="keep", carry=(), **more):
    targets = {"image": "image", "pose": {"kind": "keypoints", "invisible": keep, "flip_pairs": pairs, "carry": list(carry)}}
    image = np.zeros((SIZE, SIZE, 3), np.uint8)
    spec = augment.Pipeline(chain, targets=targets)
    return augment.apply(spec, {"image": image, "pose": pose, **more}, backend=backend)


@pytest.fixture(scope="module", autouse=True)
def _torch_first():
    import torchvision  # noqa: F401  # before TensorFlow


@pytest.mark.parametrize("backend", BACKENDS)
def test_rows_change_places_in_a_mirror(backend):
    """The swap by hand; twice is nothing; what is carried goes along if it is of points, and stays if it names places."""
    names, scores = ["nose", "left_eye", "right_eye", "left_hand", "right_hand"], np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    out = run([ops.HorizontalFlip(p=1)], backend, carry=("names", "scores"), names=names, scores=scores)
    np.testing.assert_allclose(out["pose"], FLIPPED, atol=0.01)
    assert out["names"] == names and np.asarray(out["scores"]).tolist() == [0.1, 0.3, 0.2, 0.5, 0.4]
    twice = run([ops.HorizontalFlip(p=1, id="a"), ops.HorizontalFlip(p=1, id="b")], backend)
    np.testing.assert_allclose(twice["pose"], POSE, atol=0.01)
    two = run([ops.HorizontalFlip(p=1)], backend, np.concatenate([POSE, POSE]), {"rows": 5, "pairs": PAIRS})
    np.testing.assert_allclose(two["pose"], np.concatenate([FLIPPED, FLIPPED]), atol=0.01)


@pytest.mark.parametrize("backend", BACKENDS)
def test_who_has_left_is_missed_in_the_place_that_it_would_have(backend):
    """The left hand (row 3) is cut off after the flip: row 4 is missing, and names and scores with it."""
    crop = [ops.HorizontalFlip(p=1), ops.Translate(x=-0.25)]  # x to 23 − x: below 0 for x = 24, the left hand
    out = run(crop, backend, keep="drop", carry=("names", "scores"), names=list("nlrLR"), scores=[0, 1, 2, 3, 4])
    np.testing.assert_allclose(out["pose"], (FLIPPED - [8, 0, 0])[:4], atol=0.01)
    assert out["names"] == list("nlrL") and out["scores"] == [0, 2, 1, 4]
    assert len(run(crop, backend, np.zeros((0, 3)), keep="drop")["pose"]) == 0


@pytest.mark.parametrize(
    ("chain", "odd"),
    [
        ([ops.VerticalFlip(p=1)], True),
        ([ops.Transpose(p=1)], True),
        ([ops.HorizontalFlip(p=1), ops.VerticalFlip(p=1)], False),
        ([ops.Rotate90(turns=1)], False),
        ([ops.Rotate(degrees=170), ops.Perspective(distortion=0.3)], False),
        ([ops.Transpose(p=1), ops.ColorJitter(brightness="1±0.1"), ops.Rotate90(turns=3)], True),
    ],
)
def test_an_odd_number_of_reflections_is_a_mirror(chain, odd):
    """Places of points are those of a spec without pairs; which row holds them depends on nothing but the parity."""
    plain, paired = run(chain, pairs=[])["pose"], run(chain)["pose"]
    np.testing.assert_allclose(paired, plain[[0, 2, 1, 4, 3]] if odd else plain)
    assert not list(mirrored_keypoints(lower(loads(_spec("flip_pairs: coco")))))
    assert not mirrors(np.eye(3)) and mirrors(np.diag([-1.0, 1, 1])) and mirrors(np.diag([1.0, -1, -1]) * -1)


def test_groups_of_torchvision_are_objects():
    """(people, rows, 2): the pairs are of each, whatever their number."""
    import torch

    targets = {"image": "image", "keypoints": {"kind": "keypoints", "flip_pairs": PAIRS}}
    run_ = augment.compile(augment.Pipeline([ops.HorizontalFlip(p=1)], targets=targets), "torchvision")
    group = torch.tensor(np.stack([POSE, POSE, POSE])[..., :2])
    out = run_({"image": torch.zeros(3, SIZE, SIZE, dtype=torch.uint8), "keypoints": group})["keypoints"]
    np.testing.assert_allclose(out, np.stack([FLIPPED] * 3)[..., :2])


def _spec(policy):
    return f"targets: {{image: image, pose: {{kind: keypoints, {policy}}}}}\npipeline: [horizontal_flip: {{p: 1}}]"


def test_the_orders_of_known_data_sets():
    """Against the names of their rows, as the data sets list them; a preset is written by its name."""
    sides = "eye ear shoulder elbow wrist hip knee ankle".split()
    coco = ["nose", *(f"{side}_{part}" for part in sides for side in ("left", "right"))]
    arms = ["r_wrist", "r_elbow", "r_shoulder", "l_shoulder", "l_elbow", "l_wrist"]
    legs = ["r_ankle", "r_knee", "r_hip", "l_hip", "l_knee", "l_ankle"]
    mpii = [*legs, "pelvis", "thorax", "neck", "top", *arms]
    lsp = [*legs, *arms, "neck", "top"]
    crowdpose = [f"{side}_{part}" for part in sides[2:] for side in ("left", "right")]
    crowdpose += ["top", "neck"]
    celeba = ["left_eye", "right_eye", "nose", "left_mouth", "right_mouth"]
    for name, rows in (("coco", coco), ("mpii", mpii), ("lsp", lsp), ("crowdpose", crowdpose), ("celeba", celeba)):
        partners = PRESETS[name].partners(len(rows), "pose")
        assert [rows[i] for i in partners] == [other_side(row) for row in rows], name
    face = PRESETS["ibug68"].partners(68, "pose")
    middle = {8, *range(27, 31), 33, 51, 57, 62, 66}  # chin, bridge and tip of the nose, and the middle of the lips
    assert {i for i, other in enumerate(face) if i == other} == middle
    assert [face[i] for i in (0, 17, 31, 36, 41, 48, 50, 60, 61, 67)] == [16, 26, 35, 45, 46, 54, 52, 64, 63, 65]
    spec = loads(_spec("flip_pairs: coco"))
    assert "flip_pairs: coco" in augment.dumps(spec) and loads(augment.dumps(spec)) == spec
    assert Target(kind="keypoints", flip_pairs=PAIRS).model_dump(exclude_unset=True)["flip_pairs"] == PAIRS


def other_side(name):
    for one, other in (("left_", "right_"), ("right_", "left_"), ("l_", "r_"), ("r_", "l_")):
        if name.startswith(one):
            return other + name.removeprefix(one)
    return name


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ("coca", "did you mean 'coco'"),
        ("[1, 2]", r"\[\[1, 2\], \[3, 4\]\]"),
        ("[[1, 2], [2, 3]]", "row 2 twice"),
        ("[[1, -2]]", "pairs of rows"),
        ("{rows: 2, pairs: [[1, 2]]}", "an object has 2"),
        ("{pairs: [[1, 2]]}", "pairs of rows"),
    ],
)
def test_what_are_no_pairs_is_told(pairs, said):
    with pytest.raises(SpecError, match=said):
        loads(_spec(f"flip_pairs: {pairs}"))


def test_pairs_of_other_rows_are_told():
    with pytest.raises(SampleError, match="has 5 rows, and its flip_pairs are of objects of 17 each"):
        run([ops.HorizontalFlip(p=1)], pairs="coco")
    with pytest.raises(SampleError, match="has 5 rows, and its flip_pairs name row 7"):
        run([ops.HorizontalFlip(p=1)], pairs=[[1, 7]])
    with pytest.raises(SampleError, match="has a row for each of boxes"):
        pose = {"kind": "keypoints", "flip_pairs": PAIRS}
        targets = {"image": "image", "boxes": {"kind": "boxes", "carry": ["pose"]}, "pose": pose}
        sample = {"image": np.zeros((8, 8, 3), np.uint8), "boxes": np.ones((5, 4)) * [0, 0, 4, 4], "pose": POSE}
        augment.apply(augment.Pipeline([ops.HorizontalFlip(p=1)], targets=targets), sample)
    with pytest.raises(ValueError, match="'flip_pairs' means nothing for boxes"):
        Target(kind="boxes", flip_pairs="coco")
