"""The recipes of examples/specs against the classes of a library that they export to: `python tests/bench/bench_recipes.py`.

For each recipe that a library has all classes for (of what differs the lines are counted), both sides run as in `bench_host`,
on images alone, the first view of several, without what needs partners, and for Albumentations without antialiasing, which
it has not: native time / our time in CPU seconds, on one thread. The others are named with the reason.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import bench_host
import cv2
import numpy as np
import torch

import augment
from augment.errors import AugmentError
from augment.native.leaving import exported
from augment.ops.kinds.policy import stands_for
from augment.spec.check import walk
from augment.spec.override import override

RECIPES = Path(__file__).parents[2] / "examples" / "specs"
ROUNDS = 20


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    bench_host.ROUNDS = ROUNDS
    warnings.simplefilter("ignore")
    photos = bench_host.photographs()
    for path in sorted(RECIPES.glob("*.yaml")):
        for library in ("torchvision", "albumentations"):
            if chosen and path.stem not in chosen:
                continue
            try:
                print(f"{path.stem:24} {library:15} {measured(path, library, photos)}", flush=True)
            except (AugmentError, RuntimeError, ValueError, TypeError, KeyError) as error:
                print(f"{path.stem:24} {library:15} left out: {' '.join(str(error).split())[:110]}", flush=True)


def measured(path: Path, library: str, photos: list[np.ndarray]) -> str:
    spec = augment.load(path)
    if spec.views:
        spec = first_view(spec)
    spec = spec.replace(targets={}, pipeline=[node for node in spec.pipeline if not any(op.partnered for op in stands_for(node))])
    if library == "albumentations":  # whose resizes are never antialiased
        resizing = {place.node.name() for place in walk(spec.pipeline) if hasattr(place.node, "antialias")}
        spec = override(spec, *(f"{name}.antialias=false" for name in sorted(resizing)))
    lines = exported(spec, library).lines
    lacking = [line.path for line in lines if line.verdict == "no counterpart"]
    if lacking:
        return f"left out: {library} has nothing for {', '.join(lacking)[:90]}"
    native, mine = augment.compile(spec, library, native=True), augment.compile(spec, library)
    differ = sum(line.verdict == "differs" for line in lines)
    grey = path.stem == "medical"
    some = [np.ascontiguousarray(p[..., :1]) if grey else p for p in photos]
    if library == "albumentations":
        def called(compose: Any) -> Callable[[Any], Any]:
            return lambda image: np.ascontiguousarray(compose(image=image)["image"])

        sides, items = (called(native), called(mine)), some
    else:
        sides, items = (native, mine), [torch.from_numpy(p).permute(2, 0, 1).contiguous() for p in some]
    return f"{compare(*sides, items)}; {differ} of {len(lines)} lines differ"


def first_view(spec: augment.Pipeline) -> augment.Pipeline:
    name = next(iter(spec.views))
    try:
        return spec.view(name)
    except AugmentError:  # it is made several times
        return spec.view(name, 0)


def compare(native: Callable[[Any], Any], mine: Callable[[Any], Any], items: list[Any]) -> str:
    def plain(run: Callable[[Any], Any]) -> Callable[[Any], torch.Tensor]:
        return lambda item: torch.as_tensor(run(item))

    return bench_host.compare(plain(native), plain(mine), items)


if __name__ == "__main__":
    main(sys.argv[1:])
