"""What a user writes is checked by plain type checkers, without a plugin of theirs: here by mypy at its strictest."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from augment.ops import CORE
from augment.testing.examples import examples

FRAMEWORKS = ("albumentations", "cv2", "jax", "keras", "nlpaug", "nltk", "tensorflow", "torch", "torchvision", "transformers")
RIGHT = """\
import augment
from augment import ops

spec = augment.Pipeline(
    [
        ops.HorizontalFlip(p=0.5),
        ops.Rotate(degrees=(-15, 15), p=0.5),
        ops.OneOf([ops.GaussianBlur(sigma=("0.1px", "2px")), ops.MotionBlur("7px", weight=2)], p=0.3),
        ops.SomeOf([ops.Brightness(factor=(0.8, 1.2)), ops.Contrast("1±0.2")], n=1),
        ops.RandomResizedCrop(size=224, area=[0.1, 1], fill="#ffffff", on="image"),
        ops.Normalize("imagenet"),
    ],
    seed=7,
    targets={"image": "image", "mask": {"kind": "mask", "fill": 255}},
)
low, high = ops.Rotate("±15").degrees.support
height: int = ops.RandomCrop(224).size[0]
names: list[str] = [node.name() for node in spec] + [op.name() for op in ops.OneOf([ops.Invert()]).ops]
stronger: augment.Pipeline = spec[:2] + [ops.Rotate(degrees="±30", id="more")]
"""
WRONG = {
    "ops.Rotate(degree=15)": 'Unexpected keyword argument "degree" for "Rotate"',
    "ops.Rotate(15, prob=0.5)": 'Unexpected keyword argument "prob" for "Rotate"',
    "ops.Rotate()": 'Missing positional argument "degrees"',
    "ops.Rotate(15, p='often')": 'Argument "p" to "Rotate" has incompatible type "str"',
    "ops.Invert(0.5)": 'Too many positional arguments for "Invert"',
    "ops.OneOf([ops.Invert()], replacement=True)": 'Unexpected keyword argument "replacement"',
    "augment.Pipeline([], sead=7)": 'Unexpected keyword argument "sead"',
    "ops.Rotate(15).degrees.suport": 'Item "Value" of "Value | Any" has no attribute "suport"',
    "ops.Brightness(1.2).factor.support": 'Item "None" of "Value | Any | None" has no attribute "support"',
}


@pytest.fixture(scope="module")
def mypy(tmp_path_factory):
    """Check a file as a user does, but for the frameworks, which take a minute to read; returns the errors."""
    cache = tmp_path_factory.mktemp("cache")
    settings = cache / "mypy.ini"
    skipped = "".join(f"[mypy-{name}.*]\nfollow_imports = skip\n" for name in FRAMEWORKS)
    settings.write_text(f"[mypy]\n{skipped}", encoding="utf-8")

    def check(text: str) -> list[str]:
        file = cache / "user.py"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "mypy", f"--config-file={settings}", "--strict", f"--cache-dir={cache}", str(file)]
        done = subprocess.run(command, cwd=cache, capture_output=True, text=True, timeout=300)
        assert not done.stderr, done.stderr
        return re.findall(r"user\.py:(\d+: error: .*)", done.stdout)

    return check


def test_what_is_right_passes(mypy):
    exec(RIGHT, {})  # right for the constructors too
    assert mypy(RIGHT) == []


def test_what_is_wrong_is_told(mypy):
    told = mypy("import augment\nfrom augment import ops\n" + "\n".join(WRONG))
    assert len(told) == len(WRONG)
    for line, (expected, found) in enumerate(zip(WRONG.values(), told, strict=True), 3):
        assert found.startswith(f"{line}: error: {expected}"), found


def test_every_op_can_be_written(mypy):
    """The examples of the test kit as Python calls, the main field with and without its name."""
    calls = []
    for op in CORE.values():
        for example in examples(op):
            fields = {name: _written(op, name, getattr(example, name)) for name in sorted(example.model_fields_set)}
            calls.append(f"{op.__name__}({', '.join(f'{name}={value!r}' for name, value in fields.items())})")
            if op.bare in fields:
                rest = ", ".join(f"{name}={value!r}" for name, value in fields.items() if name != op.bare)
                calls.append(f"{op.__name__}({fields[op.bare]!r}, {rest})")
    text = "from augment.ops import *\n" + "\n".join(dict.fromkeys(calls))
    exec(text, {})
    assert mypy(text) == []


def _written(op, name, value):
    return op.model_construct(**{name: value}).model_dump(mode="json", include={name})[name]
