"""What expressions may call is the same everywhere, what nobody has is refused; examples/augment-darkroom tests the rest."""

from operator import attrgetter
from typing import ClassVar

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import UnsupportedOpError
from augment.ops.kinds import Expression
from augment.ops.primitives import ARRAY_FUNCTIONS


class Swirl(Expression):
    """Needs what nobody has."""

    uses: ClassVar[frozenset[str]] = frozenset({"swirl"})


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_what_no_kernel_set_has_is_refused_when_it_is_compiled(backend):
    with pytest.raises(UnsupportedOpError, match=f"{backend} has no kernel for swirl"):
        augment.compile(augment.Pipeline([Swirl()]), backend)


@pytest.mark.parametrize("name", ARRAY_FUNCTIONS)
def test_array_functions_are_shared(name):
    import torch
    from keras import ops

    x = np.random.default_rng(0).random((2, 3, 4)).astype(np.float32)

    special = {
        "cumsum": lambda f, x: f(x, axis=-1), "stack": lambda f, x: f([x, x], axis=-1), "reshape": lambda f, x: f(x, (2, 12)),
        "moveaxis": lambda f, x: f(x, 0, -1), "clip": lambda f, x: f(x, 0.2, 0.7), "where": lambda f, x: f(x > 0.5, x, 0.0),
        "arange": lambda f, x: f(5), "linalg.eigh": lambda f, x: f(x[..., None] * x[..., None, :])[0],
        **dict.fromkeys(("amax", "amin", "mean", "sum"), lambda f, x: f(x, axis=(-1, -2), keepdims=True)),
        **dict.fromkeys(("maximum", "minimum", "arctan2"), lambda f, x: f(x, 1 - x)),
    }  # fmt: skip
    call = special.get(name, lambda f, x: f(x))
    want = call(attrgetter(name)(np), x)
    for xp, own in ((torch, torch.from_numpy(x)), (ops, ops.convert_to_tensor(x))):
        np.testing.assert_allclose(np.asarray(call(attrgetter(name)(xp), own)), want, atol=1e-6)


class Halve(Expression):
    """In array functions alone."""

    def express(self, image, v, kernels):
        return image * 0.5


def test_points_go_their_way_without_pixels():
    sample = {"image": np.full((8, 9, 3), 200, np.uint8), "boxes": [[1, 2, 4, 7]], "labels": [3]}
    spec = augment.Pipeline([Halve(), ops.HorizontalFlip(p=1)])
    out = augment.apply(spec, sample, backend="torchvision", precision="float")
    assert (out["image"] == 100).all() and np.allclose(out["boxes"], [[5, 2, 8, 7]])
    assert augment.record(spec, sample, index=0)
