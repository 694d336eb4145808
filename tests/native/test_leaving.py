"""Specs as plain code: every line marked, the way back is the same spec where the marks say so, and it runs without us."""

import ast
import json
import os
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest

import augment
from augment.errors import SpecError, UnsupportedOpError
from augment.language import loads
from augment.native.canonical import canonical
from augment.native.leaving import TARGETS, exported
from augment.native.reading import read
from augment.native.sources.code import from_code
from augment.native.sources.data import from_data
from augment.testing.photographs import photographs

os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
torchvision = pytest.importorskip("torchvision")  # first: TensorFlow cannot stand before it

PIPELINES = json.loads((Path(__file__).parent / "pipelines.json").read_text(encoding="utf-8"))
SPECS = {
    "flips": "[horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}, horizontal_flip: {p: 0.2}]",
    "turns": "[rotate: ±15, rotate: {degrees: [0, 20], p: 0.5, interpolation: nearest, fill: 0.5}, "
    "rotate: {degrees: ±9, border: reflect}]",
    "maps": "[translate: {x: ±0.1, y: ±0.2}, "
    "scale: 1±0.2, affine: {rotate: ±5, translate_x: ±0.1, scale: [0.9, 1.2]}, shear: {x: ±8}]",
    "sizes": "[resize: 40, resize: {size: [30, 40], antialias: false}, center_crop: 24, random_crop: 20]",
    "crops": "[random_resized_crop: {size: 24, area: [0.3, 1]}, "
    "random_resized_crop: {size: [20, 24], area: [0.3, 1], antialias: false}]",
    "colours": "[color_jitter: {brightness: 1±0.2, hue: ±36}, brightness: {add: ±0.2}, "
    "contrast: 1±0.3, saturation: 1±0.3, hue: ±20]",
    "keras": "[contrast: {factor: [0.8, 1.2], about: channel_mean}, hue: ±18, invert: {p: 0.1}, "
    "scale: {factor: {inverse_uniform: [0.8, 1.25]}}]",
    "levels": "[solarize: {threshold: 0.6, p: 0.2}, posterize: {bits: 4, p: 0.2}, equalize: {p: 0.2}, "
    "auto_contrast: {p: 0.2}, grayscale: {p: 0.1}]",
    "noise": "[gaussian_blur: {sigma: [0.5px, 2px], p: 0.5}, gaussian_noise: {std: 0.05}, "
    "jpeg: {quality: [50, 90]}, median_blur: 3]",
    "holes": "[coarse_dropout: {holes: [1, 3], height: [0.1, 0.2], width: 0.1}, random_erasing: {area: [0.02, 0.3], p: 0.5}]",
    "choices": "[one_of: {p: 0.4, ops: [invert, {rotate: {degrees: ±9, weight: 3}}]}, "
    "sequence: {p: 0.3, ops: [horizontal_flip: {p: 1}]}]",
    "pads": "[pad: {left: 3, top: 2, right: 4, border: reflect101}, pad: {bottom: 5, fill: 0.2}]",
    "kernels": "[gaussian_blur: {sigma: [0.5px, 2px], size: 5}, gaussian_noise: {std: 0.05, mean: 0.02}, "
    "pad: {size: 30, at: top_left}, letterbox: 40, shear: {x: ±10, about: corner, border: reflect}]",
    "more": "[affine: {rotate: ±5, scale_x: [0.9, 1.2]}, saturation: [0.5, 1], clahe: 3, rand_augment: {n: 2, magnitude: 9}, "
    "aug_mix: {severity: 3}, auto_augment: svhn, trivial_augment_wide, perspective: 0.4, "
    "elastic: {alpha: 0.0282, sigma: 0.05, border: reflect}]",
    "tail": "[random_crop: 20, normalize: imagenet]",
    "floats": "[rotate: ±5, to_float]",
}  # fmt: skip
TEXTS = {
    "words": "[swap_words: {rate: 0.1, min_count: 1}, delete_words: {rate: 0.2, max_count: 3, p: 0.5}, "
    "split_words: {rate: 0.1, min_length: 4}]",
    "typos": "[typo_characters: 0.1]",
}


