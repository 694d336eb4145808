"""Runs a program on a batch, every sample with its own draws, as one static graph: for torch and ``keras.ops``.

Choices are parameters: a gate that is closed makes a matrix the identity and a colour function neutral; only what is left is
selected per sample. Values have the shape (B,) or (B, count); canvases have one size for the batch, or an array (B,) of them
inside a run whose last canvas is fixed.
"""

from augment.engine.batch.executor import BatchExecutor
from augment.engine.batch.state import Batch, BatchPoints

__all__ = ["Batch", "BatchExecutor", "BatchPoints"]
