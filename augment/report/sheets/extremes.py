"""Every parameter of every op at its minimum, its middle and its maximum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from augment.errors import AugmentError
from augment.report.draws import numbers_text, unit_of
from augment.report.model import Group, Panel, Sheet
from augment.report.sheets.single import Single, alone, single_panel, singles
from augment.report.study import Study
from augment.spec.node import Op
from augment.values import Constant, Range, Value

ENDS = ("minimum", "middle", "maximum")


def fits(study: Study) -> bool:
    return any(varied(single.op) for single in singles(study.pipeline))


def sheet(study: Study) -> Sheet:
    """A group for each parameter that is drawn; the others of its op stay in their middle."""
    lead = "Each parameter at both ends of its range and at its median, the others at theirs. Training will see all of it."
    study = study.closely(len(ENDS) * sum(len(varied(single.op)) for single in singles(study.pipeline)))
    groups = tuple(_group(study, single, name) for single in singles(study.pipeline) for name in varied(single.op))
    return Sheet("extremes", "Extremes", lead, groups)


def varied(op: Op) -> list[str]:
    """The fields of an op of which a number is drawn for an image."""
    values = ((name, getattr(op, name)) for name in type(op).model_fields if name not in getattr(op, "scattered", ()))
    return [name for name, value in values if isinstance(value, Value) and not value.constant]


def ends(value: Value) -> tuple[float, float, float]:
    """The least, the median and the largest number of a distribution."""
    low, high = value.support
    middle = float(value.quantile(np.array([0.5]))[0])
    return low, int(middle) if isinstance(low, int) and middle == int(middle) else middle, high


def held(value: Value, number: float) -> Value:
    """A distribution that is held at one number."""
    if isinstance(value, Range):  # a range stays one, as some fields take nothing else
        return replace(value, low=number, high=number)
    return Constant(number=number, unit=value.unit)


def _group(study: Study, single: Single, name: str) -> Group:
    value: Value = getattr(single.op, name)
    return Group(tuple(_panels(study, single.op, name)), f"{single.name} · {name}", str(value), columns=3, beside=True)


def _panels(study: Study, op: Op, name: str) -> Iterator[Panel]:
    subject = study.subjects[0]
    value: Value = getattr(op, name)
    middles = {other: held(getattr(op, other), ends(getattr(op, other))[1]) for other in varied(op)}
    for end, number in zip(ENDS, ends(value), strict=True):
        text = numbers_text(number, unit_of(op, name))
        try:
            own = alone(study, op, **{**middles, name: held(value, number)})
        except AugmentError as error:  # an end of a normal distribution may lie outside of what an op takes
            yield Panel(end, text, note=str(error))
            continue
        yield single_panel(own, subject, study.epoch, end, text, "")
