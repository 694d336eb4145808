"""Keeps the results of a study in a folder: images and masks as lossless files, and a manifest with keys, draws and sums."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import plain
from augment.data.images import read_image, read_mask
from augment.data.output import encode_image, encode_mask
from augment.data.tree import inner_name, parse_json, read_text
from augment.errors import FileError, SampleError
from augment.files.whole import write_whole
from augment.language import dumps
from augment.report.study import Study, Subject
from augment.sample import Target

MANIFEST = "manifest.json"
ARRAYS = ("image", "mask")
"""Kinds of targets that are files; others stand in the manifest."""


@dataclass(frozen=True)
class Draw:
    """What became of a file in one epoch."""

    values: dict[str, dict[str, Any]]
    """All that was drawn, as in a record."""
    entries: dict[str, dict[str, Any]]
    """By target: its kind, the sum of its content, and the content, or file, shape and type of an array."""


@dataclass(frozen=True)
class Kept:
    """A file with its draws by epoch."""

    index: int
    sums: dict[str, str]
    """Of the targets as they were read."""
    draws: dict[str, Draw]


@dataclass(frozen=True)
class Baseline:
    """What a manifest says."""

    spec: str
    """As JSON."""
    spec_sum: str
    backend: str
    text_backend: str
    """Of the texts, where it was chosen; else empty."""
    seed: int
    stage: str
    epoch: int
    n: int
    versions: dict[str, str]
    files: dict[str, Kept]
    version: int = 1
    place: Path = field(default=Path(), compare=False)

    def entry(self, name: str, draw: Draw, target: str) -> Any:
        """Return an entry as it was; raises `FileError` if its file is not what was written."""
        said = draw.entries[target]
        if "file" not in said:
            return said["content"]
        path = self.place / inner_name(said["file"], f"{self.place / MANIFEST}: {name}")
        stored = read_image(path) if said["kind"] == "image" else read_mask(path)[0]
        try:
            array = stored.reshape(said["shape"]).astype(said["type"])
        except (TypeError, ValueError):
            array = None
        if array is None or sum_of(array) != said["sum"]:
            raise FileError(f"{path}: is not what {MANIFEST} was written with; restore it, or --update")
        return array


def results(study: Study, subject: Subject, epoch: int) -> Iterator[tuple[str, str, Any]]:
    """Yield name, kind and content of the entries of a result that a spec may change."""
    targets = study.targets(subject)
    result = study.result(study.engines[0], subject, epoch)
    for name, kind in kinds_of(targets).items():
        if name in result and result[name] is not None:
            yield name, kind, (np.asarray(result[name]) if kind in ARRAYS else as_data(name, result[name]))


def kinds_of(targets: Mapping[str, Target]) -> dict[str, str]:
    """Return the kind of each target, and of what they carry."""
    return {name: "carried" for target in targets.values() for name in target.carry} | {n: t.kind for n, t in targets.items()}


def as_data(name: str, content: Any) -> Any:
    """Return an entry as JSON gives it back."""
    try:
        return json.loads(json.dumps(content, default=plain))
    except (SampleError, TypeError, ValueError) as error:
        raise SampleError(f"{name}: cannot be kept in a baseline ({error})") from None


def values_of(study: Study, subject: Subject, epoch: int) -> dict[str, dict[str, Any]]:
    """Return what is drawn for a sample, as JSON gives it back."""
    drawn = study.values(subject, epoch)
    return {key: {name: np.asarray(value).tolist() for name, value in fields.items()} for key, fields in drawn.items()}


def sums_of(study: Study, subject: Subject) -> dict[str, str]:
    """Return the sums of a sample's targets as they were read."""
    sample = study.samples[subject.at]
    kinds = kinds_of(study.targets(subject))
    return {
        name: sum_of(np.asarray(sample[name]) if kind in ARRAYS else as_data(name, sample[name]))
        for name, kind in kinds.items()
        if name in sample and sample[name] is not None
    }


def sum_of(content: Any) -> str:
    """Return the SHA-256 of an array with its type and shape, or of JSON data."""
    if isinstance(content, np.ndarray):
        head = f"{content.dtype.str} {content.shape} ".encode()
        return hashlib.sha256(head + np.ascontiguousarray(content).tobytes()).hexdigest()
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def backends_of(study: Study) -> tuple[str, str]:
    """Return the names of the backend and, where it was chosen, of that of texts."""
    main, text = study.engines[0].main.name, study.engines[0].text.name
    return main, "" if text in (main, "builtin") else text


