"""What a backend is: its name, what it needs, what it supports, and how it compiles a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, ClassVar, Literal

from augment.errors import BackendMissingError, Mistake, ResourceMissingError, UnsupportedOpError
from augment.frameworks import check_order
from augment.keyed import Donors
from augment.ops.kinds import Text
from augment.program.execute import Executor
from augment.program.flatten import Leaf
from augment.program.lower import Program
from augment.program.texts import Editor
from augment.spec.node import Modality, Op
from augment.spec.places import located, places_of

Precision = Literal["auto", "float"]
Output = Literal["torch"] | None


@dataclass(frozen=True)
class Support:
    """How well a backend does an op on a kind of target."""

    level: Literal["matches", "approximate", "refuses"]
    bound: str = ""
    """approximate: the tested bound."""
    reason: str = ""
    instead: str = ""
    """refuses: what to do."""


MATCHES = Support("matches")


@dataclass(frozen=True)
class Options:
    """The arguments of `augment.compile` that every backend understands."""

    precision: Precision = "auto"
    output: Output = None
    text: str = "builtin"
    """The backend that edits texts."""


class Backend:
    """Base class of backends. A plugin registers an instance; making one imports no framework."""

    name: ClassVar[str]
    modality: ClassVar[Modality] = "image"
    requires: ClassVar[tuple[str, ...]] = ()
    """Modules that must be importable."""
    install: ClassVar[str] = ""
    """The command that brings them."""
    primitives: ClassVar[frozenset[str]] = frozenset()
    """What its kernels implement; ops that feed another primitive are refused."""
    targets: ClassVar[frozenset[str]] = frozenset({"image", "mask", "boxes", "keypoints", "labels"})
    exceptions: ClassVar[Mapping[tuple[str, str], Support]] = {}
    """Support that differs from `MATCHES`: (op name or primitive, kind of target or '*') -> Support."""
    kernel_set: ClassVar[str] = ""
    """The module of its kernels, whose ``kernels`` names what runs each primitive."""
    brings: ClassVar[tuple[str, ...]] = ()
    """Modules that its framework imports by itself, if they are installed."""
    needs_image: ClassVar[bool] = True
    """Whether what it compiles takes nothing but samples with an image."""
    unkeyed: ClassVar[str] = "the operating system's randomness"
    """Where the keys of samples come from when a compiled object is called without an index."""

    def missing(self) -> tuple[str, ...]:
        """Return the required modules that are not installed, without importing any."""
        return tuple(m for m in self.requires if find_spec(m) is None)

    def require(self) -> None:
        """Raise `BackendMissingError` with the line that installs what is missing, or if it is too late to import it."""
        if missing := self.missing():
            raise BackendMissingError.from_missing(self.name, missing, self.install)
        check_order(f"backend {self.name!r}", (*self.requires, *self.brings))

    def support(self, op: type[Op], kind: str = "image") -> Support:
        """Return the declared support of an op on a kind of target; the one source of errors, docs, and tests."""
        primitive = getattr(op, "primitive", None)
        if op.modality != self.modality:
            other = "a text" if op.modality == "text" else "an image"
            instead = "name one: backend={'image': .., 'text': ..}, or --backend with --text-backend"
            return Support("refuses", reason=f"{op.name()} needs {other} backend", instead=instead)
        for key in ((op.name(), kind), (op.name(), "*"), (primitive, kind), (primitive, "*")):
            if key in self.exceptions:
                return self.exceptions[key]  # type: ignore[index]
        if primitive not in (None, "none") and primitive not in self.primitives:
            return Support("refuses", reason=f"{self.name} has no kernel for {primitive}", instead="use another backend for it")
        if kind in getattr(op, "disturbs", frozenset()) - getattr(op, "moves", frozenset()):
            reason = f"{op.name()} cannot move {kind}"
            return Support("refuses", reason=reason, instead=op.instead)  # type: ignore[attr-defined]
        if kind not in self.targets and kind in getattr(op, "moves", ()):
            return Support("refuses", reason=f"{self.name} cannot move {kind}", instead="use another backend for it")
        return MATCHES

    def kernel(self, primitive: str, ops: Sequence[Op] = ()) -> str:
        """Return what runs a primitive, or ops of it, for `explain`; this imports the kernels, and with them the framework."""
        table = import_module(self.kernel_set).kernels if self.kernel_set else {}
        return table.get(primitive, self.name)

    def check(self, program: Program, text: Backend | None = None) -> None:
        """Raise `UnsupportedOpError` with everything in a program that this backend refuses, or that of its texts, and with the
        resources that are missing (`ResourceMissingError` if it is only those)."""

        def kinds(leaf: Leaf) -> list[str]:
            on, targets = leaf.op.on, program.pipeline.targets.items()
            return sorted({target.kind for name, target in targets if on is None or name in on} | {leaf.op.modality})

        places = places_of(program.pipeline)

        def where(leaf: Leaf) -> str:
            return str(located(Mistake(leaf.path, leaf.op.name()), places))

        refusals = dict.fromkeys(
            f"{where(leaf)} on {kind} is not supported by {runs.name}: {s.reason}; {s.instead}"
            for leaf in program.leaves
            for runs in ((text or self) if leaf.op.modality == "text" else self,)
            for kind in kinds(leaf)
            if (s := runs.support(type(leaf.op), kind)).level == "refuses"
        )
        missing = dict.fromkeys(
            f"{where(leaf)} needs {resource.missing}"
            for leaf in program.leaves
            if isinstance(leaf.op, Text)
            for resource in leaf.op.needs()
            if resource.find() is None
        )
        if not refusals and self._left_without_image(program):
            fix = "use backend='builtin' (or 'nlpaug'); for texts beside images declare both: targets: {image: image, text: text}"
            refusals = {f"{self.name} runs samples that have an image, and this spec edits texts alone; {fix}": None}
        if refusals or missing:
            raise (UnsupportedOpError if refusals else ResourceMissingError)([*refusals, *missing])

    def _left_without_image(self, program: Program) -> bool:
        """Whether nothing in a program says that its samples have an image, which this backend needs."""
        declared = any(target.kind == "image" for target in program.pipeline.targets.values())
        only_texts = {leaf.op.modality for leaf in program.leaves} == {"text"}
        return self.modality == "image" and self.needs_image and only_texts and not declared

    def compile(self, program: Program, options: Options, **backend_options: Any) -> Any:
        """Return the native object that runs a program."""
        raise NotImplementedError

    def run(self, program: Program, sample: Mapping[str, Any], values: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """Run a program with given values on one sample, numpy in and numpy out: what `augment.replay` calls."""
        executor = self.executor(program, options)
        if executor is None:
            raise NotImplementedError
        return executor(sample, values)

    def apply(self, program: Program, sample: Mapping[str, Any], *, index: int, epoch: int, options: Options) -> dict[str, Any]:
        """Run a program on one sample under its key: what `augment.apply` calls. Backends that draw themselves override it."""
        return self.run(program, sample, program.values(index, epoch), options)

    def values(self, program: Program, *, index: int, epoch: int) -> dict[str, dict[str, Any]]:
        """Return what it draws for a sample: what the host draws, unless the library's own engine does."""
        return program.values(index, epoch)

    def editor(self, program: Program) -> Editor:
        """Return what runs the text ops of a program; of text backends."""
        raise NotImplementedError

    def executor(self, program: Program, options: Options) -> Executor | None:
        """Return what runs a program on the host, one sample at a time, if this backend has it."""
        return Executor(program, None, self.editor(program)) if self.modality == "text" else None

    def apply_over(self, program: Program, samples: Any, *, index: int, epoch: int, options: Options) -> dict[str, Any]:
        """Run a program on one sample of a dataset under its key, numpy in and numpy out: what ``augment apply`` calls.

        Mix partners come from the dataset, which is a sequence of samples.
        """
        if not program.mixes:
            return self.apply(program, samples[index], index=index, epoch=epoch, options=options)
        executor = self.executor(program, options)
        if executor is None:
            raise UnsupportedOpError([f"{self.name} mixes batches only; use another backend for files"])
        return executor(samples[index], program.values(index, epoch), Donors(executor, samples, epoch).of(index))
