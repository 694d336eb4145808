"""What stands beside the targets in the mappings of a torchvision sample, by the rules of every backend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from torch.utils._pytree import MappingKey, SequenceKey

from augment.engine.affected_texts import rewritten
from augment.errors import SampleError
from augment.program.lower import Program
from augment.sample import TEXTS, Target, slipped
from augment.sample.beside import Beside
from augment.sample.pointing import refuse_stale, texts_in
from augment_torchvision.reading import Leaf, Reading

Path = tuple[Any, ...]


Known = dict[Any, Beside]
"""What the keys of samples say."""
MANY = 64


def look_beside(sample: Any, leaves: Sequence[Leaf], taken: set[int], reading: Reading, program: Program, known: Known) -> None:
    """Raise `SampleError` where an entry would stay behind, or has nearly the name of a target; note the texts in ``reading``.

    ``known`` is what was found out for samples of the same keys and targets.
    """
    texts = any(target.kind in TEXTS for target in reading.targets.values())
    if not texts and all(leaf.at in taken or leaf.by_place for leaf in leaves):
        return
    names = [leaf.key for leaf in leaves]
    edited = {name: reading.places[name].value for name in rewritten(program, reading.targets)}
    moved = {leaf.path for leaf in leaves if leaf.at in taken}
    for at, part in _parts(sample, moved) if edited else ():
        refuse_stale(at, part, edited)
    for path, mapping in _mappings(sample, reading):
        claimed = {_key(leaf.path, path) for leaf in leaves if leaf.at in taken}
        keys = [key for key, entry in mapping.items() if entry is not None and isinstance(key, str)]
        open_ = tuple([key for key in keys if key not in claimed])
        targets = {str(leaf.key): reading.targets[name] for name, leaf in reading.places.items() if leaf.path[:-1] == path}
        same = (program.stage, *open_, *names, *reading.targets, *targets.items())
        if same not in known:
            found = _found(open_, {*reading.targets, *filter(None, names)}, targets, reading, program)
            if len(known) < MANY:
                known[same] = found
        else:
            found = known[same]
        found.check(mapping, edited)
        reading.words += [(repr(key), list(texts_in(mapping[key])), key) for key in found.texts]


def _found(
    keys: Collection[str], present: set[str], targets: Mapping[str, Target], reading: Reading, program: Program
) -> Beside:
    """What the keys of a mapping say. Raises `SampleError` on slips."""
    declared = program.pipeline.targets
    if not declared:  # what was found by its type has another name, and a label stays true of an image that only moves
        present |= {target.kind for target in reading.targets.values()} | (set() if program.relabels else {"labels"})
    for key in keys:
        if key not in declared and (mistake := slipped(key, declared, present)):
            raise SampleError(mistake)
    return Beside.of(keys, targets, rewritten(program, targets), program.relabels)


def said_by_place(sample: Any, left: Iterable[Leaf]) -> Iterator[tuple[str, list[str], str]]:
    """Texts and chats that no key names: where, and what they say."""
    for leaf in left:
        if leaf.by_place and (said := list(texts_in(leaf.value))):
            yield leaf.where, said, ""
    for i, entry in enumerate(sample if isinstance(sample, list | tuple) else ()):
        if isinstance(entry, list) and entry and all(isinstance(message, Mapping) for message in entry):
            yield f"[{i}]", list(texts_in([message.get("content", message.get("value")) for message in entry])), ""


def _mappings(sample: Any, reading: Reading) -> Iterator[tuple[Path, Mapping[Any, Any]]]:
    """The mappings that hold targets, and those beside an image."""
    paths = dict.fromkeys(leaf.path[:-1] for leaf in reading.places.values() if leaf.key is not None)
    for path in paths:
        inner = sample
        for step in path:
            inner = step.get(inner)
        yield path, inner
    if isinstance(sample, list | tuple):
        for i, entry in enumerate(sample):
            if isinstance(entry, Mapping) and (SequenceKey(i),) not in paths:
                yield (SequenceKey(i),), entry
    elif isinstance(sample, Mapping) and () not in paths:
        yield (), sample


def _parts(entry: Any, moved: Collection[Path], path: Path = ()) -> Iterator[tuple[int, Any]]:
    """What stands by place beside what is moved, and where in its tuple."""
    for i, part in enumerate(entry if isinstance(entry, list | tuple) else ()):
        own = (*path, SequenceKey(i))
        if not any(other[: len(own)] == own for other in moved):
            if not isinstance(part, Mapping):
                yield i, part
        elif own not in moved:
            yield from _parts(part, moved, own)


def _key(path: Path, holder: Path) -> Any:
    """The key of a mapping under which a leaf stands; None if it stands elsewhere."""
    step = path[len(holder)] if len(path) > len(holder) and path[: len(holder)] == holder else None
    return step.key if isinstance(step, MappingKey) else None