@pytest.mark.parametrize(("to", "steps", "verdict"), [
    ("torchvision", "[resize: [64, 72], center_crop: 40]", "same"),
    ("torchvision", "[resize: [61, 72], center_crop: 40]", "same"),
    ("torchvision", "[resize: [63, 72], center_crop: 40]", "differs"),
    ("torchvision", "[resize: {short: 64}, center_crop: 40]", "differs"),
    ("torchvision", "[crop: {size: 40, at: center}]", "same"),
    ("torchvision", "[one_of: [center_crop: 40, random_crop: 40]]", "differs"),
    ("torchvision", "[crop: {size: 40, at: top_left}]", "no counterpart"),
    ("albumentations", "[center_crop: 40]", "same"),
    ("albumentations", "[crop: {size: 40, at: center, p: 0.5}]", "differs"),
    ("albumentations", "[crop: {size: [30, 40], top: 3, left: 4, p: 0.5}]", "same"),
    ("albumentations", "[crop: {size: 40, at: bottom_left}]", "no counterpart"),
    ("keras", "[center_crop: 40]", "same"),
    ("keras", "[crop: {size: 40, at: center}]", "differs"),
    ("keras", "[crop: 40]", "no counterpart"),
])  # fmt: skip
def test_crops_to_the_middle_say_how_they_round(to, steps, verdict):
    line = exported(loads(f"pipeline: {steps}"), to).lines[-1]
    assert line.verdict == verdict
    assert (verdict == "differs") == ("one pixel off where 3, 7, 11 or so many are left over" in "; ".join(line.why)), line.why


def specs(to):
    for name, steps in (TEXTS if to == "nlpaug" else SPECS).items():
        yield name, loads(f"name: {name}\npipeline: {steps}")


def comes_back(spec, to):
    """Export those lines that are the same, and see that importing the code gives them back; returns whether these are all."""
    found = exported(spec, to)
    ast.parse(found.source)
    nodes = [line.node for line in found.lines if line.verdict == "same"]
    if nodes:
        text = exported(spec.replace(pipeline=nodes), to).source
        back = read(from_code(text))
        assert back.same, (to, spec.name, back.remarks)
        assert canonical(back.pipeline.pipeline) == canonical(nodes), (to, spec.name, text)
    return bool(nodes) and found.same


@pytest.mark.parametrize("to", TARGETS)
def test_the_way_back_is_the_same_where_the_marks_say_so(to):
    """Spec -> code -> spec, line by line; and the whole of it, where every line is the same."""
    whole = sum(comes_back(spec, to) for _, spec in specs(to))
    assert whole >= {"albumentations": 4, "torchvision": 3, "keras": 1, "nlpaug": 1}[to]


@pytest.mark.parametrize("to", TARGETS)
def test_what_people_wrote_comes_back(to):
    some = [entry for entry in PIPELINES if (entry["library"] == "nlpaug") == (to == "nlpaug")][::3]
    assert sum(comes_back(read(from_data(entry)).pipeline, to) for entry in some) >= (1 if to == "nlpaug" else 4)


@pytest.mark.parametrize("to", TARGETS)
def test_every_line_is_marked(to):
    for name, spec in specs(to):
        found = exported(spec, to)
        assert len(found.lines) == len(spec), name
        for line in found.lines:
            assert line.verdict == "same" or all(line.why), (to, name, line)
            assert bool(line.calls) == (line.verdict != "no counterpart")
            assert line.verdict in found.source
        imported = {n.name for x in ast.walk(ast.parse(found.source)) if isinstance(x, ast.Import) for n in x.names}
        assert not any(name.partition(".")[0].startswith("augment") for name in imported)


def test_what_differs_is_said():
    spec = loads("pipeline: [resize: 40, rotate: {degrees: ±9, border: reflect}, horizontal_flip: {p: 0.3}]")
    marks = {to: [line.verdict for line in exported(spec, to).lines] for to in ("albumentations", "torchvision", "keras")}
    assert marks == {
        "albumentations": ["differs", "same", "same"], "torchvision": ["same", "no counterpart", "same"],
        "keras": ["same", "same", "no counterpart"],
    }  # fmt: skip
    assert "antialias" in exported(spec, "albumentations").lines[0].why[0]
    with pytest.raises(SpecError, match="did you mean 'torchvision'"):
        augment.export(spec, "torchvison")


def test_targets_become_arguments_of_compose():
    boxes = "{kind: boxes, format: yolo, min_area: 4px, carry: [ids]}"
    spec = loads(f"targets: {{image: image, boxes: {boxes}}}\npipeline: [invert: {{p: 1}}]")
    source = augment.export(spec, to="albumentations")
    assert 'bbox_params=A.BboxParams(format="yolo", label_fields=["ids"], min_area=4)' in source
    assert read(from_code(source)).pipeline.targets["boxes"] == spec.targets["boxes"]


@pytest.mark.parametrize("to", ["albumentations", "torchvision", "keras"])
def test_a_mirror_of_paired_keypoints_differs(to):
    """No library lets left and right change places; a turn does not ask for it."""
    steps = "[horizontal_flip: {p: 0.5}, rotate: {degrees: ±5, border: reflect}, sequence: [vertical_flip: {p: 0.5}]]"
    spec = loads(f"targets: {{image: image, keypoints: {{kind: keypoints, flip_pairs: [[0, 1]]}}}}\npipeline: {steps}")
    lines = exported(spec, to).lines
    assert ["flip_pairs" in " ".join(line.why) for line in lines] == [True, False, True]
    assert lines[0].verdict == lines[2].verdict == "differs"
    alone = loads(f"targets: {{image: image, keypoints: keypoints}}\npipeline: {steps}")
    assert exported(alone, to).lines[0].verdict == "same"


