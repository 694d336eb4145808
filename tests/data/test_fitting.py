"""`augment fit`: the mean and standard deviation of pictures, as numpy has them, and the same for any number of workers."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import augment
from augment import ops
from augment.cli import main
from augment.data.fitting import Fitted, measured, written
from augment.errors import FileError, SampleError, SpecError
from augment.language import loads

COLOURS = np.array([250, 120, 40])


@pytest.fixture(scope="module")
def pictures():
    rng = np.random.default_rng(0)
    return [(rng.random((20 + i, 24, 3)) * COLOURS + i).astype(np.uint8) for i in range(7)]


@pytest.fixture(scope="module")
def folder(pictures, tmp_path_factory):
    root = tmp_path_factory.mktemp("pictures")
    for i, picture in enumerate(pictures):
        Image.fromarray(picture).save(root / f"{i}.png")
    return root


def of_all(images):
    pixels = np.concatenate([image.reshape(-1, image.shape[-1]) for image in images]).astype(float)
    scale = 255 if images[0].dtype == np.uint8 else 1
    return pixels.mean(axis=0) / scale, pixels.std(axis=0) / scale


def test_all_pixels_count_alike(pictures, folder):
    """As Keras' `Normalization.adapt` counts, whatever the sizes of the pictures."""
    mean, std = of_all(pictures)
    for source in (folder, str(folder), sorted(folder.iterdir()), pictures):
        node = augment.fit({"pipeline": [{"normalize": "imagenet"}]}, source).pipeline[0]
        assert np.abs(np.array(node.mean) - mean).max() <= 5e-7 and np.abs(np.array(node.std) - std).max() <= 5e-7
        assert node.preset is None


def test_pictures_come_as_normalize_sees_them(pictures, folder):
    """After what stands before at inference, or in training under the keys of an epoch; several are measured each."""
    steps = [ops.Resize(size=16), ops.RandomCrop(size=12), ops.Brightness(factor=(0.2, 0.9))]
    spec = augment.Pipeline([*steps, ops.Normalize(mean=0.5, std=0.5, id="a")], seed=4)
    for stage, epoch in (("eval", 0), ("train", 0), ("train", 3)):
        plain = augment.Pipeline(steps, seed=4)
        seen = [
            augment.apply(plain, {"image": p / np.float32(255)}, index=i, epoch=epoch, stage=stage)["image"]
            for i, p in enumerate(pictures)
        ]
        found = augment.fit(spec, [p / np.float32(255) for p in pictures], stage=stage, epoch=epoch).pipeline[-1]
        assert found.id == "a"
        for got, want in zip((found.mean, found.std), of_all(seen), strict=True):
            assert np.abs(np.array(got) - want).max() < 2e-6


