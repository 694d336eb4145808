"""What is shown for a moment, while a slider is dragged, is what is shown afterwards, smaller and encoded in a hurry."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

TEXT = "pipeline: [rotate: ±20, brightness: 1±0.3]"


def decoded(html):
    """The type and the pixels of each picture of a sheet."""
    found = re.findall(r'src="data:image/(\w+);base64,([^"]+)"', html)
    return [(kind, np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))) for kind, data in found]


@pytest.mark.parametrize("quick", [False, True])
def test_pictures_that_pass_are_small_jpegs_of_the_same_draws(page, quick):
    whole = decoded(page.look(text=TEXT, n=2, quick=quick)["html"])
    passing = decoded(page.look(text=TEXT, n=2, quick=quick, small=True)["html"])
    assert len(whole) == len(passing) == 3
    for (own, large), (kind, small) in zip(whole, passing, strict=True):
        assert (own, kind) == ("webp", "jpeg") and max(large.shape) == 224 and max(small.shape) == 160
        again = np.asarray(Image.fromarray(large).resize(small.shape[1::-1], Image.Resampling.LANCZOS))
        assert np.abs(again.astype(int) - small).mean() < 6


def test_what_must_be_exact_is_so_in_passing_too(page):
    told = page.look(text=TEXT, n=1, sheet="backends", backend="reference,opencv", small=True)
    kinds = [kind for kind, _ in decoded(told["html"])]
    assert "webp" in kinds and "jpeg" in kinds, "differences are kept without loss"
