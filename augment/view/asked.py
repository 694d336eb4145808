"""What the page may ask: every request is bounded and of a known form before anything is done with it."""

from typing import Any

import anyio
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from augment.errors import AugmentError
from augment.view import limits


class Refused(AugmentError):
    """A request that is answered with a reason and nothing else."""

    def __init__(self, reason: str, status: int = 400):
        super().__init__(reason)
        self.status = status


class Asked(BaseModel):
    """What every request of the page holds."""

    model_config = ConfigDict(extra="forbid", strict=True)

    client: str = Field(max_length=40)
    """Which open page it is: a later request of the same kind takes the place of an earlier one."""
    text: str = Field(max_length=limits.SPEC_BYTES)


class OneChange(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    steps: list[int] = Field(max_length=16)
    op: str = Field(max_length=100)
    field: str = Field(max_length=100, pattern=r"^\w+$")
    value: Any


class Changes(Asked):
    changes: list[OneChange] = Field(max_length=64)


class Arranged(Asked):
    action: str = Field(pattern="^(add|move|remove)$")
    steps: list[int] = Field([], max_length=16)
    op: str = Field("", max_length=100)
    """What is added."""
    by: int = Field(0, ge=-limits.LEAVES, le=limits.LEAVES)
    """Over how many others an op is moved: down, or up where it is negative."""


class Lint(Asked):
    backends: list[str] = Field(max_length=8)


class Look(Asked):
    picture: str = Field(max_length=10)
    sheet: str = Field(max_length=40)
    epoch: int = Field(ge=0, lt=2**31)
    n: int = Field(ge=1, le=limits.DRAWS)
    backend: str = Field(max_length=80)
    text_backend: str = Field(max_length=80)
    stage: str = Field(pattern="^(train|eval)$")
    words: str = Field("", max_length=limits.WORDS)
    """What was typed as texts, one a line, where those are looked at."""
    muted: list[list[int]] = Field([], max_length=200)
    """Ops that are left out, by the index at each level."""
    quick: bool = False
    """Whether as many draws are enough as come in a moment."""
    small: bool = False
    """Whether small pictures are, while a slider is dragged."""
    closely: bool = False
    """Whether parts of pictures come along that can be looked at pixel by pixel."""


class Export(Look):
    form: str = Field(pattern="^(png|gif)$")


def patience() -> Any:
    return anyio.fail_after(limits.BODY_SECONDS)


async def body_of(request: Request, kind: Any) -> Any:
    """Return a request as what it must be. Raises `Refused`."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Refused("a request is JSON", 415)
    with patience():
        raw = await request.body()
    try:
        return kind.model_validate_json(raw)
    except (ValidationError, RecursionError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "it is nested too deeply"
        raise Refused(f"the request cannot be understood: {said}") from None
