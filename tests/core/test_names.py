"""Compiled objects are objects of their frameworks: no name of ours stands before one of theirs, but where that is meant."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch
import torchvision  # before TensorFlow, which Keras may import

import augment

FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
BRIGHT = {"pipeline": [{"brightness": 1.1}]}
TYPO = {"pipeline": [{"typo_characters": 0.1}]}
OBJECTS = {
    "torchvision": lambda: augment.compile(FLIP, "torchvision"),
    "albumentations": lambda: augment.compile(FLIP, "albumentations"),
    "albumentations part": lambda: augment.compile(FLIP, "albumentations").transforms[0],
    "albumentations part of colours": lambda: augment.compile(BRIGHT, "albumentations").transforms[0],
    "keras": lambda: augment.compile(FLIP, "keras"),
    "nlpaug": lambda: augment.compile(TYPO, "nlpaug"),
    "over of torch": lambda: augment.compile(FLIP, "torchvision").over([1]),
    "batches of keras": lambda: augment.compile(FLIP, "keras").over([{"image": 1}], batch_size=1),
}
_PART = {
    "__call__", "__repr__", "_set_keys", "_targets", "add_targets", "available_keys", "get_dict_with_id", "set_deterministic",
    "set_processors", "set_random_seed", "set_random_state", "to_dict_private", "mask_interpolation",
}  # fmt: skip
MEANT = {
    "torchvision": {"forward", "__repr__"},
    "albumentations": {
        "__call__", "__repr__", "__getstate__", "__setstate__", "_set_keys", "add_targets", "get_dict_with_id", "indented_repr",
        "set_deterministic", "set_mask_interpolation", "set_random_seed", "set_random_state", "to_dict_private",
    },
    "albumentations part": _PART, "albumentations part of colours": _PART,
    "keras": {
        "__call__", "__repr__", "call", "compute_output_shape", "compute_output_spec", "get_config", "load_own_variables",
        "save_own_variables",
    },
    "nlpaug": {"augment", "clean", "is_duplicate", "__str__"},
    "over of torch": {"__getitem__"},
    "batches of keras": {"__getitem__", "on_epoch_begin", "__len__"},
}  # fmt: skip
"""What stands before a name of a base class because that is how one extends it."""
MADE_BY_PYTHON = {
    "__module__", "__doc__", "__dict__", "__weakref__", "__annotations__", "__qualname__", "__firstlineno__",
    "__init__", "__new__", "__static_attributes__", "__parameters__", "__orig_bases__", "__abstractmethods__",
    "_abc_impl", "__slots__", "__reduce__",
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTS)
def test_names_of_a_base_class_are_left_to_it(name):
    made = OBJECTS[name]()
    own = [cls for cls in type(made).__mro__ if cls.__module__.partition(".")[0].startswith("augment")]
    bases = [cls for cls in type(made).__mro__ if cls not in own and cls is not object]
    assert own and bases
    theirs = {name for cls in bases for name in vars(cls)} - MADE_BY_PYTHON
    ours = {name for cls in own for name in vars(cls)}
    assert ours & theirs <= MEANT[name]
    # what an instance sets: what the base class' own instances have as well, it has set itself
    plain = {"torchvision": torchvision.transforms.v2.Transform, "keras": plain_layer}.get(name)
    if plain is not None:
        assert not set(vars(made)) & theirs - set(vars(plain()))


def plain_layer() -> Any:
    import keras

    return keras.layers.Layer()


def test_the_list_names_nothing_that_is_not_there():
    for name, meant in MEANT.items():
        made = OBJECTS[name]()
        assert all(hasattr(type(made), method) for method in meant), name


# A module among modules --------------------------------------------------------------------------------------------------


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.transform = augment.compile({"pipeline": [{"brightness": {"factor": "1±0.5"}}]}, "torchvision")
        self.head = torch.nn.Linear(3, 2)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.head(self.transform.at(0)(images).mean((-1, -2)).to(self.head.weight.dtype))


DOINGS = {
    "to dtype": lambda m: m.to(torch.float64), "to device": lambda m: m.to("cpu"),
    "half": lambda m: m.half(),
    "bfloat16": lambda m: m.bfloat16(), "float": lambda m: m.float(),
    "double": lambda m: m.double(), "cpu": lambda m: m.cpu(), "share_memory": lambda m: m.share_memory(),
    "eval": lambda m: m.eval().train(), "requires_grad_": lambda m: m.requires_grad_(False),
    "apply": lambda m: m.apply(lambda part: None), "to_empty": lambda m: m.to_empty(device="cpu"),
    "deepcopy": copy.deepcopy, "type": lambda m: m.type(torch.float64), "zero_grad": lambda m: m.zero_grad() or m,
    "averaged": torch.optim.swa_utils.AveragedModel,
    "replicated state": lambda m: m.load_state_dict(m.state_dict()) and m,
    "parametrized": lambda m: torch.nn.Sequential(m),
}  # fmt: skip


@pytest.mark.parametrize("doing", DOINGS)
def test_what_is_done_to_modules_works(doing):
    model, images = Model(), torch.rand(2, 3, 8, 8)
    alone = augment.compile(FLIP, "torchvision")
    done = DOINGS[doing](model)
    assert done(images).shape == (2, 2)
    assert list(model.state_dict()) == ["head.weight", "head.bias"]
    assert torch.equal(DOINGS[doing](alone)(images), images.flip(-1))
    assert type(copy.deepcopy(alone)) is type(alone)


def test_an_average_of_models_follows_them():
    model = Model()
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.9))
    average.update_parameters(model)
    assert torch.equal(average.module.head.weight, model.head.weight)
    assert average.module.transform.spec == model.transform.spec
