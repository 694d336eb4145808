"""A spec with views on Albumentations: a callable that takes the entries of a sample by name, and returns a mapping of views."""

from __future__ import annotations

from augment.multiview import Views


class ViewsCompose(Views):
    """``t(image=..., mask=..., bboxes=...)`` as an `albumentations.Compose`; of each view comes what such a one returns.

    It is none itself, since what those return is one sample.
    """

    def set_random_seed(self, seed: int | None) -> None:
        """Seed the unkeyed draws, as `albumentations.Compose` does; the spec's seed is for keys."""
        for part in self._every:
            part.set_random_seed(seed)
