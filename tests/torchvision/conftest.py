"""Photographs, and the tolerance within which the torch kernels agree with the reference."""

import numpy as np
import pytest
import skimage.data
import torch
from skimage.transform import resize

import augment

torch.set_num_threads(1)


def _photo(name, height, width):
    image = getattr(skimage.data, name)()[..., :3]
    return (resize(image, (height, width), anti_aliasing=True) * 255).round().astype(np.uint8)


@pytest.fixture(scope="session")
def photos():
    """Three photographs of one size."""
    return [_photo(name, 60, 84) for name in ("astronaut", "chelsea", "coffee")]


@pytest.fixture(scope="session")
def masks():
    rows, columns = np.mgrid[:60, :84]
    return [((rows // (5 + i) + columns // 7) % 4).astype(np.uint8) for i in range(3)]


def far(ours, theirs, dtype):
    """How a picture differs from the reference's: empty if it is within the tolerance of docs/meaning.md."""
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    if ours.shape != theirs.shape:
        return f"shape {ours.shape}, not {theirs.shape}"
    difference = np.abs(ours - theirs)
    if dtype == "mask":
        share = (difference > 0).mean()
        return f"{share:.3%} of the pixels" if share > 0.0005 else ""
    side = max(ours.shape[:2])
    if dtype == np.uint8:
        wrong = (difference > 2).mean() > 0.001 or difference.mean() > 0.5
        return f"up to {difference.max():.2f}, mean {difference.mean():.3f} levels" if wrong else ""
    level = 0.03 * max(1, side / 512) / 255
    # of what normalize has spread, a level is as much more
    share = (difference > level * max(1.0, float(theirs.max() - theirs.min()))).mean()
    return f"up to {difference.max() * 255:.3f} levels, {share:.3%} of the values" if share > 0.001 else ""


@pytest.fixture(scope="session")
def agree():
    """Check a batch against the reference, sample by sample, under the same keys: float and 8-bit images, and masks."""

    def check(spec, photos, masks, *, indices=(0, 1, 2), dtypes=(np.float32, np.uint8)):
        spec = augment.loads(spec) if isinstance(spec, str) else augment.compile(spec, "reference").spec
        transform = augment.compile(spec, "torchvision")
        for dtype in dtypes:
            images = [p if dtype == np.uint8 else p.astype(np.float32) / np.float32(255) for p in photos]
            batch = {
                "image": torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).contiguous(),
                "mask": torch.from_numpy(np.stack(masks)),
            }
            out = transform.at(list(indices))(batch)
            for i, index in enumerate(indices):
                wanted = augment.apply(spec, {"image": images[i], "mask": masks[i]}, index=index)
                result = out["image"][i].permute(1, 2, 0).numpy()
                assert result.dtype == wanted["image"].dtype
                assert not (text := far(result, wanted["image"], wanted["image"].dtype)), f"image {index} {dtype}: {text}"
                assert not (text := far(out["mask"][i], wanted["mask"], "mask")), f"mask {index}: {text}"

    return check


def chw(array):
    return torch.from_numpy(array).permute(2, 0, 1).contiguous()


@pytest.fixture
def photo(photos):
    return photos[0]
