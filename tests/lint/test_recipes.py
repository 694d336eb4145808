"""The recipes of examples/specs: lint has nothing to say, they compile, and they run on photographs of any size."""

import re
from pathlib import Path

import numpy as np
import pytest

import augment
from augment.backend import Options
from augment.lint import findings
from augment.ops.kinds import Noise
from augment.plugins import get_engines
from augment.program.lower import lower
from augment.spec.views import singly

FOLDER = Path(__file__).parents[2] / "examples" / "specs"
RECIPES = sorted(FOLDER.glob("*.yaml"))
SIZES = {  # of what comes out; None where it depends on the picture
    "captions": (224, 224), "cifar": (32, 32), "detection": (640, 640), "faces": (112, 112), "imagenet": (224, 224),
    "keras-transfer": (224, 224), "medical": (256, 256), "ocr": None, "segmentation": (512, 1024), 
    "imagenet-timm": (224, 224), "satellite": (224, 224), "yolo": (640, 640),
    "simclr-pair": (224, 224), "byol-one": (224, 224), "byol-two": (224, 224), "fixmatch-weak": (32, 32),
    "fixmatch-strong": (32, 32), "dino-local": (96, 96), "imagenet-torchvision": (176, 176),
    "imagenet-torchvision-val": (224, 224), "imagenet-timm-default": (224, 224), "detection-ssd": (300, 300),
    "detection-lsj": (256, 256), "segmentation-kaggle": (128, 128),
}  # fmt: skip
LARGE = {"detection-ssd", "detection-lsj"}
"""They make canvases that are several times as large as a picture: small copies of two photographs will do."""
SHARES = np.array([[0.3, 0.3, 0.7, 0.6], [0.15, 0.2, 0.4, 0.45], [0.45, 0.4, 0.8, 0.85]])  # boxes, of the sides


def sample_of(spec, photo, number):
    """What the targets of a recipe ask for, made of a photograph."""
    height, width = photo.shape[:2]
    deep = spec.name == "medical"
    image = photo.mean(-1).astype(np.uint16) * 257 if deep else photo
    if spec.name == "satellite":
        image = np.concatenate([photo, photo[..., 1:2]], axis=-1).astype(np.uint16) * 39
    sample = {}
    for name, target in (spec.targets or {"image": augment.sample.Target(kind="image")}).items():
        match target.kind:
            case "image":
                sample[name] = image
            case "mask":
                sample[name] = np.digitize(photo.mean(-1), [64, 128, 192]).astype(np.uint8)
            case "boxes":
                low, high = SHARES[:, :2], SHARES[:, 2:]
                if target.format == "yolo":
                    sample[name] = np.concatenate([(low + high) / 2, high - low], axis=1)
                else:
                    sample[name] = np.concatenate([low, high - low], axis=1) * [width, height, width, height]
                rows = {"labels": [3, 1, 2], "area": [9.0, 4.0, 6.0], "iscrowd": [0, 0, 1]}
                sample |= {name: rows[name] for name in target.carry}
            case "labels":
                sample[name] = number
            case "caption":
                sample[name] = "a photograph of something"
    return sample


def samples_of(recipe, photographs):
    photos = list(photographs.values())
    if recipe.name in LARGE:
        photos = [np.ascontiguousarray(photo[::4, ::4]) for photo in photos[:2]]
    return [sample_of(recipe, photo, i) for i, photo in enumerate(photos)]


def loaded(path):
    """A recipe as it is; the one with the largest canvas at a quarter of its size, on which nothing else in it depends."""
    if path.stem != "detection-lsj":
        return augment.load(path)
    return augment.loads(path.read_text("utf-8").replace("1024", "256"), path.name)


SPECS = {path.stem: loaded(path) for path in RECIPES}
ALIKE = {"dino-first", "dino-second"}
"""Views that differ from those of byol by the area of their crops alone, and need not run once more on every backend."""
EACH = {one.name: one for spec in SPECS.values() for _, one in singly(spec) if one.name not in ALIKE}
"""Every spec, and of one with views each of them."""


@pytest.fixture(params=SPECS)
def whole(request):
    return SPECS[request.param]


@pytest.fixture(params=EACH)
def recipe(request):
    return EACH[request.param]


def test_all_are_here():
    assert set(EACH) == set(SIZES)


def test_lint_has_nothing_to_say(whole):
    assert [str(finding) for finding in findings(whole, backends=["reference", "torchvision"])] == []


