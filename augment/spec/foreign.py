"""What ops and fields of other libraries are called here, for those who type the name that they know."""

from __future__ import annotations

from collections.abc import Container

from pydantic import BaseModel

from augment.sample import ALIASES
from augment.spec.fields import declared
from augment.spec.node import op_name
from augment.values import Quantity

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
    # nlpaug
    "keyboardaug": ("typo_characters",),
    "ocraug": ("ocr_characters",),
    "randomcharaug": ("insert_characters", "substitute_characters", "swap_characters", "delete_characters"),
    "randomwordaug": ("swap_words", "delete_words", "crop_words", "mask_words"),
    "synonymaug": ("replace_synonyms",),
    "antonymaug": ("replace_antonyms",),
    "spellingaug": ("misspell_words",),
    "splitaug": ("split_words",),
    "reservedaug": ("replace_reserved",),
    "tfidfaug": ("replace_uninformative_words",),
    "wordembsaug": ("replace_similar_words",),
    "contextualwordembsaug": ("predict_words", "insert_predicted_words"),
    "backtranslationaug": ("back_translate",),
    "randomsentaug": ("shuffle_sentences",),
    # EDA, textaugment and TextAttack
    "typo": ("typo_characters",),
    "typos": ("typo_characters",),
    "synonymreplacement": ("replace_synonyms",),
    "synonyms": ("replace_synonyms",),
    "wordnet": ("replace_synonyms",),
    "randomswap": ("swap_words",),
    "randomdeletion": ("delete_words",),
    "randominsertion": ("insert_synonyms",),
    "word2vec": ("replace_similar_words",),
    "fasttext": ("replace_similar_words",),
    "easydataaugmentation": ("eda",),
    "backtranslation": ("back_translate",),
    "wordswapqwerty": ("typo_characters",),
    "wordswapneighboringcharacterswap": ("swap_characters",),
    "wordswaphomoglyphswap": ("replace_homoglyphs",),
    "wordswapembedding": ("replace_similar_words",),
    "wordswapwordnet": ("replace_synonyms",),
    "wordswapmaskedlm": ("predict_words",),
    "wordswapcontract": ("contract_words",),
    "wordswapextend": ("expand_words",),
    "wordinsertionmaskedlm": ("insert_predicted_words",),
    "worddeletion": ("delete_words",),
}
# What needs no op, and no field, at all.
NEEDLESS: dict[str, str] = {
    "totensorv2": 'compile(..., output="torch") gives tensors',
    "totensor": 'to_float, or compile(..., output="torch"), does that',
    "toimage": "images come out as they came in",
    "topilimage": "images come out as they came in",
    "valuerange": "it is known from the type of the image, or given to compile for the keras backend",
    "maxpixelvalue": "mean and std are fractions of full scale",
    "seed": "one seed stands at the top of the spec, and every op draws its own numbers from it",
    "dtype": "images keep theirs, until to_float or normalize",
    "lambda": "plain functions go beside the compiled object, in the library's own container",
}


