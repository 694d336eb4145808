"""torchvision's containers, policies, mixing, and what needs no op."""

from __future__ import annotations

from augment.native import form
from augment.native.remark import NoCounterpartError
from augment.native.tables.albumentations.crops import normalized
from augment.native.tables.torchvision.table import TABLE as torchvision
from augment.native.tables.torchvision.table import filled, interpolation


@torchvision("Compose Sequential", "sequence")
def compose(c, transforms=None):
    return c.all(c.children)


@torchvision(
    "RandomApply",
    "sequence",
    trap="p=0.5 unless it is said",
    examples=("RandomApply([GaussianBlur(kernel_size=23, sigma=(0.1, 2.0))], p=0.5)",),
)
def random_apply(c, transforms=None, p=0.5):
    return c.joined(c.all(c.children), form.number(p))


@torchvision("RandomChoice", "one_of", examples=("RandomChoice([RandomRotation(10), RandomGrayscale(p=1)])",))
def random_choice(c, transforms=None, p=None):
    made = [c.one(child) for child in c.children]
    if isinstance(p, list | tuple) and len(p) == len(made):
        made = [node.replace(weight=form.number(share)) for node, share in zip(made, p, strict=True) if share > 0]
    return c.op("one_of", ops=made) if made else None


@torchvision("RandomOrder", "sequence", examples=("RandomOrder([RandomGrayscale(p=1), RandomInvert(p=1)])",))
def random_order(c, transforms=None):
    return c.op("sequence", shuffle=True, ops=[c.one(child) for child in c.children]) if c.children else None


@torchvision(
    "ToTensor",
    "to_float",
    trap='normalize makes floats, too; compile(..., output="torch") gives tensors',
    examples=("ToTensor()",),
)
def to_tensor(c):
    return c.op("to_float")


@torchvision("ConvertImageDtype", "to_float")
def convert(c, dtype="torch.float32"):
    return _typed(c, dtype, True)


@torchvision(
    "ToDtype", "to_float", trap="without scale=True a float image is 0..255", examples=('ToDtype("torch.float32", scale=True)',)
)
def to_dtype(c, dtype, scale=False):
    return _typed(c, dtype, scale)


def _typed(c, dtype, scale):
    if isinstance(dtype, dict):
        dtype = next((v for name, v in dtype.items() if "Image" in str(name) or "others" in str(name)), "float32")
    name = str(dtype).rpartition(".")[2]
    if name not in ("float", "float32"):
        c.differs(f"{name} comes out there; float32, or the type of the image, here")
        return None
    if not scale:
        c.differs("scale=False keeps 0..255 as floats; here floats are 0..1")
    return c.op("to_float")


@torchvision(
    "ToImage ToImageTensor PILToTensor ToPILImage ToPureTensor ToTVTensor ClampBoundingBoxes ClampKeyPoints",
    trap="images come out as they came in, boxes are always clamped",
)
def form_only(c, mode=None, clamping_mode="auto"):
    return None


@torchvision("SanitizeBoundingBoxes SanitizeBoundingBox", trap="boxes that are left too small are dropped as targets.boxes says")
def sanitize(c, min_size=1.0, min_area=1.0, labels_getter="default"):
    area = max(form.number(min_area), form.number(min_size) ** 2)
    if area > 1:
        c.differs(
            f"boxes of less than min_size={min_size} a side or min_area={min_area}: say targets: "
            f"{{boxes: {{kind: boxes, min_area: {area:g}px}}}}"
        )
    else:
        c.note("boxes without area are always dropped here, with their labels")


@torchvision("SanitizeKeyPoints")
def sanitize_points(c, labels_getter=None):
    c.note("keypoints that leave the image are dropped here, unless targets say invisible: keep")


@torchvision("ConvertBoundingBoxFormat")
def box_format(c, format):  # noqa: A002  # the name that it has there
    c.note("formats of boxes are declared, targets: {boxes: {kind: boxes, format: ...}}")


@torchvision("Identity", "identity")
def identity(c):
    return c.op("identity")


