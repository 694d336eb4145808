"""Where arrays lie, for native code."""

from __future__ import annotations

import ctypes

import numpy as np


def pointer(array: np.ndarray) -> int:
    """The address of its first element."""
    if array.flags.carray:  # in a third of the time
        return ctypes.addressof(ctypes.c_char.from_buffer(array))  # type: ignore[arg-type]
    return array.__array_interface__["data"][0]
