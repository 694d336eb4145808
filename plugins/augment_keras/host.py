"""``tf.data`` under another engine than TensorFlow: samples run on the host, in ``tf.numpy_function``, with OpenCV if it is there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import keras
import numpy as np

from augment.errors import SampleError
from augment.keyed import partner_index
from augment.program.execute import Executor
from augment.program.lower import Program
from augment.random import sample_key
from augment_keras.jit import ENGINE
from augment_keras.structure import Intake, take_apart


def executor(program: Program) -> Executor:
    """Return what runs a program on the host."""
    if find_spec("cv2"):
        from augment.kernels.opencv import kernels_for

        return Executor(program, kernels_for(program))
    from augment.kernels import reference

    return Executor(program, reference)


def is_foreign(inputs: Any) -> bool:
    """Whether a call brings tensors of TensorFlow, and Keras runs on another engine."""
    tf = sys.modules.get("tensorflow") if ENGINE != "tensorflow" else None
    return tf is not None and any(tf.is_tensor(x) for x in keras.tree.flatten(inputs))
