"""The random numbers of a program in ``keras.ops``: the bits that NumPy draws, in eager mode, in graphs and under XLA.

Threefry runs in wrapping int32; `augment.program.plan` says what becomes of the bits.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.program.plan import BITS, Entry, Plan
from augment.random import MOST, check_key, fold_seed, sample_key
from augment_keras import ops
from augment_keras.jit import concrete, require, settled
from augment_keras.threefry import Words, encrypt

Tensor = Any
Keys = Words | tuple[Words, Words]
"""The key words (B,) of samples, or the key and the counter that encrypt to them, where they are drawn for."""
STILL = (0, 0, 0)
"""The words of calls that draw nothing."""


def int32(word: int) -> int:
    """A word of 32 bits as a signed number."""
    return word - 2**32 if word >= 2**31 else word


def keys_of(seed: int, index: Any, epoch: Any, count: Any) -> Keys:
    """The key words (count,) of the samples ``index``, a vector or the number of the first, in ``epoch``, a number or a vector.

    Raises `SampleError` where they are known and no whole numbers from 0 on; a graph of TensorFlow fails when it runs.
    """
    known = [concrete(numbers) for numbers in (index, epoch, count)]
    if not any(numbers is None for numbers in known):
        return host_keys(seed, *numbered(known[0], known[1], int(known[2])))
    index, epoch = ops.convert_to_tensor(index), ops.convert_to_tensor(epoch)
    for what, numbers in (("indices", index), ("epochs", epoch)):
        if "int" not in ops.dtype(numbers):
            raise SampleError(f"{what} are whole numbers from 0 on, not {ops.dtype(numbers)}")
        require(numbers, MOST[what], f"{what} are whole numbers from 0 on")
    index, epoch = ops.reshape(index, (-1,)), ops.reshape(epoch, (-1,))
    index = index + ops.cast(ops.arange(count), index.dtype) if index.shape[0] == 1 else index
    _check_sizes(index, epoch, count)
    return _counted(seed, epoch, index)


def check_known_key(index: Any, epoch: Any) -> None:
    """Raise `SampleError` on what is known and can key no samples; None, which a call takes for none, is no key here."""
    known = [concrete(numbers) for numbers in (index, epoch)]
    check_key(*(0 if numbers is None else numbers for numbers in known))


def numbered(index: Any, epoch: Any, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Epoch and index (count,) of each sample; of one index on, or in one epoch, if there is one."""
    index, epoch = np.reshape(index, -1), np.reshape(epoch, -1)
    index = index + np.arange(count) if index.size == 1 else index
    _check_sizes(index, epoch, count)
    return np.broadcast_to(epoch, (count,)), index


def _check_sizes(index: Any, epoch: Any, count: Any) -> None:
    for what, numbers, allowed in (("index", index, (count,)), ("epoch", epoch, (1, count))):
        if isinstance(count, int) and numbers.shape[0] not in (*allowed, None):
            raise SampleError(f"{what} has {numbers.shape[0]} numbers, and the batch {count} samples")


def host_keys(seed: int, epoch: Any, index: Any) -> Words:
    """The key words (B,) of samples whose numbers are known on the host."""
    words = sample_key(seed, epoch, index)
    return tuple(ops.convert_to_tensor(np.atleast_1d(word).view(np.int32)) for word in words)  # type: ignore[return-value]


def index_keys(seed: int, epoch: Tensor, index: Tensor) -> Words:
    """The key words (B,) of the samples ``index`` (B,) in ``epoch``, a number or (B,)."""
    return encrypt(*_counted(seed, epoch, index))


def _counted(seed: int, epoch: Tensor, index: Tensor) -> tuple[Words, Words]:
    if "64" in ops.dtype(index):
        high = ops.cast(ops.right_shift(index, 32), "int32")
        low = ops.bitwise_and(index, 0xFFFFFFFF)
        low = ops.cast(ops.where(low >= 2**31, low - 2**32, low), "int32")
    else:
        low = ops.cast(index, "int32")
        high = ops.right_shift(low, 31)  # 0, which no compiler knows
    return (_word(int32(fold_seed(seed))), ops.cast(epoch, "int32")), (high, low)


