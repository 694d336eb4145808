"""The batch kernels compute what the reference computes, each sample with its own draws, for every op."""

import numpy as np
import pytest
import torch

import augment
from augment import ops
from augment.ops import catalogue
from augment.ops.kinds import Partnered

GEOMETRY = {
    "horizontal_flip": [{"p": 0.5}],
    "vertical_flip": [{"p": 0.5}],
    "rotate": [
        {"degrees": "±40"}, {"degrees": "±40", "fill": [0.1, 0.5, 0.9], "p": 0.6}, {"degrees": "±40", "border": "reflect"},
        {"degrees": "±90", "border": "reflect101"}, {"degrees": "±40", "border": "replicate", "p": 0.6},
        {"degrees": "±70", "border": "wrap"}, {"degrees": "±40", "interpolation": "nearest"},
    ],
    "translate": [{"x": "±0.3", "y": "±5.5px"}],
    "scale": [{"factor": "1±0.4"}, {"x": [0.5, 2], "border": "reflect"}],
    "shear": [{"x": "±20", "y": "±10", "fill": 0.5}],
    "affine": [{"rotate": "±30", "translate_x": "±0.1", "translate_y": "±0.1", "scale": [0.7, 1.3], "shear_x": "±10"}],
    "perspective": [{"distortion": [0, 0.6]}, {"distortion": [0, 0.6], "border": "reflect", "p": 0.7}],
    "elastic": [{"alpha": "3px", "sigma": "12px"}, {"alpha": [0, 0.05], "sigma": [0.15, 0.3], "p": 0.6, "fill": 0.3}],
    "resize": [
        {"size": [40, 50]}, {"size": 100}, {"short": 30}, {"long": 120}, {"size": 45, "antialias": False},
        {"size": [35, 90], "interpolation": "bicubic"}, {"size": 70, "interpolation": "nearest"},
    ],
    "center_crop": [{"size": [33, 41]}],
    "random_crop": [{"size": [32, 47]}],
    "random_resized_crop": [
        {"size": 48, "area": [0.2, 1]}, {"size": [90, 70], "area": [0.5, 1], "antialias": False},
        {"size": 40, "area": [0.2, 0.9], "interpolation": "bicubic"},
        {"size": 40, "area": [0.2, 0.9], "interpolation": "nearest"},
    ],
    "pad": [{"size": [80, 91]}, {"multiple": 32, "fill": "#ff8000", "p": 1.0}, {"size": 100, "border": "reflect101"}],
}  # fmt: skip
COLOUR = {
    "brightness": [{"factor": "1±0.5"}, {"add": "±0.3", "p": 0.5}],
    "contrast": [{"factor": "1±0.8"}, {"factor": "1±0.5", "about": "channel_mean", "p": 0.5}, {"factor": "1±0.5", "about": 0.5}],
    "saturation": [{"factor": [0, 3]}],
    "hue": [{"degrees": "±180"}, {"degrees": "±40", "p": 0.5}],
    "color_jitter": [{"brightness": "1±0.4", "contrast": "1±0.4", "saturation": "1±0.4", "hue": "±36"}],
    "gamma": [{"gamma": [0.4, 2]}],
    "grayscale": [{"p": 0.5}],
    "invert": [{"p": 0.5, "channels": [0, 2]}],
    "solarize": [{"threshold": [0.2, 0.9]}],
    "posterize": [{"bits": [1, 8]}],
    "gaussian_blur": [{"sigma": ["0.2px", "3px"]}, {"sigma": [0.01, 0.4], "p": 0.5}],
    "motion_blur": [{"length": ["1px", "9px"], "p": 0.7}],
    "coarse_dropout": [{"holes": [1, 5], "height": [0.1, 0.3], "width": "9px", "fill": [0.2, 0.4, 0.6], "fill_mask": 3}],
    "random_erasing": [{"area": [0.05, 0.4], "fill": 0.5, "p": 0.7, "fill_mask": 1}],
    "normalize": [{"preset": "imagenet"}, {"mean": 0.5, "std": 0.25}],
    "to_float": [{}],
    "identity": [{}],
}  # fmt: skip
CASES = [(name, fields) for table in (GEOMETRY, COLOUR) for name, many in table.items() for fields in many]
MIXES = {name for name, op in catalogue("image").items() if issubclass(op, Partnered)}
ELSEWHERE = {"transpose", "rotate90", "gaussian_noise"} | MIXES  # tested below, and in test_mixing.py


