"""What a backend is: its name, what it needs, what it supports, and how it compiles a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, ClassVar, Literal

from augment.engine.affected_texts import texts_left
from augment.engine.canvases import provided, uneven
from augment.engine.editor import Editor
from augment.engine.host import Executor
from augment.errors import BackendMissingError, Mistake, ResourceMissingError, SpecError, UnsupportedOpError
from augment.frameworks.order import check_order
from augment.multiview import Views
from augment.ops.kinds import Drawn, Policy, Scale, Text
from augment.ops.primitives import ALONE, Primitives, without
from augment.partners import Donors
from augment.program.leaf import Leaf
from augment.program.lower import Program
from augment.sample import TEXTS
from augment.spec.node import Modality, Op, Pipeline
from augment.spec.places import located, places_of
from augment.support import LEVELS, MATCHES, Batches, Support

Precision = Literal["auto", "float"]
Output = Literal["torch", "uint8"] | None


@dataclass(frozen=True)
class Options:
    """The arguments of `augment.compile` that every backend understands."""

    precision: Precision = "auto"
    output: Output = None
    text: str = "builtin"
    """The backend that edits texts."""


def _needed(op: type[Op]) -> frozenset[str]:
    """The primitives of an op."""
    return op.primitives() if issubclass(op, Drawn) else frozenset()


def _runs(declared: Primitives) -> dict[str, str]:
    """What a kernel set has, with what plugins add to it."""
    from augment.plugins import plugin_primitives

    added = [own.runs for own in plugin_primitives() if own.kernel_set == declared.kernel_set]
    return {name: what for runs in (declared.runs, *added) for name, what in runs.items()}


def _told(declared: Primitives, runs: Mapping[str, str], needed: Sequence[str]) -> str:
    """What runs some primitives, in words."""
    return ", ".join(runs.get(one, "refused") for one in needed) or f"array functions of {declared.kernel_set}"


class Backend:
    """Base class of backends. A plugin registers an instance; making one imports no framework."""

    name: ClassVar[str]
    modality: ClassVar[Modality] = "image"
    requires: ClassVar[tuple[str, ...]] = ()
    """Modules that must be importable."""
    install: ClassVar[str] = ""
    """The command that brings them."""
    kernel_set: ClassVar[Primitives] = Primitives("", "", {})
    """What runs samples, with the primitives that it has; ops that need another are refused. Plugins may add some to it."""
    batches: ClassVar[Batches | None] = None
    """How it runs batches, if it does."""
    targets: ClassVar[frozenset[str]] = frozenset({"image", "mask", "boxes", "keypoints", "labels"})
    """Kinds of targets that it moves; `augment.sample.MOVED` are those that the host executor does."""
    exceptions: ClassVar[Mapping[tuple[str, str], Support]] = {}
    """Support that differs from `MATCHES`: (op name or primitive, kind of target or '*') -> Support."""
    quick: ClassVar[bool] = False
    """Whether it is ready at once and much quicker than the reference, so that it draws what people look at."""
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

    @property
    def primitives(self) -> frozenset[str]:
        """What its kernels implement, with what plugins add to them."""
        return frozenset(_runs(self.kernel_set))

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
        if issubclass(op, Policy):
            return self._support_of_parts(op, kind)
        for needed in sorted(_needed(op) - self.primitives - self._lone(op)):
            return Support("refuses", reason=f"{self.name} has no kernel for {needed}", instead="use another backend for it")
        if kind in getattr(op, "disturbs", frozenset()) - getattr(op, "moves", frozenset()):
            reason = f"{op.name()} cannot move {kind}"
            return Support("refuses", reason=reason, instead=op.instead)  # type: ignore[attr-defined]
        if kind not in self.targets and kind in ("frames", *getattr(op, "moves", ())):
            return Support("refuses", reason=f"{self.name} cannot move {kind}", instead="use another backend for it")
        return MATCHES

    def _lone(self, op: type[Op]) -> frozenset[str]:
        """The primitives of one sample that no batch can hold; what needs partners needs a batch, or a dataset."""
        lone = None if self.batches is None or getattr(op, "partnered", False) else self.batches.lone
        return frozenset() if lone is None else frozenset(_runs(lone))

    def in_batches(self, op: type[Op], kind: str = "image") -> Support:
        """Return the declared support of an op on a kind of target in a batch, which may be less than that of `support`."""
        found, batches = self.support(op, kind), self.batches
        if batches is None or found.level == "refuses":
            return found
        parts = op.parts() if issubclass(op, Policy) else (op,)
        for needed in self.lacking(op):
            return Support("refuses", reason=without(batches.kernel_set.kernel_set, needed), instead=ALONE)
        if kind not in batches.targets and kind in self.targets and kind in getattr(op, "moves", ()):
            return Support("refuses", reason=f"batches on {self.name} move no {kind}", instead=ALONE)
        return replace(found, provided="; ".join(filter(None, dict.fromkeys(map(provided, parts)))))

    def lacking(self, op: type[Op]) -> list[str]:
        """Return the primitives that an op, or a part of a policy, needs and that the kernels of batches have not."""
        parts = op.parts() if issubclass(op, Policy) else (op,)
        needed = frozenset().union(*map(_needed, parts))
        return [] if self.batches is None else sorted(needed - _runs(self.batches.kernel_set).keys())

    def limits(self, program: Program) -> list[Mistake]:
        """Return what a batch of a program cannot do, or not with all images, where a sample can: each place, and why."""
        if self.batches is None:
            return []
        found: dict[tuple[str, str], None] = {}
        for leaf in program.leaves:
            concerned = {name: t.kind for name, t in program.pipeline.targets.items() if leaf.concerns(name)}
            for name, kind in {"": self.modality, **concerned}.items():
                sample, batch = self.support(type(leaf.op), kind), self.in_batches(type(leaf.op), kind)
                if batch.level == "refuses" and sample.level != "refuses" and kind not in TEXTS:
                    at = leaf.path if kind in self.batches.targets else f"targets.{name}"
                    found[at, f"{batch.reason}; {batch.instead}"] = None
        never = uneven(program, square=True)
        refused = never if self.batches.all else []
        for path, why in (*never, *uneven(program, square=False)):
            if (path, why) not in refused:
                found[path, why if (path, why) in never else f"unless images are square, {why}"] = None
        for name, why in texts_left(program, program.pipeline.targets):
            found[f"targets.{name}", why] = None
        places = places_of(program.pipeline)
        return [located(Mistake(*one), places) for one in found]

    def _support_of_parts(self, policy: type[Policy], kind: str) -> Support:
        """That of the part of a policy that is supported least."""
        return max((self.support(part, kind) for part in policy.parts()), key=lambda support: LEVELS.index(support.level))

    def kernel(self, primitive: str, ops: Sequence[Op] = ()) -> str:
        """Return what runs a primitive, or ops of it, for `explain`."""
        from augment.kernels.host import running  # looks for the native library, which no one asks for but here

        own = {one for op in ops for one in _needed(type(op))}  # a step may be named for its kind, and need others
        needed = [primitive] if primitive in own or primitive in self.primitives else sorted(own)
        samples = _told(running(self.kernel_set), {**_runs(self.kernel_set), **running(self.kernel_set).runs}, needed)
        if self.batches is None or self.batches.only:
            lone = self.batches and self.batches.lone
            return _told(running(lone), running(lone).runs, needed) if lone and set(needed) - self.primitives else samples
        return f"{samples}; batches: {_told(self.batches.kernel_set, _runs(self.batches.kernel_set), needed)}"

    def check(self, program: Program, text: Backend | None = None) -> None:
        """Raise `UnsupportedOpError` with everything in a program that this backend refuses, or that of its texts, and with the
        resources that are missing (`ResourceMissingError` if it is only those)."""

        def kinds(leaf: Leaf) -> list[str]:
            targets = program.pipeline.targets.items()
            return sorted({target.kind for name, target in targets if leaf.concerns(name)} | {leaf.op.modality})

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
        if self.batches is not None and self.batches.all:
            refusals |= dict.fromkeys(str(located(Mistake(*one), places)) for one in uneven(program, square=True))
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

    def takes(self, program: Program, text: Backend | None = None) -> bool:
        """Whether it is installed, and refuses nothing of a program whose texts another one edits."""
        try:
            self.require()
            self.check(program, text)
        except (BackendMissingError, UnsupportedOpError):
            return False
        return True

    def compile(self, program: Program, options: Options, **backend_options: Any) -> Any:
        """Return the native object that runs a program."""
        raise NotImplementedError

    def tail(self, scale: Scale) -> Any:
        """Return the module of the library that does with a batch of bytes what was parted from the end of a program."""
        raise SpecError(f"{self.name} has no modules for what output='uint8' leaves out: torchvision, albumentations, keras have")

    def several(self, spec: Pipeline, parts: Mapping[str, Any]) -> Any:
        """Return the native object of a spec with views, of the objects that `compile` has returned for each of them."""
        return Views(spec, parts)

    def run(self, program: Program, sample: Mapping[str, Any], values: Mapping[str, Any], options: Options) -> dict[str, Any]:
        """Run a program with given values on one sample, numpy in and numpy out: what `augment.replay` calls."""
        executor = self.executor(program, options)
        if executor is None:
            raise NotImplementedError
        return executor(sample, values)

    def apply(self, program: Program, sample: Mapping[str, Any], *, index: int, epoch: int, options: Options) -> dict[str, Any]:
        """Run a program on one sample under its key: what `augment.apply` calls. Backends that draw themselves override it."""
        return self.run(program, sample, program.values(index, epoch), options)

    def values(self, program: Program, *, index: int, epoch: int) -> Mapping[str, Mapping[str, Any]]:
        """Return what it draws for a sample: what the host draws, unless the library's own engine does."""
        return program.values(index, epoch)

    def editor(self, program: Program) -> Editor:
        """Return what runs the text ops of a program; of text backends."""
        raise NotImplementedError

    def executor(self, program: Program, options: Options) -> Executor | None:
        """Return what runs a program on the host, one sample at a time, if this backend has it."""
        return Executor(program, None, self.editor(program)) if self.modality == "text" else None

    def apply_over(
        self, program: Program, samples: Any, *, index: int, epoch: int, options: Options, keyed: Callable[[int], int] = int
    ) -> dict[str, Any]:  # fmt: skip
        """Run a program on one sample of a dataset under its key, numpy in and numpy out: what ``augment apply`` calls.

        Mix partners come from the dataset, which is a sequence of samples. ``index`` is a place in it, and the key of the sample
        there, unless ``keyed`` returns another one.
        """
        if not program.partnered:
            return self.apply(program, samples[index], index=keyed(index), epoch=epoch, options=options)
        executor = self.executor(program, options)
        if executor is None:
            raise UnsupportedOpError([f"{self.name} mixes batches only; use another backend for files"])
        return executor(samples[index], program.values(keyed(index), epoch), Donors(executor, samples, epoch, keyed).of(index))
