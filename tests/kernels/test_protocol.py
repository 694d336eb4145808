"""What kernel sets promise is what they have: the written protocol against the modules, which mypy holds to its types too."""

from __future__ import annotations

import inspect

import pytest
from augment_darkroom import register_primitives
from augment_darkroom.reference import DarkChannel
from augment_pillow.backend import PILLOW

from augment.backend import Backend
from augment.kernels import FUSED, OPENCV, REFERENCE
from augment.kernels.protocol import BATCHES, HOST, Batching, Colours, Entering, Layout, functions, missing
from augment.ops import catalogue
from augment.ops.primitives import Primitives
from augment.plugins import get_backend

SETS = {declared.kernel_set: declared for declared in (REFERENCE, OPENCV, FUSED, PILLOW)}


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_what_it_declares_and_declares_what_it_has(name):
    declared = SETS[name]
    assert not list(missing(declared, HOST))
    module = declared.load()
    assert {"name", "xp"} <= vars(module).keys()
    assert all(callable(getattr(module, function)) for part in (Layout, Entering) for function in functions(part))
    for primitive in declared.runs:
        for function in functions(HOST[primitive]):
            takes = [p for p in inspect.signature(getattr(HOST[primitive], function)).parameters.values() if p.name != "self"]
            given = [p for p in takes if p.kind is p.POSITIONAL_ONLY]
            named = {p.name: None for p in takes if p.kind is not p.POSITIONAL_ONLY}
            inspect.signature(getattr(module, function)).bind(*given, **named)


def test_what_is_wrong_with_a_declaration_is_found():
    few = Primitives("few", REFERENCE.module, {"resample": "numpy"})
    assert "blend: augment.kernels.reference has it, and few does not declare it" in set(missing(few, HOST))
    many = Primitives("many", "augment.kernels.extents", {"resize": "nothing", "pointwise": "nothing"})
    where = "augment.kernels.extents"
    undeclared = f"resample: {where} has it, and many does not declare it"
    assert set(missing(many, HOST)) == {f"pointwise: {where} has no pointwise", undeclared}


def test_a_plugin_writes_the_protocol_of_its_primitives():
    for declared in register_primitives():
        assert declared.runs.keys() == set(functions(DarkChannel))
        assert all(callable(getattr(declared.load(), function)) for function in functions(DarkChannel))


def test_every_primitive_that_an_op_names_is_written():
    """Of the ops of this distribution: none needs what no protocol says."""
    needed = {one for op in catalogue("image").values() if op.__module__.startswith("augment.") and hasattr(op, "primitives")
              for one in op.primitives()}  # fmt: skip
    assert needed == HOST.keys()
    assert needed - BATCHES.keys() == {"fade", "components"}


def test_every_function_is_documented_with_its_shapes():
    for part in {*HOST.values(), *BATCHES.values(), Layout, Entering, Batching, Colours}:
        assert inspect.getdoc(part)
        assert all((inspect.getdoc(getattr(part, name)) or "").endswith((".", ":")) for name in functions(part))


@pytest.mark.parametrize("name", ["opencv", "albumentations", "torchvision"])
def test_explain_names_what_runs_on_this_machine(name, monkeypatch):
    backend: Backend = get_backend(name)
    told = {}
    for fused in (True, False):
        monkeypatch.setattr("augment.kernels.host.found", lambda fused=fused: type("Found", (), {"library": fused}))
        told[fused] = {primitive: backend.kernel(primitive) for primitive in ("resample", "median")}
    assert told[True]["resample"].startswith("fused") and told[False]["resample"].startswith("cv2.warpAffine")
    assert told[True]["median"] == told[False]["median"] and "cv2.medianBlur" in told[True]["median"]
