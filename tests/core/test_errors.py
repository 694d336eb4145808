"""What is wrong with what was given is a ValueError; none of ours is taken for another on its way."""

import pickle

import numpy as np
import pytest
from PIL import Image

import augment
from augment import errors
from augment.data.images import read_mask

GIVEN = [errors.SpecError, errors.UnknownOpError, errors.SampleError, errors.FileError]
OTHERS = [
    errors.UnsupportedOpError, errors.ResourceMissingError, errors.BackendMissingError, errors.PluginError, errors.PassError,
    errors.EngineMissingError,
]  # fmt: skip


@pytest.mark.parametrize("kind", [*GIVEN, *OTHERS])
def test_kinds(kind):
    error = kind("what")
    assert issubclass(kind, errors.AugmentError) and issubclass(kind, ValueError) == (kind in GIVEN)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind and str(again) == "what"


def test_each_kind_is_listed_here():
    ours = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AugmentError)}
    assert ours == {*GIVEN, *OTHERS, errors.AugmentError}


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_a_bad_sample_and_a_bad_spec(backend):
    with pytest.raises(ValueError, match="rotate"):
        augment.apply({"pipeline": [{"rotat": 5}]}, {"image": np.zeros((9, 9, 3), np.uint8)}, backend=backend)
    with pytest.raises(ValueError, match="image"):
        augment.apply({"pipeline": [{"rotate": 5}]}, {"image": np.full((9, 9, 3), 7.0, np.float32)}, backend=backend)


def test_what_a_file_says_stays_what_it_says(tmp_path):
    """Readers take a library's ValueError for a damaged file; one of ours has a reason of its own."""
    Image.new("RGBA", (4, 4)).save(tmp_path / "mask.png")
    with pytest.raises(errors.FileError, match="a mask holds labels"):
        read_mask(tmp_path / "mask.png")
    (tmp_path / "empty.png").touch()
    with pytest.raises(errors.FileError, match="is empty"):
        read_mask(tmp_path / "empty.png")
