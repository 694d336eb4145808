"""How much faster a spec is on the host kernels than the pipeline that one writes by hand: `python tests/bench/bench_host.py`.

Both sides run alternately, in random order, in this process, on one thread, on the same photographs; a ratio is the median over
rounds of native time / our time, in CPU seconds. Ours is what `augment.compile` returns, called as its users call it, unkeyed;
both sides take the same (tensors, PIL images, arrays) and give CHW tensors, which are brought into order where they are not.

With `--alone` each side runs in processes of its own, which alternate, since natives in the same process raise the sizes from
which memory is given back, and spare ours its page faults: five of each, medians. `small` are pictures of 8 x 8, where only
Python counts.

T1: torchvision v2's usual classification pipeline. A1: Albumentations', without elastic, blur, noise and the shift of channels,
which "A1 complete" has. geometry: four ops on Albumentations, from uint8 to uint8, of squares. Interpolation is bilinear on both
sides.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")

import albumentations as A
import cv2
import numpy as np
import torch
from albumentations.pytorch import ToTensorV2
from PIL import Image
from skimage import data
from torchvision.transforms import v2

import augment
from augment import ops

ROUNDS = 60
IMAGENET = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def photographs() -> list[np.ndarray]:
    """Three photographs, and copies whose shorter side is 256 to 448."""
    found = [data.astronaut(), data.chelsea(), data.coffee()]
    for short in (256, 320, 384, 448):
        for photo in found[:3]:
            ratio = short / min(photo.shape[:2])
            size = round(photo.shape[1] * ratio), round(photo.shape[0] * ratio)
            found.append(cv2.resize(photo, size, interpolation=cv2.INTER_AREA))
    return found


def torchvision_t1(pil: bool) -> Callable[[Any], Any]:
    bilinear = {"interpolation": v2.InterpolationMode.BILINEAR}
    return v2.Compose([
        v2.Resize(256), v2.RandomCrop(224), v2.RandomHorizontalFlip(), v2.RandomVerticalFlip(0.1),
        v2.RandomRotation(15, **bilinear), v2.RandomAffine(0, translate=(0.1, 0.1), scale=(0.9, 1.1), shear=10, **bilinear),
        v2.ColorJitter(0.2, 0.2, 0.2, 0.1), v2.RandomGrayscale(0.1), v2.RandomPerspective(0.2, p=0.5, **bilinear),
        *([v2.ToImage()] if pil else []), v2.RandomErasing(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(*IMAGENET),
    ])  # fmt: skip


T1 = augment.Pipeline([
    ops.Resize(short=256), ops.RandomCrop(size=224), ops.HorizontalFlip(p=0.5), ops.VerticalFlip(p=0.1),
    ops.Rotate(degrees="±15"), ops.Affine(translate_x="±0.1", translate_y="±0.1", scale="1±0.1", shear_x="±10"),
    ops.ColorJitter(brightness="1±0.2", contrast="1±0.2", saturation="1±0.2", hue="±36"), ops.Grayscale(p=0.1),
    ops.Perspective(distortion=0.2, p=0.5), ops.RandomErasing(area=[0.02, 0.33], p=0.5), ops.Normalize("imagenet"),
])  # fmt: skip


def albumentations_a1(complete: bool) -> Callable[[Any], Any]:
    compose = A.Compose([
        A.RandomResizedCrop((224, 224)), A.HorizontalFlip(p=0.5),
        A.Affine(scale=(0.9, 1.1), translate_percent=(-0.0625, 0.0625), rotate=(-15, 15), p=0.5),
        A.Perspective((0.05, 0.1), p=0.5), *([A.ElasticTransform(alpha=1, sigma=50, p=0.3)] if complete else []),
        A.RandomBrightnessContrast(p=0.5), A.HueSaturationValue(p=0.5), *([A.RGBShift(p=0.5)] if complete else []),
        A.RandomGamma(p=0.5),
        *([A.OneOf([A.GaussianBlur(), A.MotionBlur(), A.MedianBlur()], p=0.3)] if complete else []),
        *([A.OneOf([A.GaussNoise(), A.ISONoise()], p=0.3)] if complete else []),
        A.CoarseDropout(p=0.5), A.Normalize(), ToTensorV2(),
    ])  # fmt: skip
    return lambda image: compose(image=image)["image"]


A1_COMPLETE = augment.Pipeline([
    ops.RandomResizedCrop(size=224, area=[0.08, 1], antialias=False), ops.HorizontalFlip(p=0.5),
    ops.Affine(scale="1±0.1", translate_x="±0.0625", translate_y="±0.0625", rotate="±15", p=0.5),
    ops.Perspective(distortion=[0.1, 0.2], p=0.5),
    ops.Elastic(alpha="0.00125px", sigma="50px", p=0.3),
    ops.Sequence([ops.Brightness(add="±0.2"), ops.Contrast(factor="1±0.2", about=0.0)], p=0.5),
    ops.Sequence([ops.Hue(degrees="±40"), ops.Saturation(factor="1±0.12"), ops.Brightness(add="±0.08")], p=0.5),
    ops.RgbShift(red="±0.0784", green="±0.0784", blue="±0.0784", p=0.5), ops.Gamma(gamma=[0.8, 1.2], p=0.5),
    ops.OneOf([
        ops.GaussianBlur(sigma=["0.5px", "3px"]), ops.MotionBlur(length={"choice": ["3px", "5px", "7px"]}),
        ops.MedianBlur(size=[3, 7]),
    ], p=0.3),
    ops.OneOf([ops.GaussianNoise(std=[0.2, 0.44]), ops.IsoNoise(colour=[0.01, 0.05], intensity=[0.1, 0.5])], p=0.3),
    ops.CoarseDropout(holes=[1, 2], height=[0.1, 0.2], width=[0.1, 0.2], p=0.5), ops.Normalize("imagenet"),
])  # fmt: skip
A1 = augment.Pipeline([op for op in A1_COMPLETE if not isinstance(op, ops.Elastic | ops.RgbShift | ops.OneOf)])


def albumentations_geometry() -> Callable[[Any], Any]:
    return array_out(A.Compose([
        A.HorizontalFlip(p=0.5), A.Affine(scale=(0.9, 1.1), translate_percent=(-0.0625, 0.0625), p=1),
        A.Perspective((0.05, 0.1), p=1), A.Rotate(15, p=1),
    ]))  # fmt: skip


GEOMETRY = augment.Pipeline([
    ops.HorizontalFlip(p=0.5), ops.Affine(scale="1±0.1", translate_x="±0.0625", translate_y="±0.0625"),
    ops.Perspective(distortion=[0.1, 0.2]), ops.Rotate(degrees="±15"),
])  # fmt: skip


def array_out(compose: Callable[..., Any]) -> Callable[[Any], Any]:
    return lambda image: torch.from_numpy(compose(image=image)["image"])


def squares(side: int) -> list[np.ndarray]:
    return [cv2.resize(photo, (side, side), interpolation=cv2.INTER_AREA) for photo in photographs()[:3]]


def our_t1() -> Callable[[Any], Any]:
    return augment.compile(T1, "torchvision", output="torch")


def our_a1(spec: augment.Pipeline) -> Callable[[Any], Any]:
    compose = augment.compile(spec, "albumentations", output="torch")
    return lambda image: compose(image=image)["image"]


def compare(native: Callable[[Any], Any], mine: Callable[[Any], Any], items: list[Any]) -> str:
    rounds = []
    for warm in (True, *(False,) * ROUNDS):
        some = random.sample(items, len(items) // 2)
        spent = {}
        for run in random.sample((native, mine), 2):
            start = time.thread_time()
            for item in some:
                run(item).contiguous()
            spent[run] = (time.thread_time() - start) / len(some)
        if not warm:
            rounds.append((spent[native], spent[mine]))
    theirs, own = np.array(rounds).T * 1e3
    return f"{np.median(theirs):6.2f} ms native, {np.median(own):6.2f} ms ours: native / ours {np.median(theirs / own):.2f}"


def small(spec: augment.Pipeline) -> augment.Pipeline:
    """The same on a canvas of 8 x 8."""
    sides = [("size", 8) if getattr(op, "size", None) else ("short", 8) if getattr(op, "short", None) else None for op in spec]
    return augment.Pipeline([op.replace(**dict([side])) if side else op for op, side in zip(spec, sides, strict=True)])


def workloads() -> dict[str, tuple[Callable[[], Any], Callable[[], Any], Callable[[], list[Any]]]]:
    """name -> what makes the native pipeline, ours, and what both are given."""

    def tensors() -> list[Any]:
        return [torch.from_numpy(p).permute(2, 0, 1).contiguous() for p in photographs()]

    return {
        "T1 from tensors": (lambda: torchvision_t1(False), our_t1, tensors),
        "T1 from PIL": (lambda: torchvision_t1(True), our_t1, lambda: [Image.fromarray(p) for p in photographs()]),
        "A1": (lambda: albumentations_a1(False), lambda: our_a1(A1), photographs),
        "A1 complete": (lambda: albumentations_a1(True), lambda: our_a1(A1_COMPLETE), photographs),
        **{
            f"geometry {side}": (
                albumentations_geometry, lambda: array_out(augment.compile(GEOMETRY, "albumentations")), partial(squares, side)
            )
            for side in (512, 2048)
        },
    }


def one_thread() -> None:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)


def spent(run: Callable[[Any], Any], items: list[Any], rounds: int) -> float:
    """CPU seconds of a sample."""
    for item in items * 2:
        run(item)
    start = time.thread_time()
    for item in items * rounds:
        run(item).contiguous()
    return (time.thread_time() - start) / (len(items) * rounds)


def alone(name: str, side: str) -> float:
    """The figure of a side, measured in a process of its own."""
    command = [sys.executable, __file__, "--side", name, side]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1])


def compare_alone(name: str) -> str:
    pairs = [[alone(name, side) for side in ("native", "ours")] for _ in range(5)]
    theirs, own = np.array(pairs).T * 1e3
    ratios = theirs / own
    between = f"{ratios.min():.2f} to {ratios.max():.2f}"
    return f"{np.median(theirs):6.2f} ms native, {np.median(own):6.2f} ms ours: native / ours {np.median(ratios):.2f} ({between})"


def smallest() -> None:
    """What Python takes."""
    pixels = np.random.default_rng(0).integers(0, 256, (8, 8, 3), np.uint8)
    tensor = torch.from_numpy(pixels).permute(2, 0, 1).contiguous()
    compose: Any = augment.compile(small(A1), "albumentations", output="torch")
    transform: Any = augment.compile(small(T1), "torchvision", output="torch")
    for name, run, item in (("A1", lambda image: compose(image=image)["image"], pixels), ("T1", transform, tensor)):
        print(f"{name}, 8 x 8        {min(spent(run, [item], 500) for _ in range(9)) * 1e6:6.0f} µs ours, the least of nine")


def main(chosen: list[str]) -> None:
    one_thread()
    if chosen[:1] == ["--side"]:
        native, ours, items = workloads()[chosen[1]]
        print(spent((native if chosen[2] == "native" else ours)(), items(), 12))
        return
    apart, chosen = "--alone" in chosen, [c for c in chosen if c != "--alone"]
    for name, (native, ours, items) in workloads().items():
        if chosen and not any(name.startswith(c) for c in chosen):
            continue
        if apart:
            print(f"{name:16} {compare_alone(name)}", flush=True)
            continue
        sides, given = (native(), ours()), items()
        shapes = [(*(out := run(given[0])).shape, out.dtype) for run in sides]
        assert shapes[0] == shapes[1], shapes
        print(f"{name:16} {compare(*sides, given)}", flush=True)
    if not chosen or "small" in chosen:
        smallest()


if __name__ == "__main__":
    main(sys.argv[1:])