def test_lint_has_nothing_to_say_of_real_pictures(whole, photographs):
    recipe = whole
    if recipe.name in ("cifar", "fixmatch"):  # its pictures are tiny
        photographs = {name: photo[: 8 * 32 : 8, : 8 * 32 : 8] for name, photo in photographs.items()}
    samples = [sample_of(recipe, photo, i) for i, photo in enumerate(photographs.values())]
    told = [finding for finding in findings(recipe, samples=samples) if finding.rule not in ELSEWHERE]
    assert [str(finding) for finding in told] == []


ELSEWHERE = ("upsampling", "unused_ignore")
"""What other pictures would show: larger ones, or those of which an ignored finding is told."""


def test_it_says_what_it_is_for(recipe):
    assert recipe.about


def test_it_runs_on_photographs_of_several_sizes(recipe, photographs):
    samples = samples_of(recipe, photographs)
    for stage in ("train", "eval"):
        results = list(augment.compile(recipe, "reference", stage=stage).over(samples))
        for result, sample in zip(results, samples, strict=True):
            images = [name for name, value in sample.items() if np.ndim(value) >= 2 and name == "image"]
            for name in images:
                out = result[name]
                assert out.dtype == np.float32 and np.isfinite(out).all() and out.std() > 0.01
                assert SIZES[recipe.name] is None or out.shape[:2] == SIZES[recipe.name]
            if "mask" in sample:
                assert result["mask"].shape == result["image"].shape[:2]
                assert set(np.unique(result["mask"])) <= {*np.unique(sample["mask"]), 0, 255}
            if "boxes" in sample:
                assert all(len(result["boxes"]) == len(result[name]) for name in recipe.targets["boxes"].carry)
    assert result.keys() == sample.keys()


def test_training_varies_and_inference_does_not(recipe, photographs):
    samples = samples_of(recipe, photographs)
    name = next(iter(recipe.targets or ["image"]))
    train = augment.compile(recipe, "reference").over(samples)
    calm = augment.compile(recipe, "reference", stage="eval").over(samples)
    first = [train[0][name], calm[0][name]]
    for over in (train, calm):
        over.set_epoch(3)
    assert np.array_equal(first[0], train[0][name]) == recipe.name.endswith("-val")
    assert np.array_equal(first[1], calm[0][name])


@pytest.mark.parametrize("backend", ["albumentations", "torchvision", "keras"])
def test_it_comes_out_alike_on_every_backend(recipe, backend, photographs):
    """Points and masks of all; pixels where no backend draws noise of its own."""
    samples = samples_of(recipe, photographs)[:2]
    if recipe.name == "satellite" and backend != "albumentations":
        samples = [{**sample, "image": sample["image"].astype(np.float32) / 10000} for sample in samples]
    program = lower(recipe)
    noisy = any(issubclass(type(leaf.op), Noise) for leaf in program.leaves)
    engine = get_engines(backend).main
    for index in range(len(samples)):
        want = get_engines("reference").main.apply_over(program, samples, index=index, epoch=0, options=Options())
        got = engine.apply_over(program, samples, index=index, epoch=0, options=Options())
        for name, target in (recipe.targets or {"image": augment.sample.Target(kind="image")}).items():
            if target.kind == "boxes":
                np.testing.assert_allclose(got[name], want[name], atol=0.02)
            elif target.kind == "mask":
                assert (got[name] != want[name]).mean() < 0.001
            elif target.kind == "image":
                assert got[name].shape == want[name].shape
                assert noisy or np.abs(got[name] - want[name]).mean() < 0.02 * want[name].std()


def test_views_differ_in_what_is_their_own(photographs):
    photo = photographs["coffee"]
    ten = augment.apply(SPECS["dino"], {"image": photo}, index=1, backend="opencv")
    crops = [ten["first"], ten["second"], *ten["local"]]
    assert len({crop["image"].tobytes() for crop in crops}) == 10
    first, second = (one["values"] for one in augment.record(SPECS["simclr"], index=1)["views"]["pair"])
    assert not {str(own) for own in first.values()} & {str(own) for own in second.values()} - {str({"p": p}) for p in (0, 1)}
    # what is strong changes colours, and hides a square of the same window
    pair = augment.apply(SPECS["fixmatch"].replace(seed=3), {"image": photo[:256:8, :256:8], "labels": 3}, index=4)
    assert pair["weak"]["labels"] == pair["strong"]["labels"] == 3
    assert not np.array_equal(pair["weak"]["image"], pair["strong"]["image"])
    weak, strong = (one["values"] for one in augment.record(SPECS["fixmatch"], index=4)["views"].values())
    assert all(strong[key] == weak[key] for key in weak)


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