def test_the_tables_are_of_ops_of_the_core():  # of all of them the kit makes its own: tests/conformance
    assert set(GEOMETRY) | set(COLOUR) | ELSEWHERE <= {name for name, op in ops.CORE.items() if op.modality == "image"}


@pytest.mark.parametrize(("name", "fields"), CASES, ids=lambda x: x if isinstance(x, str) else ",".join(x))
def test_op(name, fields, photos, masks, agree):
    agree({"seed": 1, "pipeline": [{name: fields}]}, photos, masks)


@pytest.mark.parametrize("op", [{"rotate90": {}}, {"rotate90": {"p": 0.5}}, {"transpose": {"p": 0.5}}], ids=str)
def test_quarter_turns(op, photos, masks, agree):
    square = [p[:60, :60] for p in photos], [m[:60, :60] for m in masks]
    agree({"pipeline": [op]}, *square)
    agree({"pipeline": [op, {"random_crop": {"size": 40}}]}, photos, masks)
    agree({"pipeline": [op, {"resize": {"size": 50, "antialias": False}}, {"horizontal_flip": {"p": 0.5}}]}, photos, masks)
    window = {"size": 48, "area": [0.2, 0.9], "antialias": False}
    agree({"pipeline": [op, {"pad": {"multiple": 32}}, {"random_resized_crop": window}]}, photos, masks)


def test_a_window_of_the_same_size_for_some(photos, masks, agree):
    sometimes = {"size": [64, 72], "area": [0.3, 0.6], "p": 0.5}
    agree({"pipeline": [{"resize": [64, 72]}, {"random_resized_crop": sometimes}]}, photos, masks, indices=(0, 1, 4))


def test_quarter_turns_of_a_batch_that_would_have_two_sizes(photos):
    transform = augment.compile({"pipeline": [{"rotate90": {}}]}, "torchvision")
    with pytest.raises(augment.errors.SampleError, match=r"rotate90: draws the size of its output"):
        transform(torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2))


PIPELINES = [
    [{"random_resized_crop": {"size": 64, "area": [0.3, 1]}}, {"horizontal_flip": {"p": 0.5}}, {"rotate": {"degrees": "±30"}},
     {"color_jitter": {"brightness": "1±0.3", "contrast": "1±0.3", "hue": "±30"}}, {"normalize": "imagenet"}],
    [{"rotate": {"degrees": "±50", "fill": 0.7}}, {"scale": {"factor": [0.5, 1.5], "fill": 0.2}}, {"shear": {"x": "±20"}},
     {"pad": {"multiple": 16}}, {"translate": {"x": "±0.2"}}, {"perspective": {"distortion": [0, 0.5]}}],
    [{"rotate": {"degrees": "±50", "border": "reflect"}}, {"scale": {"factor": [0.4, 1], "border": "reflect", "p": 0.5}},
     {"resize": {"size": 70, "antialias": False, "border": "reflect"}}, {"random_crop": {"size": 50}}],
    [{"scale": {"factor": [0.3, 0.8], "border": "wrap"}}, {"translate": {"x": "±0.4", "border": "wrap"}},
     {"vertical_flip": {"p": 0.5}}],
    [{"elastic": {"alpha": "2px", "sigma": "10px", "p": 0.7}}, {"rotate": {"degrees": "±20"}}, {"scale": {"factor": "1±0.3"}}],
    [{"rotate": {"degrees": "±20"}}, {"elastic": {"alpha": "2px", "sigma": "10px"}}, {"center_crop": {"size": 40}}],
    [{"one_of": {"ops": [{"rotate": {"degrees": 30}}, {"scale": {"factor": 0.7}}, {"horizontal_flip": {}}], "p": 0.8}},
     {"one_of": [{"gamma": {"gamma": [0.5, 2]}}, {"contrast": {"factor": [0.5, 2]}}, {"brightness": {"factor": [0.5, 1.5]}},
                 {"gaussian_blur": {"sigma": "1.5px"}}]}],
    [{"some_of": {"n": [1, 3], "ops": [{"brightness": {"factor": 0.7}}, {"hue": {"degrees": 50}}, {"invert": {}},
                                      {"random_erasing": {"area": [0.1, 0.2]}}]}},
     {"repeat": {"times": [1, 3], "ops": [{"rotate": {"degrees": "±9"}}]}}],
    [{"normalize": {"mean": 0.5, "std": 0.25}}, {"rotate": {"degrees": "±45", "fill": [1, 0.5, 0]}}, {"resize": {"size": 48}},
     {"coarse_dropout": {"height": 0.3, "width": 0.3, "fill": 0.9}}],
    [{"resize": {"size": 50, "on": "image"}}, {"horizontal_flip": {"p": 0.5}}, {"resize": {"size": 50, "on": "mask"}},
     {"rotate": {"degrees": "±20"}}],
]  # fmt: skip