def test_images_of_one_sample_have_their_own(pictures):
    targets = {"image": "image", "infrared": "image"}
    nodes = [ops.Normalize(mean=0.5, std=0.5, on=["image"]), ops.Normalize(preset="mnist", on=["infrared"])]
    samples = [{"image": p, "infrared": p[..., :1] // 2} for p in pictures]
    both = augment.fit(augment.Pipeline(nodes, targets=targets), samples).pipeline
    assert np.allclose(both[0].mean, of_all(pictures)[0], atol=1e-6)
    assert np.allclose(both[1].std, of_all([p[..., :1] // 2 for p in pictures])[1], atol=1e-6)


def test_partners_come_along_in_training(folder):
    spec = augment.Pipeline([ops.Fda(beta=0.1), ops.Normalize(mean=0.5, std=0.5)])
    assert augment.fit(spec, folder, stage="train") != augment.fit(spec, folder)
    labels = {"image": "image", "labels": {"kind": "labels", "classes": 3}}
    mixed = augment.Pipeline([ops.Resize(size=16), ops.Mixup(alpha=1), ops.Normalize(mean=0.5, std=0.5)], targets=labels)
    assert augment.fit(mixed, folder, stage="train").targets == mixed.targets  # and pictures alone will do


def test_workers_change_nothing(folder):
    spec = augment.Pipeline([ops.Rotate(degrees=20), ops.Normalize(mean=0.5, std=0.5)])
    assert measured(spec, folder, stage="train", workers=2) == measured(spec, folder, stage="train")


def test_what_cannot_be_measured_is_told(pictures, folder, tmp_path):
    spec = {"pipeline": [{"normalize": "imagenet"}]}
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.png").write_bytes(b"no picture")
    grey = pictures[0][..., :1]
    for what, source, kind, why in (
        ({"pipeline": ["rotate90"]}, folder, SpecError, "the spec has no normalize to fit: add one"),
        (spec, tmp_path / "none", FileError, "there is no such file or folder"),
        (spec, tmp_path / "empty", FileError, "there are no pictures to measure"),
        (spec, [folder, tmp_path / "broken.png"], FileError, "broken.png"),
        (spec, [*pictures, grey], SampleError, "sample 7: has 1 channel at normalize, and those before it 3"),
        (spec, [np.full((4, 4, 3), 9, np.uint8)], SampleError, "channel 0 is the same in all pixels"),
        (spec, [], SampleError, "there is no sample"),
    ):
        with pytest.raises(kind, match=why):
            augment.fit(what, source)
    with pytest.raises(SpecError, match="workers read files"):
        augment.fit(spec, pictures, workers=2)
    with pytest.raises(SpecError, match="stage is 'train' or 'eval'"):
        augment.fit(spec, pictures, stage="test")


BEFORE = """\
# mine
pipeline:
  - resize: 16    # small
  - normalize: imagenet # usual
"""


def test_the_command_writes_into_the_spec_and_keeps_the_rest(folder, tmp_path):
    spec, other = tmp_path / "s.yaml", tmp_path / "t.yaml"
    spec.write_text(BEFORE)
    (want,) = measured(loads(BEFORE), folder)
    made = BEFORE.replace("imagenet", f"{{mean: {list(want.mean)}, std: {list(want.std)}}}")

    def run(*words):
        result = CliRunner().invoke(main, ["fit", str(spec), str(folder), *words])
        assert result.exit_code == 0, result.output
        return result.output

    assert json.loads(run("--dry-run", "--json"))["normalize"][0]["mean"] == list(want.mean)
    assert spec.read_text() == BEFORE
    assert "of 7 pictures, 1792 pixels" in run("--out", str(other))
    assert other.read_text() == made and spec.read_text() == BEFORE
    run()
    assert spec.read_text() == made
    run()  # again, over the numbers that stand there now
    assert spec.read_text() == made
    result = CliRunner().invoke(main, ["fit", str(spec), str(tmp_path / "none")])
    assert result.exit_code == 2 and "does not exist" in result.output


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pipeline: [normalize: imagenet]", "pipeline: [normalize: {mean: [0.1], std: [0.2]}]"),
        ("pipeline:\n- normalize:\n    preset: clip # p\n    on: [image] # x\n",
         "pipeline:\n- normalize:\n    mean: [0.1] # p\n    on: [image] # x\n    std: [0.2]\n"),
        ("pipeline:\n- normalize:\n    mean: 0.5 # m\n    std:\n    - 0.1\n    - 0.2\n# end\n",
         "pipeline:\n- normalize:\n    mean: [0.1] # m\n    std:\n      [0.2]\n# end\n"),
        ('{"pipeline": [{"normalize": {"preset": "imagenet"}}]}', '{"pipeline": [{"normalize": {"mean": [0.1], "std": [0.2]}}]}'),
    ],
)  # fmt: skip
def test_ways_to_write_it(before, after):
    assert written(before, [Fitted("pipeline[0].normalize", (0.1,), (0.2,), 1, 1)]) == after


def test_what_stands_in_two_places_is_not_changed_for_one():
    shared = "x-n: &n {mean: 0.5, std: 0.5}\npipeline:\n  - sequence: [{normalize: *n}]\ntargets: {image: image, b: image}\n"
    found = [Fitted(f"pipeline[0].sequence[{i}].normalize", (0.1 * i,), (0.2,), 1, 1) for i in (0, 1)]
    merged = shared.replace("[{normalize: *n}]", "[{normalize: {<<: *n, on: [image]}}, {normalize: {<<: *n, on: [b]}}]")
    assert loads(written(merged, found)).pipeline[0].ops[1].mean == (0.1,)
    with pytest.raises(SpecError, match=r"cannot be changed in place; write it yourself: pipeline\[0\].*std \[0.2\]"):
        written(shared.replace("[{normalize: *n}]", "[{normalize: *n}, {normalize: *n}]"), found)


VIEWS = """
pipeline: [resize: 16]  # of all
views:
  plain: [normalize: imagenet]  # its own
  dark: {n: 2, pipeline: [brightness: {factor: 0.5}, normalize: {mean: 0.5, std: 0.5}]}
"""


def test_each_view_is_measured_behind_what_makes_it(pictures):
    text = "seed: 4" + VIEWS
    found = measured(loads(text), pictures)
    assert [one.path for one in found] == ["views.plain[0].normalize", "views.dark[1].normalize"]
    for name, one in zip(("plain", "dark"), found, strict=True):
        view = loads(text).view(*(("plain",) if name == "plain" else ("dark", 0)))
        alone = augment.fit(view, pictures).pipeline[-1]
        assert (one.mean, one.std) == (alone.mean, alone.std)
    new = written(text, found)
    assert loads(new) == augment.fit(loads(text), pictures) and "# its own" in new and "imagenet" not in new
    assert loads(new).views["dark"].pipeline[1].mean == found[1].mean


def test_what_all_views_share_is_measured_once(pictures):
    shared = loads("pipeline: [normalize: imagenet]\nviews: {a: [horizontal_flip: {p: 1}], b: []}")
    (one,) = measured(shared, pictures)
    assert one.path == "pipeline[0].normalize" and augment.fit(shared, pictures).pipeline[0].mean == one.mean
