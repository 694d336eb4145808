"""Results in files of many samples, one for each shard: WebDataset's tars and Parquet, each written by its own library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import IO, Any

from augment.data.classes import SHARES, Classes, class_number
from augment.data.form import Item
from augment.data.output import Fields, Output
from augment.data.source import Source
from augment.errors import FileError, SampleError
from augment.shards import Shard
from augment.shards.receipt import sha256

Add = Callable[[str, Fields], None]
ROWS = 64
"""Of a row group: so many samples are held in memory at once."""
IMAGES = ("png", "jpg", "npy")


@dataclass(frozen=True)
class Pack:
    """A form of files that hold many samples."""

    name: str
    suffix: str
    requires: str
    open: Callable[[IO[bytes], Source], AbstractContextManager[Add]]

    def file(self, shard: Shard, numbered: bool) -> str:
        """The name of the file of a shard."""
        copy = f"a{shard.epoch}-" if numbered else ""
        return f"shard-{copy}{shard.number:06}{self.suffix}"

    def require(self) -> None:
        """Raise `FileError` with the line that installs what is missing."""
        if find_spec(self.requires) is None:
            raise FileError(f"--format {self.name} needs {self.requires}: pip install 'augment-spec[{self.name}]'")


@dataclass(frozen=True)
class Sink:
    """Where the samples of one shard go, in the place of an `Output`."""

    output: Output
    add: Add
    names: set[str] = field(default_factory=set)

    def write(self, source: Source, item: Item, epoch: int, sample: Mapping[str, Any], mark: str = "") -> dict[str, str]:
        """Add a sample; returns the SHA-256 of each of its fields."""
        fields = self.output.fields(source, item, epoch, sample)
        if isinstance(source.form, Classes) and not source.form.once:  # of files the folder tells it
            fields["cls"] = str(class_number(sample[source.form.label])).encode()
        name = self.output.name(item, epoch)
        if name in self.names:
            raise SampleError(f"{name!r} stands twice in one pack, and its readers tell samples apart by their names")
        self.add(name, fields)
        self.names.add(name)
        return {ending: sha256(data) for ending, data in fields.items()}


@contextmanager
def _tar(file: IO[bytes], source: Source) -> Iterator[Add]:
    """A tar, in which the files of a sample share their name up to the first dot."""
    import webdataset

    def add(key: str, fields: Fields) -> None:
        if "." in key.rpartition("/")[2]:
            raise SampleError(f"{key!r} has a dot, which ends the name of a sample in a tar of WebDataset; rename the file")
        writer.write({"__key__": key, **fields})

    with webdataset.TarWriter(file, encoder=False, compress=False, mtime=0, format="PAX_FORMAT") as writer:
        yield add


@contextmanager
def _parquet(file: IO[bytes], source: Source) -> Iterator[Add]:
    """Rows with a key, images as the struct that Hugging Face's `Image` reads, annotations as text, and classes as numbers."""
    import pyarrow as pa
    from pyarrow import parquet

    picture = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    columns: dict[str, Any] = {"key": pa.string(), "image": picture}
    features: dict[str, Any] = {"key": {"dtype": "string", "_type": "Value"}, "image": {"_type": "Image"}}
    endings = source.form.endings if source.form else ()
    captions = source.form.captions if source.form else ""
    beside = [ending for ending in endings if ending not in ("cls", SHARES, captions)]
    if source.mask_name:
        columns["mask"], features["mask"] = picture, {"_type": "Image"}
    if "cls" in endings:
        columns["label"] = pa.int64()
        named = {"names": list(source.classes), "_type": "ClassLabel"} if source.classes else {"dtype": "int64", "_type": "Value"}
        features["label"] = named
    if SHARES in endings:
        columns["label"] = pa.list_(pa.float64())
        features["label"] = {"feature": {"dtype": "float64", "_type": "Value"}, "_type": "Sequence"}
    if captions:
        columns["text"], features["text"] = pa.string(), {"dtype": "string", "_type": "Value"}
    if beside:
        columns["annotations"], features["annotations"] = pa.string(), {"dtype": "string", "_type": "Value"}
    told = {"huggingface": json.dumps({"info": {"features": features}})}
    told |= {"augment": json.dumps({"annotations": beside[0]})} if beside else {}
    schema = pa.schema(columns, metadata=told)
    rows: list[dict[str, Any]] = []

    def flush() -> None:
        writer.write_table(pa.Table.from_pylist(rows, schema))
        rows.clear()

    def add(key: str, fields: Fields) -> None:
        row: dict[str, Any] = {"key": key}
        for name, data in fields.items():
            if name.endswith("npy"):
                raise SampleError("is no picture of 8 bits, which is what Parquet's readers decode; write tars, or files")
            if name in IMAGES:
                row["image"] = {"bytes": data, "path": f"{key}.{name}"}
            elif name.startswith("mask."):
                row["mask"] = {"bytes": data, "path": f"{key}.{name}"}
            elif name in ("cls", SHARES):
                row["label"] = json.loads(data)
            elif name == captions:
                row["text"] = data.decode()
            elif beside and name == beside[0]:
                row["annotations"] = data.decode()
            else:
                raise SampleError(f"has .{name}, for which rows of Parquet have no column; write tars, or files")
        rows.append(row)
        if len(rows) >= ROWS:
            flush()

    with parquet.ParquetWriter(file, schema, compression="none") as writer:  # pictures are packed already
        yield add
        if rows:
            flush()


PACKS = {
    "webdataset": Pack("webdataset", ".tar", "webdataset", _tar),
    "parquet": Pack("parquet", ".parquet", "pyarrow", _parquet),
}
