"""How much faster a spec is on the host kernels than the pipeline that one writes by hand: `python tests/bench/bench_host.py`.

Both sides run alternately, in random order, in this process, on one thread, on the same photographs; a ratio is the median over
rounds of native time / our time, in CPU seconds. Ours is what `augment.compile` returns, called as its users call it, unkeyed;
both sides take the same (tensors, PIL images, arrays) and give CHW tensors, which are brought into order where they are not.

T1: torchvision v2's usual classification pipeline. A1: Albumentations', without elastic, blur and noise; the shift of single
channels, which the language does not have, is left out of both. Interpolation is bilinear on both sides.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
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


def albumentations_a1() -> Callable[[Any], Any]:
    compose = A.Compose([
        A.RandomResizedCrop((224, 224)), A.HorizontalFlip(p=0.5),
        A.Affine(scale=(0.9, 1.1), translate_percent=(-0.0625, 0.0625), rotate=(-15, 15), p=0.5),
        A.Perspective((0.05, 0.1), p=0.5), A.RandomBrightnessContrast(p=0.5), A.HueSaturationValue(p=0.5), A.RandomGamma(p=0.5),
        A.CoarseDropout(p=0.5),
        A.Normalize(), ToTensorV2(),
    ])  # fmt: skip
    return lambda image: compose(image=image)["image"]


A1 = augment.Pipeline([
    ops.RandomResizedCrop(size=224, area=[0.08, 1], antialias=False), ops.HorizontalFlip(p=0.5),
    ops.Affine(scale="1±0.1", translate_x="±0.0625", translate_y="±0.0625", rotate="±15", p=0.5),
    ops.Perspective(distortion=[0.1, 0.2], p=0.5),
    ops.Sequence([ops.Brightness(add="±0.2"), ops.Contrast(factor="1±0.2", about=0.0)], p=0.5),
    ops.Sequence([ops.Hue(degrees="±40"), ops.Saturation(factor="1±0.12"), ops.Brightness(add="±0.08")], p=0.5),
    ops.Gamma(gamma=[0.8, 1.2], p=0.5), ops.CoarseDropout(holes=[1, 2], height=[0.1, 0.2], width=[0.1, 0.2], p=0.5),
    ops.Normalize("imagenet"),
])  # fmt: skip


def our_t1() -> Callable[[Any], Any]:
    return augment.compile(T1, "torchvision", output="torch")


def our_a1() -> Callable[[Any], Any]:
    compose = augment.compile(A1, "albumentations", output="torch")
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


def main(chosen: list[str]) -> None:
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    photos = photographs()
    tensors = [torch.from_numpy(p).permute(2, 0, 1).contiguous() for p in photos]
    images = [Image.fromarray(p) for p in photos]
    workloads = {
        "T1 from tensors": (torchvision_t1(False), our_t1(), tensors),
        "T1 from PIL": (torchvision_t1(True), our_t1(), images),
        "A1": (albumentations_a1(), our_a1(), photos),
    }
    for name, workload in workloads.items():
        if not chosen or any(name.startswith(c) for c in chosen):
            shapes = [(*(out := run(workload[2][0])).shape, out.dtype) for run in workload[:2]]
            assert shapes[0] == shapes[1], shapes
            print(f"{name:16} {compare(*workload)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
