"""Records: the draws of a sample as JSON data, and a sample under the draws of a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, overload

import numpy as np

from augment.backend import Options
from augment.compiler import prepared
from augment.errors import SampleError, SpecError
from augment.language import as_pipeline
from augment.program.lower import Program, lower
from augment.sample import Items
from augment.spec.views import each_view


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

    ready, program = prepared(loads(record["spec"]), backend, record["stage"], record["seed"], True)
    if program.partnered:
        fix = "compile(spec, seed=record['seed']).over(dataset)[record['epoch'], record['index']] draws both again"
        raise SpecError(f"the record is of a spec that needs partners, and holds the draws of one of the two: {fix}")
    items, values = Items.of(program.pipeline.targets), _arrays(program, record["values"])
    return items.leave(ready.main.run(program, items.enter(sample), values, Options(text=ready.text.name)), sample)


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
