"""The rules. Importing this registers all of them, in the order of the docs."""

from augment.lint.checks import (  # noqa: F401, I001  # the order of the docs
    inference,
    repeats,
    subjects,
    strength,
    variation,
    corners,
    colours,
    targets,
    texts,
    choices,
    support,
    sizes,
    waste,
    running,
    ignores,
)
