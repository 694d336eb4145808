"""Gets a study ready: the spec lowered, the backends checked, and samples to try it on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

from augment.backend import Backend
from augment.data.adapt import samples_of
from augment.data.packed import Packs
from augment.data.sentences import text_name, texts_alone
from augment.data.spread import class_names, places_of
from augment.errors import AugmentError, SampleError
from augment.frameworks.order import check_order
from augment.language import as_pipeline
from augment.plugins import Engines, backends, get_engines, quickest
from augment.program.lower import Program, lower
from augment.report.names import AUTO
from augment.report.study import Ask, Study, Subject
from augment.sample import DEFAULT_TARGETS, TEXTS, Target
from augment.spec.node import Pipeline

FIRST = ("reference", "builtin")
"""What other backends are compared with."""
SHOWN = 16
"""The most samples of a data set that are shown."""


def prepare(
    spec: Any, samples: Any = None, *, backend: str | Sequence[str] | Mapping[str, str] = AUTO, n: int = 8,
    seed: int | None = None, epoch: int = 0, index: int | None = None, stage: str = "train", names: Sequence[str] = (),
    reproduce: Callable[[Ask], str] | None = None, most: int = SHOWN,
) -> Study:  # fmt: skip
    """Return the study of a spec, on ``most`` samples; the other arguments are those of `augment.preview`."""
    if n < 1:
        raise SampleError(f"a preview shows at least one draw, not {n}")
    pipeline = as_pipeline(spec)
    program = lower(pipeline, stage=stage, seed=seed)
    engines, left_out = choose_engines(backend, program)
    load_in_order([engine.main for engine in engines])
    found, named = _samples(samples, program, engines, names)
    keyed = samples.key if isinstance(samples, Packs) else None
    subjects = _subjects(found, named, index, places_of(samples, len(named), most), samples is None, keyed)
    study = Study(
        program, found, subjects, engines, n, epoch, reproduce=reproduce or (lambda ask: ""), given=samples is not None,
        left_out=left_out, classes=class_names(samples, pipeline.targets), names=_all_names(samples, named), keyed=keyed or int,
    )  # fmt: skip
    return _tried(study) if any(map(_wants_all, _names(backend))) else study


def choose_engines(wanted: Any, program: Program) -> tuple[tuple[Engines, ...], tuple[tuple[str, str], ...]]:
    """Return backends that take a program, each once: one by its name, several, or one of images with one of texts.

    'auto' stands for the quickest, and 'all' for every installed one, but for those that refuse the program: they are returned
    with their reasons. A backend that is named and refuses raises `UnsupportedOpError`.
    """
    taken: dict[Engines, None] = {}
    left_out = []
    for name in (_chosen(one, program) for one in _names(wanted)):
        for one in _every(name, program) if _wants_all(name) else [name]:
            try:
                engine = get_engines(one)
                engine.main.check(program, engine.text)
                taken[engine] = None
            except AugmentError as error:
                if not _wants_all(name):
                    raise
                left_out.append((one if isinstance(one, str) else one["image"], reason_of(error)))
    return tuple(taken), tuple(left_out)


def _names(wanted: Any) -> list[Any]:
    return [wanted] if isinstance(wanted, str | Mapping) else list(wanted)


def _chosen(name: str | Mapping[str, str], program: Program) -> str | Mapping[str, str]:
    """A name as it is, or that of the quickest backend; where there are texts alone, none of images has a part in it."""
    if (name if isinstance(name, str) else name.get("image")) != AUTO:
        return name
    texts = {} if isinstance(name, str) else {kind: one for kind, one in name.items() if kind == "text"}
    return texts or "builtin" if _modality(program) == "text" else {**texts, "image": quickest(program).name}


def _wants_all(name: str | Mapping[str, str]) -> bool:
    return (name if isinstance(name, str) else name.get("image")) == "all"


def _every(name: str | Mapping[str, str], program: Program) -> list[Any]:
    """Every backend of images, the reference first; or of texts, where a program has nothing else."""
    modality = _modality(program)
    known = sorted((b.name for b in backends().values() if b.modality == modality), key=lambda n: (n not in FIRST, n))
    return [one if isinstance(name, str) else {**name, "image": one} for one in known]


def _modality(program: Program) -> str:
    return "text" if {leaf.op.modality for leaf in program.leaves} == {"text"} else "image"


def _tried(study: Study) -> Study:
    """Leave out the backends that cannot do the first draw, which some find out when they see the sample."""
    taken, left_out = [], list(study.left_out)
    for engine in study.engines:
        try:
            study.result(engine, study.subjects[0], study.epoch)
            taken.append(engine)
        except SampleError as error:
            if engine.main.name in FIRST:  # what the reference cannot do, none can
                raise
            left_out.append((engine.main.name, reason_of(error)))
    return replace(study, engines=tuple(taken), left_out=tuple(left_out))


def reason_of(error: Exception) -> str:
    """What an error says in one line: where a library has wrapped ours in more words, the line that names the place."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).strip() for line in str(error).splitlines()]
    return next((line for line in lines if line.startswith("pipeline[")), lines[0] if lines else type(error).__name__)


