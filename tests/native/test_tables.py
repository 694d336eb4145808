"""The tables themselves: no argument is dropped in silence, no name stands for nothing, defaults are the library's."""

import contextlib
import inspect
import warnings

import pytest

from augment.native.arguments import arguments_of, asked, base_arguments, said_of
from augment.native.call import Call, Source
from augment.native.entry import tables
from augment.native.reading import Line, Reading
from augment.native.remark import NoCounterpartError, UnfitError
from augment.ops import SPREADS, catalogue
from augment.spec.node import COMBINATORS


def entries():
    for library, table in tables().items():
        for name in table:
            for entry in table[name]:
                yield library, entry


def test_an_argument_that_is_not_read_is_told():
    """Nothing is dropped without a word: what a meaning does not look at is found from its code, and told where it is said."""
    tried = 0
    for library, entry in entries():
        for name in entry.unread - set(tables()[library].needless):
            if not entry.ours or entry.signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
                continue
            said = Call(entry.name, (), {**_needed(entry), name: "said"}, where="here")
            reading = Reading(Source(library, (said,), {}, entry.era))
            reading.remarks.clear()
            with contextlib.suppress(NoCounterpartError, UnfitError):
                made = Line(reading, said, entry).made(entry.bind(said))
                assert any(name in remark.message for remark in reading.remarks), (library, entry.name, name, made)
                tried += 1
    assert tried > 20


def _needed(entry):
    parameters = entry.signature.parameters.items()
    return {n: NEEDED.get(n, 1) for n, p in parameters if p.default is p.empty and p.kind is not p.VAR_POSITIONAL}


NEEDED = {"size": (8, 8), "min_max_height": (4, 8), "num_grid_xy": (2, 2), "reserved_tokens": [["a"]], "mean": [0], "std": [1]}


def test_what_is_said_to_be_ours_is_what_a_call_becomes():
    """Every name is an op that there is, and a plain call becomes no other."""
    known = {**catalogue(), **COMBINATORS, **SPREADS}
    for library, entry in entries():
        assert set(entry.ours) <= set(known), (library, entry.name)
        if entry.ours:
            with contextlib.suppress(UnfitError, NoCounterpartError):  # containers without children
                made = {node.name() for node in asked(tables()[library], entry, base_arguments(entry))[0]}
                fewer = {"rotate", "translate", "scale", "shear"} if "affine" in entry.ours else set()
                assert made <= {*entry.ours, *fewer, *COMBINATORS, "identity"}, (library, entry.name, entry.era, made)


EMPTY = {"SomeOf", "RandomOrder"}
"""Containers, which need children to say anything."""


@pytest.mark.parametrize("library", ["albumentations", "torchvision", "keras"])
def test_a_plain_call_of_a_class_that_has_a_counterpart_can_be_read(library):
    for name in tables()[library]:
        for entry in tables()[library][name]:
            if entry.ours and name not in EMPTY:
                assert asked(tables()[library], entry, base_arguments(entry)), name


@pytest.mark.parametrize("library", ["albumentations", "torchvision", "keras", "nlpaug"])
def test_defaults_are_those_of_the_library(library):
    """Where the library is installed, each class of the newest era has its signature: names, order and defaults."""
    wrong = []
    for name in tables()[library]:
        kind = _kind(library, name)
        newest = [e for e in tables()[library][name] if e.era in (None, (tables()[library].eras or (None,))[0])]
        if kind is None or not newest or any(p.kind is p.VAR_KEYWORD for p in newest[0].signature.parameters.values()):
            continue
        theirs = {n: p for n, p in inspect.signature(kind.__init__).parameters.items() if n not in ("self", "args", "kwargs")}
        ours = newest[0].signature.parameters
        for n, p in theirs.items():
            if n in tables()[library].needless or n in UNLIKE.get((library, name), ()):
                continue
            if n not in ours:
                wrong.append((name, n, "is not read"))
            elif p.default is not inspect.Parameter.empty and not _alike(ours[n].default, p.default):
                wrong.append((name, n, ours[n].default, p.default))
    assert not wrong, wrong