def versions_of(study: Study) -> dict[str, str]:
    """Return the versions of what made the results."""
    from augment import __version__

    modules = ("numpy", *study.engines[0].main.requires)
    found = {name: getattr(sys.modules.get(name), "__version__", "") for name in modules}
    return {"augment": __version__, **{name: version for name, version in found.items() if version}}


# Files ---------------------------------------------------------------------------------------------------------------


def write_baseline(study: Study, place: Path) -> Baseline:
    """Write the results of a study, the manifest last, and remove those that are no longer said. Raises `FileError`."""
    former = _files(read_baseline(place)) if (place / MANIFEST).exists() else set()
    if not former and place.exists() and any(place.iterdir()):
        raise FileError(f"{place}: holds files, and no {MANIFEST}; choose an empty folder")
    files = {}
    for number, subject in enumerate(study.subjects):
        draws = {}
        for epoch in study.epochs:
            entries: dict[str, dict[str, Any]] = {}
            for at, (name, kind, content) in enumerate(results(study, subject, epoch)):
                entries[name] = {"kind": kind, "sum": sum_of(content)}
                if kind in ARRAYS:
                    suffix, data = encode_image(content) if kind == "image" else encode_mask(content)
                    file = f"{number:03}-{_slug(subject.name)}-e{epoch}-{at}-{_slug(name)}{suffix}"
                    write_whole(place / file, data)
                    entries[name] |= {"file": file, "shape": list(content.shape), "type": content.dtype.str}
                else:
                    entries[name]["content"] = content
            draws[str(epoch)] = Draw(values_of(study, subject, epoch), entries)
        files[subject.name] = Kept(subject.index, sums_of(study, subject), draws)
    spec = dumps(study.pipeline, "json")
    made = Baseline(
        spec, hashlib.sha256(spec.encode()).hexdigest(), *backends_of(study), study.program.seed, study.program.stage,
        study.epoch, study.n, versions_of(study), files, place=place,
    )  # fmt: skip
    manifest = {key: value for key, value in asdict(made).items() if key != "place"}
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    write_whole(place / MANIFEST, text.encode("utf-8", "backslashreplace"))  # names of files need not be text
    for file in former - _files(made):
        (place / file).unlink(missing_ok=True)
    return made


def read_baseline(place: Path) -> Baseline:
    """Read the manifest of a folder. Raises `FileError`."""
    path = place / MANIFEST
    if not path.exists():
        raise FileError(f"{place}: holds no baseline; --update writes one")
    data = parse_json(read_text(path), str(path))
    try:
        if data["version"] != 1:
            raise FileError(f"{path}: is of version {data['version']!r}, and only 1 is known")
        files = {}
        for name, kept in data["files"].items():
            draws = {epoch: Draw(_each(draw["values"]), _each(draw["entries"])) for epoch, draw in kept["draws"].items()}
            for entry in (entry for draw in draws.values() for entry in draw.entries.values()):
                _check_entry(entry)
            files[name] = Kept(int(kept["index"]), dict(kept["sums"]), draws)
        texts = {key: str(data[key]) for key in ("spec", "spec_sum", "backend", "text_backend", "stage")}
        numbers = {key: int(data[key]) for key in ("seed", "epoch", "n")}
        return Baseline(**texts, **numbers, versions=dict(data["versions"]), files=files, place=place)  # type: ignore[arg-type]
    except FileError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise FileError(f"{path}: is no manifest of a baseline ({told}); --update in a new folder") from None


def _check_entry(entry: Mapping[str, Any]) -> None:
    """Raise `KeyError` where something is missing."""
    for key in ("kind", "sum", *(("file", "shape", "type") if "file" in entry else ("content",))):
        entry[key]


def _each(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: dict(fields) for name, fields in data.items()}


def _files(baseline: Baseline) -> set[str]:
    said = (e for kept in baseline.files.values() for draw in kept.draws.values() for e in draw.entries.values())
    where = str(baseline.place / MANIFEST)
    return {inner_name(entry["file"], where) for entry in said if "file" in entry}


def _slug(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name)[:60]
