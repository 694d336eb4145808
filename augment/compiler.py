"""The public verbs: compile, apply, record and replay."""

from __future__ import annotations

import inspect
import json
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

import numpy as np

from augment.backend import Backend, Options, Output, Precision
from augment.engine.paired import sides_at_risk
from augment.errors import SampleError, SpecError, suggest
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
    ready, program = _prepare(pipeline, backend, how["stage"], how["seed"], how["fuse"], how["output"] == "uint8")
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
    ready, program = _prepare(pipeline, backend, stage, None, True, True)
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
    ready, program = _prepare(pipeline, backend, stage, seed, True)
    items, options = Items.of(pipeline.targets), Options(precision, text=ready.text.name)
    return items.leave(ready.main.apply(program, items.enter(sample), index=index, epoch=epoch, options=options), sample)


def record(
    spec: Any, sample: Any = None, *, index: int, epoch: int = 0, seed: int | None = None
) -> dict[str, Any]:
    """Return the parameters that are drawn for a sample, as JSON data; with the sample, also what it drops and why.

    Raises `SampleError` on a sample of a spec that needs partners: what becomes of it depends on another. Without it, the draws
    are told.
    The record of a spec with ``views`` holds those of the views, by name.
    """
    pipeline = as_pipeline(spec)
    if pipeline.views:
        own = each_view(pipeline, lambda one: record(one, sample, index=index, epoch=epoch, seed=seed))
        return {"version": 1, "views": own}
    program = lower(pipeline, seed=seed)
    return record_of(program, sample, index=index, epoch=epoch)


def record_of(program: Program, sample: Any = None, *, index: int, epoch: int = 0) -> dict[str, Any]:
    """`record` of a lowered program."""
    from augment.language import dumps

    if program.partnered and sample is not None:
        fix = "record(spec, index=i) without a sample tells what is drawn, and compile(spec).over(dataset)[i] runs it"
        raise SampleError(f"the spec needs a partner for each sample, so what becomes of one depends on another: {fix}")
    values = program.values(index, epoch)
    out: dict[str, Any] = {
        "version": 1, "spec": dumps(program.pipeline, format="json"), "stage": program.stage, "seed": program.seed,
        "epoch": int(epoch), "index": int(index), "values": _plain(values),
        "applied": [leaf.key for leaf in program.leaves if leaf.active(values)],
    }  # fmt: skip
    if sample is not None:
        from augment.kernels.extents import without_pixels

        dropped: dict[str, Any] = {}
        state, _ = without_pixels(program, Items.of(program.pipeline.targets).enter(sample), values, dropped=dropped)
        out["dropped"] = dropped
        if state.passages:
            out["texts"] = [change for passage in state.passages.values() for change in passage.changes]
            out["skipped"], out["unclear"] = state.skipped, state.unclear
            out["applied"] = [key for key in out["applied"] if key not in state.closed]
    return out


@overload
def replay(
    record: Mapping[str, Any] | str, sample: Mapping[str, Any], *, backend: str | Mapping[str, str] = ...
) -> dict[str, Any]: ...
@overload
def replay(record: Mapping[str, Any] | str, sample: Any, *, backend: str | Mapping[str, str] = ...) -> Any: ...


def replay(
    record: Mapping[str, Any] | str, sample: Any, *, backend: str | Mapping[str, str] = "reference"
) -> Any:
    """Apply the parameters of a record (a mapping, or its JSON text) to a sample, as `apply` takes it, on any backend.

    Raises `SpecError` on what is no record, and on one of a spec that needs partners: these have draws of their own.
    """
    if isinstance(record, str):
        try:
            record = json.loads(record)
        except ValueError as error:
            raise SpecError(f"the record is no JSON: {error}") from None
    if isinstance(record, Mapping) and isinstance(record.get("views"), Mapping) and record.get("version") == 1:

        def again(own: Any) -> Any:
            return [again(one) for one in own] if isinstance(own, list) else replay(own, sample, backend=backend)

        return {name: again(own) for name, own in record["views"].items()}
    keys = {"version", "spec", "stage", "seed", "values"}
    if not isinstance(record, Mapping) or not keys <= record.keys() or record["version"] != 1:
        raise SpecError("not a record of version 1: it has the keys version, spec, stage, seed, values")
    from augment.language import loads

    ready, program = _prepare(loads(record["spec"]), backend, record["stage"], record["seed"], True)
    if program.partnered:
        fix = "compile(spec, seed=record['seed']).over(dataset)[record['epoch'], record['index']] draws both again"
        raise SpecError(f"the record is of a spec that needs partners, and holds the draws of one of the two: {fix}")
    items, values = Items.of(program.pipeline.targets), _arrays(program, record["values"])
    return items.leave(ready.main.run(program, items.enter(sample), values, Options(text=ready.text.name)), sample)


def _prepare(
    spec: Any, backend: str | Mapping[str, str], stage: Stage, seed: int | None, fuse: bool, part: bool = False
) -> tuple[Engines, Program]:
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


def _plain(values: Any) -> Any:
    return {key: {name: np.asarray(v).tolist() for name, v in fields.items()} for key, fields in values.items()}


def _arrays(program: Program, plain: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The values of a record, in the types that they were drawn in."""
    like = program.values(0)
    if _shape(like) != _shape(plain):
        raise SpecError("the record was not made from this spec: its values are those of other ops")
    return {k: {n: np.asarray(plain[k][n], np.asarray(v).dtype) for n, v in fields.items()} for k, fields in like.items()}


def _shape(values: Any) -> Any:
    """Keys, fields, and how many numbers each has; None where that cannot be said."""
    try:
        return {(k, n): np.asarray(v, float).shape for k, fields in values.items() for n, v in fields.items()}
    except (AttributeError, TypeError, ValueError):
        return None
