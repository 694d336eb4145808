"""The generator: Random123's vectors, and the same bits from all of its forms."""

import numpy as np
import pytest

from augment.random import Lanes, slot, threefry, threefry_int32, threefry_words, uniform

ONES = 0xFFFFFFFF
KNOWN = [  # Random123's kat_vectors: threefry2x32, 20 rounds
    ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
    ((ONES, ONES), (ONES, ONES), (0x1CB996FC, 0xBB002BE7)),
    ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
]


@pytest.mark.parametrize(("key", "counter", "want"), KNOWN)
def test_known_answers(key, counter, want):
    """On arrays, on plain numbers, and on many counters side by side in long integers."""
    assert tuple(int(x) for x in threefry(key, counter)) == want
    assert threefry_words(key, counter) == want
    lanes = Lanes(*(np.array([0, c, ONES], np.uint64) for c in counter))
    assert lanes.encrypt(key).tolist() == [threefry_words(key, c)[0] for c in ((0, 0), counter, (ONES, ONES))]


def test_all_forms_agree_on_random_words():
    rng = np.random.default_rng(1)
    first, second = (rng.integers(0, 2**32, 150, dtype=np.uint32) for _ in range(2))
    for key in ((int(a), int(b)) for a, b in rng.integers(0, 2**32, (20, 2))):
        want = threefry(key, (first, second))[0]
        assert np.array_equal(Lanes(first, second).encrypt(key), want)
        assert [threefry_words(key, (int(a), int(b)))[0] for a, b in zip(first, second, strict=True)] == want.tolist()


class Int32:
    """NumPy in wrapping int32, as torch and keras.ops offer it."""

    bitwise_xor, bitwise_or, bitwise_and = np.bitwise_xor, np.bitwise_or, np.bitwise_and
    left_shift, right_shift = np.left_shift, np.right_shift


def test_int32_is_bit_for_bit_the_same():
    rng = np.random.default_rng(0)
    key, counter = (tuple(rng.integers(0, 2**32, 500, dtype=np.uint32) for _ in range(2)) for _ in range(2))
    want = threefry(key, counter)
    with np.errstate(over="ignore"):
        got = threefry_int32(tuple(k.view(np.int32) for k in key), tuple(c.view(np.int32) for c in counter), Int32)
    for a, b in zip(got, want, strict=True):
        assert a.dtype == np.int32 and np.array_equal(a.view(np.uint32), b)


def test_threefry_broadcasts():
    a = threefry((np.arange(3, dtype=np.uint32)[:, None], 7), (np.arange(4, dtype=np.uint32), 9))
    b = threefry((2, 7), (3, 9))
    assert a[0].shape == (3, 4) and a[0][2, 3] == b[0] and a[1][2, 3] == b[1]


def test_uniforms_are_24_bits():
    bits = np.array([0, 255, 256, ONES], np.uint32)
    assert uniform(bits).tolist() == [0.0, 0.0, 2**-24, 1 - 2**-24]


def test_slots_are_frozen():
    """The hash is part of the meaning of version 1: BLAKE2s of 4 bytes, the lowest first."""
    assert slot("rotate.degrees") == 0x77883772
    assert len({slot(f"op{i}.field") for i in range(2000)}) == 2000
