"""torchvision's colours, blur and noise."""

from __future__ import annotations

from augment.native import form
from augment.native.tables.albumentations.colour import jittered
from augment.native.tables.albumentations.filters import cut
from augment.native.tables.torchvision.table import TABLE as torchvision
from augment.native.tables.torchvision.table import levels


@torchvision(
    "ColorJitter",
    "color_jitter",
    trap="hue=0.1 is a tenth of the circle either way, ±36 degrees",
    examples=("ColorJitter(brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1)",),
)
def color_jitter(c, brightness=None, contrast=None, saturation=None, hue=None):
    brightness, contrast, saturation, hue = (0 if x is None else x for x in (brightness, contrast, saturation, hue))
    return jittered(c, brightness, contrast, saturation, hue, 1)


@torchvision(
    "RandomPhotometricDistort", "photometric_distort", trap="p is that of each part", examples=("RandomPhotometricDistort()",)
)
def photometric(c, brightness=(0.875, 1.125), contrast=(0.5, 1.5), saturation=(0.5, 1.5), hue=(-0.05, 0.05), p=0.5):
    turn = form.each(form.pair(hue), lambda x: 360 * x)
    fields = {
        "brightness": form.value(form.pair(brightness)),
        "contrast": form.value(form.pair(contrast)),
        "saturation": form.value(form.pair(saturation)),
        "hue": form.value(turn),
    }
    if c.known("photometric_distort", *fields):
        return c.op("photometric_distort", **fields, **({"each": p} if c.known("photometric_distort", "each") else {}))
    late = [c.op("contrast", factor=fields["contrast"], p=p)]
    early = [c.op("brightness", factor=fields["brightness"], p=p)]
    middle = [c.op("saturation", factor=fields["saturation"], p=p), c.op("hue", degrees=fields["hue"], p=p)]
    swap = (
        c.op("sequence", p=p, ops=[*(c.op(x, p=1) for x in ("channel_shuffle",) if c.known(x))])
        if c.known("channel_shuffle")
        else None
    )
    if swap is None:
        c.differs("it permutes the channels as well")
    order = c.op("one_of", ops=[c.op("sequence", ops=[*late, *middle]), c.op("sequence", ops=[*middle, *late])])
    return [*early, order, swap]


@torchvision("RandomGrayscale", "grayscale", trap="p=0.1 unless it is said", examples=("RandomGrayscale(p=0.2)",))
def random_grayscale(c, p=0.1):
    return c.op("grayscale", p=p)


@torchvision("Grayscale", "grayscale")
def grayscale(c, num_output_channels=1):
    if num_output_channels != 3:
        c.differs(f"{num_output_channels} channel comes out there; here as many as there were, all alike")
    return c.op("grayscale", p=1)


@torchvision("RGB")
def rgb(c):
    c.note("a grey image keeps its one channel here")


@torchvision("RandomChannelPermutation", "channel_shuffle")
def permutation(c):
    return c.op("channel_shuffle", p=1)


@torchvision("RandomInvert", "invert", examples=("RandomInvert(p=0.1)",))
def invert(c, p=0.5):
    return c.op("invert", p=p)


@torchvision(
    "RandomSolarize",
    "solarize",
    trap="threshold is a level of 255, or a fraction for floats",
    examples=("RandomSolarize(threshold=128, p=0.2)",),
)
def solarize(c, threshold, p=0.5):
    return c.op("solarize", threshold=levels(c, threshold), p=p)


@torchvision("RandomPosterize", "posterize", examples=("RandomPosterize(bits=4, p=0.2)",))
def posterize(c, bits, p=0.5):
    return c.op("posterize", bits=form.whole(bits), p=p)


@torchvision("RandomEqualize", "equalize", examples=("RandomEqualize(p=0.2)",))
def equalize(c, p=0.5):
    return c.op("equalize", p=p)


@torchvision("RandomAutocontrast", "auto_contrast", examples=("RandomAutocontrast(p=0.2)",))
def auto_contrast(c, p=0.5):
    return c.op("auto_contrast", p=p)


@torchvision(
    "RandomAdjustSharpness",
    "sharpness",
    trap="1 changes nothing, 0 is smooth",
    examples=("RandomAdjustSharpness(sharpness_factor=2, p=0.5)",),
)
def sharpness(c, sharpness_factor, p=0.5):
    return c.op("sharpness", factor=form.number(sharpness_factor), p=p)


@torchvision(
    "GaussianBlur",
    "gaussian_blur",
    trap="a small kernel cuts sigma off: kernel_size=3 with sigma=2 blurs as 0.8 does, without size",
    examples=("GaussianBlur(kernel_size=23, sigma=(0.1, 2.0))", "GaussianBlur(kernel_size=3)"),
)
def gaussian_blur(c, kernel_size, sigma=(0.1, 2.0)):
    sizes = [form.whole(k) for k in kernel_size] if isinstance(kernel_size, list | tuple) else [form.whole(kernel_size)]
    if len(set(sizes)) > 1:
        c.differs(f"the kernel is {sizes[0]} wide and {sizes[-1]} high there; here {min(sizes)} in both")
    return cut(c, [min(sizes)], form.pair(sigma), 1)


@torchvision("GaussianNoise", "gaussian_noise", examples=("GaussianNoise(sigma=0.05)",))
def gaussian_noise(c, mean=0.0, sigma=0.1, clip=True):
    if not clip:
        c.differs("clip=False leaves 0..1; here all stays within")
    return c.op("gaussian_noise", std=form.number(sigma), mean=form.number(mean) or None)


@torchvision("JPEG", "jpeg", examples=("JPEG((50, 100))",))
def jpeg(c, quality):
    return c.op("jpeg", quality=form.value(form.pair(quality)))
