"""The kernel sets of the host, each of which must keep every law."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from skimage import data
from skimage.transform import resize

import augment
from augment.engine.host import Executor
from augment.kernels import reference
from augment.kernels.native.library import found
from augment.ops.kinds import Tail
from augment.program.lower import lower
from augment.testing.tolerance import assert_images_close, assert_masks_close, nudged


@pytest.fixture(params=["opencv", "fused"])
def host(request) -> ModuleType:
    """A kernel set of the host."""
    if request.param == "fused":
        request.getfixturevalue("native")
    return import_module(f"augment.kernels.{request.param}")


@pytest.fixture
def native():
    """The library of native code."""
    if found().library is None:
        pytest.skip(f"no fused kernels: {found().why}")
    return found().library


@pytest.fixture
def each_variant(native):
    """Yields the names of the variants of the native code, and uses each while it does."""

    def variants() -> Iterator[str]:
        chosen = native.variant
        try:
            for variant in native.variants:
                native.choose(variant)
                yield variant
        finally:
            native.choose(chosen)

    return variants


SIZES = {"astronaut": (96, 128), "chelsea": (131, 84), "coffee": (75, 75)}


@pytest.fixture(scope="session")
def photos() -> dict[str, np.ndarray]:
    return {
        name: np.rint(resize(getattr(data, name)(), size, anti_aliasing=True) * 255).astype(np.uint8)
        for name, size in SIZES.items()
    }


@pytest.fixture
def compare(host):
    return partial(compare_on, host)


def compare_on(host: Any, spec: augment.Pipeline, image: np.ndarray, mask: np.ndarray | None = None, index: int = 0) -> Any:
    """Run a spec on a kernel set and on the reference, and compare; returns the image."""
    program = lower(spec)
    values = program.values(index)
    sample = {"image": image} if mask is None else {"image": image, "mask": mask}
    before = {name: raster.copy() for name, raster in sample.items()}
    want = Executor(program, reference)(sample, values)
    got = Executor(program, host)(sample, values)
    assert all(np.array_equal(before[name], sample[name]) for name in sample), "the sample was written to"
    tail = next((leaf.op for leaf in program.leaves if isinstance(leaf.op, Tail)), None)

    def again():
        return [Executor(program, reference)({**sample, "image": shade}, values)["image"] for shade in nudged(image)]

    assert_images_close(got["image"], want["image"], scale=max(tail.scale.gain) if tail else 1.0, again=again)
    if mask is not None:
        assert_masks_close(got["mask"], want["mask"])
    return got["image"]
