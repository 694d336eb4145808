"""Examples of every op, as the kit uses them: `augment.language.examples`, under the name that test suites import."""

from augment.language.examples import SIZE, examples, typical, typical_range

__all__ = ["SIZE", "examples", "typical", "typical_range"]