# Names of fields -> ours, the nearest first, of which an op has some; + joins two that share what one name says there.
FIELDS: dict[str, tuple[str, ...]] = {
    # what every op has
    "prob": ("p",),
    "probability": ("p",),
    "rate": ("p",),
    "always_apply": ("p",),
    "apply_to": ("on",),
    # geometry
    "angle": ("degrees", "rotate"),
    "angle_range": ("degrees", "rotate"),
    "theta": ("degrees", "rotate"),
    "radians": ("degrees", "rotate"),
    "rotation": ("degrees", "rotate"),
    "rotation_range": ("degrees", "rotate"),
    "rotate_limit": ("degrees", "rotate"),
    "limit": ("degrees", "factor"),
    "degrees": ("rotate",),
    "k": ("turns",),
    "times": ("turns", "n"),
    "scale": ("area", "factor", "distortion", "max"),
    "scale_limit": ("scale", "factor"),
    "scale_range": ("scale", "factor"),
    "zoom": ("scale", "factor"),
    "zoom_range": ("scale", "factor"),
    "ratio": ("aspect",),
    "aspect_ratio": ("aspect",),
    "shift": ("translate_x+translate_y", "x+y"),
    "shift_limit": ("translate_x+translate_y", "x+y"),
    "shift_limit_x": ("translate_x", "x"),
    "shift_limit_y": ("translate_y", "y"),
    "translate": ("translate_x+translate_y", "x+y"),
    "translate_percent": ("translate_x+translate_y", "x+y"),
    "translate_px": ("translate_x+translate_y", "x+y"),
    "width_shift_range": ("translate_x", "x"),
    "height_shift_range": ("translate_y", "y"),
    "width_factor": ("translate_x", "x"),
    "height_factor": ("translate_y", "y"),
    "x_factor": ("shear_x", "x"),
    "y_factor": ("shear_y", "y"),
    "shear": ("shear_x+shear_y", "x+y"),
    "shear_range": ("shear_x+shear_y", "x+y"),
    "distortion_scale": ("distortion",),
    "border_mode": ("border",),
    "padding_mode": ("border",),
    "pad_mode": ("border",),
    "fill_mode": ("border",),
    "resample": ("interpolation",),
    "value": ("fill",),
    "fill_value": ("fill",),
    "cval": ("fill",),
    "pad_val": ("fill",),
    "color": ("fill",),
    "mask_value": ("fill_mask",),
    "mask_fill_value": ("fill_mask",),
    # sizes
    "height": ("size",),
    "width": ("size",),
    "min_height": ("size",),
    "min_width": ("size",),
    "target_size": ("size",),
    "output_size": ("size",),
    "image_size": ("size",),
    "imgsz": ("size",),
    "max_size": ("long",),
    "pad_height_divisor": ("multiple",),
    "pad_width_divisor": ("multiple",),
    # colours, blur and noise
    "brightness_limit": ("brightness", "factor"),
    "brightness_range": ("brightness", "factor"),
    "brightness_factor": ("brightness", "factor"),
    "contrast_limit": ("contrast", "factor"),
    "contrast_factor": ("contrast", "factor"),
    "saturation_factor": ("saturation", "factor"),
    "sat_shift_limit": ("saturation", "factor"),
    "hue_shift_limit": ("hue", "degrees"),
    "hue_factor": ("hue", "degrees"),
    "val_shift_limit": ("brightness", "add"),
    "factor": ("degrees", "sigma"),
    "gamma_limit": ("gamma",),
    "num_bits": ("bits",),
    "blur_limit": ("sigma", "length"),
    "sigma_limit": ("sigma",),
    "kernel_size": ("sigma", "length"),
    "radius": ("sigma",),
    "var_limit": ("std",),
    "std_range": ("std",),
    "stddev": ("std",),
    "sigma": ("std",),
    "max_value": ("max",),
    # holes
    "n_holes": ("holes",),
    "num_holes": ("holes",),
    "max_holes": ("holes",),
    "num_holes_range": ("holes",),
    "max_height": ("height",),
    "max_h_size": ("height",),
    "hole_height_range": ("height",),
    "max_width": ("width",),
    "max_w_size": ("width",),
    "hole_width_range": ("width",),
    # text
    "aug_p": ("rate",),
    "aug_word_p": ("rate",),
    "aug_char_p": ("rate",),
    "aug_min": ("min_count",),
    "aug_max": ("max_count",),
    "stopwords": ("protect",),
    "stopwords_regex": ("protect",),
    # combinators, targets, the top level
    "transforms": ("ops",),
    "children": ("ops",),
    "steps": ("ops",),
    "num_ops": ("n",),
    "count": ("n", "times", "holes"),
    "replace": ("replacement",),
    "label_fields": ("carry",),
    "num_classes": ("classes",),
    "remove_invisible": ("invisible",),
    "bbox_format": ("format",),
    "random_seed": ("seed",),
    "random_state": ("seed",),
    "description": ("about",),
}


