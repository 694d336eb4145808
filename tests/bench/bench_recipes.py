"""The recipes of examples/specs against the classes of a library: `python tests/bench/bench_recipes.py [RECIPE...]`.

Native is what a recipe exports to, where a library has all classes for it (of what differs the lines are counted), or else the
pipeline that `by_hand` writes with the nearest classes. Both sides run as in `bench_host`, on images alone, the first view of
several, without what needs partners, and for Albumentations without antialiasing, which it has not: native time / our time in
CPU seconds, on one thread. The others are named with the reason.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # which NumPy reads once, when it is first imported
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
import albumentations as A
import bench_host
import cv2
import numpy as np
import torch
from torchvision.transforms import v2

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
    written = by_hand(library).get(path.stem)
    spec = spec.replace(targets={}, pipeline=[node for node in spec.pipeline if alone(node)])
    if library == "albumentations":  # whose resizes are never antialiased
        resizing = {place.node.name() for place in walk(spec.pipeline) if hasattr(place.node, "antialias")}
        spec = override(spec, *(f"{name}.antialias=false" for name in sorted(resizing)))
    if written is None:
        lines = exported(spec, library).lines
        lacking = [line.path for line in lines if line.verdict == "no counterpart"]
        if lacking:
            return f"left out: {library} has nothing for {', '.join(lacking)[:90]}"
        native, differ = augment.compile(spec, library, native=True), sum(line.verdict == "differs" for line in lines)
        note = f"{differ} of {len(lines)} lines differ"
    else:
        native, note = written, "native by hand"
    mine = augment.compile(spec, library)
    some = [np.ascontiguousarray(LOOKS.get(path.stem, np.array)(photo)) for photo in photos]
    if library == "albumentations":

        def called(compose: Any) -> Callable[[Any], Any]:
            return lambda image: np.ascontiguousarray(compose(image=image)["image"])

        sides, items = (called(native), called(mine)), some
    else:
        sides, items = (native, mine), [torch.from_numpy(p).permute(2, 0, 1).contiguous() for p in some]
    return f"{compare(*sides, items)}; {note}"


LOOKS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "medical": lambda photo: photo[..., :1].astype(np.uint16) * 257,
    "satellite": lambda photo: np.concatenate([photo, photo[..., :1]], axis=2)[:256, :256].astype(np.uint16) * 39,
}
"""What the images of a recipe are that are no photographs of three channels."""


def alone(node: Any) -> bool:
    """Whether an op does something to an image that comes alone: without partners, texts, and boxes to look at."""
    return not any(op.partnered or op.modality == "text" for op in stands_for(node)) and node.name() != "iou_crop"


def by_hand(library: str) -> dict[str, Any]:
    """Pipelines of the classes that come nearest, where a recipe has ops that export to none."""
    if library == "torchvision":
        mean = 123, 117, 104
        tail = v2.ToDtype(torch.float32, scale=True)
        return {
            # pads only what is smaller, as the recipe, on all sides alike
            "detection-lsj": v2.Compose([
                v2.ScaleJitter((1024, 1024), (0.1, 2.0), antialias=False), v2.RandomCrop(1024, pad_if_needed=True, fill=mean),
                v2.RandomHorizontalFlip(), tail,
            ]),
            "detection-ssd": v2.Compose([
                v2.RandomPhotometricDistort((0.875, 1.125), (0.5, 1.5), (0.5, 1.5), (-0.05, 0.05)),
                v2.RandomZoomOut(mean, (1, 4)), v2.Resize((600, 600), antialias=False), v2.RandomHorizontalFlip(),
                v2.Resize((300, 300), antialias=False), tail,
            ]),
        }  # fmt: skip
    mirrored, edges = {"border_mode": cv2.BORDER_REFLECT_101}, {"border_mode": cv2.BORDER_REPLICATE}
    return {
        # contrast is about black there, not about the mean of each channel
        "keras-transfer": A.Compose([
            A.Resize(224, 224), A.HorizontalFlip(p=0.5),
            A.Affine(scale=(0.9, 1.1), translate_percent=(-0.1, 0.1), rotate=(-22, 22), border_mode=cv2.BORDER_REFLECT, p=1),
            A.RandomBrightnessContrast(0.15, 0.2, p=1), A.Normalize(0.5, 0.5),
        ]),
        # the displacement of elastic has another distribution
        "medical": A.Compose([
            A.ToFloat(65535), A.Resize(256, 256),
            A.Affine(scale=(0.9, 1.1), translate_percent=(-0.05, 0.05), rotate=(-8, 8), p=0.8),
            A.ElasticTransform(2, 25.6, p=0.3), A.RandomGamma((85, 118), p=0.5),
            A.RandomBrightnessContrast(0.03, (0, 0), p=0.5), A.GaussianBlur(0, (0.3, 0.8), p=0.2),
            A.GaussNoise((0.003, 0.015), p=0.3), A.Normalize(0.3, 0.25, max_pixel_value=1),
        ]),
        # contrast is about black
        "ocr": A.Compose([
            A.SmallestMaxSize(max_size_hw=(48, None)), A.PadIfNeeded(None, None, 32, 32, fill=255),
            A.Affine(scale=(0.92, 1.05), rotate=(-2, 2), shear={"x": (-12, 12), "y": (0, 0)}, **edges, p=0.7),
            A.ElasticTransform(2, 7.7, **edges, p=0.3),
            A.RandomBrightnessContrast((-0.25, 0.1), (0, 0), p=0.5), A.RandomBrightnessContrast((0, 0), (-0.4, 0.2), p=0.5),
            A.OneOf([
                A.GaussianBlur(0, (0.3, 1), p=0.5), A.MotionBlur((3, 5), p=0.25), A.GaussNoise((0.01, 0.06), p=0.25),
            ], p=0.4),
            A.Normalize(0.5, 0.5),
        ]),
        # contrast is about black
        "satellite": A.Compose([
            A.ToFloat(10000), A.RandomCrop(224, 224), A.RandomRotate90(p=1), A.HorizontalFlip(p=0.5),
            A.Affine(scale=(0.85, 1.15), rotate=(-20, 20), **mirrored, p=0.5),
            A.RandomBrightnessContrast(0.15, (0, 0), p=0.5), A.RandomBrightnessContrast((0, 0), 0.15, p=0.5),
            A.GaussNoise((0.002, 0.01), p=0.3), A.CoarseDropout((1, 2), (0.1, 0.25), (0.1, 0.25), fill=0.9, p=0.2),
            A.Normalize((0.14,) * 4, (0.07,) * 4, max_pixel_value=1),
        ]),
        # the window is given in pixels, not as a share of the height
        "segmentation-kaggle": A.Compose([
            A.RandomSizedCrop((128, 256), (128, 128)), A.VerticalFlip(p=0.5), A.RandomRotate90(p=0.5),
            A.OneOf([
                A.ElasticTransform(2, 7.7, **mirrored, p=0.25), A.GridDistortion(**mirrored, p=0.25),
                A.OpticalDistortion((-0.3, 1.0), **mirrored, p=0.5),
            ], p=0.8),
            A.CLAHE((1, 4), p=0.8), A.RandomBrightnessContrast(p=0.8), A.RandomGamma(p=0.8), A.Normalize(),
        ]),
    }  # fmt: skip


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
