"""English given names that are no other words, in groups whose members may stand for each other."""

from __future__ import annotations

_GROUPS = (
    "Alice Amanda Amy Andrea Angela Anna Barbara Beth Brenda Carol Caroline Catherine Christina Claire Deborah Diana Donna "
    "Dorothy Elizabeth Ella Emily Emma Eleanor Frances Hannah Heather Helen Isabella Jane Janet Jennifer Jessica Joan "
    "Judith Julia Karen Kathleen Kelly Laura Linda Lisa Lucy Margaret Maria Marie Martha Mary Megan Melissa Michelle Nancy "
    "Natalie Nicole Olivia Pamela Patricia Rachel Rebecca Ruth Samantha Sandra Sarah Sharon Sophia Stephanie Susan Teresa",
    "Aaron Adam Alan Albert Alexander Andrew Anthony Arthur Benjamin Brandon Brian Bruce Charles Christopher Daniel David "
    "Dennis Donald Douglas Edward Eric Ethan Eugene Gary George Gregory Harold Henry Jacob James Jason Jeffrey Jeremy John "
    "Jonathan Joseph Joshua Keith Kenneth Kevin Kyle Larry Lawrence Louis Martin Matthew Michael Nathan Nicholas Noah "
    "Oliver Patrick Paul Peter Philip Ralph Raymond Richard Robert Roger Ronald Roy Russell Ryan Samuel Scott Sean Simon "
    "Stephen Steven Thomas Timothy Tyler Vincent Walter William Zachary",
)


def given() -> dict[str, tuple[str, ...]]:
    """Return each name, in small letters, and those that may stand for it."""
    groups = (group.split() for group in _GROUPS)
    return {name.lower(): tuple(other for other in group if other != name) for group in groups for name in group}


TABLES = {"en": given}
