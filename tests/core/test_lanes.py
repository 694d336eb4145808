"""Threefry in long integers is Threefry."""

import numpy as np
import pytest

from augment.random import Lanes, threefry


@pytest.mark.parametrize("count", [1, 2, 7, 200])
def test_lanes_encrypt_as_arrays_do(count):
    rng = np.random.default_rng(count)
    first, second = rng.integers(0, 2**32, (2, count), np.uint64).astype(np.uint32)
    first[0] = second[-1] = 2**32 - 1
    for key in ((0, 0), (2**32 - 1, 2**32 - 1), (123_456_789, 4_000_000_000)):
        want = threefry(tuple(np.array(k, np.uint32) for k in key), (first, second))[0]
        assert np.array_equal(Lanes(first, second).encrypt(key), want)
