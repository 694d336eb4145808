"""Packs as streams of samples: tars in which the files of a sample share their name, and rows of Parquet.

What is damaged is told in its place, and what can be read of the rest still comes.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from array import array
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, BinaryIO

from augment.data.table import CAPTIONS
from augment.data.tree import inner_name
from augment.errors import FileError

Fields = Mapping[str, bytes]
"""The files of a sample by their endings: png, mask.png, json, cls."""
TARS = (".tar", ".tar.gz", ".tgz")
PARQUET = (".parquet",)
SUFFIXES = (*TARS, *PARQUET)
KEYS = ("key", "__key__")
MASKS = ("mask", "seg", "segmentation")
LABELS = ("label", "labels")
MOST_BYTES = 2**30
AT_ONCE = 16
"""Rows that are decoded together."""
_DAMAGE = (tarfile.TarError, OSError, EOFError, zlib.error)


@dataclass(frozen=True)
class Found:
    """A sample of a pack, or what is wrong with it."""

    key: str
    fields: Fields = field(default_factory=dict)
    problem: str = ""


def is_pack(path: Any) -> bool:
    return path.name.lower().endswith(SUFFIXES)


def stem_of(path: Any) -> str:
    """Return the name of a pack without its suffix."""
    return path.name[: -len(next(end for end in SUFFIXES if path.name.lower().endswith(end)))]


def samples_in(path: Any, begin: int = 0) -> Generator[Found, None, None]:
    """Yield the samples of a pack one by one; what cannot be read is a last one with a problem.

    ``begin`` is one of `begins_of`.
    """
    read = _parquet if path.name.lower().endswith(PARQUET) else _tar
    try:
        with path.open("rb") as file:
            yield from read(file, path, begin)
    except FileNotFoundError:
        yield Found(stem_of(path), problem=f"{path}: there is no such file")
    except FileError as error:
        yield Found(stem_of(path), problem=str(error))
    except OSError as error:
        yield Found(stem_of(path), problem=f"{path}: cannot be read ({error.strerror or error})")


def is_stream(path: Any) -> bool:
    """Whether a pack is compressed as a whole, so that all that stands before a sample is read on the way to it."""
    return path.name.lower().endswith(TARS[1:])


def begins_of(path: Any) -> Sequence[int]:
    """Return where each sample of a pack begins, by the heads in it alone; raises `FileError` where not all of it can be read."""
    try:
        with path.open("rb") as file:
            if not file.seekable():
                raise FileError(f"{path}: can only be read from its beginning on, so its samples cannot be looked up; copy it")
            if path.name.lower().endswith(PARQUET):
                with closing(opened_table(file, path)) as table:
                    return range(table.metadata.num_rows)
            found, last = array("q"), None
            for info, name in _members(_plain(file, path), path, 0, "it is not known how many samples it holds"):
                if (key := _split(name)[0]) != last:
                    found.append(info.offset)
                    last = key
            return found
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None


# Tars ----------------------------------------------------------------------------------------------------------------


def _plain(file: BinaryIO, path: Any) -> Any:
    return file if path.name.lower().endswith(".tar") else gzip.GzipFile(fileobj=file)


def _split(name: str) -> tuple[str, str]:
    """Return key and ending: the first dot of the last part is between them."""
    folder, slash, last = name.rpartition("/")
    stem, _, ending = last.partition(".")
    return f"{folder}{slash}{stem}", ending.lower()


def _members(file: Any, path: Any, begin: int, then: str) -> Iterator[tuple[tarfile.TarInfo, str]]:
    """Yield the header of each file that is one of a sample; raises `FileError` where the tar is damaged, and what ``then``."""
    last = "its beginning"
    try:
        file.seek(begin)
        tar = tarfile.TarFile(fileobj=file)
        offset = begin
        while True:
            file.seek(offset)
            info = tarfile.TarInfo.fromtarfile(tar)
            offset = tar.offset
            name = info.name.removeprefix("./")
            if info.isreg() and "." in name.rpartition("/")[2][1:] and not name.startswith("__"):
                yield info, inner_name(name, str(path))
                last = repr(_split(name)[0])
    except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # of typeshed
        return
    except _DAMAGE as error:
        raise FileError(f"{path}: is cut off or damaged after {last} ({error}); {then}") from None


def _tar(file: BinaryIO, path: Any, begin: int) -> Iterator[Found]:
    plain = _plain(file, path)
    key, fields, problem = "", dict[str, bytes](), ""
    for info, name in _members(plain, path, begin, "what stands before is done"):
        own, ending = _split(name)
        if own != key and fields:
            yield Found(key, fields, problem)
        if own != key:
            key, fields, problem = own, {}, ""
        if info.size > MOST_BYTES:
            raise FileError(f"{path}:{name}: has {info.size:,} bytes, more than the {MOST_BYTES:,} that are read")
        if ending in fields:
            problem = f"{path}:{name}: stands twice; the names of samples tell them apart"
        plain.seek(info.offset_data)
        try:
            fields[ending] = plain.read(info.size)
        except _DAMAGE as error:
            raise FileError(f"{path}:{name}: cannot be read ({error})") from None
        if len(fields[ending]) < info.size:
            raise FileError(f"{path}:{name}: is cut off, and so is what follows; what stands before is done")
    if fields:
        yield Found(key, fields, problem)


# Parquet -------------------------------------------------------------------------------------------------------------


def opened_table(file: BinaryIO, path: Any) -> Any:
    """Return a file of Parquet, open to read; raises `FileError`."""
    if find_spec("pyarrow") is None:
        raise FileError(f"{path}: to read it needs pyarrow: pip install 'augment-spec[parquet]'")
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise FileError(f"{path}: is no Parquet, or cut off ({_first(error)})") from None


def _parquet(file: BinaryIO, path: Any, begin: int) -> Iterator[Found]:
    import pyarrow as pa

    with closing(opened_table(file, path)) as table:
        columns = Columns.of(table.schema_arrow)
        row = 0
        for group in range(table.num_row_groups):
            count = table.metadata.row_group(group).num_rows
            if row + count <= begin:
                row += count
                continue
            done = row
            try:
                for batch in table.iter_batches(AT_ONCE, [group]):
                    for values in batch.to_pylist():
                        if done >= begin:
                            yield columns.found(values, path, done)
                        done += 1
            except (pa.ArrowException, OSError) as error:
                what = f"rows {done} to {row + count - 1} cannot be read ({_first(error)})"
                yield Found(f"{stem_of(path)}/{done:09}", problem=f"{path}: {what}; the others are done")
            row += count


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]


@dataclass(frozen=True)
class Columns:
    """What each column of a table is."""

    key: str
    image: str
    mask: str
    label: str
    caption: str
    annotations: str
    ending: str
    """Of the annotations."""
    others: tuple[str, ...]
    classes: tuple[str, ...] = ()

    @classmethod
    def of(cls, schema: Any) -> Columns:
        import pyarrow as pa

        pictures = [one.name for one in schema if _is_picture(one.type)]
        texts = [one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)]
        whole = [one.name for one in schema if pa.types.is_integer(one.type)]
        said = json.loads((schema.metadata or {}).get(b"augment", b"{}"))
        mask = next((name for name in pictures if name in MASKS), "")
        image = next((name for name in pictures if name != mask), "")
        label = next((name for name in whole if name in LABELS), "")
        found = {
            "key": next((name for name in texts if name in KEYS), ""), "image": image, "mask": mask, "label": label,
            "caption": next((name for name in texts if name in CAPTIONS), ""),
            "annotations": "annotations" if "annotations" in texts and "annotations" in said else "",
        }  # fmt: skip
        others = tuple(name for name in schema.names if name not in found.values())
        return cls(**found, ending=said.get("annotations", "json"), others=others, classes=_classes(schema, label))

    def found(self, row: Mapping[str, Any], path: Any, number: int) -> Found:
        """Return a row as a sample."""
        key = row.get(self.key) or f"{stem_of(path)}/{number:09}"
        try:
            key = inner_name(key, f"{path}: row {number}: {self.key}")
            return Found(key, self._fields(row, f"{path}: row {number}"))
        except FileError as error:
            return Found(key, problem=str(error))

    def _fields(self, row: Mapping[str, Any], where: str) -> dict[str, bytes]:
        fields: dict[str, bytes] = {}
        for name, lead in ((self.image, ""), (self.mask, "mask.")):
            if name:
                ending, data = _picture(row[name], f"{where}: {name}")
                fields[f"{lead}{ending}"] = data
        if self.label and row[self.label] is not None:
            fields["cls"] = str(row[self.label]).encode()
        if self.caption and row[self.caption] is not None:
            fields["txt"] = row[self.caption].encode()
        if self.annotations and row[self.annotations] is not None:
            fields[self.ending] = row[self.annotations].encode()
        others = {name: row[name] for name in self.others if row[name] is not None}
        if others and "json" in fields:
            raise FileError(f"{where}: has annotations, and the column {next(iter(others))} beside them; leave one out")
        if self.others:
            try:
                fields["json"] = json.dumps(others).encode()
            except TypeError as error:
                raise FileError(f"{where}: has a column that JSON has no form for ({error}); leave it out") from None
        return fields


def _is_picture(kind: Any) -> bool:
    import pyarrow as pa

    if pa.types.is_struct(kind):
        return {kind.field(i).name for i in range(kind.num_fields)} == {"bytes", "path"}
    return pa.types.is_binary(kind) or pa.types.is_large_binary(kind)


def _picture(raw: Any, where: str) -> tuple[str, bytes]:
    data = raw.get("bytes") if isinstance(raw, Mapping) else raw
    if not data:
        told = raw.get("path") if isinstance(raw, Mapping) else None
        raise FileError(f"{where}: holds no picture" + (f", but only the path {told!r}; embed the files" if told else ""))
    return ("jpg" if data.startswith(b"\xff\xd8") else "png"), data


def _classes(schema: Any, label: str) -> tuple[str, ...]:
    """The names of the classes, as Hugging Face writes them down."""
    try:
        features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
        return tuple(map(str, features[label]["names"]))
    except (KeyError, TypeError, ValueError):
        return ()


def classes_of(path: Any) -> tuple[str, ...]:
    """Return the names of the classes that a pack tells, if any."""
    if not path.name.lower().endswith(PARQUET):
        return ()
    with path.open("rb") as file, closing(opened_table(file, path)) as table:
        return Columns.of(table.schema_arrow).classes


__all__ = ["SUFFIXES", "Fields", "Found", "begins_of", "classes_of", "is_pack", "is_stream", "samples_in", "stem_of"]
