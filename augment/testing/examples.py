"""Examples of every op, as the kit uses them: `augment.examples`, under the name that test suites import."""

from augment.examples import SIZE, examples, typical, typical_range

__all__ = ["SIZE", "examples", "typical", "typical_range"]
