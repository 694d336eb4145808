"""How much faster a spec is in a `DataLoader` of JPEG files, and on a batch: `python tests/bench/bench_loader.py`.

Two workers read files with Pillow and run A1 of `bench_host.py`, or T1 from PIL images; wall time of an epoch, whose sides
alternate, each with workers of its own that are warm. Batches of tensors are one call of ours, against the native transform
sample by sample, stacked: one thread, CPU time.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from bench_host import A1, T1, albumentations_a1, one_thread, our_a1, photographs, torchvision_t1
from PIL import Image
from torch.utils.data import DataLoader, Dataset

import augment

ROUNDS, FILES = 11, 192


class Files(Dataset):  # type: ignore[type-arg]
    def __init__(self, files: list[Path], run: Callable[[Any], Any]):
        self.files, self.run = files, run

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, index: int) -> Any:
        with Image.open(self.files[index]) as image:
            return self.run(image.convert("RGB"))


def epoch(loader: Any) -> float:
    start = time.perf_counter()
    for _ in loader:
        pass
    return time.perf_counter() - start


def told(name: str, rounds: list[tuple[float, float]], count: int) -> None:
    theirs, own = np.array(rounds).T / count * 1e3
    low, middle, high = np.quantile(theirs / own, [0.25, 0.5, 0.75])
    print(
        f"{name:24} {np.median(theirs):6.2f} ms native, {np.median(own):6.2f} ms ours: "
        f"native / ours {middle:.2f} (quartiles {low:.2f} to {high:.2f})",
        flush=True,
    )


def alternating(sides: list[Callable[[], float]], rounds: int) -> list[tuple[float, float]]:
    for side in sides:
        side()
    out = []
    for _ in range(rounds):
        spent = {at: sides[at]() for at in random.sample((0, 1), 2)}
        out.append((spent[0], spent[1]))
    return out


def loaders(files: list[Path]) -> None:
    native_a1, ours_a1 = albumentations_a1(False), our_a1(A1)
    ours_t1 = augment.compile(T1, "torchvision", output="torch")
    for name, native, ours in (
        ("loader, A1", lambda image: native_a1(np.asarray(image)), lambda image: ours_a1(np.asarray(image))),
        ("loader, T1 from PIL", torchvision_t1(True), ours_t1),
    ):
        made = [
            DataLoader(Files(files, run), 32, num_workers=2, persistent_workers=True, worker_init_fn=lambda _: one_thread())
            for run in (native, ours)
        ]
        told(name, alternating([lambda loader=loader: epoch(loader) for loader in made], ROUNDS), len(files))


def batches(count: int) -> None:
    photo = torch.from_numpy(photographs()[0]).permute(2, 0, 1)
    batch = torch.stack([photo.roll(n, 2) for n in range(count)])
    native, ours = torchvision_t1(False), augment.compile(T1, "torchvision", output="torch")

    def spent(run: Callable[[], Any]) -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    sides: list[Callable[[], float]] = [
        lambda: spent(lambda: torch.stack([native(image) for image in batch])), lambda: spent(lambda: ours(batch)),
    ]  # fmt: skip
    told(f"T1, a batch of {count}", alternating(sides, ROUNDS), count)


if __name__ == "__main__":
    one_thread()
    batches(32)
    batches(128)
    with tempfile.TemporaryDirectory() as folder:
        found = photographs()
        paths = [Path(folder) / f"{n}.jpg" for n in range(FILES)]
        for n, path in enumerate(paths):
            Image.fromarray(found[n % len(found)]).save(path, quality=90)
        loaders(paths)
