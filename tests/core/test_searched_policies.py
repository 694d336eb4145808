"""RandAugment and its kin: their lists and strengths are those of the libraries, and every sample draws its own."""

import re
from collections import Counter

import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.errors import SpecError
from augment.ops.auto.subpolicies import SUBPOLICIES
from augment.ops.auto.tables import TIMM, TIMM_AUTO, TORCHVISION, TRIVIAL
from augment.program.lower import lower

PHOTO = data.astronaut()[::8, ::8]
POLICIES = [
    ops.RandAugment(), ops.RandAugment(table="timm", magnitude=7, spread=0.5, fill=0.5), ops.TrivialAugmentWide(),
    ops.AutoAugment(), ops.AutoAugment("svhn", border="reflect"), ops.ThreeAugment(),
]  # fmt: skip
OURS = {"Color": "saturation"}


def ours(name):
    return OURS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("data_set", [name for name in SUBPOLICIES if name != "v0"])
def test_the_pairs_of_auto_augment_are_those_of_torchvision(data_set):
    v2 = pytest.importorskip("torchvision.transforms.v2")
    theirs = v2.AutoAugment(v2.AutoAugmentPolicy(data_set))._policies
    want = [tuple((ours(name), round(p * 10), level or 0) for name, p, level in pair) for pair in theirs]
    assert list(SUBPOLICIES[data_set]) == want


@pytest.mark.parametrize(("table", "policy"), [("torchvision", "svhn"), ("timm", "v0"), ("timm_increasing", "imagenet")])
def test_every_op_of_a_pair_is_as_likely_as_the_pair_says(table, policy):
    """Those without a strength, too: equalize, invert and auto_contrast."""
    (one,) = (part.node for part in ops.AutoAugment(policy, table=table).expand())
    drawn = [tuple(op.probability for op in pair.ops) for pair in one.ops]
    assert drawn == [tuple(chance / 10 for _, chance, _ in pair) for pair in SUBPOLICIES[policy]]


def test_every_op_of_timm_is_done_half_the_time():
    (some,) = (part.node for part in ops.RandAugment(table="timm").expand())
    assert {op.name(): op.probability for op in some.ops} == {op.name(): 0.5 for op in some.ops}


@pytest.mark.parametrize("table", ["torchvision", "timm"])
def test_how_often_an_op_is_done_is_drawn(table):
    """Ops without a strength, over many samples: as often as their pairs say."""
    program, count = lower(augment.Pipeline([ops.AutoAugment(table=table)])), 2000
    done = Counter(name for index in range(count) for name in applied(program, index))
    pairs = SUBPOLICIES["imagenet"]
    for name in ("invert", "equalize", "auto_contrast"):
        want = sum(chance for pair in pairs for op, chance, _ in pair if op == name) / 10 / len(pairs)
        assert done[name] / count == pytest.approx(want, abs=4 * (want / count) ** 0.5), name


@pytest.mark.parametrize(("table", "name"), [(TORCHVISION, "RandAugment"), (TRIVIAL, "TrivialAugmentWide")])
def test_strengths_are_those_of_torchvision(table, name):
    v2 = pytest.importorskip("torchvision.transforms.v2")
    space, side = getattr(v2, name)._AUGMENTATION_SPACE, 331
    assert {ours(op) for op in space} == set(table)
    for op, (strengths, signed) in space.items():
        entry, want = table[ours(op)], strengths(31, side, side)
        assert entry.signed == signed
        for i in range(31) if want is not None else ():
            strength = entry.strength(i / 30)
            if op.startswith("Shear"):
                strength = np.tan(np.deg2rad(strength))
            elif op.startswith("Translate") and not entry.unit:
                strength *= side
            assert strength == pytest.approx(float(want[i]), abs=1e-5), (op, i)


def test_one_op_is_what_torchvision_makes_of_it():
    """Each op of the list at magnitude 9, against torchvision's own functional kernel."""
    torch = pytest.importorskip("torch")
    v2 = pytest.importorskip("torchvision.transforms.v2")
    theirs = v2.RandAugment(interpolation=v2.InterpolationMode.BILINEAR)
    photo = torch.from_numpy(np.ascontiguousarray(PHOTO)).permute(2, 0, 1)
    inner = (slice(12, -12), slice(12, -12))  # torchvision weighs the fill twice at the edge
    for op, (strengths, signed) in v2.RandAugment._AUGMENTATION_SPACE.items():
        entry = TORCHVISION[ours(op)]
        levels = strengths(31, 64, 64)
        level = 0.0 if levels is None else float(levels[9])
        if op.startswith("Translate"):
            level = round(level)  # torchvision shifts by whole pixels
        for sign in (1, -1) if signed else (1,):
            want = theirs._apply_image_or_video_transform(photo, op, sign * level, theirs.interpolation, theirs._fill)
            node = entry.node([0.3], {}, {})
            if entry.field and signed:
                number = sign * entry.strength(0.3) + entry.neutral
                node = node.replace(**{entry.field: f"{sign * level}px" if op.startswith("Translate") else number})
            got = augment.apply(augment.Pipeline([node]), {"image": PHOTO})["image"]
            off = np.abs(got[inner].astype(int) - want.permute(1, 2, 0).numpy()[inner])
            assert off.max() <= 1, (op, sign, off.max())


