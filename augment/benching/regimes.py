"""What is timed: the regimes, and which libraries have a way to run in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Name = Literal["sample", "loader", "batch"]
Side = Literal["spec", "native"]


@dataclass(frozen=True)
class Regime:
    """A way to run a pipeline."""

    name: Name
    title: str
    clock: Literal["CPU", "wall"]
    """CPU time of the process, or the time that passes: for what runs in other processes, or on another device."""
    backends: tuple[str, ...]
    """Those that run so."""
    native: str
    """How the library's own pipeline is run; empty where as the spec is."""


REGIMES: tuple[Regime, ...] = (
    Regime("sample", "one sample after another, one thread", "CPU", ("albumentations", "torchvision", "opencv", "reference"), ""),
    Regime("loader", "DataLoader: files are read and decoded in workers", "wall", ("albumentations", "torchvision"), ""),
    Regime(
        "batch", "a batch on the device", "wall", ("torchvision", "keras"),
        "torchvision's own classes draw once for a batch, so they run sample by sample and are stacked",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What one process times."""

    spec: str
    """As JSON."""
    backend: str
    side: Side
    regime: Name
    files: tuple[str, ...]
    workers: int = 2
    batch: int = 16
    seconds: float = 0.5
    """How long a turn takes at least."""
