"""A keyed dataset as those of torch: a `torch.utils.data.Dataset`, with a callback that tells Lightning's epochs."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from torch.utils.data import Dataset

from augment import keyed

_LIGHTNING = ("lightning.pytorch.callbacks", "pytorch_lightning.callbacks")
"""Where its callbacks are, under both names that it has."""


class Over(keyed.Over, Dataset[Any]):
    """`augment.keyed.Over` as torch's datasets are: ``over + other`` joins two, and Lightning takes ``over.epochs``."""

    each_epoch = f"{keyed.Over.each_epoch}, or give callbacks=[over.epochs] to Lightning's Trainer"

    @property
    def epochs(self) -> Any:
        """The callback by which Lightning's Trainer says which epoch begins."""
        return _callback(self)


class Epochs:
    """Tells a dataset which epoch of training begins."""

    def __init__(self, over: keyed.Over):
        self.over = over

    def on_train_epoch_start(self, trainer: Any, pl_module: Any) -> None:
        self.over.set_epoch(trainer.current_epoch)

    def __reduce__(self) -> Any:
        return _callback, (self.over,)


def _callback(over: keyed.Over) -> Any:
    """Return an object of the classes that Lightning takes, which is imported for it."""
    names = [name for name in _LIGHTNING if name in sys.modules] or [n for n in _LIGHTNING if find_spec(n.partition(".")[0])][:1]
    return _kind(*(import_module(name).Callback for name in names))(over)


@lru_cache
def _kind(*bases: type) -> type:
    return type("Epochs", (Epochs, *bases), {"__doc__": Epochs.__doc__, "__module__": __name__})


__all__ = ["Epochs", "Over"]