WITHOUT_US = """
import sys
class Refused:
    def find_spec(self, name, *rest):
        if name.partition(".")[0].startswith("augment"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refused())
sys.path = [p for p in sys.path if "augment" not in p]
"""


MANY = {
    "albumentations": ("random_crop: 40, horizontal_flip: {p: 0.5}, rotate: {degrees: ±20, p: 0.5}, "
                       "color_jitter: {brightness: 1±0.3, contrast: 1±0.3}", "[many(image=image)['image'] for _ in range(n)]"),
    "torchvision": ("random_crop: 40, horizontal_flip: {p: 0.5}, rotate: {degrees: ±20, p: 0.5}, "
                    "color_jitter: {brightness: 1±0.3, contrast: 1±0.3}",
                    "[many(torch.from_numpy(image).permute(2, 0, 1)).permute(1, 2, 0).numpy() for _ in range(n)]"),
    "keras": ("horizontal_flip: {p: 0.5}, rotate: {degrees: ±20, border: reflect}, translate: {x: ±0.1, y: 0.05}, "
              "contrast: {factor: [0.7, 1.3], about: channel_mean}, brightness: {add: ±0.1}",
              "many(np.repeat(image[None].astype('float32'), n, 0), training=True)"),
}  # fmt: skip
"""Library -> a policy of which every line is the same there, and how its code is run n times on an image."""


@pytest.mark.parametrize("to", MANY)
def test_the_code_runs_without_us_and_draws_alike(to, tmp_path):
    """In a process that cannot import this package; means and deviations of many draws, and every pixel's mean, agree."""
    steps, run = MANY[to]
    spec = loads(f"name: many\npipeline: [{steps}]")
    found = exported(spec, to)
    assert found.same, found.lines
    image = photographs(((48, 56),))[0]
    np.save(tmp_path / "image.npy", image)
    code = WITHOUT_US + found.source + textwrap.dedent(f"""
        import numpy as np
        {"import torch" if to == "torchvision" else ""}
        n, image = 600, np.load({str(tmp_path / "image.npy")!r})
        np.save({str(tmp_path / "out.npy")!r}, np.stack({run}))
    """)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"KERAS_BACKEND": "numpy"}  # the quickest to start
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True, text=True, timeout=300, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    theirs = np.load(tmp_path / "out.npy").astype(float)
    compiled = augment.compile(spec, "reference")
    ours = np.stack([compiled.at(index=i)({"image": image})["image"] for i in range(600)]).astype(float)
    # what brightness draws spreads a draw's mean by 18 levels: nearly five deviations of the difference of two means of 600
    assert abs(theirs.mean() - ours.mean()) < 5 and abs(theirs.std() - ours.std()) < 3
    # the mean of a pixel over 600 draws has an error of about std / sqrt(600), and they are compared in 1,600 places
    error = np.sqrt(theirs.var(0) / 600 + ours.var(0) / 600) + 0.2
    assert np.mean(np.abs(theirs.mean(0) - ours.mean(0)) > 4 * error) < 0.01


def test_the_code_of_texts_runs_without_us_and_draws_alike(tmp_path):
    text = "one two three four five six seven eight nine ten eleven twelve"
    spec = loads("name: many\npipeline: [delete_words: {rate: 0.25}, swap_words: {rate: 0.2}]")
    found = exported(spec, "nlpaug")
    assert found.same, found.lines
    code = WITHOUT_US + found.source + f"\nprint([many.augment({text!r})[0] for _ in range(400)])"
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    theirs = ast.literal_eval(done.stdout)
    ours = [augment.apply(spec, {"text": text}, backend="builtin", index=i)["text"] for i in range(400)]
    for words in text.split():  # each is deleted as often, within four deviations of the difference of two shares
        shares = [np.mean([words in one.lower().split() for one in side]) for side in (theirs, ours)]
        assert abs(shares[0] - shares[1]) < 4 * (2 * 0.25 * 0.75 / 400) ** 0.5, (words, shares)


@pytest.mark.parametrize("to", ["albumentations", "torchvision", "keras"])
def test_native_objects(to):
    """compile(native=True) gives classes of the library alone."""
    if to == "keras":
        pytest.importorskip("keras")
    if to == "albumentations":
        pytest.importorskip("albumentations")
    spec = loads("pipeline: [horizontal_flip: {p: 0.5}, resize: {size: 24, antialias: false}]")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = augment.compile(spec, to, native=True)
    held = getattr(made, "transforms", None) or made.layers
    assert all(type(one).__module__.partition(".")[0] == to for one in held)
    with pytest.raises(UnsupportedOpError, match=r"pipeline\[0\]\.fog: "):
        augment.compile(loads("pipeline: [fog: 0.5]"), to, native=True)
