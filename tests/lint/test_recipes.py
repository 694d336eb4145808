"""The recipes of examples/specs: lint has nothing to say, they compile, and they run on photographs of any size."""

import re
from pathlib import Path

import numpy as np
import pytest

import augment
from augment.lint import findings

FOLDER = Path(__file__).parents[2] / "examples" / "specs"
RECIPES = sorted(FOLDER.glob("*.yaml"))
SIZES = {  # of what comes out; None where it depends on the picture
    "captions": (224, 224), "cifar": (32, 32), "detection": (640, 640), "faces": (112, 112), "imagenet": (224, 224),
    "keras-transfer": (224, 224), "medical": (256, 256), "ocr": None, "segmentation": (512, 1024), "two-views": (224, 224),
}  # fmt: skip
SHARES = np.array([[0.3, 0.3, 0.7, 0.6], [0.15, 0.2, 0.4, 0.45], [0.45, 0.4, 0.8, 0.85]])  # boxes, of the sides


def sample_of(spec, photo, number):
    """What the targets of a recipe ask for, made of a photograph."""
    height, width = photo.shape[:2]
    deep = spec.name == "medical"
    image = photo.mean(-1).astype(np.uint16) * 257 if deep else photo
    sample = {}
    for name, target in (spec.targets or {"image": augment.sample.Target(kind="image")}).items():
        match target.kind:
            case "image":
                sample[name] = image
            case "mask":
                sample[name] = np.digitize(photo.mean(-1), [64, 128, 192]).astype(np.uint8)
            case "boxes":
                low, high = SHARES[:, :2], SHARES[:, 2:]
                sample[name] = np.concatenate([low, high - low], axis=1) * [width, height, width, height]
                sample |= {"labels": [3, 1, 2], "area": [9.0, 4.0, 6.0], "iscrowd": [0, 0, 1]}
            case "labels":
                sample[name] = number
            case "caption":
                sample[name] = "a photograph of something"
    return sample


@pytest.fixture(params=RECIPES, ids=lambda path: path.stem)
def recipe(request):
    return augment.load(request.param)


def test_all_are_here():
    assert {path.stem for path in RECIPES} == set(SIZES)


def test_lint_has_nothing_to_say(recipe):
    assert [str(finding) for finding in findings(recipe, backends=["reference", "torchvision"])] == []


def test_lint_has_nothing_to_say_of_real_pictures(recipe, photographs):
    if recipe.name == "cifar":  # its pictures are tiny
        photographs = {name: photo[: 8 * 32 : 8, : 8 * 32 : 8] for name, photo in photographs.items()}
    samples = [sample_of(recipe, photo, i) for i, photo in enumerate(photographs.values())]
    told = [finding for finding in findings(recipe, samples=samples) if finding.rule != "upsampling"]
    assert [str(finding) for finding in told] == []


def test_it_says_what_it_is_for(recipe):
    assert recipe.about and recipe.name in SIZES


def test_it_runs_on_photographs_of_several_sizes(recipe, photographs):
    samples = [sample_of(recipe, photo, i) for i, photo in enumerate(photographs.values())]
    for stage in ("train", "eval"):
        results = list(augment.compile(recipe, "reference", stage=stage).over(samples))
        for result, sample in zip(results, samples, strict=True):
            images = [name for name, value in sample.items() if np.ndim(value) >= 2 and name in ("image", "view1", "view2")]
            for name in images:
                out = result[name]
                assert out.dtype == np.float32 and np.isfinite(out).all() and out.std() > 0.01
                assert SIZES[recipe.name] is None or out.shape[:2] == SIZES[recipe.name]
            if "mask" in sample:
                assert result["mask"].shape == result["image"].shape[:2]
                assert set(np.unique(result["mask"])) <= {*np.unique(sample["mask"]), 0, 255}
            if "boxes" in sample:
                assert len(result["boxes"]) == len(result["labels"]) == len(result["area"])
    assert result.keys() == sample.keys()


def test_training_varies_and_inference_does_not(recipe, photographs):
    samples = [sample_of(recipe, photo, i) for i, photo in enumerate(photographs.values())]
    name = next(iter(recipe.targets or ["image"]))
    train = augment.compile(recipe, "reference").over(samples)
    calm = augment.compile(recipe, "reference", stage="eval").over(samples)
    first = [train[0][name], calm[0][name]]
    for over in (train, calm):
        over.set_epoch(3)
    assert not np.array_equal(first[0], train[0][name])
    assert np.array_equal(first[1], calm[0][name])


def test_the_two_views_differ(photographs):
    spec = augment.load(FOLDER / "two-views.yaml")
    out = augment.apply(spec, {"view1": photographs["coffee"], "view2": photographs["coffee"]}, index=1)
    assert not np.array_equal(out["view1"], out["view2"])


def test_captions_stay_true(photographs):
    spec = augment.load(FOLDER / "captions.yaml")
    sample = {"image": photographs["coffee"], "caption": "a red cup to the left of a spoon"}
    out = [augment.apply(spec, sample, index=i)["caption"] for i in range(40)]
    assert {"a red cup to the left of a spoon", "a red cup to the right of a spoon"} <= set(out)
    flipped = sum("right" in text for text in out)
    assert 10 < flipped < 30


def test_nor_of_what_the_package_shows():
    from augment.cli.showing import DEMO
    from augment.spec.starter import starter

    root = FOLDER.parents[1]
    pages = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    blocks = [text for page in pages for text in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)]
    texts = [DEMO, starter(None), *(text for text in blocks if "pipeline:" in text)]
    assert len(texts) > 4
    assert [str(finding) for text in texts for finding in findings(augment.loads(text))] == []
