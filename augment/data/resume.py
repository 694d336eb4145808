"""What made the results of a folder, in a file beside them, so that results of two calls never pass for those of one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from augment.data.tree import parse_json, read_text, real
from augment.errors import FileError
from augment.files.whole import remove_tree, write_whole
from augment.shards.status import PLAN, RECORD, STATE

MOST_TOLD = 3
_NAMES = ("name", "about")
"""Of a spec: what says nothing of its results."""


@dataclass(frozen=True)
class Made:
    """What decides on the bytes of results.

    ``plan`` is one for all results of a folder: spec with seed, stage, backends, encoding. ``source`` says what they are made
    from; results of several, which have other names, may stand in one folder. ``epochs`` are those that are made of it.
    """

    root: Path
    plan: Mapping[str, Any]
    source: Mapping[str, Any]
    epochs: Collection[int]

    @classmethod
    def of(cls, root: Path, spec: str, plan: Mapping[str, Any], source: Mapping[str, Any], epochs: Collection[int]) -> Made:
        """Return it for a spec as JSON; paths of the source become those that links lead to."""
        said = {name: value for name, value in json.loads(spec).items() if name not in _NAMES}
        led = {name: str(real(value)) if isinstance(value, Path) else value for name, value in source.items()}
        return cls(root, {"spec": said, **plan}, led, epochs)

    @property
    def place(self) -> Path:
        return self.root / RECORD

    @property
    def id(self) -> str:
        """Stands for the plan and the source, in the names of files."""
        return digest([json.dumps([self.plan, self.source], sort_keys=True)])

    @property
    def state(self) -> Path:
        """The folder with the receipts of these results."""
        return self.root / STATE / self.id

    def size(self) -> int | None:
        """Return how many samples a shard has, if that is settled."""
        data = self.described() if (self.state / PLAN).exists() else {}
        return data["size"] if isinstance(data.get("size"), int) and data["size"] > 0 else None

    def made_epochs(self) -> tuple[int, ...]:
        """Return the epochs that are made of this source, those of earlier calls included."""
        record = self._read()
        entries = record["sources"] if record else []
        return tuple(next((entry["epochs"] for entry in entries if entry["of"] == self.source), ()))

    def check(self, kept: Collection[int] = ()) -> None:
        """Raise `FileError` if results of another plan stand here, or results of ``kept`` epochs that were made otherwise."""
        record = self._read()
        if record is None and kept:
            why = f"there is no {RECORD} that tells what made them"
            raise FileError(f"{self.root}: has results, and {why}, so --resume cannot go on: {_OUT}")
        if record is None:
            return
        if record["plan"] != self.plan:
            raise FileError(f"{self.root}: holds results of another call ({self._unlike(record)}), which are not mixed: {_OUT}")
        entry = next((one for one in record["sources"] if one["of"] == self.source), None)
        if kept and entry is None:
            found = [one["of"] for one in record["sources"]]
            nearest = max(found, key=lambda one: _alike(one, self.source)) if found else {}
            told = _told(_differences(nearest, self.source))
            raise FileError(f"{self.root}: its results were made from something else ({told}), and are not mixed: {_OUT}")
        if entry and (others := sorted(set(kept) - set(entry["epochs"]))):
            why = f"the calls like this made {', '.join(map(str, entry['epochs']))}"
            raise FileError(f"{self.root}: has results for epoch {others[0]} of another call ({why}), not to be mixed: {_OUT}")

    def check_replaced(self) -> None:
        """Raise `FileError` if results of another plan would be left beside those that replace some."""
        record = self._read()
        if record is None or record["plan"] == self.plan:
            return
        for entry in record["sources"]:
            covered = entry["of"] == self.source and record["plan"].get("quality") == self.plan["quality"]
            if left := set(entry["epochs"]) - set(self.epochs if covered else ()):
                which = f"{len(left)} epochs from {entry['of'].get('source')}"
                told = f"--force would leave results of another call beside these: {which} ({self._unlike(record)})"
                raise FileError(f"{self.root}: {told}: {_OUT}")

    def write(
        self, samples: int, size: int, versions: Mapping[str, str], *, replaced: bool = False, anew: bool = False
    ) -> None:  # fmt: skip
        """Say what is about to be made, before it is, in shards of one ``size``, and by which ``versions`` of libraries.

        Where it has ``replaced`` something, nothing is said of others any more; what is made ``anew`` has no receipts.
        """
        record = self._read()
        entries = record["sources"] if record and record["plan"] == self.plan else []
        made = {epoch for one in entries if one["of"] == self.source for epoch in one["epochs"]} | set(self.epochs)
        others = [one for one in entries if one["of"] != self.source and not replaced]
        data = {"plan": self.plan, "sources": [*others, {"of": self.source, "epochs": sorted(made)}]}
        for state in (self.root / STATE).glob("*") if replaced else ():
            if state != self.state:
                remove_tree(state)
        for epoch in self.epochs if anew else ():
            for receipt in self.state.glob(f"{epoch}-*"):
                receipt.unlink(missing_ok=True)
        write_whole(self.place, (json.dumps(data, indent=1) + "\n").encode())
        if self.size() != size:
            told = {"plan": self.plan, "source": self.source, "samples": samples, "size": size, "versions": versions}
            write_whole(self.state / PLAN, (json.dumps(told, indent=1) + "\n").encode())

    def described(self) -> dict[str, Any]:
        """Return what `write` has said of these results."""
        data = parse_json(read_text(self.state / PLAN), str(self.state / PLAN))
        return data if isinstance(data, dict) else {}

    def _unlike(self, record: Mapping[str, Any]) -> str:
        return _told(_differences(record["plan"], self.plan))

    def _read(self) -> dict[str, Any] | None:
        if not self.place.exists():
            return None
        data = parse_json(read_text(self.place), str(self.place))
        try:
            epochs = [epoch for entry in data["sources"] for epoch in entry["epochs"] if isinstance(entry["of"], dict)]
            if isinstance(data["plan"], dict) and all(type(epoch) is int for epoch in epochs):
                return data
        except (KeyError, TypeError):
            pass
        raise FileError(f"{self.place}: is not what 'augment apply' writes beside its results; remove it with them")


_OUT = "choose another folder, or remove this one"


def is_kept(path: Path, root: Path) -> bool:
    """Whether a file below a folder of results is no result, but what is known of them."""
    return path.relative_to(root).parts[0] in (RECORD, STATE)


def digest(keys: Iterable[str]) -> str:
    """Return the beginning of the SHA-256 of keys in their order, by which samples are numbered."""
    found, between = hashlib.sha256(), ""
    for key in keys:
        found.update(f"{between}{key}".encode("utf-8", "surrogatepass"))
        between = "\0"
    return found.hexdigest()[:16]


def _differences(before: Any, now: Any, at: str = "") -> Iterator[str]:
    """Yield each place where two JSON values differ, with both."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys((*before, *now)):
            yield from _differences(before.get(name), now.get(name), f"{at}.{name}" if at else name)
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for i, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differences(old, new, f"{at}[{i}]")
    elif before != now:
        yield f"{at.removeprefix('spec.')} was {_short(before)}, and is {_short(now)}"


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return sum(one.get(name) == value for name, value in other.items())


def _told(found: Iterable[str]) -> str:
    differences = list(found)
    more = f"; and {len(differences) - MOST_TOLD} more" if len(differences) > MOST_TOLD else ""
    return "; ".join(differences[:MOST_TOLD]) + more


def _short(value: Any) -> str:
    text = "not set" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 or isinstance(value, str) else f"{text[:57]}..."


__all__ = ["RECORD", "STATE", "Made", "digest", "is_kept"]
