"""The suite that every text backend passes, generated from the catalogue of text ops and their examples.

What an op edits is said by its class; `builtin` runs just that, and is what other backends are compared with.
"""

from __future__ import annotations

import os
import pickle
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pytest

import augment
from augment.backend import Backend, Options
from augment.errors import UnsupportedOpError
from augment.ops import catalogue
from augment.ops.kinds import UnitEdit
from augment.ops.words import SwapWords
from augment.plugins import get_backend
from augment.program.lower import lower
from augment.sample import Target
from augment.spec.node import Op, Pipeline
from augment.testing.cases import Case, cases
from augment.testing.examples import examples
from augment.testing.models import tiny_resources
from augment.testing.texts import PLAIN, TEXTS
from augment.testing.whole import assert_whole

SPANS = {"text": Target(kind="text"), "spans": Target(kind="spans", of="text")}
KEYS = range(3, 8)
MODELS = ("model", "there", "back", "vectors", "corpus")
"""Fields that name a model or a file."""


class TextBackendSuite:
    """Subclass it in a test module, and name the backend: ``class TestMine(TextBackendSuite): backend = "mine"``."""

    backend: ClassVar[str]
    """The name of the backend."""

    def save_and_load(self, compiled: Any) -> Any:
        """Return a compiled object after it was saved and loaded."""
        return pickle.loads(pickle.dumps(compiled))

    # The tests -------------------------------------------------------------------------------------------------------

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """Make one test of each example, or op."""
        if "case" in metafunc.fixturenames:
            every = cases("text")
            metafunc.parametrize("case", [pytest.param(c, marks=lacking(c.op)) for c in every], ids=[c.name for c in every])
        if "op_class" in metafunc.fixturenames:
            classes = catalogue("text")
            marked = [pytest.param(cls, marks=lacking(examples(cls)[0])) for cls in classes.values()]
            metafunc.parametrize("op_class", marked, ids=list(classes))

    def test_it_is_one_thing(self) -> None:
        """Whatever takes apart what can be iterated finds what the library's own class gives, or nothing."""
        assert_whole(augment.compile(Pipeline([SwapWords(rate=0.5)]), self.backend))

    def test_matches_builtin(self, case: Case) -> None:
        """The same key gives the same edits, on every text; an op that only approximates draws from a model of the backend."""
        pipeline = Pipeline([self.usable(case.op)])
        mine = augment.compile(pipeline, self.backend).at(5)(list(TEXTS))
        if self.ready.support(type(case.op), "text").level == "approximate":
            assert len(mine) == len(TEXTS)
            return
        for got, want, text in zip(mine, augment.compile(pipeline, "builtin").at(5)(list(TEXTS)), TEXTS, strict=True):
            assert got == want, f"{case.op!r} on {text!r}"

    def test_what_is_not_applied_stays_byte_for_byte(self, case: Case) -> None:
        """p: 0, and rate: 0."""
        op = self.usable(case.op)
        none = [op.replace(p=0.0), *([op.replace(rate=0, min_count=0)] if isinstance(op, UnitEdit) else [])]
        for still in none:
            assert augment.compile(Pipeline([still]), self.backend).at(0)(list(TEXTS)) == list(TEXTS), still

    def test_keys_decide_everything(self, case: Case) -> None:
        """The same key, the same text: in any order, in eight threads, one by one or in a list; other keys, other edits."""
        compiled = augment.compile(Pipeline([self.usable(case.op)]), self.backend)
        texts = list(PLAIN) * 4
        first = compiled.at(0)(texts)
        assert [compiled.at(i)(text) for i, text in reversed(list(enumerate(texts)))][::-1] == first
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda i: compiled.at(i)(texts[i]), range(len(texts)))) == first
        assert compiled.at(0)(texts) == first
        values = {str(compiled.program.values(i)) for i in range(4)}
        if len(values) > 1 and first != texts and not self.certain(case.op):
            assert any(len(set(first[i::4])) > 1 for i in range(4)), "all keys give one result"

    def test_global_generators_stay_as_they_are(self, case: Case) -> None:
        """Neither reads nor moves the generators of Python, NumPy and, where it is loaded, torch."""
        compiled = augment.compile(Pipeline([self.usable(case.op)]), self.backend)
        compiled.at(0)(list(PLAIN))  # what is loaded on first use may draw
        before = generators()
        keyed = compiled.at(0)(list(PLAIN))
        assert generators() == before
        random.seed(1)
        np.random.seed(1)
        assert compiled.at(0)(list(PLAIN)) == keyed

    def test_protected_spans_never_change(self, case: Case) -> None:
        """Every third word is a span, and protected: it is there afterwards, as it was."""
        op = self.usable(case.op).replace(protect=["spans"])
        for i, text in enumerate(TEXTS):
            spans = word_spans(text)[::3]
            for each in (op, op.replace(rate=1) if isinstance(op, UnitEdit) else op):
                out = self.run(Pipeline([each], targets=SPANS), {"text": text, "spans": spans}, i)
                assert [text[a:b] for a, b in spans] == [out["text"][a:b] for a, b in out["spans"]], (text, out)

    def test_spans_stay_valid(self, case: Case) -> None:
        """A span is inside its text and not empty, or it is gone; those of texts without edits stay."""
        pipeline = Pipeline([self.usable(case.op)], targets=SPANS)
        for key in KEYS:
            for text in TEXTS:
                spans = word_spans(text)
                out = self.run(pipeline, {"text": text, "spans": spans}, key)
                assert all(0 <= a < b <= len(out["text"]) for a, b in out["spans"])
                assert len(out["spans"]) <= len(spans)
                if out["text"] == text:
                    assert out["spans"] == spans

    def test_support_is_what_compiles(self, op_class: type[Op]) -> None:
        """What is refused raises `UnsupportedOpError` with its reason when it is compiled; everything else compiles."""
        support = self.ready.support(op_class, "text")
        pipeline = Pipeline([self.usable(examples(op_class)[0])])
        if support.level == "refuses":
            with pytest.raises(UnsupportedOpError, match=support.reason):
                augment.compile(pipeline, self.backend)
        else:
            assert augment.compile(pipeline, self.backend) is not None

    def test_saved_and_loaded_it_is_the_same(self, case: Case) -> None:
        """The spec, the repr, and what comes out."""
        compiled = augment.compile(Pipeline([self.usable(case.op).replace(p=0.7)], seed=11), self.backend)
        loaded = self.save_and_load(compiled)
        assert loaded.spec == compiled.spec and repr(loaded) == repr(compiled)
        assert loaded.at(9)(list(PLAIN)) == compiled.at(9)(list(PLAIN))

    def test_a_record_replays(self, case: Case) -> None:
        """The parameters that were drawn, as JSON, give the same result again."""
        pipeline = Pipeline([self.usable(case.op)])
        sample = {"text": PLAIN[1]}
        record = augment.record(pipeline, index=5)
        assert augment.replay(record, sample, backend=self.backend) == self.run(pipeline, sample, 5)

    # How they are run ------------------------------------------------------------------------------------------------

    @cached_property
    def ready(self) -> Backend:
        """The backend."""
        return get_backend(self.backend)

    def usable(self, op: Any) -> Any:
        """The op, in a form that runs anywhere: one that needs a model gets a tiny one."""
        named = {field for field in MODELS if field in type(op).model_fields}
        return op.replace(**{field: tiny_resources()[field] for field in named}) if named else op

    def certain(self, op: Op) -> bool:
        """Whether an op does the same for every key."""
        rate = getattr(op, "rate", None)
        return rate is None or rate.support == (1, 1)

    def run(self, pipeline: Pipeline, sample: dict[str, Any], index: int) -> dict[str, Any]:
        """Run a pipeline on one sample under a key."""
        program = lower(pipeline)
        return self.ready.apply(program, sample, index=index, epoch=0, options=Options(text=self.backend))


def lacking(op: Any) -> list[pytest.MarkDecorator]:
    """Return the mark that skips an op whose word lists or packages this machine lacks, with what brings them.

    Where ``AUGMENT_TEST_ALL`` is set nothing is skipped. Models are not asked for: the suite gives tiny ones.
    """
    if "AUGMENT_TEST_ALL" in os.environ or any(field in MODELS for field in type(op).model_fields):
        return []
    parts = [leaf.op for leaf in lower(Pipeline([op])).leaves]  # of a policy
    missing = [resource.missing for part in parts for resource in part.needs() if resource.find() is None]  # type: ignore[attr-defined]
    return [pytest.mark.skip(reason=f"needs {missing[0]}")] if missing else []


def generators() -> tuple[Any, ...]:
    """Return the states of the global generators."""
    torch = sys.modules.get("torch")
    state: Any = np.random.get_state()
    return random.getstate(), state[1].tolist(), torch.random.get_rng_state().tolist() if torch else None


def word_spans(text: str) -> list[list[int]]:
    """Return [start, stop] of what stands between white space."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append([at, at + len(word)])
        at += len(word)
    return found
