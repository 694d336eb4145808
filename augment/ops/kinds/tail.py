"""Ops at the end, after which values are no colours any more."""

from typing import ClassVar

from augment.ops.kinds.forms import Scale, Stroke
from augment.ops.kinds.painting import Painting


class Tail(Painting):
    """Leaves [0, 1], without clipping, and is applied to every image, at inference too."""

    floats: ClassVar[bool] = True
    normalizes: ClassVar[bool] = True

    @property
    def scale(self) -> Scale:
        """What becomes of fractions of full scale; where each image has its own, of one of usual contrast, for looking."""
        raise NotImplementedError

    @property
    def tail(self):
        return self.scale if self.normalizes else None

    def inference(self):
        return self


class Rescaling(Tail):
    """``gain·x + offset``, one for all channels or one for each, the same for every image."""

    primitive: ClassVar[str] = "pointwise"

    def stroke(self, v, xp):
        return Stroke(self.scale)
