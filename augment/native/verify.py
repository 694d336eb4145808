"""Runs a pipeline and the spec that was made of it on photographs, and compares how their results are distributed.

What is not the same by the report is compared without those transforms that the report names.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from augment.errors import AugmentError, FileError
from augment.native.building import build
from augment.native.call import Call, Source, walk
from augment.native.distribution import Compared, Draw, compare, limit
from augment.native.entry import table
from augment.native.reading import Imported, read
from augment.program.addresses import walk as nodes
from augment.spec.node import Pipeline

SIDES = (240, 320)
BATCH = 50
SHARED = {"RandomCrop", "RandomGaussianBlur", "RandomElasticTransform", "RandAugment", "AugMix", "CutMix", "MixUp"}
"""Layers of Keras that draw once for a batch."""
BOXES = ((0.15, 0.2, 0.5, 0.65), (0.55, 0.35, 0.9, 0.8))
"""Of the pictures of pipelines that look at boxes: x0, y0, x1, y1, as shares of the sides."""
TENSORS = {"ToTensor", "ToImage", "PILToTensor"}
"""What makes tensors of pictures."""


@dataclass(frozen=True)
class Verified:
    """What a comparison found; ``why`` tells why there was none."""

    imported: Imported
    n: int
    found: tuple[Compared, ...] = ()
    why: str = ""
    rest: Verified | None = None
    """The comparison without what the report says is not the same, where there is any of that."""

    @property
    def equal(self) -> bool:
        """Whether both sides were compared, and no difference was found."""
        return bool(self.found) and all(one.agrees for one in self.found)

    @property
    def agrees(self) -> bool:
        """Whether no difference was found beyond what the report tells."""
        left = self.rest is None or self.rest.agrees
        return left and (not self.found or self.equal or not self.imported.same)

    @property
    def limit(self) -> float:
        """How far apart two distributions are, by Kolmogorov and Smirnov (0 to 1), that are found to differ as often as not."""
        return limit(self.n)

    def summary(self) -> str:
        """Return what was found, a line for each photograph."""
        lines = [f"not compared: {self.why}"] if self.why else []
        for one in self.found:
            state = "no difference" if one.agrees else f"differs in {one.apart:.0%} of the places (up to {one.worst:.2f})"
            told = "" if one.agrees or self.imported.same else ", as the report tells"
            means, stds = ("{:.3g} and {:.3g}".format(*pair) for pair in (one.means, one.stds))
            lines.append(f"{one.photograph}: {state}{told}; {self.n} draws of each, means {means}, deviations {stds}")
        if self.found:
            lines.append(f"distributions that are less than {self.limit:.2f} apart are not told from each other by so many draws")
        if self.rest is not None:
            lines += [f"without what is told to differ: {line}" for line in self.rest.summary().splitlines()]
        return "\n".join(lines)

    def plain(self) -> dict[str, Any]:
        keys = ("photograph", "shapes", "means", "stds", "apart", "worst")
        return {
            "agrees": self.agrees, "why": self.why, "limit": round(self.limit, 4),
            "found": [{key: getattr(one, key) for key in keys} for one in self.found],
            **({"rest": self.rest.plain()} if self.rest is not None else {}),
        }  # fmt: skip

    def save(self, path: Path) -> None:
        """Write the pictures: draws of the library above those of the spec. Raises `FileError` where there are none."""
        from PIL import Image

        if not self.found:
            raise FileError(f"{path}: there are no pictures: {self.why}")
        rows = [np.concatenate([_framed(p) for p in side], axis=1) for one in self.found for side in one.pictures]
        width = min(row.shape[1] for row in rows)
        try:
            Image.fromarray(np.concatenate([row[:, :width] for row in rows])).save(path, format="PNG")
        except OSError as error:
            raise FileError(f"{path}: cannot be written: {error.strerror or error}") from None


def verify(
    imported: Imported, *, n: int = 200, sides: tuple[int, int] = SIDES, photographs: int = 2, backend: str = "reference"
) -> Verified:
    """Compare what a pipeline of a library makes of the photographs of this package with what the spec makes of them.

    Args:
        imported: the pipeline with its spec.
        n: draws of each side, and of each photograph; the more, the smaller are differences that are found (`Verified.limit`).
        sides: height and width that photographs are brought to.
        photographs: how many.
        backend: what runs the spec, a callable on samples.

    Nothing is compared, and the result says why, where the library that is installed does not build the pipeline or reads it as
    another version does, or it holds what works on texts or on several samples.
    """
    if why := _unlike(imported):
        return Verified(imported, n, why=why)
    source = imported.source
    settings = {"p": source.settings["p"]} if source.library == "albumentations" and "p" in source.settings else {}
    boxed = any("boxes" in getattr(node, "reads", ()) for _, node in nodes(imported.pipeline))
    if boxed and source.library == "albumentations":
        settings["bbox_params"] = {"format": "pascal_voc", "label_fields": ["labels"]}
    if imported.pipeline.views:
        return Verified(imported, n, why="it makes several results of a picture, and two of one kind are compared")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            native = build(source.library, source.calls, settings)
            theirs = _theirs(source, native, boxed)
            ours = _ours(imported.pipeline, backend, boxed, source.library == "albumentations")
            shown = _photographs(source.library, sides, photographs)
            found = tuple(compare(name, image, theirs, ours, n) for name, image in shown)
            whole = Verified(imported, n, found)
        except AugmentError as error:
            whole = Verified(imported, n, why=" ".join(str(error).split()))
        except Exception as error:  # whatever a library raises on its own pipeline
            whole = Verified(imported, n, why=f"{source.library}: {type(error).__name__}: {' '.join(str(error).split())[:200]}")
    kept = None if whole.equal else untold(imported)
    if kept is None:
        return whole
    return replace(whole, rest=verify(kept, n=n, sides=sides, photographs=photographs, backend=backend))


def _unlike(imported: Imported) -> str:
    """Why the library that is installed does not make what the pipeline means; empty where it may."""
    from importlib.metadata import PackageNotFoundError, version

    library = imported.source.library
    if library in ("nlpaug", "ultralytics"):
        return f"what {library} makes is no image"
    try:
        installed = version("keras" if library == "keras_legacy" else library)
    except PackageNotFoundError:
        return f"{library} is not installed"
    if imported.era is not None and table(library).era_of(installed) != imported.era:
        return f"it is read as {library} {imported.era}, and {installed} is installed, which means something else by it"
    return ""


def untold(imported: Imported) -> Imported | None:
    """Return a pipeline without those transforms of which the report says that they differ or have no counterpart.

    None where there are no such ones, where nothing is left, or where the report speaks of the pipeline as a whole.
    """
    told = {remark.where for remark in imported.having("differs", "none")}
    source = imported.source
    calls = tuple(_without(source.calls, told))
    if not told or not calls or calls == source.calls:
        return None
    kept: Source = replace(source, calls=calls, version=source.version or imported.era)
    return read(kept)


def _without(calls: Iterable[Call], told: set[str]) -> Iterator[Call]:
    for call in calls:
        children = tuple(_without(call.children, told))
        if call.where not in told and not (call.children and not children):
            yield call.replace(children=children)


def _photographs(library: str, sides: tuple[int, int], count: int) -> list[tuple[str, np.ndarray]]:
    from PIL import Image

    from augment.data.bundled import NAMES, bundled

    height, width = sides if library != "keras_legacy" else (min(sides),) * 2  # which turns no others about their middle
    samples = list(bundled({}))[:count]
    pictures = (Image.fromarray(sample["image"]).resize((width, height), Image.Resampling.LANCZOS) for sample in samples)
    return [(name, np.asarray(picture)) for name, picture in zip(NAMES, pictures, strict=False)]


def _theirs(source: Source, native: Any, boxed: bool) -> Draw:
    library, calls = source.library, list(walk(source.calls))
    names = {call.name for call in calls}
    if library == "albumentations":
        floats = any(call.kwargs.get("max_pixel_value") == 1 for call in calls)

        def given_one(image: np.ndarray) -> np.ndarray:
            return _of_albumentations(native, image / np.float32(255) if floats else image, boxed)

        return lambda image, n: (given_one(image) for _ in range(n))
    if library == "torchvision":
        given = _tensor if names & {"Normalize", "GaussianNoise"} and not names & TENSORS else _picture  # what it takes
        if boxed:
            return lambda image, n: (_array(native(_with_boxes(given(image), image))["image"]) for _ in range(n))
        return lambda image, n: (_array(native(given(image))) for _ in range(n))
    if library == "keras_legacy":
        return lambda image, n: (native.standardize(native.random_transform(image.astype("float32"))) for _ in range(n))
    most = 1 if SHARED & names else BATCH
    told = [call.kwargs["value_range"][1] for call in calls if call.kwargs.get("value_range")]
    high = 255 if "Rescaling" in names else min(told, default=255)
    return lambda image, n: (one for i in range(0, n, most) for one in _of_keras(native, image * (high / 255), min(most, n - i)))


def _picture(image: np.ndarray) -> Any:
    from PIL import Image

    return Image.fromarray(image)


def _tensor(image: np.ndarray) -> Any:
    import torch

    return torch.from_numpy(image / np.float32(255)).permute(2, 0, 1)


def _boxes(image: np.ndarray) -> np.ndarray:
    height, width = image.shape[:2]
    return np.round(np.array(BOXES) * (width, height, width, height))


def _with_boxes(given: Any, image: np.ndarray) -> dict[str, Any]:
    import torch
    from torchvision import tv_tensors

    boxes = tv_tensors.BoundingBoxes(_boxes(image), format="XYXY", canvas_size=image.shape[:2])  # type: ignore[call-arg]
    return {"image": given, "boxes": boxes, "labels": torch.arange(len(boxes))}


def _of_albumentations(compose: Any, image: np.ndarray, boxed: bool) -> np.ndarray:
    rows = {"bboxes": _boxes(image), "labels": list(range(len(BOXES)))} if boxed else {}
    return _array(compose(image=image, mask=image[..., 0], **rows)["image"])


def _of_keras(layers: Any, image: np.ndarray, count: int) -> np.ndarray:
    return _array(layers(np.repeat(image[None].astype("float32"), count, axis=0), training=True))


def _ours(pipeline: Pipeline, backend: str, boxed: bool, masked: bool) -> Draw:
    """Draws op by op, as libraries do: a spec samples the image once for a row of warps, which blurs it less."""
    import augment

    compiled: Any = augment.compile(pipeline.replace(targets={}), backend, fuse=False)

    def draw(image: np.ndarray, i: int) -> np.ndarray:
        sample = {"image": image, **({"mask": image[..., 0]} if masked else {}), **({"boxes": _boxes(image)} if boxed else {})}
        return np.asarray(compiled.at(index=i)(sample)["image"])

    return lambda image, n: (draw(image, i) for i in range(n))


def _array(found: Any) -> np.ndarray:
    """A picture, a tensor of channels first, or an array, as (H, W, C)."""
    if hasattr(found, "numpy"):
        array = found.numpy()
        return array.transpose(1, 2, 0) if array.ndim == 3 and array.shape[0] in (1, 3) else array
    return np.asarray(found)


def _framed(image: np.ndarray) -> np.ndarray:
    from PIL import Image

    array = np.asarray(image, float)
    low, high = (0, 255) if image.dtype == np.uint8 or array.max() > 20 else (min(array.min(), 0), max(array.max(), 1))
    levels = np.clip((array - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    levels = levels.reshape(*levels.shape[:2], -1)
    levels = levels[..., :3] if levels.shape[-1] >= 3 else np.repeat(levels[..., :1], 3, -1)
    return np.asarray(Image.fromarray(levels).resize((160, 120)))
