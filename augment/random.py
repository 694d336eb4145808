"""Keyed randomness: Threefry-2x32 with 20 rounds, written once for NumPy, torch and keras.ops.

Two levels. The key of a sample is threefry((seed, epoch), (index_hi, index_lo)); a draw of that sample is
threefry(sample key, (slot, j)), where the slot is a hash of the op's address and field and j counts elements.
So a draw depends on nothing but the seed, the epoch, the index and the place in the spec: not on the batch,
the worker, the order or the backend.

Threefry: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011 (Random123).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from augment.errors import SampleError, SpecError

Array = Any
_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
# as arrays, which a ufunc takes in half the time that it needs for Python's integers
_SHIFTS = tuple(tuple((np.array(r, np.uint32), np.array(32 - r, np.uint32)) for r in four) for four in _ROTATIONS)
_PARITY = 0x1BD11BDA
_WORD = 0xFFFFFFFF


def threefry(key: tuple[Array, Array], counter: tuple[Array, Array]) -> tuple[np.ndarray, np.ndarray]:
    """Encrypt a counter of two uint32 words under a key of two: NumPy, arrays broadcast, returns two uint32 arrays."""
    k0, k1 = (np.asarray(k, np.uint32) for k in key)
    c0, c1 = (np.asarray(c, np.uint32) for c in counter)
    keys = (k0, k1, k0 ^ k1 ^ np.uint32(_PARITY))
    shape = np.broadcast_shapes(k0.shape, c0.shape, k1.shape, c1.shape)
    x0, x1 = np.empty(shape or 1, np.uint32), np.empty(shape or 1, np.uint32)
    high, low = np.empty_like(x1), np.empty_like(x1)
    add, to_left, to_right, either, differ = np.add, np.left_shift, np.right_shift, np.bitwise_or, np.bitwise_xor
    with np.errstate(over="ignore"):  # wrapping is what is meant
        add(c0, k0, x0)
        add(c1, k1, x1)
        for block in range(5):
            for left, right in _SHIFTS[block % 2]:
                add(x0, x1, x0)
                to_left(x1, left, high)
                to_right(x1, right, low)
                either(high, low, x1)
                differ(x1, x0, x1)
            add(x0, keys[(block + 1) % 3], x0)
            add(x1, keys[(block + 2) % 3] + np.uint32(block + 1), x1)
    return x0.reshape(shape), x1.reshape(shape)


def threefry_words(key: tuple[int, int], counter: tuple[int, int]) -> tuple[int, int]:
    """The same function of plain numbers, where the calls of NumPy would cost more than the work."""
    keys = (*key, key[0] ^ key[1] ^ _PARITY)
    x0, x1 = (counter[0] + keys[0]) & _WORD, (counter[1] + keys[1]) & _WORD
    for block in range(5):
        for r in _ROTATIONS[block % 2]:
            x0 = (x0 + x1) & _WORD
            x1 = ((x1 << r | x1 >> (32 - r)) & _WORD) ^ x0
        x0 = (x0 + keys[(block + 1) % 3]) & _WORD
        x1 = (x1 + keys[(block + 2) % 3] + block + 1) & _WORD
    return x0, x1


class Lanes:
    """Many counters under one key at once, side by side in Python's long integers.

    Each has 64 bits, of which a word takes the lower half. The first word is masked at the end alone, as its sums carry a few
    bits; the second in every round, as it is turned. For up to `LANES` counters that is quicker than the hundred calls of
    NumPy, for fifty by four times.
    """

    def __init__(self, first: np.ndarray, second: np.ndarray):
        self.count = len(first)
        self._ones = _packed(np.ones(self.count))
        self._words = self._ones * _WORD
        self._counter = _packed(first), _packed(second)

    def encrypt(self, key: tuple[int, int]) -> np.ndarray:
        """Return the first word of each counter, as `threefry` does."""
        ones, words = self._ones, self._words
        keys = (*key, key[0] ^ key[1] ^ _PARITY)
        spread = tuple(k * ones for k in keys)
        x0, x1 = self._counter[0] + spread[0], (self._counter[1] + spread[1]) & words
        for block in range(5):
            for r in _ROTATIONS[block % 2]:
                x0 += x1
                x1 = ((x1 << r | x1 >> (32 - r)) ^ x0) & words
            x0 += spread[(block + 1) % 3]
            x1 = (x1 + (keys[(block + 2) % 3] + block + 1) * ones) & words
        return np.frombuffer((x0 & words).to_bytes(8 * self.count, "little"), "<u8").astype(np.uint32)


LANES = 200


def _packed(words: np.ndarray) -> int:
    return int.from_bytes(words.astype("<u8").tobytes(), "little")


def threefry_int32(
    key: tuple[Array, Array], counter: tuple[Array, Array], xp: Any, turned: Callable[[Array, int], Array] | None = None
) -> tuple[Array, Array]:
    """The same function in wrapping int32 (add, xor, shift), for ``keras.ops`` and torch, where uint32 is missing.

    ``xp`` offers bitwise_xor, bitwise_or, bitwise_and, left_shift and right_shift on int32 tensors. Where there are unsigned
    numbers, ``turned(x, r)`` turns their bits to the left.
    """

    def turned_int32(x: Array, r: int) -> Array:
        # int32 shifts right with its sign; the mask makes that a logical shift
        low = xp.bitwise_and(xp.right_shift(x, 32 - r), (1 << r) - 1)
        return xp.bitwise_or(xp.left_shift(x, r), low)

    turned = turned or turned_int32
    k0, k1 = key
    keys = (k0, k1, xp.bitwise_xor(xp.bitwise_xor(k0, k1), _PARITY))
    x0, x1 = counter[0] + k0, counter[1] + k1
    for block in range(5):
        for r in _ROTATIONS[block % 2]:
            x0 = x0 + x1
            x1 = xp.bitwise_xor(turned(x1, r), x0)
        x0 = x0 + keys[(block + 1) % 3]
        x1 = x1 + keys[(block + 2) % 3] + (block + 1)
    return x0, x1


def sample_key(seed: int, epoch: Array, index: Array) -> tuple[np.ndarray, np.ndarray]:
    """Return the two key words of the samples ``index`` (int64 array or number) in ``epoch``.

    Raises `SampleError` where they are no whole numbers from 0 on, or an epoch has more than 32 bits.
    """
    check_key(index, epoch)
    if isinstance(index, int) and isinstance(epoch, int):
        words = threefry_words((fold_seed(seed), epoch), ((index >> 32) & _WORD, index & _WORD))
        return np.array(words[0], np.uint32), np.array(words[1], np.uint32)
    index = np.asarray(index, np.int64)
    high, low = (index >> 32) & 0xFFFFFFFF, index & 0xFFFFFFFF
    return threefry((fold_seed(seed), np.asarray(epoch).astype(np.uint32)), (high.astype(np.uint32), low.astype(np.uint32)))


MOST = {"seeds": 2**63, "indices": 2**63, "epochs": 2**32}
"""What keys are made of, and where each ends: all are whole numbers from 0 up to there, the end excluded."""


def whole(what: str, numbers: Any) -> None:
    """Raise `SampleError` unless ``numbers`` (a number or an array of what `MOST` names) are whole and within their range."""
    if not _inside(numbers, MOST[what]):
        raise SampleError(_told(what, numbers))


def check_key(index: Any, epoch: Any) -> None:
    """Raise `SampleError` unless both can key samples, when they are named and not only when something is drawn by them."""
    whole("indices", index)
    whole("epochs", epoch)


def index_of(keys: str | Sequence[str]) -> Any:
    """Return the index that stands for the name of a sample, or an int64 array of those of many.

    It is the first 63 bits of the BLAKE2b of its UTF-8 bytes, so it is the same on every machine, and an index like any other: it
    fits the int64 of tensors. Among a billion names two share one with a chance of 5 %; they would share their draws.

    Raises `SampleError` on what is no text, on a name that stands twice among many, and on two names that share an index.
    """
    if isinstance(keys, str):
        return int.from_bytes(hashlib.blake2b(keys.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
    names = list(keys)
    if wrong := next((key for key in names if not isinstance(key, str)), None):
        raise SampleError(f"the keys of samples are texts, not {wrong!r:.60}; whole numbers are given as index")
    indices = np.fromiter(map(index_of, names), np.int64, len(names))
    order = np.argsort(indices, kind="stable")
    for at in np.flatnonzero(np.diff(indices[order]) == 0):
        one, other = names[order[at]], names[order[at + 1]]
        alike = f"{one!r} stands twice" if one == other else f"{one!r} and {other!r} have the same hash: rename one"
        raise SampleError(f"the keys of samples tell them apart, and {alike}")
    return indices


def keyed_index(index: Any, key: str | Sequence[str] | None) -> Any:
    """Return what keys samples, given as an index or as a ``key``; raises `SampleError` where it is neither or both."""
    if (index is None) == (key is None):
        raise SampleError("at: takes the index of a sample, or its name: at(5), at(key='train/0001.jpg')")
    if key is None:
        return index
    if not isinstance(key, str) and (isinstance(key, int | bytes) or not hasattr(key, "__iter__")):
        raise SampleError(f"the key of a sample is a text, not {key!r:.60}; a whole number is given as index")
    return index_of(key)


def seed_number(raw: Any) -> int:
    """Return a seed as an integer of Python. Raises `SpecError` unless it is a whole number from 0 to 2**63 - 1."""
    if np.ndim(raw) or not _inside(raw, MOST["seeds"]):
        raise SpecError(_told("seeds", raw))
    return int(raw)


def _inside(numbers: Any, end: int) -> bool:
    if type(numbers) is int:
        return 0 <= numbers < end
    array = np.asarray(numbers)
    return not array.size or (array.dtype.kind in "iu" and 0 <= int(array.min()) <= int(array.max()) < end)


def _told(what: str, numbers: Any) -> str:
    shown = repr(numbers) if isinstance(numbers, str) else str(numbers)
    return f"{what} are whole numbers from 0 to 2**{MOST[what].bit_length() - 1} - 1, not {shown[:60]}"


def fold_seed(seed: int) -> int:
    """The word of the key that stands for a seed; seeds beyond 32 bits are folded by a hash, so none are alike by accident."""
    if 0 <= seed < 2**32:
        return seed
    return slot(f"seed:{seed}")


def slot(name: str) -> int:
    """Hash an op's address and field, such as 'rotate.degrees', to 32 bits (BLAKE2s, the same on every machine)."""
    return int.from_bytes(hashlib.blake2s(name.encode(), digest_size=4).digest(), "little")


def uniform(bits: np.ndarray) -> np.ndarray:
    """Turn 32 random bits into a float32 in [0, 1): ``(bits >>> 8)·2⁻²⁴``, exact in float32."""
    return (bits >> np.uint32(8)).astype(np.float32) * np.float32(2**-24)
