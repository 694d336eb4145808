"""A blend: versions of an image made beside each other, weighed by draws that sum to 1."""

import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.ops.kinds import Branch
from augment.program.lower import lower

PHOTO = data.astronaut()[::8, ::8]
VERSIONS = [ops.Brightness(factor=0.5), ops.Sequence([ops.Invert(p=1), ops.Gamma(gamma=2)]), ops.HorizontalFlip(p=1)]


def weights_of(program, index):
    leaf = next(leaf for leaf in program.leaves if isinstance(leaf.op, Branch))
    return [float(weight) for weight in leaf.op.weights(program.values(index)[leaf.key])]


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_a_blend_is_the_weighed_sum_of_its_versions(backend):
    spec = augment.Pipeline([ops.Blend(VERSIONS, share=(0.2, 0.9))])
    photo = PHOTO / np.float32(255)
    versions = [photo, photo * 0.5, (1 - photo) ** 2, photo[:, ::-1]]
    for index in range(4):
        weights = weights_of(lower(spec), index)
        want = sum(weight * version for weight, version in zip(weights, versions, strict=True))
        got = augment.apply(spec, {"image": photo}, index=index, backend=backend)["image"]
        assert sum(weights) == pytest.approx(1, abs=1e-6)
        assert np.abs(got - want).max() < 1.5 / 255


@pytest.mark.parametrize(("alpha", "count"), [(1.0, 3), (0.4, 2), (5.0, 4)])
def test_weights_are_those_of_a_dirichlet_distribution(alpha, count):
    program = lower(augment.Pipeline([ops.Blend([ops.Invert(p=1)] * count, alpha=alpha)]))
    drawn = np.array([weights_of(program, i) for i in range(4000)])[:, 1:]
    np.testing.assert_allclose(drawn.sum(1), 1, atol=1e-6)
    np.testing.assert_allclose(drawn.mean(0), 1 / count, atol=0.02)
    want = (count - 1) / (count**2 * (count * alpha + 1))
    np.testing.assert_allclose(drawn.var(0), want, rtol=0.12)


def test_batches_and_gates():
    torch = pytest.importorskip("torch")
    chain = ops.SomeOf([ops.Rotate(degrees=(-20, 20)), ops.Posterize(bits=3), ops.Invert()], n=(1, 2), replacement=True)
    spec = augment.Pipeline([ops.OneOf([ops.Blend([chain, ops.Blend([chain, ops.Invert(p=1)])]), ops.Equalize()], p=0.8)])
    count = 16
    want = np.stack([augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(count)]).astype(int)
    batch = np.stack([PHOTO] * count)
    torched = augment.compile(spec, "torchvision").at(range(count))({"image": torch.from_numpy(batch).permute(0, 3, 1, 2)})
    assert np.abs(torched["image"].permute(0, 2, 3, 1).numpy() - want).max() <= 2
    layer = augment.compile(spec, "keras", jit_compile=False)
    got = np.asarray(layer({"images": batch, "index": np.arange(count)}, training=True)["images"])
    assert np.abs(got - want).max() <= 2
    assert len({tuple(image.ravel()) for image in want}) > count // 3


def test_masks_stay_unless_versions_move():
    mask = (PHOTO[..., 0] > 99).astype(np.uint8)
    still = augment.Pipeline([ops.Blend([ops.Invert(p=1), ops.Brightness(factor=0.5)])])
    for backend in ("reference", "torchvision", "keras"):
        out = augment.apply(still, {"image": PHOTO, "mask": mask}, backend=backend)
        np.testing.assert_array_equal(out["mask"], mask)
        with pytest.raises(SampleError, match="has no one place"):
            augment.apply(augment.Pipeline([ops.Blend(VERSIONS)]), {"image": PHOTO, "mask": mask}, backend=backend)


def test_what_a_branch_cannot_hold():
    for wrong in (ops.Resize(size=20), ops.Mixup(alpha=1), ops.Normalize("imagenet"), ops.SwapWords(rate=0.1)):
        with pytest.raises(SpecError, match=f"cannot hold {wrong.name()}"):
            lower(augment.Pipeline([ops.Blend([wrong, ops.Invert(p=1)])]))


def test_at_inference_the_image_stays():
    spec = augment.Pipeline([ops.AugMix()])
    np.testing.assert_array_equal(augment.apply(spec, {"image": PHOTO}, stage="eval")["image"], PHOTO)


def test_aug_mix_has_the_ops_and_strengths_of_torchvision():
    v2 = pytest.importorskip("torchvision.transforms.v2")
    from augment.ops.auto.tables import MIXED, PURE
    from tests.core.test_searched_policies import ours

    assert {ours(op) for op in v2.AugMix._PARTIAL_AUGMENTATION_SPACE} == set(PURE)
    for op, (strengths, signed) in v2.AugMix._AUGMENTATION_SPACE.items():
        entry, want = MIXED[ours(op)], strengths(10, 300, 300)
        assert entry.signed == signed
        for i in range(10) if want is not None else ():
            strength = entry.strength(i / 9)
            strength = np.tan(np.deg2rad(strength)) if op.startswith("Shear") else strength
            strength = strength * 300 if op.startswith("Translate") else strength
            assert strength == pytest.approx(max(1, float(want[i])) if op == "Posterize" else float(want[i]), abs=1e-5)


def test_a_blend_is_written_read_and_explained():
    text = "pipeline: [blend: {share: {beta: [1, 1]}, ops: [invert: {p: 1}, posterize: 3]}, aug_mix: {width: 2}]"
    spec = augment.loads(text)
    assert augment.loads(augment.dumps(spec)) == spec
    said = augment.compile(spec).explain()
    assert "blend" in said and "aug_mix" in said
    assert repr(augment.compile(spec))