@torchvision("Lambda")
def function(c, lambd=None, *types):
    from augment.native.reading import OWN

    raise NoCounterpartError(f"a function is {OWN}")


@torchvision("Normalize", "normalize", examples=("Normalize(mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))",))
def normalize(c, mean, std, inplace=False):
    return normalized(c, mean, std)


@torchvision("MixUp", "mixup", trap="one lambda for the whole batch there", examples=("MixUp(alpha=0.2, num_classes=10)",))
def mixup(c, alpha=1.0, num_classes=None, labels_getter="default"):
    c.differs("one lambda for the whole batch, and each image with the one before it there; here each sample draws both")
    return c.op("mixup", alpha=form.number(alpha))


@torchvision("CutMix", "cutmix", trap="one box for the whole batch there", examples=("CutMix(alpha=1.0, num_classes=10)",))
def cutmix(c, alpha=1.0, num_classes=None, labels_getter="default"):
    c.differs("one box for the whole batch, and each image with the one before it there; here each sample draws both")
    return c.op("cutmix", alpha=form.number(alpha))


@torchvision(
    "RandAugment",
    "rand_augment",
    trap="nearest interpolation unless it is said",
    examples=("RandAugment(num_ops=2, magnitude=9)",),
)
def rand_augment(c, num_ops=2, magnitude=9, num_magnitude_bins=31, interpolation="nearest", fill=None):
    at = form.number(magnitude) * 30 / (form.whole(num_magnitude_bins) - 1)
    return c.op("rand_augment", n=form.whole(num_ops), magnitude=form.tidy(at), **_policy(c, "rand_augment", interpolation, fill))


@torchvision("AutoAugment", "auto_augment", examples=('AutoAugment("AutoAugmentPolicy.IMAGENET")',))
def auto_augment(c, policy="imagenet", interpolation="nearest", fill=None):
    name = str(policy).rpartition(".")[2].lower()
    how = _policy(c, "auto_augment", interpolation, fill, shifts=name != "imagenet")
    return c.op("auto_augment", policy=name, **how)


@torchvision("TrivialAugmentWide", "trivial_augment_wide", examples=("TrivialAugmentWide()",))
def trivial_augment(c, num_magnitude_bins=31, interpolation="nearest", fill=None):
    if form.whole(num_magnitude_bins) != 31:
        c.differs(f"num_magnitude_bins={num_magnitude_bins}: 31 here")
    return c.op("trivial_augment_wide", **_policy(c, "trivial_augment_wide", interpolation, fill))


@torchvision("AugMix", "aug_mix", examples=("AugMix(severity=3)",))
def aug_mix(
    c, severity=3, mixture_width=3, chain_depth=-1, alpha=1.0, all_ops=True, interpolation="bilinear", fill=None
):  # fmt: skip
    counts = {"severity": form.whole(severity), "width": form.whole(mixture_width), "alpha": form.number(alpha)}
    if form.whole(chain_depth) > 0:
        c.differs(f"chain_depth={chain_depth} ops in each chain there, one to so many here")
        counts["depth"] = form.whole(chain_depth)
    kept = {} if all_ops else {"all_ops": False}
    return c.op("aug_mix", **counts, **kept, **_policy(c, "aug_mix", interpolation, fill))


def _policy(c, op, way, fill, shifts=True):
    if shifts:
        c.note("shifts are cut to whole pixels there, and not here: less than one pixel")
    fields = {"interpolation": interpolation(c, op, way) if c.known(op, "interpolation") else None, "fill": filled(c, fill)}
    return {name: found for name, found in fields.items() if found is not None and c.known(op, name)}


torchvision.refuse(
    "LinearTransformation", "it whitens by a matrix over all pixels of an image, which no op here is: put it behind"
)
torchvision.refuse(
    "UniformTemporalSubsample", "it chooses frames of a video: choose them where the video is read; frames here get one draw"
)


@torchvision("SetClampingMode")
def clamping(c, clamping_mode):
    c.note("boxes that leave the image are always clamped here")
