"""Where unkeyed draws come from: a counter of the layer, of which every call takes a number of its own, whatever calls at once.

Keras' own generator reads its state and then writes it, so calls from several threads, as of a parallel ``tf.data`` map, would
share their draws.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import threading
from typing import Any

import keras
import numpy as np

from augment.random import threefry
from augment_keras import ops
from augment_keras.draws import int32
from augment_keras.jit import ENGINE

Tensor = Any
PHILOX = 1
"""The generator of TensorFlow whose state is a counter of 128 bits and a key of 64; only the counter is used."""
HOST = 2**31
"""Sets the calls that run on the host apart from those that run on the engine."""


class Source(keras.random.SeedGenerator):
    """Counts the calls without an index, from a seed that `keras.utils.set_random_seed` fixes.

    The words of a call are (seed, high, low), int32 scalars. Copies in other processes, as workers of a data loader have them,
    are set apart: in torch's workers by the seed that torch gives them, else by the number of the process.
    """

    def __init__(self) -> None:
        self._seed = random.randint(1, 10**9)  # as Keras draws its own
        super().__init__(self._seed)
        if ENGINE == "tensorflow":
            start, options = [0, 0, self._seed], {"dtype": "int64", "trainable": False, "aggregation": "none"}
            self.state = keras.Variable(start, name="seed_generator_state", **options)
        self._lock, self._calls, self._process = threading.Lock(), 0, os.getpid()

    def next(self, ordered: bool = True) -> tuple[Tensor, Tensor, Tensor]:
        """Return the words of a call that the engine runs."""
        high: Tensor
        if ENGINE == "tensorflow":
            count, _, seed = ops.unstack(self._read_and_skip(), 3)
            high, low = _word(ops.right_shift(count, 32)) ^ _replica() * 2**16, count
        else:
            with self._lock:
                seed, low = ops.unstack(super().next(ordered), 2)
            high = 0
        own_high, own_low = divmod(self._copy(), 2**32)
        return _word(seed) ^ int32(own_high), high ^ int32(own_low), _word(low)

    def _read_and_skip(self) -> Tensor:
        """Read the counter of TensorFlow and move it, in one step."""
        import tensorflow as tf

        state = self.state.value
        if not isinstance(state, tf.Variable):  # in a scope of Keras that stands for it
            self.state.assign(ops.add(state, [1, 0, 0]))
            return state
        return tf.raw_ops.RngReadAndSkip(resource=state.handle, alg=PHILOX, delta=tf.constant(1, tf.uint64))

    def on_host(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the key words (count,) of the samples of a call that the host runs."""
        with self._lock:
            call, self._calls = self._calls, self._calls + 1
        own_high, own_low = divmod(self._copy(), 2**32)
        key = np.uint32(self._seed ^ own_high), np.uint32(HOST ^ own_low)
        return threefry(key, (np.full(count, call, np.uint32), np.arange(count, dtype=np.uint32)))

    def _copy(self) -> int:
        """Which copy this is, a number of 64 bits; 0 in the process that made it."""
        data = sys.modules.get("torch.utils.data")
        worker = data.get_worker_info() if data is not None else None
        if worker is not None:
            return worker.seed % 2**64  # of each worker and each epoch, from torch's generator
        return 0 if os.getpid() == self._process else os.getpid()

    # Saving ----------------------------------------------------------------------------------------------------------

    def saved(self) -> np.ndarray:
        """Where it stands, for any engine: the seed, the calls of the engine, and those of the host."""
        state = np.asarray(ops.convert_to_numpy(self.state.value), np.int64)
        seed, count = (state[2], state[0]) if ENGINE == "tensorflow" else state
        return np.array([seed, count, self._calls], np.int64)

    def load(self, saved: np.ndarray) -> None:
        """Go on from there."""
        self._seed, count, self._calls = (int(n) for n in saved)
        self.state.assign(np.array([count, 0, self._seed]) if ENGINE == "tensorflow" else np.array([self._seed, count % 2**31]))
        if multiprocessing.parent_process() is not None:
            self._process = 0  # one of several copies, as far as is known


def _word(number: Tensor) -> Tensor:
    return ops.cast(number, "int32")


def _replica() -> Tensor:
    """The number of the device among those on which TensorFlow runs one step, each with a counter of its own."""
    import tensorflow as tf

    context = tf.distribute.get_replica_context()
    return 0 if context is None or context.num_replicas_in_sync == 1 else _word(context.replica_id_in_sync_group)
