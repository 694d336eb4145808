"""Labels that are less sure."""

from typing import Any, ClassVar

from pydantic import Field

from augment.ops.kinds import Labelling


class LabelSmoothing(Labelling):
    """Take a share of each label and spread it evenly over all classes (Szegedy et al. 2016; Müller, Kornblith and Hinton 2019).

    Of K classes, y becomes (1 − share)·y + share / K, so that it sums to what it did: as `label_smoothing` of Keras'
    CategoricalCrossentropy and of torch's CrossEntropyLoss, in the labels instead of the loss, so that it agrees with those of a
    mix on every backend. Before a mix or after it, it is the same. Labels are one-hot rows or shares; class numbers become rows
    where `targets` says how many classes there are (`labels: {kind: labels, classes: 10}`), which is all of one-hot encoding. At
    inference labels stay whole.
    """

    share: float = Field(kw_only=False, ge=0, lt=1, description="of each label, which is spread over all classes; 0.1 is usual")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"share": 0.1},)

    def relabel(self, labels):
        return labels * (1 - self.share) + self.share / labels.shape[-1]


__all__ = ["LabelSmoothing"]
