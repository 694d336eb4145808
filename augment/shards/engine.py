"""What carries shards to whoever works them: all that an engine knows is a function, shards, and what comes back of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import ClassVar, TypeVar

from augment.errors import EngineMissingError
from augment.shards.plan import Shard

Made = TypeVar("Made")
"""What comes back of a shard: a `Receipt` of what was committed, or what was measured."""
Work = Callable[[Shard], Made]
"""Works one shard. It can be pickled, is called in any process, and more than once for a shard does no harm."""


@dataclass(frozen=True)
class Means:
    """What an engine may use."""

    workers: int = 0
    """How many processes work at once; 0, as the engine likes."""
    address: str | None = None
    """Of a cluster, where the engine has one."""
    gpus: float = 0
    """What part of a GPU each worker takes."""


class Engine:
    """Base class of engines. A plugin registers an instance; making one imports nothing."""

    name: ClassVar[str]
    about: ClassVar[str] = ""
    """One line."""
    requires: ClassVar[tuple[str, ...]] = ()
    """Modules that must be importable."""
    install: ClassVar[str] = ""
    """The command that brings them."""

    def missing(self) -> tuple[str, ...]:
        """Return the required modules that are not installed, without importing any."""
        return tuple(name for name in self.requires if find_spec(name) is None)

    def require(self) -> None:
        """Raise `EngineMissingError` with the line that installs what is missing."""
        if missing := self.missing():
            raise EngineMissingError(f"the engine {self.name!r} needs {', '.join(missing)}: {self.install}")

    def map(self, work: Work[Made], shards: Iterable[Shard], means: Means) -> Generator[Made, None, None]:
        """Yield what comes back of each shard, in any order; shards of workers that died are worked again. Closing it ends all
        workers."""
        raise NotImplementedError
