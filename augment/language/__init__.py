"""Reads and writes specs: the public functions of the language, which join the spec layer and the catalogue of ops."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from augment.errors import SpecError

if TYPE_CHECKING:
    from augment.spec.node import Node, Pipeline

    Spec: TypeAlias = str | Path | Mapping[str, Any] | Pipeline
    """What every public function takes for a spec: a path, a mapping in the short forms, or a pipeline."""


def load(path: str | Path) -> Pipeline:
    """Read a spec from a YAML or JSON file. Raises `SpecError` with every mistake in it."""
    from augment.spec.ledger import Ledger
    from augment.spec.source import read_file

    return _parse(read_file(path, Ledger(str(path))), str(path))


def loads(text: str, name: str = "<text>") -> Pipeline:
    """Read a spec from YAML or JSON text; errors call it by its name.

    >>> loads("pipeline: [rotate: {degrees: ±15, p: 0.5}]").pipeline[0].degrees.support
    (-15, 15)
    """
    return _parse(text, name)


def dump(spec: Spec, path: str | Path) -> None:
    """Write a spec to a file: JSON if it ends in .json, else YAML."""
    try:
        Path(path).write_text(dumps(spec, "json" if str(path).endswith(".json") else "yaml"), encoding="utf-8")
    except OSError as error:
        raise SpecError(f"{path}: the file cannot be written: {error.strerror}") from None


def dumps(spec: Spec, format: Literal["yaml", "json"] = "yaml") -> str:  # noqa: A002
    """Write a spec as text, which `loads` reads back as the same tree.

    >>> from augment import ops
    >>> from augment.spec.node import Pipeline
    >>> print(dumps(Pipeline([ops.Rotate(degrees=(-15, 15), p=0.5)], seed=7)), end="")
    version: 1
    seed: 7
    pipeline:
      - rotate: {degrees: ±15, p: 0.5}
    """
    from augment.spec.write import to_text

    return to_text(as_pipeline(spec), format)


def as_pipeline(spec: Spec) -> Pipeline:
    """Return the pipeline that a path, a mapping or a pipeline stands for, with all rules of the language checked."""
    from augment.spec.build import build_plain
    from augment.spec.check import check_tree
    from augment.spec.node import Pipeline

    match spec:
        case Pipeline():
            if mistakes := check_tree(spec):
                raise SpecError(mistakes)
            return spec
        case Mapping():
            return build_plain(spec, _catalogue())
        case str() if "\n" in spec or (": " in spec and not Path(spec).exists()):
            raise SpecError("a spec argument is a path, and this is text: use augment.loads(text)")
        case str() | Path():
            return load(spec)
    raise SpecError(f"a spec is a path, a mapping or a Pipeline, not {type(spec).__name__}: write augment.Pipeline([...])")


def override(spec: Spec, *assignments: str) -> Pipeline:
    """Return the spec with fields changed, each as ``address.field=value``: an op's id, or a name for all ops of it.

    >>> override(loads("pipeline: [rotate: ±15]"), "rotate.degrees=±30").pipeline[0].degrees.support
    (-30, 30)
    """
    from augment.spec.override import override as change
    from augment.spec.places import carry_over, places_of

    pipeline = as_pipeline(spec)
    changed = change(pipeline, *assignments)
    carry_over(changed, places_of(pipeline))
    return changed


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a spec, for editors."""
    from augment.language.examples import typical, usual
    from augment.ops import SPREADS
    from augment.ops import catalogue as known
    from augment.spec.schema import json_schema as generate

    catalogue = known()
    return generate(catalogue, SPREADS, lambda kind: usual(kind, catalogue), typical)


def _parse(text: str, name: str) -> Pipeline:
    from augment.spec.build import build
    from augment.spec.ledger import Ledger
    from augment.spec.places import remember
    from augment.spec.read import read_text

    ledger = Ledger(name)
    root = read_text(text, ledger)
    pipeline = build(root, ledger, _catalogue())
    remember(pipeline, name, root, text)
    return pipeline


def _catalogue() -> Mapping[str, type[Node]]:
    from augment.ops import SPREADS, catalogue

    return ChainMap(SPREADS, catalogue())  # type: ignore[arg-type]  # nothing is written to it


__all__ = ["as_pipeline", "dump", "dumps", "json_schema", "load", "loads", "override"]
