"""The cipher on plain numbers is the one on arrays."""

import numpy as np
import pytest

from augment.random import sample_key, threefry, threefry_words


def test_random123_vectors():
    """The published vectors of threefry2x32-20."""
    ones = 0xFFFFFFFF
    assert threefry_words((0, 0), (0, 0)) == (0x6B200159, 0x99BA4EFE)
    assert threefry_words((ones, ones), (ones, ones)) == (0x1CB996FC, 0xBB002BE7)
    assert threefry_words((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3)) == (0xC4923A9C, 0x483DF7A0)


def test_as_on_arrays():
    words = np.random.default_rng(0).integers(0, 2**32, (100, 4))
    arrays = threefry((words[:, 0], words[:, 1]), (words[:, 2], words[:, 3]))
    one_by_one = [threefry_words((a, b), (c, d)) for a, b, c, d in words.tolist()]
    np.testing.assert_array_equal(one_by_one, np.stack(arrays, axis=1))


@pytest.mark.parametrize("index", [0, 5, 2**31, 2**40 + 3, 2**63 - 1])
@pytest.mark.parametrize("seed", [0, 7, 2**40])
def test_keys_of_one_sample_and_of_many(index, seed):
    one, many = sample_key(seed, 3, index), sample_key(seed, 3, np.array([index]))
    assert [int(word) for word in one] == [int(word[0]) for word in many]
    assert one[0].shape == ()