def test_timm_has_its_fifteen_ops_and_strengths():
    share = 0.9  # rand-m9
    assert len(TIMM) == 15
    assert TIMM["posterize"].strength(share) == 4 - int(0.9 * 4)
    assert TIMM["solarize"].strength(share) * 255 == 256 - int(0.9 * 256)
    assert TIMM["solarize_add"].strength(share) * 255 == int(0.9 * 110)
    assert TIMM["brightness"].strength(share) == pytest.approx(0.81)
    assert TIMM["translate_x"].strength(share) == pytest.approx(0.405)


@pytest.mark.parametrize(
    ("policy", "strengths", "theirs"),
    [
        ("imagenet", "timm", "original"), ("v0", "timm", "v0"), ("imagenet", "timm_increasing", "originalr"),
        ("v0", "timm_increasing", "v0r"),
    ],
)  # fmt: skip
def test_the_pairs_and_strengths_of_timm(policy, strengths, theirs):
    """Each op of each pair, with the argument that timm's own functions make of its magnitude."""
    timm = pytest.importorskip("timm.data.auto_augment")
    pairs, table = timm.auto_augment_policy(theirs), TIMM_AUTO[strengths][policy]
    assert len(pairs) == len(SUBPOLICIES[policy]) == 25
    for pair, mine in zip(pairs, SUBPOLICIES[policy], strict=True):
        for op, (name, chance, level) in zip(pair, mine, strict=True):
            assert (ours(re.sub("Original|Increasing|Rel", "", op.name)), round(op.prob * 10)) == (name, chance)
            entry = table[name]
            if op.level_fn is None:
                assert not entry.field
                continue
            assert op.magnitude == level
            (want,), strength = op.level_fn(op.magnitude, op.hparams), entry.strength(level / 10) + entry.neutral
            match name:
                case "shear_x" | "shear_y":
                    strength = np.tan(np.deg2rad(strength))
                case "solarize":
                    strength, want = strength * 255, min(want, 255)
                case "solarize_add":
                    strength *= 255
                case "posterize":
                    want = max(1, want)
            assert abs(want) == pytest.approx(strength), op
            assert entry.signed == (name in ("shear_x", "shear_y", "translate_y", "rotate"))


def test_v0_is_what_the_code_of_efficientnet_lists():
    """Its first and last pairs, and the one with the largest magnitude, as the authors wrote them."""
    pairs = SUBPOLICIES["v0"]
    assert pairs[0] == (("equalize", 8, 0), ("shear_y", 8, 4))
    assert pairs[6] == (("equalize", 4, 0), ("solarize_add", 8, 3))
    assert pairs[22] == (("posterize", 8, 2), ("solarize", 6, 10))
    assert pairs[24] == (("saturation", 8, 6), ("rotate", 4, 5))


def test_pairs_that_a_library_does_not_have_are_refused():
    with pytest.raises(SpecError, match="torchvision has imagenet, cifar10, svhn; for v0 write table: timm"):
        ops.AutoAugment("v0")


@pytest.mark.parametrize("magnitude", [0, 10])
def test_the_ends_of_a_table_are_strengths(magnitude):
    assert ops.RandAugment(table="timm", magnitude=magnitude).expand()


def applied(program, index):
    values = program.values(index)
    return [leaf.op.name() for leaf in program.leaves if leaf.active(values)]


def test_every_sample_draws_its_ops_and_signs():
    program, counts, pairs, signs = lower(augment.Pipeline([ops.RandAugment()])), Counter(), set(), []
    for index in range(1500):
        drawn = applied(program, index)
        counts.update(drawn)
        pairs.add(tuple(drawn))
        assert len(drawn) <= 2
        values = program.values(index)
        signs += [values[leaf.key]["degrees"] for leaf in program.leaves if leaf.op.name() == "rotate" and leaf.active(values)]
    assert len(pairs) > 80
    share = 2 * 1500 / 14
    for name, count in counts.items():
        assert count == pytest.approx(share * (2 if name in ("shear", "translate") else 1), rel=0.25), name
    assert set(np.round(signs, 3)) == {-9.0, 9.0}
    assert np.mean(np.sign(signs)) == pytest.approx(0, abs=0.2)