def load_in_order(engines: Sequence[Backend]) -> None:
    """Import the frameworks of several backends, torchvision before TensorFlow: the other order ends the process."""
    wanted = {module for engine in engines for module in engine.requires}
    if "torchvision" in wanted:
        check_order("the report", wanted)
        import_module("torchvision")


def _samples(
    samples: Any, program: Program, engines: Sequence[Engines], names: Sequence[str]
) -> tuple[Sequence[Mapping[str, Any]], Sequence[str]]:
    """The samples, and their names; of bundled photographs, the names of those that are shown."""
    if samples is None:
        from augment.data.bundled import NAMES, bundled

        targets = program.pipeline.targets or {
            name: target for name, target in DEFAULT_TARGETS.items() if _moved(target, program, engines)
        }
        photos = bundled(targets)
        return (photos if program.partnered else photos[:1]), NAMES[:1]
    samples = samples_of(_as_texts(samples, program.pipeline), program.pipeline.targets)
    if not len(samples):
        raise SampleError("there is no sample to show")
    if program.partnered and len(samples) < 2:
        raise SampleError("the spec needs a partner for each sample, so a preview needs at least two")
    return samples, names or [f"sample {i}" for i in range(len(samples))]


def _as_texts(samples: Any, pipeline: Pipeline) -> Any:
    """Texts as samples of a spec for texts alone: one, or a list of them."""
    texts = [samples] if isinstance(samples, str) else samples
    if not isinstance(texts, list | tuple) or not texts or not all(isinstance(text, str) for text in texts):
        return samples
    if not texts_alone(pipeline):
        fix = "files are augment.data.Folder([Path(...)], {})"
        raise SampleError(f"{texts[0][:60]!r} is text, and the spec is for images: {fix}")
    return [{text_name(pipeline.targets): text} for text in texts]


def _all_names(samples: Any, named: Sequence[str]) -> Sequence[str]:
    """The names of all samples, of bundled photographs also of those that are not shown."""
    from augment.data.bundled import NAMES

    return NAMES if samples is None else named


def _subjects(
    samples: Sequence[Any], names: Sequence[str], index: int | None, shown: Sequence[int], bundled: bool,
    keyed: Callable[[int], int] | None,
) -> tuple[Subject, ...]:  # fmt: skip
    """What is shown: those at the places ``shown``; ``index`` is the key of a single sample, and chooses among several, and among
    those whose names key them."""
    named = keyed is not None
    keyed = keyed or int
    if index is None:
        return tuple(Subject(i, keyed(i), names[i], named) for i in shown)
    if index < 0:
        raise SampleError(f"an index counts from 0, not {index}")
    if len(samples) == 1 and not named:
        return (Subject(0, index, names[0]),)
    if index >= len(samples):
        hint = "; the photographs that come with the package are 0 and 1" if bundled else ""
        raise SampleError(f"there is no sample {index}: there are {len(samples)}, counted from 0{hint}")
    if bundled:
        from augment.data.bundled import NAMES

        names = NAMES
    return (Subject(index, keyed(index), names[index], named),)


def _moved(target: Target, program: Program, engines: Sequence[Engines]) -> bool:
    """Whether all ops can move a target on all backends, so that it can be shown where the spec declares none."""
    modalities = {leaf.op.modality for leaf in program.leaves}
    if target.kind in TEXTS:  # captions are edited where a spec declares them, and no spans come with the package
        return target.kind == "text" and "text" in modalities
    if modalities == {"text"}:
        return False
    for leaf in program.leaves:
        if leaf.op.mixes and target.kind not in ("image", *leaf.op.moves):
            return False
        if leaf.op.modality == "image" and any(
            engine.main.support(type(leaf.op), target.kind).level == "refuses" for engine in engines
        ):
            return False
    return True
