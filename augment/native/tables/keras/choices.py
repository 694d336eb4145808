"""Keras' containers, policies, mixing, and what stands at the end."""

from __future__ import annotations

from augment.native import form
from augment.native.tables.albumentations.crops import normalized
from augment.native.tables.keras.table import TABLE as keras


@keras("Sequential Pipeline Augmenter", "sequence")
def sequential(c, layers=None):
    return c.all(c.children)


@keras("RandomApply MaybeApply", "sequence", trap="of keras_cv", examples=("RandomApply([RandomGrayscale(1.0)], rate=0.7)",))
def random_apply(c, layer=None, rate=0.5, batchwise=False, auto_vectorize=False):
    return c.joined(c.all(c.children), form.number(rate))


@keras("RandomChoice", "one_of", trap="of keras_cv")
def random_choice(c, layers=None, batchwise=False, auto_vectorize=False):
    return c.op("one_of", ops=[c.one(child) for child in c.children]) if c.children else None


@keras("RandomAugmentationPipeline", "some_of", trap="of keras_cv")
def pipeline(c, layers=None, augmentations_per_image=1, rate=1.0, auto_vectorize=False):
    c.note("ops are chosen with replacement")
    made = [c.one(child) for child in c.children]
    return (
        c.op("some_of", n=form.whole(augmentations_per_image), replacement=True, ops=made, p=form.number(rate)) if made else None
    )


@keras(
    "Rescaling", "to_float", trap="floats are 0 to 1 here anyway", examples=("Rescaling(1/255)", "Rescaling(1/127.5, offset=-1)")
)
def rescaling(c, scale, offset=0.0):
    by, add = (
        form.number(scale) if not isinstance(scale, list | tuple) else None,
        form.number(offset) if not isinstance(offset, list | tuple) else None,
    )
    if by is None or add is None:
        return c.op(
            "normalize",
            mean=[form.tidy(-b / s / 255) for s, b in zip(scale, offset, strict=True)],
            std=[form.tidy(1 / s / 255) for s in scale],
        )
    full = by * 255 if by < 0.1 else by
    if abs(full - 1) < 1e-6 and add == 0:
        return c.op("to_float")
    c.note("in the units of [0, 1] images" if by >= 0.1 else "of images of 0 to 255")
    return c.op("normalize", mean=form.tidy(round(-add / full, 10)), std=form.tidy(round(1 / full, 10)))


@keras("Normalization", "normalize", "to_float", trap="its numbers are mean and variance; adapt() measures them")
def normalization(c, axis=-1, mean=None, variance=None, invert=False):
    if mean is None or variance is None:
        c.differs(
            "adapt() measures its mean and variance, which are not in this: write normalize: {mean: .., std: ..}; here "
            "images stay in [0, 1]"
        )
        return c.op("to_float")
    means, variances = (list(x) if isinstance(x, list | tuple) else [x] for x in (mean, variance))
    full = 255 if max(map(abs, map(form.number, means))) > 2 else 1
    return normalized(c, [form.tidy(m / full) for m in means], [form.tidy(round(v**0.5 / full, 8)) for v in variances])


@keras("Dropout SpatialDropout2D Input InputLayer Identity")
def needless(c, rate=0.0, shape=None, noise_shape=None, tensor=None, sparse=None, ragged=None, optional=None):
    if rate:
        c.differs("a regulariser that belongs to the model: leave it there")


@keras("Lambda")
def function(c, function=None, output_shape=None, mask=None, arguments=None):
    from augment.native.reading import OWN
    from augment.native.remark import NoCounterpartError

    raise NoCounterpartError(f"a function is {OWN}")


@keras("MixUp", "mixup", examples=("MixUp(alpha=0.2)",))
def mixup(c, alpha=0.2):
    return c.op("mixup", alpha=form.number(alpha))


@keras("CutMix", "cutmix", trap="factor is the alpha")
def cutmix(c, factor=1.0, alpha=None):
    value = form.pair(factor)[1] if alpha is None else form.number(alpha)
    c.note("the alpha of Beta is drawn for each batch from 0 to factor there" if alpha is None else "of keras_cv")
    return c.op("cutmix", alpha=value)


@keras("RandAugment", "rand_augment", trap="its operations are chosen once for a batch; turns only one way, contrast only up")
def rand_augment(
    c, value_range=(0, 255), num_ops=2, factor=0.5, interpolation="bilinear", augmentations_per_image=None, magnitude=None,
    magnitude_stddev=None, rate=None, geometric=True,
):  # fmt: skip
    if not geometric:
        c.differs("geometric=False leaves turns and shears out there; here they take part")
    strength = form.number(magnitude if magnitude is not None else form.pair(factor)[1])
    c.differs(
        "its own tables of strengths, drawn up to factor; here the magnitudes of torchvision, at the same share of the table"
    )
    return c.op("rand_augment", n=form.whole(augmentations_per_image or num_ops), magnitude=max(0, min(30, round(30 * strength))))


@keras("AugMix", "aug_mix", trap="its operations are chosen once, when it is traced")
def aug_mix(c, value_range=(0, 255), num_chains=3, chain_depth=3, factor=0.3, alpha=1.0, all_ops=True, interpolation="bilinear"):
    c.differs("its operations are chosen once there, for each sample here; strengths are torchvision's")
    depth = form.pair(chain_depth)[1]
    return c.op(
        "aug_mix",
        severity=max(1, min(10, round(10 * form.pair(factor)[1]))),
        width=form.whole(num_chains),
        depth=form.whole(depth),
        alpha=form.number(alpha),
        all_ops=None if all_ops else False,
    )


@keras("MaxNumBoundingBoxes")
def max_boxes(c, max_number, fill_value=-1):
    c.note("boxes are padded with label -1 as the batch needs it")


keras.refuse(
    "CategoryEncoding Discretization HashedCrossing Hashing IntegerLookup StringLookup TextVectorization FeatureSpace",
    "it encodes features and labels, and augments nothing: leave it in front of the model; targets: {labels: {kind: labels, "
    "classes: 10}} makes rows of class numbers",
)
keras.refuse(
    "MelSpectrogram STFTSpectrogram", "it makes spectrograms of sounds, and augments nothing: leave it in front of the model"
)
