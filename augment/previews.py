"""Shows what a spec does: a sheet with each sample as it is, and as several draws make it, on one backend or on several."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.backend import Backend, Options
from augment.errors import FileError, SampleError
from augment.program.lower import Program
from augment.render import Block, Cell, Legend, draw_sample, draw_sheet
from augment.sample import DEFAULT_TARGETS, Target, claim
from augment.spec.node import Pipeline

if TYPE_CHECKING:
    from PIL import Image

CELL = 224
SOFTWARE = "augment preview"
CHANCES = ("p", "choice", "pick", "n", "times")  # what decides whether an op is applied; the order of color_jitter does not


@dataclass(frozen=True)
class Preview:
    """A drawn preview; notebooks show it as it is."""

    image: Image.Image

    def save(self, path: str | Path) -> None:
        """Write it as PNG; raises `FileError`."""
        from augment.data.output import write_whole

        if Path(path).suffix.lower() != ".png":
            raise FileError(f"{path}: a preview is a picture; write it to a .png")
        write_whole(Path(path), self._repr_png_())

    def _repr_png_(self) -> bytes:
        from PIL.PngImagePlugin import PngInfo

        file, made = io.BytesIO(), PngInfo()
        made.add_text("Software", SOFTWARE)
        self.image.save(file, "png", pnginfo=made)
        return file.getvalue()


def is_preview(path: Path) -> bool:
    """Whether a file is one that `Preview.save` wrote, and so may be replaced by the next."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return picture.info.get("Software") == SOFTWARE
    except (OSError, ValueError, SyntaxError):
        return False


def preview(
    spec: Any,
    samples: Any = None,
    *,
    backend: str | Sequence[str] = "reference",
    n: int = 8,
    seed: int | None = None,
    epoch: int = 0,
    stage: str = "train",
    names: Sequence[str] = (),
    title: str = "",
) -> Preview:
    """Draw samples as they are, and as ``n`` epochs from ``epoch`` on make them, with masks, boxes and keypoints over them.

    Args:
        spec: a path, a mapping, or a `Pipeline`.
        samples: a sample, an image, or a list of samples, which are also each other's mix partners; without it a photograph
            that comes with the package.
        backend: a name, or several: each gets its own rows.
        n: how many draws.
        seed: replaces the spec's.
        epoch: of the first draw.
        stage: "train", or "eval" for the inference form.
        names: of the samples.
        title: instead of the name of the spec.
    """
    from augment.language import as_pipeline
    from augment.plugins import get_backend
    from augment.program.lower import lower

    if n < 1:
        raise SampleError(f"a preview shows at least one draw, not {n}")
    pipeline = as_pipeline(spec)
    program = lower(pipeline, stage=stage, seed=seed)
    wanted = list(dict.fromkeys([backend] if isinstance(backend, str) else backend))
    engines = {name: get_backend(name) for name in wanted}
    for engine in engines.values():
        engine.check(program)
    chosen, names = _chosen(samples, program, list(engines.values()), names)
    shown = range(len(names))
    legend: Legend = {}
    originals = [_original(chosen[i], pipeline, legend) for i in shown]
    order = sorted(engines, key=_comes_late(engines))
    draws = {name: [_draws(engines[name], program, chosen, i, range(epoch, epoch + n), legend) for i in shown] for name in order}
    blocks = [Block(_heading(names, i, name, wanted), [originals[i], *draws[name][i]]) for i in shown for name in wanted]
    last = epoch + n - 1
    keys = [f"seed {program.seed}", "index 0"] if len(names) == 1 else [f"seed {program.seed}"]
    about = ", ".join([*keys, f"epochs {epoch} to {last}" if n > 1 else f"epoch {epoch}", stage, *wanted])
    return Preview(draw_sheet(title or pipeline.name or "Preview", about, blocks, CELL))


def _comes_late(engines: Mapping[str, Backend]) -> Any:
    """Order: TensorFlow after all others, since torchvision cannot be imported after it."""
    return lambda name: bool({"keras", "tensorflow"} & set(engines[name].requires))


def _chosen(samples: Any, program: Program, engines: list[Backend], names: Sequence[str]) -> tuple[list[Any], Sequence[str]]:
    """The samples, with mix partners after those that are named, and the names."""
    if samples is None:
        from augment.data.bundled import NAMES, bundled

        targets = program.pipeline.targets or {
            name: target for name, target in DEFAULT_TARGETS.items() if _moved(target, program, engines)
        }
        photos = bundled(targets)
        return (photos if program.mixes else photos[:1]), NAMES[:1]
    if isinstance(samples, Mapping) or hasattr(samples, "__array__"):
        samples = [samples]
    image = next((name for name, t in (program.pipeline.targets or DEFAULT_TARGETS).items() if t.kind == "image"), "image")
    samples = [s if isinstance(s, Mapping) else {image: np.asarray(s)} for s in samples]
    if not samples:
        raise SampleError("there is no sample to show")
    if program.mixes and len(samples) < 2:
        raise SampleError("the spec mixes samples, so a preview needs at least two")
    return samples, names or [f"sample {i}" for i in range(len(samples))]


def _moved(target: Target, program: Program, engines: list[Backend]) -> bool:
    """Whether all ops can move a target on all backends, so that it can be shown where the spec declares none."""
    for leaf in program.leaves:
        if leaf.op.primitive == "mix" and target.kind not in ("image", *leaf.op.moves):  # type: ignore[attr-defined]
            return False
        if any(engine.support(type(leaf.op), target.kind).level == "refuses" for engine in engines):
            return False
    return True


def _draws(engine: Backend, program: Program, samples: list[Any], index: int, epochs: range, legend: Legend) -> list[Cell]:
    targets = claim(samples[index], program.pipeline.targets)
    cells = []
    for epoch in epochs:
        try:
            result = engine.apply_over(program, samples, index=index, epoch=epoch, options=Options())
        except SampleError as error:
            raise SampleError(f"{engine.name}, epoch {epoch}: {error}") from None
        picture = draw_sample(result, targets, CELL, legend, _tail(program))
        cells.append(Cell(picture, f"epoch {epoch}", _applied(program, index, epoch)))
    return cells


def _original(sample: Mapping[str, Any], pipeline: Pipeline, legend: Legend) -> Cell:
    targets = claim(sample, pipeline.targets)
    image = np.asarray(sample[next(name for name, t in targets.items() if t.kind == "image")])
    size = f"{image.shape[0]} x {image.shape[1]}"
    return Cell(draw_sample(sample, targets, CELL, legend), "original", size)


def _applied(program: Program, index: int, epoch: int) -> str:
    """The ops that were applied to a sample, without those that always are."""
    values = program.values(index, epoch)
    gated = [leaf for leaf in program.leaves if any(condition.field in CHANCES for condition in leaf.gate)]
    names = [leaf.path.rpartition(".")[2] for leaf in gated if leaf.active(values)]
    return ", ".join(name.replace("_", " ") for name in dict.fromkeys(names))


def _tail(program: Program) -> Any:
    from augment.ops.kinds import Tail
    from augment.ops.tail import ToFloat

    ops = [leaf.op for leaf in program.leaves if isinstance(leaf.op, Tail) and not isinstance(leaf.op, ToFloat)]
    return ops[0].affine() if ops else None


def _heading(names: Sequence[str], i: int, backend: str, wanted: list[str]) -> str:
    file = [f"{names[i]} (index {i})"] if len(names) > 1 else []
    return ", ".join([*file, backend] if len(wanted) > 1 else file)
