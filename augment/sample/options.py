"""Options of a target that are more than a word or a number: how each is read, checked and written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, PlainSerializer

from augment.errors import suggest
from augment.sample.sides import PRESETS, FlipPairs, read_flip_pairs, write_flip_pairs
from augment.sample.tags import check_names
from augment.values import Short

Rule = Literal["sides", "heights", "axes", "rotation", "compass", "clock", "writing", "colours", "crops"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""What keeps a caption true to its image: left and right; above and below; clockwise; east and west; o'clock; writing that a
mirror makes illegible; words of colour; the phrases of boxes that a crop removes."""


def _read_rules(raw: Any) -> Any:
    if raw == "none":
        return ()
    if isinstance(raw, Mapping):
        if wrong := [name for name, on in raw.items() if not isinstance(on, bool)]:
            raise ValueError(f"switches rules on and off: {{{wrong[0]}: false}}, not {{{wrong[0]}: {raw[wrong[0]]}}}")
        names = [*(rule for rule in RULES if raw.get(rule, True)), *(name for name in raw if name not in RULES)]
    else:
        names = list(raw) if isinstance(raw, list | tuple) else [raw]
    for name in names:
        if name not in RULES:
            raise ValueError(f"has no {name!r}{suggest(str(name), RULES)}; there are {', '.join(RULES)}, and none")
    return tuple(rule for rule in RULES if rule in names)


Rules = Annotated[
    Short[tuple[Rule, ...]],
    BeforeValidator(_read_rules, json_schema_input_type=Literal["none"] | Rule | list[Rule] | dict[Rule, bool]),
]
"""Those that are on: a list of them, 'none', or a switch for some: ``{compass: false}``."""


_ROLES = ("system", "developer", "user", "assistant", "tool", "function", "model", "human", "gpt")


def _read_roles(raw: Any) -> Any:
    from difflib import get_close_matches

    roles = (raw,) if isinstance(raw, str) else raw
    for role in roles if isinstance(roles, list | tuple) else ():
        # any name may be one, but a slip would leave all messages as they are
        near = get_close_matches(role, _ROLES, n=1, cutoff=0.75) if isinstance(role, str) else ()
        if near and role not in _ROLES:
            raise ValueError(f"{role!r} is no usual role; did you mean {near[0]!r}?")
    return roles


Roles = Annotated[tuple[str, ...], BeforeValidator(_read_roles, json_schema_input_type=str | list[str])]
"""Of a chat: a role, or several."""


def _read_tags(raw: Any) -> Any:
    given = raw if isinstance(raw, Mapping) else dict(raw) if isinstance(raw, tuple) else None
    if given is None or not all(isinstance(names, list | tuple) for names in given.values()):
        raise ValueError("maps what is carried to the labels of words that its numbers stand for: {ner_tags: [O, B-PER, I-PER]}")
    for names in given.values():
        check_names([str(name) for name in names])
    return tuple((carried, tuple(names)) for carried, names in given.items())


Tags = Annotated[
    tuple[tuple[str, tuple[str, ...]], ...],
    BeforeValidator(_read_tags, json_schema_input_type=dict[str, list[str]]),
    PlainSerializer(dict, return_type=dict[str, tuple[str, ...]]),
]
"""Labels of words by their numbers, of what is carried."""


Flips = Annotated[
    FlipPairs,
    BeforeValidator(read_flip_pairs, json_schema_input_type=Literal[*PRESETS] | list[list[int]] | dict[str, Any]),
    PlainSerializer(write_flip_pairs),
]
"""Which rows of keypoints change places in a mirror."""

__all__ = ["RULES", "Flips", "Roles", "Rule", "Rules", "Tags"]
