"""Models that are called as people write: what a constructor takes, and how it tells mistakes."""

import inspect
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from augment.errors import Mistake, SpecError


class Constructed(BaseModel):
    """A model that is called as people write: its main field may go without a name, and mistakes are told as in a file.

    Type checkers make the signatures of constructors from the fields: defaults are given as ``default=`` and the main field is
    marked by ``kw_only=False``, since that is what they know.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False,
        defer_build=True,  # a process uses few of the ops that there are
    )  # fmt: skip

    bare: ClassVar[str | None] = None
    """The main field, which a bare value stands for, as in ``normalize: imagenet``: the one with ``kw_only=False``."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        # pydantic evaluates those of all bases for each class again, of which there are hundreds, and class variables with them
        own = inspect.get_annotations(cls, eval_str=True)
        cls.__annotations__ = {name: annotation for name, annotation in own.items() if name in cls.model_fields}
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
