"""The frozen tree that every form of a spec becomes: ops, combinators, and the pipeline that holds them.

One class is the Python constructor, the YAML schema, the JSON Schema and the docs row of an op: nothing else lists its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, SerializeAsAny, ValidationError, field_validator

from augment.errors import Mistake, SpecError
from augment.sample import Target
from augment.values import Quantity, Short, Value


def op_name(class_name: str) -> str:
    """Return the YAML key of a class: 'HorizontalFlip' is 'horizontal_flip', 'Rotate90' is 'rotate90'."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()


def _names(raw: Any) -> Any:
    return (raw,) if isinstance(raw, str) else raw


class Constructed(BaseModel):
    """A model that is called as people write: its main field may go without a name, and mistakes are told as in a file.

    Type checkers make the signatures of constructors from the fields: defaults are given as ``default=`` and the main field is
    marked by ``kw_only=False``, since that is what they know.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False)

    bare: ClassVar[str | None] = None
    """The main field, which a bare value stands for, as in ``normalize: imagenet``: the one with ``kw_only=False``."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        main = [name for name, info in cls.model_fields.items() if info.kw_only is False]
        if len(main) > 1:
            raise TypeError(f"{cls.__name__}: only one field can go without its name, not {' and '.join(main)}")
        cls.bare = main[0] if main else None

    def __init__(self, *bare: Any, **fields: Any):
        where = self._where()
        if bare:
            if self.bare is None or len(bare) > 1:
                takes = f"one value without a name, its {self.bare}" if self.bare else "fields by name only"
                raise SpecError([Mistake(where, f"takes {takes}, not {len(bare)} values")])
            if self.bare in fields:
                raise SpecError([Mistake(where, f"takes {self.bare} once, not also without its name")])
            fields = {self.bare: bare[0], **fields}
        try:
            super().__init__(**fields)
        except ValidationError as error:
            from augment.spec.wording import from_validation

            raise from_validation(error, type(self), where, fields) from None

    @classmethod
    def _where(cls) -> str:
        """What errors call it."""
        return ""

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, checked like a new one."""
        return type(self)(**{**{f: getattr(self, f) for f in self.model_fields_set}, **changes})


class Node(Constructed):
    """What may stand in a pipeline."""

    p: float | None = Field(default=None, ge=0, le=1, description="probability that it is applied")
    id: str | None = Field(
        default=None, min_length=1, pattern=r"^[A-Za-z_][\w-]*$", description="its address in draws, records and errors"
    )
    stage: Literal["train", "always"] | None = Field(
        default=None, description="train: not at inference; always: the same at inference"
    )
    weight: float | None = Field(
        default=None, gt=0, description="how likely one_of (or some_of with replacement) chooses it, relative to its siblings"
    )

    needs_p: ClassVar[bool] = False
    """There is nothing else to draw, so ``p`` must be written (but for a choice of one_of or some_of)."""

    @classmethod
    def name(cls) -> str:
        """Its key in YAML, computed from the class name."""
        return op_name(cls.__name__)

    @property
    def probability(self) -> float:
        return 1.0 if self.p is None else self.p

    @classmethod
    def _where(cls) -> str:
        return cls.name()


Modality = Literal["image", "text"]


class Op(Node):
    """Something that is done to a sample. Plugins subclass one of the kinds in `augment.ops.kinds`."""

    on: Annotated[Short[tuple[str, ...]] | None, BeforeValidator(_names, json_schema_input_type=str | list[str] | None)] = Field(
        default=None, description="the targets that it is limited to"
    )

    modality: ClassVar[Modality] = "image"
    """What it works on, and so which backend runs it where a spec has both."""
    examples: ClassVar[tuple[dict[str, Any], ...]] = ()
    """Fields of instances that show what it can do, where the test kit cannot make them from its declaration."""


Nodes = Short[tuple[SerializeAsAny[InstanceOf[Node]], ...]]


class Combinator(Node):
    """A node that holds others."""

    ops: Nodes = Field(kw_only=False, min_length=1, description="the nodes that it holds")

    picks: ClassVar[bool] = False
    """It chooses among its children, which need no ``p``."""


class Sequence(Combinator):
    """Apply all, in order."""


class OneOf(Combinator):
    """Apply one, chosen by weight."""

    picks: ClassVar[bool] = True


class SomeOf(Combinator):
    """Apply some, in the order they are written; with replacement, in the order they are drawn."""

    n: Annotated[Short[Value], Quantity("ops", ge=0, integer=True)] = Field(description="how many")
    replacement: bool = Field(default=False, description="whether one may be chosen again")

    picks: ClassVar[bool] = True


class Repeat(Combinator):
    """Apply all, in order, several times, drawn anew each time."""

    times: Annotated[Short[Value], Quantity("times", ge=0, le=64, integer=True)] = Field(description="how often")


COMBINATORS: dict[str, type[Combinator]] = {c.name(): c for c in (Sequence, OneOf, SomeOf, Repeat)}


class Pipeline(Constructed):
    """A whole spec: what to do, with which seed, to which targets."""

    version: Literal[1] = Field(default=1, description="of the language; freezes meaning and draws")
    name: str | None = Field(default=None, description="what a compiled layer or the report is called")
    about: str | None = Field(default=None, description="what the data is, for people and for lint")
    seed: int = Field(default=0, ge=0, lt=2**63, description="of all draws")
    targets: Short[dict[str, Target]] = Field(
        default={}, description="what the sample's entries are; without it the plain names count"
    )
    pipeline: Nodes = Field(kw_only=False, description="what is done, in order")

    @field_validator("pipeline", mode="before")
    @classmethod
    def _one_or_many(cls, raw: Any) -> Any:
        return (raw,) if isinstance(raw, Node) else raw

    def __add__(self, other: Pipeline | Node | list[Node] | tuple[Node, ...]) -> Pipeline:
        more = other.pipeline if isinstance(other, Pipeline) else (other,) if isinstance(other, Node) else tuple(other)
        return self.replace(pipeline=self.pipeline + more)

    def __hash__(self) -> int:
        return hash((self.version, self.name, self.seed, tuple(self.targets.items()), self.pipeline))

    def __len__(self) -> int:
        return len(self.pipeline)

    def __iter__(self) -> Iterator[Node]:  # type: ignore[override]  # the ops, not pydantic's pairs of fields
        return iter(self.pipeline)

    def __getitem__(self, at: int | slice) -> Any:
        return self.replace(pipeline=self.pipeline[at]) if isinstance(at, slice) else self.pipeline[at]


__all__ = ["COMBINATORS", "Combinator", "Node", "OneOf", "Op", "Pipeline", "Repeat", "Sequence", "SomeOf", "op_name"]
