"""The frozen tree that every form of a spec becomes: ops, combinators, and the pipeline that holds them.

One class is the Python constructor, the YAML schema, the JSON Schema and the docs row of an op: nothing else lists its fields.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    SerializeAsAny,
    field_validator,
    model_validator,
)

from augment.errors import SpecError
from augment.random import seed_number
from augment.sample import Target
from augment.spec.constructed import Constructed
from augment.values import Constant, Quantity, Short, Value, drawable


def op_name(class_name: str) -> str:
    """Return the YAML key of a class: 'HorizontalFlip' is 'horizontal_flip', 'Rotate90' is 'rotate90'."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", class_name).lower()


def _names(raw: Any) -> Any:
    return (raw,) if isinstance(raw, str) else raw


class Node(Constructed):
    """What may stand in a pipeline."""

    p: float | None = Field(default=None, ge=0, le=1, description="probability that it is applied")
    id: str | None = Field(
        default=None, min_length=1, pattern=r"^[A-Za-z_][\w-]*$", description="its address in draws, records and errors"
    )
    stage: Literal["train", "always"] | None = Field(
        default=None, description="train: not at inference; always: the same at inference"
    )
    weight: Annotated[float, Field(gt=0), AfterValidator(drawable)] | None = Field(
        default=None, description="how likely one_of (or some_of with replacement) chooses it, relative to its siblings"
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

    @property
    def turns(self) -> int:
        """How often each of its children stands in a program, at most."""
        return 1


class Sequence(Combinator):
    """Apply all, in the order they are written, or in one that is drawn for each sample."""

    shuffle: bool = Field(default=False, description="whether the order is drawn, each as likely as the others")


class OneOf(Combinator):
    """Apply one, chosen by weight."""

    picks: ClassVar[bool] = True


class SomeOf(Combinator):
    """Apply some, in the order they are written; with replacement, in the order they are drawn."""

    n: Annotated[Short[Value], Quantity("ops", ge=0, le=256, integer=True)] = Field(description="how many")
    replacement: bool = Field(default=False, description="whether one may be chosen again")

    picks: ClassVar[bool] = True

    @property
    def turns(self):
        return int(self.n.support[1]) if self.replacement else 1


class Repeat(Combinator):
    """Apply all, in order, several times, drawn anew each time."""

    times: Annotated[Short[Value], Quantity("times", ge=0, le=64, integer=True)] = Field(description="how often")

    @property
    def turns(self):
        return int(self.times.support[1])


class Blend(Combinator):
    """Make several versions of the image, one by each of its children, and blend them with each other and with the image.

    The weights of the versions are drawn from a symmetric Dirichlet distribution (AugMix: Hendrycks et al. 2020). Children keep
    the canvas. Masks, boxes and keypoints stay where they are, so children that move pixels refuse them. At inference the image
    stays as it is.
    """

    alpha: float = Field(
        default=1.0, gt=0, le=1000, description="of the Dirichlet distribution: small lets one version outweigh the others"
    )
    share: Annotated[Short[Value], Quantity("share of the versions", ge=0, le=1)] = Field(
        default=Constant(number=1), description="how much all versions together count; the rest is the image as it was"
    )


class Spread(Node):
    """A node that makes several results of one sample; it stands in a view, which is a list of them then."""

    examples: ClassVar[tuple[dict[str, Any], ...]] = ()
    """Fields of instances that show what it can do."""

    def versions(self) -> tuple[tuple[Node, ...], ...]:
        """What is done in its place, in order, for each of the results."""
        raise NotImplementedError


COMBINATORS: dict[str, type[Combinator]] = {c.name(): c for c in (Sequence, OneOf, SomeOf, Repeat, Blend)}


VIEW = r"^[A-Za-z_][A-Za-z0-9_]*$"
"""What views may be called: without the hyphen that sets a view's name apart in the addresses of its ops."""


def _view_name(raw: str) -> str:
    if not re.match(VIEW, raw):
        raise ValueError(f"views are called by letters, digits and _, starting with a letter, not {raw[:60]!r}")
    return raw


class View(BaseModel):
    """One of several results of a sample: what is done for it alone, behind the common pipeline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pipeline: Nodes = Field(description="what is done for it alone, in order")
    n: int | None = Field(
        default=None, strict=True, ge=1, le=64, description="how many are made, each with draws of its own; they come as a list"
    )

    @property
    def count(self) -> int | None:
        """How many come as a list; None where it is one, and no list."""
        spread = next((node for node in self.pipeline if isinstance(node, Spread)), None)
        return self.n if spread is None else len(spread.versions())

    @model_validator(mode="before")
    @classmethod
    def _steps(cls, raw: Any) -> Any:
        return {"pipeline": raw} if isinstance(raw, list | tuple | Node) else raw

    @field_validator("pipeline", mode="before")
    @classmethod
    def _one_or_many(cls, raw: Any) -> Any:
        return (raw,) if isinstance(raw, Node) else raw


class Pipeline(Constructed):
    """A whole spec: what to do, with which seed, to which targets."""

    version: Literal[1] = Field(default=1, description="of the language; freezes meaning and draws")
    name: str | None = Field(default=None, description="what a compiled layer or the report is called")
    about: str | None = Field(default=None, description="what the data is, for people and for lint")
    seed: Annotated[int, BeforeValidator(seed_number, json_schema_input_type=Annotated[int, Field(ge=0, lt=2**63)])] = Field(
        default=0, description="of all draws: from 0 to 2**63 - 1"
    )
    targets: Short[dict[str, Target]] = Field(
        default={}, description="what the sample's entries are; without it the plain names count"
    )
    pipeline: Nodes = Field(default=(), kw_only=False, description="what is done, in order")
    views: Short[dict[Annotated[str, AfterValidator(_view_name)], View]] = Field(
        default={}, description="several results of each sample, by name: what is done for each, behind the common pipeline"
    )

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.views and "pipeline" not in self.model_fields_set:
            raise ValueError("needs 'pipeline': what is done, in order")
        return self

    def view(self, name: str, number: int | None = None) -> "Pipeline":
        """Return one view as a spec of its own; of several of a name the ``number``, from 0. Raises `SpecError` without it.

        What the view does alone has addresses of its own, so the spec draws for it what the views draw.
        """
        from augment.spec.views import view_of

        return view_of(self, name, number)

    def _repr_html_(self) -> str:
        """What a notebook shows: the spec as YAML."""
        from html import escape

        from augment.spec.write import to_text

        return f"<pre>{escape(to_text(self))}</pre>"

    @field_validator("pipeline", mode="before")
    @classmethod
    def _one_or_many(cls, raw: Any) -> Any:
        return (raw,) if isinstance(raw, Node) else raw

    def __add__(self, other: "Pipeline | Node | list[Node] | tuple[Node, ...]") -> "Pipeline":
        more = other.pipeline if isinstance(other, Pipeline) else (other,) if isinstance(other, Node) else tuple(other)
        if self.views:
            raise SpecError("nothing can follow the views of a spec: write it into each of them, or spec.replace(pipeline=...)")
        views = {"views": other.views} if isinstance(other, Pipeline) and other.views else {}
        return self.replace(pipeline=self.pipeline + more, **views)

    def __hash__(self) -> int:
        return hash((self.version, self.name, self.seed, tuple(self.targets.items()), self.pipeline, tuple(self.views.items())))

    def __len__(self) -> int:
        return len(self.pipeline)

    def __iter__(self) -> Iterator[Node]:  # type: ignore[override]  # the ops, not pydantic's pairs of fields
        return iter(self.pipeline)

    def __getitem__(self, at: int | slice) -> Any:
        return self.replace(pipeline=self.pipeline[at]) if isinstance(at, slice) else self.pipeline[at]


__all__ = [
    "COMBINATORS", "VIEW", "Blend", "Combinator", "Node", "OneOf", "Op", "Pipeline", "Repeat", "Sequence", "SomeOf", "Spread",
    "View", "op_name",
]  # fmt: skip