# Values of other libraries -> ours, where a field takes words.
VALUES: dict[str, tuple[str, ...]] = {
    # formats of boxes
    "coco": ("xywh",),
    "pascal_voc": ("xyxy",),
    "voc": ("xyxy",),
    "corners": ("xyxy",),
    "center_xywh": ("cxcywh",),
    # borders and interpolations
    "zeros": ("constant",),
    "border": ("replicate",),
    "edge": ("replicate",),
    "nearest": ("replicate",),
    "symmetric": ("reflect",),
    "mirror": ("reflect101",),
    "reflect_101": ("reflect101",),
    "reflection": ("reflect101",),
    "linear": ("bilinear",),
    "cubic": ("bicubic",),
    # kinds of targets
    **{alias: (kind,) for alias, kind in ALIASES.items()},
}
NORMALISED = frozenset({"albumentations", "rel_xyxy", "xyxyn"})
"""Formats of boxes that are corners as fractions, which is none of ours."""
# What a field of another library says otherwise than ours: (its name, ours) -> how to turn one into the other.
CONVERSIONS: dict[tuple[str, str], str] = {
    (name, "sigma"): " (which is no width: OpenCV's sigma for a width of k pixels is 0.3*((k-1)*0.5-1)+0.8, 1.1px for 5; "
    "torchvision has its own sigma, in pixels)"
    for name in ("kernel_size", "blur_limit")
}


def foreign_value(raw: str, words: Container[str]) -> str:
    """Return ``; that is 'xywh' here`` for a word of another library, or an empty string."""
    if raw.lower() in NORMALISED and "xyxy" in words:
        return "; corners as fractions are no format here: multiply them by width and height for xyxy, or give yolo"
    ours = next((word for word in VALUES.get(raw[:60].lower(), ()) if word in words), None)
    return f"; that is {ours!r} here" if ours else ""


def foreign_op(name: str, known: Container[str]) -> str | None:
    """Return the op, of those that are known, by whose fields one of another library is read; None for no op of any."""
    ours = (op for op in OURS.get(_key(name), ()) if op in known)
    return next(ours, None) or same_op(name, known)


def same_op(name: str, known: Container[str]) -> str | None:
    """Return the op of the same name in other letters, as 'rotate' for 'Rotate'; None if there is none."""
    return next((op for op in (op_name(name[:60]), name[:60].lower()) if op in known), None)


def foreign_hint(name: str, known: Container[str]) -> str:
    """Return ``; that is 'rotate' here`` for an op of another library, or an empty string."""
    ours = [op for op in OURS.get(_key(name), ()) if op in known]
    return f"; that is {' or '.join(map(repr, ours))} here" if ours else _needless(name)


def foreign_field(name: str, model: type[BaseModel]) -> str:
    """Return ``; did you mean 'degrees'?`` for a field of another library, with the form if it differs, or an empty string."""
    fields = model.model_fields.keys()
    meant = next((ours for ours in FIELDS.get(name[:60].lower(), ()) if set(ours.split("+")) <= fields), None)
    if meant is None:
        return _needless(name)
    names = meant.split("+")
    how = CONVERSIONS.get((name[:60].lower(), names[0])) or _form(declared(model, names[0], Quantity))
    return f"; did you mean {' or '.join(map(repr, names))}?{how}"


def _needless(name: str) -> str:
    return f"; it is not needed: {NEEDLESS[_key(name)]}" if _key(name) in NEEDLESS else ""


def _key(name: str) -> str:
    return name[:60].replace("_", "").lower()


def _form(quantity: Quantity | None) -> str:
    """How a field is written, where other libraries write it otherwise."""
    match quantity:
        case None:
            return ""
        case Quantity(pixels=True):
            return f" (in {quantity.unit}, as 5px)"
        case Quantity(unit="degrees"):
            return " (in degrees; 15 either way is ±15)"
        case Quantity(unit=unit) if unit.startswith("times"):
            return " (0.2 either way is 1±0.2)"
        case Quantity(unit=unit) if unit.startswith("fractions"):
            return f" (in {unit})"
    return ""
