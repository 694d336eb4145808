"""The order in which frameworks can be imported into one process."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec

from augment.errors import BackendMissingError


def check_order(name: str, modules: Iterable[str]) -> None:
    """Raise `BackendMissingError` where ``name`` is about to import torchvision, one of its modules, after TensorFlow.

    Both register one option of LLVM, and torchvision, if it comes second, ends the process; the other order works.
    """
    if "torchvision" not in modules or "torchvision" in sys.modules or "tensorflow" not in sys.modules:
        return
    if find_spec("torchvision") is not None:
        fix = "write 'import torchvision' above the line that first imports TensorFlow, or Keras on it"
        raise BackendMissingError(f"{name} imports torchvision, which would end this process, as TensorFlow is loaded: {fix}")


__all__ = ["check_order"]
