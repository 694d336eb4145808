"""Whatever is read: named in a report or refused in words, never executed, never a traceback."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from augment.errors import SpecError
from augment.native.call import MOST_DEPTH, walk
from augment.native.coming import import_native
from augment.native.entry import tables
from augment.native.leaving import exported
from augment.native.reading import read
from augment.native.script import written
from augment.native.sources.code import pipelines
from augment.native.sources.data import from_data

relaxed = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LIBRARIES = [*tables(), "pandas", None, 3]
CLASSES = sorted({name for table in tables().values() for name in table})
ARGUMENTS = sorted({n for table in tables().values() for name in table for e in table[name] for n in e.signature.parameters})

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-300, 300), st.floats(), st.integers(), st.text(max_size=6),
    st.sampled_from(["cv2.BORDER_REFLECT", "InterpolationMode.BICUBIC", "__import__('os')", "\x1b[2J", "random", "nearest"]),
)  # fmt: skip
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
names = st.sampled_from(CLASSES) | st.text(max_size=8) | st.integers()
ops = st.recursive(
    st.fixed_dictionaries(
        {"class": names},
        optional={
            "args": st.lists(values, max_size=3) | scalars,
            "custom": st.booleans(),
            "kwargs": st.dictionaries(st.sampled_from(ARGUMENTS) | st.text(max_size=4), values, max_size=4) | scalars,
        },
    ),
    lambda inner: st.fixed_dictionaries({"class": names, "children": st.lists(inner, max_size=3)}),
    max_leaves=8,
)
facts = st.fixed_dictionaries(
    {"library": st.sampled_from(LIBRARIES), "ops": st.lists(ops, max_size=4) | scalars},
    optional={"version": st.sampled_from(["0.5.2", "1.3", "2.0.8", "99", "", "x", "1"]) | values, "compose_kwargs": values},
)


def outcome(data):
    """A spec whose text reads back, each call in it or in the report; or words."""
    try:
        found = read(from_data(data))
    except SpecError as error:
        assert str(error)
        return
    told = {remark.where for remark in found.remarks}
    made = {call.where for _, call in found.origins}
    for call in found.source.calls:
        below = {one.where for one in walk((call,))}
        quiet = call.name in tables()[found.source.library] and not call.custom
        assert quiet or below & (told | made), call
    assert written(found).endswith("\n") and json.dumps([remark.plain() for remark in found.remarks])
    for library in ("albumentations", "torchvision", "keras", "nlpaug"):
        try:
            compile(exported(found.pipeline, library).source, "exported", "exec")
        except SpecError as error:
            assert str(error)


@given(facts)
@relaxed
def test_facts(data):
    outcome(data)


serialized = st.recursive(
    st.fixed_dictionaries(
        {"__class_fullname__": st.sampled_from(CLASSES).map("albumentations.{}".format) | st.text(max_size=9) | scalars},
        optional=dict.fromkeys(("p", "limit", "always_apply", "size", "transforms"), values),
    ),
    lambda inner: st.fixed_dictionaries({"__class_fullname__": st.just("Compose"), "transforms": st.lists(inner, max_size=3)}),
    max_leaves=6,
)
configured = st.recursive(
    st.fixed_dictionaries(
        {"class_name": names, "config": st.dictionaries(st.sampled_from(ARGUMENTS), values, max_size=4) | scalars}
    ),
    lambda inner: st.fixed_dictionaries(
        {"class_name": st.just("Sequential"), "config": st.fixed_dictionaries({"layers": st.lists(inner, max_size=3)})}
    ),
    max_leaves=6,
)
knobs = st.dictionaries(
    st.sampled_from(["hsv_h", "degrees", "fliplr", "mosaic", "erasing", "mixup", "epochs"]), values, min_size=3
)


@given(st.builds(lambda x, v: {"transform": x, "__version__": v}, serialized, values) | configured | knobs | values)
@relaxed
def test_what_libraries_write(data):
    outcome(data)


RAN = []
calls = st.sampled_from(CLASSES).map("A.{}".format) | st.sampled_from(
    ["Mine", "lambda x: RAN", "RAN.append", "__import__('os').getcwd", "A.Lambda", "getattr(A, 'x')", "(yield)", "A", "train"]
)
given_ = st.sampled_from(
    [
        "p=0.5", "p=RAN.append(1)", "1", "-3.5e400", "(1, 2)", "[1] * 3", "9**9**9", "*x", "**y", "limit=(lambda: 1)()", "size=8",
        "f'{x}'", "x := 3", "[i for i in x]", "train", "transforms=[train]", "'\\N{BEL}'", "interpolation=cv2.INTER_CUBIC",
        "b'x'", "...", "not 3",
    ]
)  # fmt: skip
steps = st.recursive(
    st.builds(lambda c, g: f"{c}({', '.join(g)})", calls, st.lists(given_, max_size=3)),
    lambda inner: st.builds(
        lambda c, held: f"A.{c}([{', '.join(held)}])",
        st.sampled_from(["OneOf", "Compose", "Sequential"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=5,
)
programs = st.builds(
    lambda module, held, more: f"import {module} as A\nx = y = train\ntrain = A.Compose([{', '.join(held)}])\n{more}\n",
    st.sampled_from(["albumentations", "torchvision.transforms.v2", "keras.layers", "nlpaug.flow", "os"]),
    st.lists(steps, max_size=4),
    st.sampled_from(
        ["", "train = [train, train]", "class Mine: pass", "def f(:", "\x00", "@A.Compose\ndef g(): A.Compose([g()])"]
    ),
)


@given(programs)
@relaxed
def test_source_is_read_and_never_run(text):
    try:
        found = pipelines(text)
    except SpecError as error:
        assert str(error)
    else:
        for one in found:
            assert written(read(one.source))
    assert not RAN


class Odd:
    """A live object that lies about what it holds."""

    __module__ = "albumentations.core"
    transforms = property(lambda self: 1 / 0)

    def get_transform_init_args(self):
        raise KeyError("no")


def test_live_objects_that_lie_are_named():
    for found in ([Odd()], Odd(), [object(), Odd()]):
        try:
            assert import_native(found).having("none")
        except SpecError as error:
            assert "Odd" in str(error) or "no pipeline" in str(error)


def test_nests_are_bounded_and_told():
    deep: dict = {"class": "OneOf", "children": [{"class": "Blur"}]}
    for _ in range(MOST_DEPTH * 20):
        deep = {"class": "OneOf", "children": [deep]}
    outcome({"library": "albumentations", "ops": [deep]})