def fresh_keys(words: tuple[Tensor, Tensor, Tensor], count: Any) -> Keys:
    """Key words (count,) for the samples of a call, from the words (seed, high, low) that only this call has."""
    seed, high, low = map(_word, words)
    return (seed, high), (low, ops.cast(ops.arange(count), "int32"))


def _word(number: Any) -> Tensor:
    return ops.cast(ops.convert_to_tensor(number), "int32")


def draw(plan: Plan, keys: Keys) -> dict[str, dict[str, Tensor]]:
    """Draw for the samples with these keys: ``values[key][field]`` of shape (B,) or (B, count)."""
    values: dict[str, dict[str, Tensor]] = {}
    if not plan.slots:
        return values
    slot, step = (ops.convert_to_tensor(c.view(np.int32)[None]) for c in plan.counters)
    first, second = encrypt(*keys) if isinstance(keys[0], tuple) else keys
    word = encrypt((first[:, None], second[:, None]), (slot, step))[0]
    bits = settled(ops.bitwise_and(ops.right_shift(word, 32 - BITS), 2**BITS - 1))
    columns = ops.columns(bits)
    for entry in plan.entries.values():
        own = columns[entry.start] if entry.count == 1 else bits[:, entry.start : entry.start + entry.count]
        values.setdefault(entry.key, {})[entry.field] = _become(entry, own)
    for subset in plan.subsets:
        own = values[subset.key]
        own["pick"] = ops.cast(ops.less(_ranks(own.pop("order"), subset.count), own["n"][:, None]), "int32")
    for shuffle in plan.shuffles:
        own = values[shuffle.key]
        ranks, places = _ranks(own.pop("order"), shuffle.count), np.arange(shuffle.count, dtype=np.int32)
        # which has the rank of each place: a comparison is quicker than a sort, and the same on every engine
        found = ops.cast(ops.equal(ranks[:, None, :], ops.convert_to_tensor(places[:, None])), "int32")
        own["sequence"] = ops.sum(found * ops.convert_to_tensor(places), axis=-1)
    return values


def _become(entry: Entry, bits: Tensor) -> Tensor:
    value = entry.value
    match entry.form:
        case "bits":
            return bits
        case "index":
            if len(entry.thresholds) == 1:
                return ops.cast(bits >= int(entry.thresholds[0]), "int32")
            limits = ops.convert_to_tensor(np.array(entry.thresholds, np.int32))
            return ops.sum(ops.cast(bits[..., None] >= limits, "int32"), axis=-1)
        case "table":
            return ops.take(ops.convert_to_tensor(value.table()), ops.right_shift(bits, BITS - 12), axis=0)  # type: ignore[union-attr]
    unit = ops.cast(bits, "float32") * 2.0**-BITS
    if entry.form == "unit":
        return unit
    low, high = value.support  # type: ignore[union-attr]
    match entry.form:
        case "integer":
            return ops.floor(unit * float(high - low + 1)) + float(low)  # float32: engines do not mix it with int32
        case "log":
            return ops.exp(unit * float(np.log(high) - np.log(low)) + float(np.log(low)))
        case "inverse":
            return 1.0 / (unit * float(1 / high - 1 / low) + float(1 / low))
    return unit * float(high - low) + float(low)


def _ranks(bits: Tensor, count: int) -> Tensor:
    """(B, count): how many of the bits of a row are smaller than each, ties to the first; as `augment.program.plan` has it."""
    bits = ops.reshape(bits, (-1, count))
    mine, other = bits[:, :, None], bits[:, None, :]
    earlier = np.arange(count)[None, :] < np.arange(count)[:, None]
    before = ops.logical_or(other < mine, ops.logical_and(other == mine, ops.convert_to_tensor(earlier)))
    return ops.sum(ops.cast(before, "int32"), axis=-1)
