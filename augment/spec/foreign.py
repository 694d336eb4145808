"""What ops of other libraries are called here, for those who type the name that they know."""

from __future__ import annotations

from collections.abc import Container

# Names without capitals and underscores -> our ops, the nearest first.
OURS: dict[str, tuple[str, ...]] = {
    # Albumentations
    "hflip": ("horizontal_flip",),
    "vflip": ("vertical_flip",),
    "flip": ("horizontal_flip", "vertical_flip"),
    "d4": ("rotate90", "transpose"),
    "randomrotate90": ("rotate90",),
    "saferotate": ("rotate",),
    "shiftscalerotate": ("affine",),
    "randomscale": ("scale",),
    "randombrightnesscontrast": ("color_jitter", "brightness", "contrast"),
    "brightnesscontrast": ("color_jitter", "brightness", "contrast"),
    "huesaturationvalue": ("color_jitter", "hue", "saturation"),
    "randomgamma": ("gamma",),
    "randomtonecurve": ("gamma",),
    "togray": ("grayscale",),
    "tograyscale": ("grayscale",),
    "invertimg": ("invert",),
    "gaussnoise": ("gaussian_noise",),
    "additivenoise": ("gaussian_noise",),
    "blur": ("gaussian_blur", "motion_blur"),
    "cutout": ("coarse_dropout", "random_erasing"),
    "erasing": ("random_erasing", "coarse_dropout"),
    "elastictransform": ("elastic",),
    "smallestmaxsize": ("resize",),
    "longestmaxsize": ("resize",),
    "padifneeded": ("pad",),
    "letterbox": ("resize", "pad"),
    "randomsizedcrop": ("random_resized_crop",),
    "noop": ("identity",),
    "compose": ("sequence",),
    "sequential": ("sequence",),
    "someof": ("some_of",),
    "oneof": ("one_of",),
    # torchvision
    "randomhorizontalflip": ("horizontal_flip",),
    "randomverticalflip": ("vertical_flip",),
    "randomrotation": ("rotate",),
    "randomaffine": ("affine",),
    "randomperspective": ("perspective",),
    "randomzoomout": ("pad", "scale"),
    "randomgrayscale": ("grayscale",),
    "randominvert": ("invert",),
    "randomposterize": ("posterize",),
    "randomsolarize": ("solarize",),
    "randomadjustsharpness": ("sharpen", "gaussian_blur"),
    "randomautocontrast": ("auto_contrast",),
    "randomequalize": ("equalize",),
    "randomchoice": ("one_of",),
    "randomapply": ("sequence",),
    "colourjitter": ("color_jitter",),
    "todtype": ("to_float",),
    "convertimagedtype": ("to_float",),
    # Keras
    "randomflip": ("horizontal_flip", "vertical_flip"),
    "randomtranslation": ("translate",),
    "randomzoom": ("scale",),
    "randomshear": ("shear",),
    "randombrightness": ("brightness",),
    "randomcontrast": ("contrast",),
    "randomsaturation": ("saturation",),
    "randomhue": ("hue",),
    "randomcolorjitter": ("color_jitter",),
    "randomcolordegeneration": ("saturation",),
    "randomsharpness": ("sharpen",),
    "randomgaussianblur": ("gaussian_blur",),
    "randomelastictransform": ("elastic",),
    "rescaling": ("to_float", "normalize"),
    "normalization": ("normalize",),
    "rescale": ("to_float", "normalize"),
}
# What needs no op at all.
NEEDLESS: dict[str, str] = {
    "totensorv2": 'compile(..., output="torch") gives tensors',
    "totensor": 'to_float, or compile(..., output="torch"), does that',
    "toimage": "images come out as they came in",
    "topilimage": "images come out as they came in",
    "lambda": "plain functions go beside the compiled object, in the library's own container",
}


def foreign_hint(name: str, known: Container[str]) -> str:
    """Return ``; that is 'rotate' here`` for an op of another library, or an empty string."""
    key = name[:60].replace("_", "").lower()
    if key in NEEDLESS:
        return f"; it is not needed: {NEEDLESS[key]}"
    ours = [op for op in OURS.get(key, ()) if op in known]
    return f"; that is {' or '.join(map(repr, ours))} here" if ours else ""
