"""The public verbs: compile, apply, record and replay."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

from augment.backend import Backend, Options, Output, Precision
from augment.engine.paired import sides_at_risk
from augment.errors import SpecError, suggest
from augment.language import as_pipeline
from augment.plugins import Engines, get_engines
from augment.program.lower import Program, lower
from augment.sample import Items
from augment.spec.views import each_view

if TYPE_CHECKING:
    import albumentations
    import keras
    import torch
    from augment_reference.container import Callable
    from torchvision.transforms import v2

    from augment.spec.node import Pipeline

Stage = Literal["train", "eval"]


class Common(TypedDict, total=False):
    """The keywords of `compile` that every backend understands."""

    stage: Stage
    seed: int | None
    precision: Precision
    output: Output
    fuse: bool
    native: bool


@overload
def compile(
    spec: Any, backend: Literal["keras"], *, value_range: tuple[float, float] = ..., **common: Unpack[Common]
) -> keras.layers.Layer: ...
@overload
def compile(
    spec: Any, backend: Literal["torchvision"], *, mask_dtype: Literal["int64", "float32"] | None = ..., **common: Unpack[Common]
) -> v2.Transform: ...
@overload
def compile(spec: Any, backend: Literal["albumentations"], **common: Unpack[Common]) -> albumentations.Compose: ...
@overload
def compile(spec: Any, backend: Literal["reference", "opencv"] = ..., **common: Unpack[Common]) -> Callable: ...
@overload
def compile(spec: Any, backend: str, **options: Any) -> Any: ...



def compile(
    spec: Any,
    backend: str | Mapping[str, str] = "reference",
    *,
    stage: Stage = "train",
    seed: int | None = None,
    precision: Precision = "auto",
    output: Output = None,
    fuse: bool = True,
    native: bool = False,
    **backend_options: Any,
) -> Any:
    """Compile a spec to the native object of a backend.

    Args:
        spec: a path, a mapping, or a `Pipeline`.
        backend: the name of an installed backend (``augment backends`` lists them), or ``{"image": name, "text": name}`` where a
            spec has both; without a name for texts, `builtin` edits them.
        stage: "train", or "eval" for the inference form of every op.
        seed: replaces the spec's.
        precision: "float" runs every op in float32; "auto" may use 8-bit kernels where the tolerance allows.
        output: "torch" gives CHW tensors from any host backend; "uint8" leaves out the ops at the end that make floats
            (normalize, to_float) and gives bytes, tensors on torchvision and arrays on albumentations, for `tail` to finish.
        fuse: False runs op by op, for finding the op behind a result.
        native: True gives the library's own classes, without any of this package; what differs is warned of (docs/migrating.md).
        backend_options: what the backend itself takes, such as Keras' ``value_range``.

    Raises:
        SpecError: the spec has mistakes; all of them are listed with their places.
        BackendMissingError: the backend is unknown, or its framework is not installed.
        UnsupportedOpError: the backend refuses an op or a target; all refusals are listed.

    A spec with ``views`` makes an object of the same use (`augment.multiview.Views`) that returns a mapping of views.
    """
    if native:
        from augment.native.leaving import native_object

        asked: dict[str, Any] = {"stage": stage != "train", "seed": seed is not None, "precision": precision != "auto"}
        asked |= {"output": output, "fuse": not fuse}
        return native_object(spec, backend, **asked, **backend_options)
    pipeline = as_pipeline(spec)
    how = Common(stage=stage, seed=seed, precision=precision, output=output, fuse=fuse)
    if not pipeline.views:
        return _compiled(pipeline, backend, how, backend_options)
    parts = each_view(pipeline, lambda one: _compiled(one, backend, how, backend_options))
    return get_engines(backend).main.several(pipeline, parts)


def _compiled(pipeline: Pipeline, backend: str | Mapping[str, str], how: Common, options: Mapping[str, Any]) -> Any:
    """One program as the native object of a backend."""
    ready, program = prepared(pipeline, backend, how["stage"], how["seed"], how["fuse"], how["output"] == "uint8")
    _refuse_options(ready.main, options)
    for path, name, said in sides_at_risk(program):
        what = f"{path} may mirror {name}, and {said} is the name of a side"
        warnings.warn(f"{what}: the points move and their rows keep their order (docs/targets.md)", stacklevel=3)
        break
    return ready.main.compile(program, Options(how["precision"], how["output"], ready.text.name), **options)


@overload
def tail(spec: Any, backend: Literal["torchvision", "albumentations"], *, stage: Stage = ...) -> torch.nn.Module: ...
@overload
def tail(spec: Any, backend: Literal["keras"], *, stage: Stage = ...) -> keras.layers.Layer: ...
@overload
def tail(spec: Any, backend: str, *, stage: Stage = ...) -> Any: ...


def tail(spec: Any, backend: str, *, stage: Stage = "train") -> Any:
    """Return what ``compile(spec, output="uint8")`` leaves out, as a module that finishes batches of images on their device.

    On torchvision it is a `torch.nn.Module` of uint8 (..., C, H, W), on albumentations one of uint8 (..., H, W, C); both give
    float32 (..., C, H, W). On keras it is a `keras.layers.Rescaling` of numbers from 0 to 255, channels where Keras has them.
    It draws and moves nothing: masks, boxes and labels are not given to it. What comes out is what the whole spec makes, but for
    the rounding to 8 bits: within a level of 255, over the standard deviation of ``normalize``.

    Raises `SpecError` where something stands behind ``normalize``, or where the spec ends in nothing of the kind; of a spec with
    ``views`` a mapping of modules comes out.
    """
    pipeline = as_pipeline(spec)
    if pipeline.views:
        return each_view(pipeline, lambda one: tail(one, backend, stage=stage))
    ready, program = prepared(pipeline, backend, stage, None, True, True)
    assert program.tail is not None
    return ready.main.tail(program.tail)


class Applied(TypedDict, total=False):
    """The keywords of `apply`."""

    backend: str | Mapping[str, str]
    index: int
    epoch: int
    stage: Stage
    seed: int | None
    precision: Precision


@overload
def apply(spec: Any, sample: Mapping[str, Any], **how: Unpack[Applied]) -> dict[str, Any]: ...
@overload
def apply(spec: Any, sample: Any, **how: Unpack[Applied]) -> Any: ...


def apply(
    spec: Any,
    sample: Any,
    *,
    backend: str | Mapping[str, str] = "reference",
    index: int = 0,
    epoch: int = 0,
    stage: Stage = "train",
    seed: int | None = None,
    precision: Precision = "auto",
) -> Any:
    """Run a spec on one sample under the key (seed, epoch, index): NumPy in, NumPy out, on any backend.

    A sample is a mapping of entries by name, an image, or a pair of an image and its label, and comes out as it came in.
    Of a spec with ``views`` a mapping comes out: each view's result by its name, a list where there are several of the name.
    """
    pipeline = as_pipeline(spec)
    if pipeline.views:
        how: dict[str, Any] = {"backend": backend, "stage": stage, "seed": seed, "precision": precision}
        return each_view(pipeline, lambda one: apply(one, sample, index=index, epoch=epoch, **how))
    ready, program = prepared(pipeline, backend, stage, seed, True)
    items, options = Items.of(pipeline.targets), Options(precision, text=ready.text.name)
    return items.leave(ready.main.apply(program, items.enter(sample), index=index, epoch=epoch, options=options), sample)


def prepared(
    spec: Any, backend: str | Mapping[str, str], stage: Stage, seed: int | None, fuse: bool, part: bool = False
) -> tuple[Engines, Program]:
    """Return the backends that are asked for and the program of a spec, which they run."""
    if stage not in ("train", "eval"):
        raise SpecError(f"stage is 'train' or 'eval', not {stage!r}")
    program = lower(as_pipeline(spec), stage=stage, seed=seed, fuse=fuse, part=part)
    ready = get_engines(backend)
    ready.main.check(program, ready.text)
    return ready, program


def _refuse_options(backend: Backend, given: Mapping[str, Any]) -> None:
    """Raise `SpecError` on an option that a backend does not take; one that takes any looks at them itself."""
    parameters = inspect.signature(backend.compile).parameters
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return
    own = [name for name in parameters if name not in ("program", "options")]
    for name in given:
        if name not in own:
            has = f" (it has: {', '.join(own)})" if own else ""
            raise SpecError(f"{backend.name} has no option {name!r}{suggest(name, own)}{has}")
