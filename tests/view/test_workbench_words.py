"""What the workbench of the live page offers: ops with words and pictures, and programs without some of them."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from augment.errors import SpecError
from augment.language import loads
from augment.program.lower import lower
from augment.report.preparing import prepare
from augment.view.workbench import added, offered, sketch, without, words


def test_what_is_completed_is_accepted():
    """Every name with what follows it, and every field in the place of none or of what was there."""
    for name, one in words()["ops"].items():
        step = f"{name}: {one['body']}" if one["body"] else name
        assert next(iter(loads(f"pipeline: [{step}]"))).name() == name, step
        assert next(iter(loads(f"pipeline: [one_of: [identity, {step}]]")[0].ops[1:])).name() == name, step
        assert one["about"].endswith(".") and one["fields"].keys() >= {"p"}


@pytest.mark.parametrize("name", ["rotate", "one_of", "normalize", "delete_words", "mixup"])
def test_an_op_is_added_before_what_normalizes(name):
    text = "# mine\npipeline:\n  - resize: 64\n  - normalize: imagenet # last\n"
    made = added(text, loads(text), name)
    names = [node.name() for node in loads(made)]
    assert names == (["resize", "normalize", "normalize"] if name == "normalize" else ["resize", name, "normalize"])
    assert "# mine" in made and "# last" in made
    with pytest.raises(SpecError, match="no op"):
        added(text, loads(text), "../etc")


def test_ops_have_pictures_of_their_own():
    seen = {name: sketch(name) for name in ("rotate", "invert", "gaussian_blur", "random_crop")}
    assert len(set(seen.values())) == 4
    for data in seen.values():
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.format == "WEBP" and max(picture.size) <= 112
    assert sketch("delete_words") == sketch("no_such_op") == b""
    assert {"rotate", "one_of", "delete_words"} <= offered().keys()


def test_what_is_left_out_moves_no_other_draw():
    spec = loads("pipeline: [rotate: ±20, {rotate: {degrees: ±9}}, one_of: [invert, hue: ±90], brightness: 1±0.3]")
    image = {"image": np.random.default_rng(0).integers(0, 255, (40, 48, 3)).astype(np.uint8)}
    for muted, left in (([[0]], "rotate: {degrees: ±9, id: x}"), ([[2]], None), ([[0], [1], [2], [3]], "")):
        program = without(lower(spec), spec, muted)
        gone = {f"pipeline[{steps[0]}]" for steps in muted}
        kept = [leaf for leaf in lower(spec).leaves if leaf.path.partition(".")[0] not in gone]
        assert [leaf.path for leaf in program.leaves] == [leaf.path for leaf in kept]
        assert json.dumps(program.values(3), default=str) == json.dumps(lower(spec).values(3), default=str)
        if left == "":
            study = prepare(spec, image, n=1, backend="reference")
            alone = type(study)(**{**study.__dict__, "program": program})
            np.testing.assert_array_equal(alone.result(study.engines[0], study.subjects[0], 0)["image"], image["image"])
