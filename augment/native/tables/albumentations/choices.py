"""Albumentations' containers, and what needs no op."""

from __future__ import annotations

from augment.native import form
from augment.native.remark import NoCounterpartError
from augment.native.tables.albumentations.table import TABLE as albumentations


@albumentations("Compose ReplayCompose", "sequence", examples=("Compose([HorizontalFlip(p=1), RandomRotate90(p=1)], p=0.8)",))
def compose(
    c, transforms=None, bbox_params=None, keypoint_params=None, additional_targets=None, p=1.0, is_check_shapes=True,
    strict=False,
    mask_interpolation=None, seed=None, save_applied_params=False, save_key="replay",
):  # fmt: skip
    for name, given in (
        ("bbox_params", bbox_params),
        ("keypoint_params", keypoint_params),
        ("additional_targets", additional_targets),
    ):
        if given:
            c.differs(f"{name} of an inner Compose: say it once, in targets")
    return c.joined(c.all(c.children), p)


@albumentations("Sequential", "sequence", trap="p=0.5 unless it is said", examples=("Sequential([HorizontalFlip(p=1)], p=0.5)",))
def sequential(c, transforms=None, p=0.5):
    return c.joined(c.all(c.children), p)


@albumentations(
    "OneOf",
    "one_of",
    trap="the p of the children are weights, and the chosen one is always applied; p=0.5 of the whole unless it is said",
    examples=("OneOf([HorizontalFlip(p=0.5), VerticalFlip(p=1)], p=1)",),
)
def one_of(c, transforms=None, p=0.5):
    chosen = [(child, c.default(child, "p")) for child in c.children]
    weights = [0.5 if p_ is None else form.number(p_) for _, p_ in chosen]
    live = [(child, weight) for (child, _), weight in zip(chosen, weights, strict=True) if weight > 0]
    if not live:
        return None
    # the chosen one is applied without asking for its own p, but for SomeOf and RandomOrder, which ask again
    made = [c.one(child, **({} if child.name in ("SomeOf", "RandomOrder") else {"p": 1.0})) for child, _ in live]
    apart = len({weight for _, weight in live}) > 1
    made = [node.replace(weight=weight) if apart else node for node, (_, weight) in zip(made, live, strict=True)]
    return c.op("one_of", p=p, ops=made)


@albumentations("OneOrOther", "one_of", trap="the first with p, else the last")
def one_or_other(c, first=None, second=None, transforms=None, p=0.5):
    if not c.children:
        return None
    ends = (c.children[0], c.children[-1])
    made = [c.one(child, p=1.0) for child in ends]
    shares = (form.number(p), 1 - form.number(p))
    weighed = [node.replace(weight=share) for node, share in zip(made, shares, strict=True) if share > 0]
    return c.op("one_of", ops=weighed)


@albumentations(
    "SomeOf",
    "some_of",
    trap="each is chosen alike, whatever its p, and then applied with its p",
    examples=("SomeOf([HorizontalFlip(p=0.5), VerticalFlip(p=1)], n=1)",),
)
def some_of(c, transforms=None, n=1, replace=False, p=1):
    count = form.whole(n) if replace else min(form.whole(n), len(c.children))
    if replace:
        c.differs("with replace=True they run in the order of the list there, in the order that is drawn here")
    made = [c.one(child) for child in c.children]
    return c.op("some_of", n=count, replacement=True if replace else None, ops=made, p=p)


@albumentations("SomeOf", "some_of", era="1", trap="1.x: n are chosen with the p of the children as weights, and always applied")
def some_of_1(c, transforms=None, n=1, replace=True, p=1):
    weights = [c.default(child, "p") for child in c.children]
    made = [c.one(child, p=1.0) for child in c.children]
    if len(set(weights)) > 1:
        c.differs("the p of the children are weights of a choice without replacement there; here each is as likely")
    return c.op(
        "some_of",
        n=form.whole(n) if replace else min(form.whole(n), len(made)),
        replacement=True if replace else None,
        ops=made,
        p=p,
    )


@albumentations("RandomOrder", "some_of", "sequence")
def random_order(c, transforms=None, n=1, replace=False, p=1):
    made = [c.one(child) for child in c.children]
    if form.whole(n) >= len(made) and not replace:
        return c.op("sequence", shuffle=True, ops=made, p=p)
    c.differs("the order is drawn there; here they run as they are written")
    return c.op("some_of", n=form.whole(n), replacement=True if replace else None, ops=made, p=p)


@albumentations("SelectiveChannelTransform", "sequence")
def selective(c, transforms=None, channels=(0, 1, 2), p=1.0):
    made = []
    for node in c.all(c.children):
        if "channels" in type(node).model_fields:
            made.append(node.replace(channels=list(channels)))
        else:
            c.differs(f"{node.name()} changes all channels here")
            made.append(node)
    return c.joined(made, p)


@albumentations("NoOp", "identity", examples=("NoOp()",))
def no_op(c, p=0.5):
    return c.op("identity") if p else None


@albumentations("ToTensorV2 ToTensor", trap='compile(spec, ..., output="torch") gives tensors', examples=("ToTensorV2()",))
def to_tensor(c, transpose_mask=False, p=1.0, num_classes=1, sigmoid=True, normalize=None):
    return None


@albumentations("Lambda")
def function(c, image=None, mask=None, keypoints=None, bboxes=None, name=None, p=1.0, **more):
    from augment.native.reading import OWN

    raise NoCounterpartError(f"a function is {OWN}")


albumentations.refuse(
    "CenterCrop3D CoarseDropout3D CubicSymmetry Pad3D PadIfNeeded3D RandomCrop3D ToTensor3D",
    "a volume is a target of the kind frames here, whose slices all get one draw; nothing is drawn along its depth",
)
albumentations.refuse(
    "FDA HistogramMatching PixelDistributionAdaptation",
    "it gives an image the colours of another one that comes with the sample; there is no op that adapts to a second image",
)
albumentations.refuse(
    "OverlayElements",
    "what it pastes comes with each sample, in overlay_metadata; copy_paste takes objects from other samples",
)
albumentations.refuse(
    "TextImage", "it prints text with a font of yours, from metadata of the sample; there is no op that writes into an image"
)