@pytest.mark.parametrize("pipeline", PIPELINES, ids=range(len(PIPELINES)))
@pytest.mark.parametrize("fuse", [True, False])
def test_pipelines(pipeline, fuse, photos, masks, agree):
    agree({"seed": 5, "pipeline": pipeline}, photos, masks, indices=(3, 1, 40))


@pytest.mark.parametrize("seed", range(12))
def test_generated_pipelines(seed, photos, masks, agree):
    """Three to six ops in a random order, each with a coin or inside a choice."""
    generator = np.random.default_rng(seed)
    cases = [c for c in CASES if c[0] not in ("normalize", "to_float", "random_crop", "center_crop")]
    picked = [cases[i] for i in generator.choice(len(cases), generator.integers(3, 7), replace=False)]
    fixed = {"resize", "random_resized_crop", "pad"}
    nodes = [{name: {**fields, **({} if name in fixed else {"p": 0.8})}} for name, fields in picked]
    agree({"seed": seed, "pipeline": [*nodes, {"normalize": "imagenet"}]}, photos, masks, dtypes=(np.float32,))


def test_noise(photos):
    transform = augment.compile({"pipeline": [{"gaussian_noise": {"std": [0.05, 0.2], "p": 0.7}}]}, "torchvision")
    grey = torch.full((6, 3, 64, 64), 0.5)
    batch = transform.at(0)(grey)
    drawn = transform.program.values(np.arange(6))["gaussian_noise"]
    for i, noisy in enumerate(batch):
        field = noisy - 0.5
        std = drawn["std"][i] * drawn["p"][i]
        assert field.std() == pytest.approx(std, rel=0.03, abs=1e-9)
        assert abs(float(field.mean())) < 0.01
        assert torch.equal(noisy, transform.at([i])(grey[:1])[0])  # of its own key, whatever the batch
    fields = [b - 0.5 for b, p in zip(batch, drawn["p"], strict=True) if p]
    assert len(fields) > 2
    assert abs(float((fields[0] * fields[1]).mean())) < 0.001
    host = transform.at(1)(grey[1]) - 0.5
    assert host.std() == pytest.approx(drawn["std"][1] * drawn["p"][1], rel=0.03)


def test_channels_of_any_number(photos, masks, agree):
    wide = [np.concatenate([p, p[..., :2]], axis=2) for p in photos]
    spec = {"pipeline": [{"rotate": {"degrees": "±20"}}, {"resize": {"size": 40}}, {"gamma": {"gamma": 1.5}},
                         {"hue": {"degrees": "±40", "channels": [4, 1, 0]}}, {"gaussian_blur": {"sigma": "1px"}}]}  # fmt: skip
    agree(spec, wide, masks)
    agree({"pipeline": [{"rotate": {"degrees": "±20"}}, {"saturation": {"factor": 2}}]}, [p[..., :1] for p in photos], masks)