def test_a_magnitude_that_varies_stays_within_its_table():
    op = ops.RandAugment(table="timm", magnitude=9.5, spread=2)
    (some,) = (part.node for part in op.expand())
    degrees = next(node.degrees for node in some.ops if node.name() == "rotate")
    low, high = degrees.support
    assert (low, high) == (-30, 30)
    assert len(set(map(abs, degrees.options))) > 15


def test_magnitudes_beyond_a_table_are_refused():
    with pytest.raises(SpecError, match="timm has magnitudes from 0 to 10, not 12"):
        ops.RandAugment(table="timm", magnitude=12)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda op: f"{op.name()}-{getattr(op, 'policy', '')}{getattr(op, 'table', '')}")
def test_batches_are_what_samples_are(policy):
    torch = pytest.importorskip("torch")
    spec, count = augment.Pipeline([policy]), 40
    want = np.stack([augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(count)]).astype(int)
    batch = np.stack([PHOTO] * count)
    torched = augment.compile(spec, "torchvision").at(range(count))({"image": torch.from_numpy(batch).permute(0, 3, 1, 2)})
    assert np.abs(torched["image"].permute(0, 2, 3, 1).numpy() - want).max() <= 1
    layer = augment.compile(spec, "keras", jit_compile=False)
    got = np.asarray(layer({"images": batch, "index": np.arange(count)}, training=True)["images"])
    assert np.abs(got - want).max() <= 1


def test_boxes_move_with_the_ops_that_move_pixels():
    spec, moved = augment.Pipeline([ops.RandAugment(n=3)]), 0
    sample = {"image": PHOTO, "boxes": np.array([[8.0, 10, 40, 44]]), "mask": (PHOTO[..., 0] > 99).astype(np.uint8)}
    for index in range(12):
        outs = [augment.apply(spec, sample, index=index, backend=name) for name in ("reference", "torchvision", "keras")]
        for out in outs[1:]:
            np.testing.assert_allclose(out["boxes"], outs[0]["boxes"], atol=0.01)
            assert (out["mask"] != outs[0]["mask"]).mean() < 0.002
        moved += not np.allclose(outs[0]["boxes"], sample["boxes"])
    assert moved > 4


def test_alternatives_are_done_at_once():
    """A graph runs few steps: of 50 ops of AutoAugment's pairs, and of RandAugment's lists."""
    steps = {op: len(lower(augment.Pipeline([op])).batch_steps) for op in (ops.AutoAugment(), ops.RandAugment())}
    assert steps[ops.AutoAugment()] < 20
    assert steps[ops.RandAugment()] <= 10


def test_alternatives_of_which_one_is_certain_are_batched():
    pytest.importorskip("keras")
    spec = augment.loads("pipeline: [one_of: [equalize: {p: 1}, equalize: {p: 0.5}]]")
    layer = augment.compile(spec, "keras", jit_compile=False)
    got = np.asarray(layer({"images": np.stack([PHOTO] * 8), "index": np.arange(8)}, training=True)["images"])
    want = np.stack([augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(8)])
    assert len({one.tobytes() for one in want}) == 2
    np.testing.assert_array_equal(got, want)


def test_it_is_written_and_read():
    text = "pipeline: [rand_augment: {n: 1, magnitude: 5, table: timm, spread: 0.5}, auto_augment: cifar10, three_augment: {}]"
    spec = augment.loads(text)
    assert augment.loads(augment.dumps(spec)) == spec


@pytest.mark.parametrize("strength", ["light", "medium", "heavy"])
def test_presets_keep_what_a_label_may_tell(strength):
    """No mirror image, no turn of the hue, the canvas as it was; and the stronger one changes more."""
    program = lower(augment.Pipeline([ops.Preset(strength)]))
    assert not {leaf.op.name() for leaf in program.leaves} & {"horizontal_flip", "vertical_flip", "hue", "transpose", "rotate90"}
    sample = {"image": PHOTO[..., :1], "keypoints": np.array([[10.0, 12], [50, 12], [50, 40]])}
    for index in range(30):
        out = augment.apply(program.pipeline, sample, index=index)
        assert out["image"].shape == sample["image"].shape
        if len(points := out["keypoints"]) == 3:
            (ax, ay), (bx, by) = points[1] - points[0], points[2] - points[1]
            assert ax * by - ay * bx > 0  # turns the same way round as before


def test_presets_are_weaker_and_stronger():
    def change(strength):
        spec = augment.Pipeline([ops.Preset(strength)])
        outs = [augment.apply(spec, {"image": PHOTO}, index=i)["image"].astype(float) for i in range(60)]
        return np.mean([np.abs(out - PHOTO).mean() for out in outs])

    assert change("light") < 0.8 * change("medium") < 0.8 * 0.8 * change("heavy")
