"""Albumentations' adaptations to another image."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.tables.albumentations.table import TABLE as albumentations

STATISTICS = {"pca": "pca", "standard": "standard", "minmax": "min_max"}
TRAP = "the other image is another sample of the data set, by key (.over), not from reference_images or metadata"


def _partner(c: Any) -> None:
    c.differs("the other image comes from the data set by key, and not from reference_images or metadata of another domain")


@albumentations("HistogramMatching", "histogram_matching", trap=TRAP, examples=("HistogramMatching(blend_ratio=(0.5, 1.0))",))
def histogram_matching(c, reference_images=None, blend_ratio=(0.5, 1.0), read_fn=None, metadata_key="hm_metadata", p=0.5):
    _partner(c)
    return c.op("histogram_matching", blend=form.value(form.pair(blend_ratio)), p=p)


@albumentations("FDA", "fda", trap=f"{TRAP}; beta_limit=0.1 is a range, 0 to 0.1", examples=("FDA(beta_limit=0.1)",))
def fda(c, reference_images=None, beta_limit=(0, 0.1), read_fn=None, metadata_key="fda_metadata", p=0.5):
    _partner(c)
    c.note("its window of frequencies is not symmetric about the mean; here it is, as in the paper")
    ends = form.pair(beta_limit) if isinstance(beta_limit, list | tuple) else (0.0, form.number(beta_limit))
    return c.op("fda", beta=form.value(ends), p=p)


@albumentations(
    "PixelDistributionAdaptation", "pixel_distribution", trap=f"{TRAP}; in version 2.0.8 it makes black images of uint8",
    examples=("PixelDistributionAdaptation(blend_ratio=(0.25, 1.0), transform_type='standard')",),
)  # fmt: skip
def pixel_distribution(
    c, reference_images=None, blend_ratio=(0.25, 1.0), read_fn=None, transform_type="pca", metadata_key="pda_metadata", p=0.5
):
    _partner(c)
    blend = form.value(form.pair(blend_ratio))
    return c.op("pixel_distribution", blend=blend, statistics=STATISTICS[str(transform_type)], p=p)