def test_what_becomes_of_each_argument_is_found():
    """Against what the meanings say, read by eye."""
    table = tables()["torchvision"]
    found = {
        name: dict(arguments_of(table, table[name][0])) for name in ("RandomAffine", "RandomRotation", "RandomCrop", "ToTensor")
    }
    assert found["RandomAffine"]["translate"] == "`translate_x`, `translate_y`"
    assert found["RandomAffine"]["degrees"] == "`rotate`"
    assert found["RandomRotation"]["center"] == "*told*"
    assert found["RandomCrop"]["padding"] == "`pad`"
    assert found["RandomCrop"]["padding_mode"] == "*with others*"
    assert found["ToTensor"] == {}


BASES = {
    "albumentations": {"BaseCompose", "BasicTransform", "DualTransform", "ImageOnlyTransform", "Transform3D"},
    "torchvision": {"Transform"}, "keras": set(),
}  # fmt: skip
"""What classes of a library are derived from, and nobody writes into a pipeline."""


@pytest.mark.parametrize("library", BASES)
def test_no_class_of_a_library_is_missing(library):
    """Every class that is public and transforms stands in the table, with an op of ours or the reason why there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if library == "albumentations":
            import albumentations as room

            own = (room.BasicTransform, room.BaseCompose)
        elif library == "torchvision":
            room = pytest.importorskip("torchvision.transforms.v2")
            own = (room.Transform, room.Compose)
        else:
            pytest.importorskip("torchvision")
            room = pytest.importorskip("keras").layers
            own = (object,)
        kinds = [kind for kind in vars(room).values() if inspect.isclass(kind) and issubclass(kind, own)]
    if library == "keras":
        kinds = [kind for kind in kinds if ".preprocessing." in kind.__module__]
    assert len(kinds) > 30
    table = tables()[library]
    assert {kind.__name__ for kind in kinds} - BASES[library] - set(table) == set()
    for entry in (entry for name in table for entry in table[name]):
        assert entry.ours or said_of(table, entry) or entry.trap or entry.name in NEEDS_NONE, entry.name


NEEDS_NONE = {"Dropout", "SpatialDropout2D", "Input", "InputLayer", "Identity", "MaxNumBoundingBoxes"}
"""What belongs to a model, or does nothing."""


UNLIKE = {  # (library, class) -> arguments whose default is an object of the library, or whose name is shared by two classes
    ("albumentations", "Downscale"): ("interpolation_pair",), ("albumentations", "Lambda"): ("p",),
    ("torchvision", "AutoAugment"): ("policy",), ("keras", "Lambda"): ("function",), ("keras", "Normalization"): ("axis",),
    ("albumentations", "LongestMaxSize"): ("max_size",), ("albumentations", "SmallestMaxSize"): ("max_size",),
    **{("albumentations", name): ("read_fn",) for name in ("HistogramMatching", "FDA", "PixelDistributionAdaptation")},
    ("albumentations", "ThinPlateSpline"): (), ("torchvision", "ConvertImageDtype"): ("dtype",),
    ("torchvision", "Lambda"): ("types",), ("torchvision", "ToPILImage"): ("mode",), ("torchvision", "LinearTransformation"): (),
    ("keras", "CutMix"): (), ("keras", "Pipeline"): (), ("keras", "Identity"): (), ("keras", "Dropout"): ("rate",),
    ("keras", "SpatialDropout2D"): ("rate",),
    ("keras", "InputLayer"): ("shape", "batch_shape", "input_tensor", "optional", "ragged", "sparse"),
}  # fmt: skip


def _kind(library, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if library == "albumentations":
            import albumentations

            return getattr(albumentations, name, None)
        if library == "torchvision":
            from torchvision.transforms import v2

            return getattr(v2, name, None)
        if library == "keras":
            pytest.importorskip("torchvision")
            keras = pytest.importorskip("keras")
            kind = getattr(keras.layers, name, None)
            return kind if inspect.isclass(kind) else None
        from nlpaug.augmenter import char, sentence, word

        return next((getattr(room, name) for room in (char, word, sentence) if hasattr(room, name)), None)


def _alike(ours, theirs):
    def plain(x):
        if isinstance(x, list | tuple):
            return [plain(v) for v in x]
        text = str(getattr(x, "value", x))
        return float(x) if isinstance(x, int | float) and not isinstance(x, bool) else text.lower()

    return plain(ours) == plain(theirs)
