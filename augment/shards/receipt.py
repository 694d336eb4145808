"""What was made of a shard, sample by sample, written when all of it stands: that is the commit."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from augment.errors import FileError
from augment.files.remote import Remote
from augment.files.whole import remove_tree, temporary_of, write_whole
from augment.shards.plan import Shard

SUFFIX = ".jsonl"
BEGUN = "begun"
"""The folder of what is known of shards that are not done."""


@dataclass(frozen=True)
class Row:
    """What became of one sample in one epoch."""

    sample: int
    """Its place in the source."""
    key: str
    files: Mapping[str, str] = field(default_factory=dict)
    """What was written, below the folder of results or in the file of the shard, with its SHA-256."""
    dropped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How many rows of each target are gone, by the reason."""
    error: str = ""
    """Why there are no files."""
    kept: bool = False
    """Whether it was there before; not written down."""

    def line(self) -> str:
        data: dict[str, Any] = {"sample": self.sample, "key": self.key}
        data |= {"error": self.error} if self.error else {"files": dict(self.files)}
        return json.dumps(data | ({"dropped": self.dropped} if self.dropped else {})) + "\n"

    @classmethod
    def read(cls, line: str | bytes) -> Row:
        """Return the row of a line; raises `ValueError` or a kin of it on what is none."""
        data = json.loads(line)
        return cls(int(data["sample"]), str(data["key"]), data.get("files", {}), data.get("dropped", {}), data.get("error", ""))


@dataclass(frozen=True)
class Receipt:
    """The rows of a shard, all of them."""

    shard: Shard
    rows: tuple[Row, ...]
    file: str = ""
    """What holds all of its results, where they are one file."""
    digest: str = ""
    """The SHA-256 of that file."""

    @property
    def failed(self) -> list[Row]:
        return [row for row in self.rows if row.error]

    def text(self) -> str:
        """As it is written: a line for each sample, and one for the shard, which nothing follows."""
        shard, dropped = self.shard, total(row.dropped for row in self.rows)
        end: dict[str, Any] = {"shard": shard.number, "epoch": shard.epoch, "start": shard.start, "stop": shard.stop}
        end |= {"rows": len(self.rows), "failed": len(self.failed)} | ({"dropped": dropped} if dropped else {})
        end |= {"file": self.file, "digest": self.digest} if self.file else {}
        return "".join(row.line() for row in self.rows) + json.dumps(end) + "\n"

    @classmethod
    def read(cls, text: str) -> Receipt:
        """Return what `text` gave; raises `ValueError` or a kin of it on anything else."""
        *rows, last = text.splitlines()
        end = json.loads(last)
        shard = Shard(int(end["epoch"]), int(end["shard"]), int(end["start"]), int(end["stop"]))
        found = cls(shard, tuple(map(Row.read, rows)), end.get("file", ""), end.get("digest", ""))
        if len(found.rows) != end["rows"]:
            raise ValueError("rows are missing")
        return found


@dataclass(frozen=True)
class Ending:
    """What the last line of a receipt says of its shard."""

    shard: Shard
    rows: int
    failed: int
    dropped: Mapping[str, Mapping[str, int]]
    file: str
    sha256: str
    """Of the whole receipt."""

    @classmethod
    def read(cls, data: bytes) -> Ending:
        """Return it, without a look at the rows but that there are so many; raises `ValueError` or a kin of it."""
        end = json.loads(data[data.rfind(b"\n", 0, -1) + 1 :])
        shard = Shard(int(end["epoch"]), int(end["shard"]), int(end["start"]), int(end["stop"]))
        if data.count(b"\n") != end["rows"] + 1:
            raise ValueError("rows are missing")
        return cls(shard, end["rows"], end["failed"], end.get("dropped", {}), end.get("file", ""), sha256(data))


class Receipts:
    """The receipts of one plan, in a folder of their own."""

    def __init__(self, folder: Path, mark: str = ""):
        self.folder, self.mark = folder, mark

    def place(self, shard: Shard) -> Path:
        return self.folder / f"{shard.name}{SUFFIX}"

    def names(self) -> set[str]:
        """The names of the shards that have one."""
        return {path.stem for path in self.folder.glob(f"*{SUFFIX}")}

    def of(self, shard: Shard) -> Receipt | None:
        """Return that of a shard; None where there is none, or one of other samples."""
        found = None
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            found = Receipt.read(self.place(shard).read_text(encoding="utf-8"))
        return found if found and found.shard == shard else None

    def every(self) -> Iterator[Receipt]:
        """Yield all that there are, of whatever shards."""
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                yield Receipt.read(path.read_text(encoding="utf-8"))

    def ending(self, shard: Shard) -> Ending | None:
        """Return how that of a shard ends, which takes a hundredth of the time; None as in `of`."""
        found = None
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            found = Ending.read(self.place(shard).read_bytes())
        return found if found and found.shard == shard else None

    def write(self, receipt: Receipt) -> None:
        """Commit a shard; raises `FileError`."""
        write_whole(self.place(receipt.shard), receipt.text().encode(), self.mark)
        if not isinstance(self.folder, Remote):
            remove_tree(self._begun(receipt.shard))

    def tidy(self) -> None:
        """Remove what was written while shards were worked, once all of them are done."""
        remove_tree(self.folder / BEGUN)

    # What is written while a shard is worked, so that a part of it is not worked twice ---------------------------------

    def journal(self, shard: Shard) -> Journal:
        return Journal(temporary_of(self._begun(shard) / "rows", self.mark))

    def begun(self, shard: Shard) -> dict[int, Row]:
        """Return what is left of workers that never finished the shard, by sample; those that failed are made again."""
        rows: dict[int, Row] = {}
        left = [] if isinstance(self.folder, Remote) else self._begun(shard).glob(".rows.*")
        for path in [self.place(shard), *left]:
            with suppress(OSError):
                for line in path.read_bytes().splitlines():
                    with suppress(ValueError, KeyError, TypeError):  # of a line that is cut off
                        row = Row.read(line)
                        rows |= {row.sample: replace(row, kept=True)} if not row.error else {}
        return rows

    def _begun(self, shard: Shard) -> Path:
        return self.folder / BEGUN / shard.name


class Journal:
    """Rows, one by one, as they are made."""

    def __init__(self, path: Path):
        self.path = path
        self._file: BinaryIO | None = None

    def add(self, row: Row) -> None:
        """Write a row; raises `FileError`. A store has no files that grow: there a shard that was left is worked again."""
        if isinstance(self.path, Remote):
            return
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("wb")
            self._file.write(row.line().encode())
            self._file.flush()
        except OSError as error:
            raise FileError(f"{self.path.parent}: cannot be written ({error.strerror or error})") from None

    def close(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def total(dropped: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Return how many rows of each target are gone in all, by the reason."""
    counts: dict[str, Counter[str]] = {}
    for one in dropped:
        for target, reasons in one.items():
            counts.setdefault(target, Counter()).update(reasons)
    return {target: dict(sorted(reasons.items())) for target, reasons in sorted(counts.items())}
