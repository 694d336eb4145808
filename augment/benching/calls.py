"""Turns what a process times into a call: a library's own form of the pictures, and a function that augments all of them once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from augment.benching.regimes import Job

Call = Callable[[], Any]


def call_of(job: Job) -> tuple[Call, int]:
    """Return a function that makes results once, and how many it makes."""
    import augment

    native = {"native": True} if job.side == "native" else {}
    transform = augment.compile(augment.loads(job.spec), job.backend, **native)  # type: ignore[call-overload]
    return {"sample": _samples, "loader": _loader, "batch": _batch}[job.regime](job, transform)


def with_one_thread() -> None:
    """Let the libraries that are installed use one thread, as `DataLoader` does in its workers."""
    from importlib.util import find_spec

    if find_spec("torch"):
        import torch

        torch.set_num_threads(1)
    if find_spec("cv2"):
        import cv2

        cv2.setNumThreads(1)


def read(path: str) -> np.ndarray:
    """A picture as (H, W, 3), uint8."""
    from PIL import Image, ImageOps

    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))


def as_taken(image: np.ndarray, backend: str) -> Any:
    """An image as users of a library have it."""
    if backend != "torchvision":
        return image
    import torch

    return torch.from_numpy(np.array(image)).permute(2, 0, 1).contiguous()


def taking(transform: Any, job: Job) -> Callable[[Any], Any]:
    """Return what gives one image to a transform."""
    if job.backend == "albumentations":
        return lambda image: transform(image=image)["image"]
    if job.backend == "torchvision":
        return transform
    return lambda image: transform({"image": image})["image"]


def _samples(job: Job, transform: Any) -> tuple[Call, int]:
    images, run = [as_taken(read(path), job.backend) for path in job.files], taking(transform, job)

    def call() -> None:
        for image in images:
            run(image)

    return call, len(images)


class Files:
    """A dataset of files, as a `DataLoader` reads it."""

    def __init__(self, paths: tuple[str, ...], job: Job, transform: Any):
        self.paths, self.job, self.transform = paths, job, transform

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, i: int) -> Any:
        return taking(self.transform, self.job)(as_taken(read(self.paths[i]), self.job.backend))


def _loader(job: Job, transform: Any) -> tuple[Call, int]:
    from torch.utils.data import DataLoader

    count = max(len(job.files), 4 * job.batch * max(1, job.workers))
    paths = tuple(job.files[i % len(job.files)] for i in range(count))
    how = {"num_workers": job.workers, "persistent_workers": job.workers > 0, "collate_fn": list}
    loader: Any = DataLoader(Files(paths, job, transform), batch_size=job.batch, **how)  # type: ignore[arg-type]
    return lambda: [None for _ in loader], count


def _batch(job: Job, transform: Any) -> tuple[Call, int]:
    pictures = np.stack(_of_one_size([read(path) for path in job.files], job.batch))
    if job.backend == "keras":
        return _keras_batch(pictures, transform), len(pictures)
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    batch = torch.from_numpy(pictures).permute(0, 3, 1, 2).contiguous().to(device)

    def call() -> None:
        torch.stack([transform(image) for image in batch]) if job.side == "native" else transform(batch)
        if device == "cuda":
            torch.cuda.synchronize()

    return call, len(pictures)


def _keras_batch(pictures: np.ndarray, layer: Any) -> Call:
    import keras

    def run(images: Any) -> Any:
        return layer(images, training=True)

    if keras.backend.backend() == "tensorflow":  # in a graph, as in tf.data
        import tensorflow as tf

        run = tf.function(run, autograph=False)
    images = keras.ops.convert_to_tensor(pictures.astype("float32"))
    return lambda: keras.ops.convert_to_numpy(run(images))


def _of_one_size(pictures: list[np.ndarray], count: int) -> list[np.ndarray]:
    """So many pictures of the size of the first."""
    from PIL import Image

    height, width = pictures[0].shape[:2]
    sized = [np.asarray(Image.fromarray(picture).resize((width, height))) for picture in pictures]
    return [sized[i % len(sized)] for i in range(count)]
