"""Starts the processes of all sides, and lets them take turns."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from augment.benching.pictures import found
from augment.benching.regimes import REGIMES, Job, Name, Regime
from augment.benching.results import Bench, Row
from augment.errors import AugmentError, SpecError
from augment.language import as_pipeline, dumps
from augment.plugins import backends, get_backend
from augment.program.lower import lower
from augment.spec.node import Pipeline

PICTURES = 32
ENDING = 20
"""Seconds that a process may take to end."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""NumPy's BLAS reads these when it is loaded; others are told by calls."""


def bench(
    spec: Any, files: Sequence[str | Path] = (), *, chosen: Sequence[str] | None = None, regimes: Sequence[Name] | None = None,
    turns: int = 5, seconds: float = 0.5, workers: int = 2, batch: int = 16, tell: Callable[[str], None] = lambda line: None,
) -> Bench:  # fmt: skip
    """Time a spec on this machine, beside the pipelines that the libraries have of their own.

    Args:
        spec: a path, a mapping or a `Pipeline`, of images.
        files: pictures and folders of them, of which 32 are used; those that come with the package where there are none.
        chosen: backends by name; all that are installed, but the reference, unless it is said.
        regimes: ``sample``, ``loader`` and ``batch``; all unless it is said.
        turns: how often each side is timed; the result is the median.
        seconds: how long a turn takes at least.
        workers: processes of the `DataLoader`.
        batch: samples of a batch, and of a batch of the `DataLoader`.
        tell: is called with a line for each regime and backend that begins.

    Raises `SpecError` on a spec without ops on images, and what a backend raises that is ``chosen`` and not installed.
    """
    pipeline = as_pipeline(spec)
    if not any(leaf.op.modality == "image" for leaf in lower(pipeline).leaves):
        raise SpecError("bench times specs of images, and this one has no op on images (docs/benchmarks.md has texts)")
    known = {name for regime in REGIMES for name in regime.backends}
    if chosen and (strange := [name for name in chosen if get_backend(name).name not in known]):
        raise SpecError(f"bench has no way to call {', '.join(strange)}, only {', '.join(sorted(known))}")
    installed = [name for name, one in backends().items() if name in known and not one.missing()]
    ready = list(chosen) if chosen else [name for name in installed if name != "reference"]
    paths = found(tuple(map(Path, files)), PICTURES)
    rows = []
    for regime in REGIMES:
        for name in ready if not regimes or regime.name in regimes else ():
            if name in regime.backends:
                tell(f"{regime.title}: {name}")
                how: dict[str, Any] = {"files": paths, "workers": workers, "batch": batch, "seconds": seconds}
                rows.append(_row(pipeline, regime, name, turns, how))
    return Bench(tuple(rows), len(paths), turns, workers, batch)


def _row(pipeline: Pipeline, regime: Regime, backend: str, turns: int, how: dict[str, Any]) -> Row:
    spec, sides = dumps(pipeline, "json"), {}
    notes = []
    why, differs = _native(pipeline, backend)
    if why:
        notes.append(why)
    with ExitStack() as open_:
        for side in ("spec", *(() if why else ("native",))):
            job = Job(spec, backend, side, regime.name, **how)  # type: ignore[arg-type]
            try:
                sides[side] = open_.enter_context(Process(job))
            except SideError as error:
                notes.append(f"{'the spec' if side == 'spec' else 'its own classes'}: {error}")
        timed: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(turns):
            for side in random.sample(list(sides), len(sides)):
                timed[side].append(sides[side].turn()[regime.clock])
    if "native" in sides:
        notes += [regime.native] if regime.native and backend == "torchvision" else []
        notes += [f"not the same in {backend}'s own classes: {', '.join(differs)}"] if differs else []
    first = sides["spec"].first if "spec" in sides else None
    return Row(regime, backend, tuple(timed.get("spec", ())), tuple(timed.get("native", ())), first, tuple(notes))


def _native(pipeline: Pipeline, backend: str) -> tuple[str, tuple[str, ...]]:
    """Why a library has no pipeline of its own for a spec, if so; and the ops that do not mean the same there."""
    from augment.native.leaving import TARGETS, exported

    if backend not in TARGETS:
        return f"{backend} has no pipelines of its own", ()
    try:
        lines = exported(pipeline, backend).lines
    except AugmentError as error:
        return " ".join(str(error).split()), ()
    lacking = [line.node.name() for line in lines if line.verdict == "no counterpart"]
    if lacking:
        return f"{backend}'s own classes have no {', '.join(dict.fromkeys(lacking))}", ()
    return "", tuple(dict.fromkeys(line.node.name() for line in lines if line.verdict == "differs"))


class SideError(Exception):
    """A side that does not run, and why."""


class Process:
    """A side in a process of its own."""

    def __init__(self, job: Job):
        self.job = job

    def __enter__(self) -> Process:
        command, environment = [sys.executable, "-m", "augment.benching.worker"], {**os.environ, **ONE_THREAD}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            env=environment,
        )  # fmt: skip
        try:
            self.first: float = self._ask(asdict(self.job))["first"]
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._process.communicate(timeout=1 if kind else ENDING)  # it ends when there is nothing more to read
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def turn(self) -> dict[str, float]:
        """Seconds of a sample, by clock."""
        return self._ask({})

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise SideError(f"the process ended ({self._process.wait()})")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise SideError(answer["error"])
        return answer
