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
    "randomrotate90": ("rotate90",),
    "squaresymmetry": ("d4",),
    "shiftscalerotate": ("affine",),
    "randombrightnesscontrast": ("brightness_contrast",),
    "huesaturationvalue": ("hsv_shift",),
    "rgbshift": ("rgb_shift",),
    "tosepia": ("sepia",),
    "randomgamma": ("gamma",),
    "randomtonecurve": ("tone_curve",),
    "togray": ("grayscale",),
    "tograyscale": ("grayscale",),
    "invertimg": ("invert",),
    "gaussnoise": ("gaussian_noise",),
    "additivegaussiannoise": ("gaussian_noise",),
    "iaaadditivegaussiannoise": ("gaussian_noise",),
    "speckle": ("multiplicative_noise",),
    "specklenoise": ("multiplicative_noise",),
    "poissonnoise": ("shot_noise",),
    "impulsenoise": ("salt_and_pepper",),
    "saltpepper": ("salt_and_pepper",),
    "blur": ("box_blur",),
    "ringingovershoot": ("ringing",),
    "pixelate": ("downscale",),
    "medianfilter": ("median_blur",),
    "equalizehist": ("equalize",),
    "imagecompression": ("jpeg",),
    "jpegcompression": ("jpeg",),
    "randomjpegquality": ("jpeg",),
    "randomfog": ("fog",),
    "randomrain": ("rain",),
    "randomsnow": ("snow_cover", "snow"),
    "randomshadow": ("shadow",),
    "randomsunflare": ("sun_flare",),
    "randomgravel": ("gravel",),
    "morphological": ("dilate", "erode", "opening", "closing"),
    "dilation": ("dilate",),
    "erosion": ("erode",),
    "gridmask": ("grid_dropout",),
    "specaugment": ("xy_masking",),
    "has": ("hide_and_seek",),
    "erasing": ("random_erasing", "coarse_dropout"),
    "elastictransform": ("elastic",),
    "smallestmaxsize": ("resize",),
    "longestmaxsize": ("resize",),
    "padifneeded": ("pad",),
    "cropnonemptymaskifexists": ("crop_non_empty_mask",),
    "randomcropnearbbox": ("bbox_safe_random_crop",),
    "randomgridshuffle": ("grid_shuffle",),
    "gridelasticdeform": ("piecewise_affine", "elastic"),
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
    "randomzoomout": ("zoom_out",),
    "expand": ("zoom_out",),
    "randomexpand": ("zoom_out",),
    "randomioucrop": ("iou_crop",),
    "randomresize": ("random_shortest_size", "random_scale"),
    "fixedsizecrop": ("pad", "random_crop"),
    "randomgrayscale": ("grayscale",),
    "randominvert": ("invert",),
    "randomposterize": ("posterize",),
    "randomsolarize": ("solarize",),
    "randomadjustsharpness": ("sharpness",),
    "randomphotometricdistort": ("photometric_distort",),
    "randomchannelpermutation": ("channel_shuffle",),
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
    "randomsharpness": ("sharpness",),
    "randomgaussianblur": ("gaussian_blur",),
    "randomelastictransform": ("elastic",),
    "rescaling": ("to_float", "normalize"),
    "normalization": ("normalize",),
    "rescale": ("to_float", "normalize"),
    "perimagestandardization": ("standardize",),
    "zscore": ("standardize",),
    "labelsmooth": ("label_smoothing",),
    "fourierdomainadaptation": ("fda",),
    "matchhistograms": ("histogram_matching",),
    # imgaug
    "fliplr": ("horizontal_flip",),
    "flipud": ("vertical_flip",),
    "add": ("brightness",),
    "multiply": ("brightness",),
    "linearcontrast": ("contrast",),
    "gammacontrast": ("gamma",),
    "perspectivetransform": ("perspective",),
    "elastictransformation": ("elastic",),
    "averageblur": ("box_blur",),
    "addtohueandsaturation": ("hsv_shift",),
    "multiplyhueandsaturation": ("saturation", "hue"),
    "cropandpad": ("random_crop_from_borders", "pad"),
    "croptofixedsize": ("random_crop",),
    "padtofixedsize": ("pad",),
    "sometimes": ("sequence",),
    # Kornia
    "colorjiggle": ("color_jitter",),
    "randomboxblur": ("box_blur",),
    "randommedianblur": ("median_blur",),
    "randommotionblur": ("motion_blur",),
    "randomgaussiannoise": ("gaussian_noise",),
    "randomsaltandpeppernoise": ("salt_and_pepper",),
    "randomthinplatespline": ("thin_plate_spline",),
    "randomplanckianjitter": ("planckian_jitter",),
    "randomclahe": ("clahe",),
    "randommixupv2": ("mixup",),
    "randomcutmixv2": ("cutmix",),
    "randommosaic": ("mosaic",),
    "randomjpeg": ("jpeg",),
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


# What is not offered, and what to do instead.
REFUSED: dict[str, str] = {
    "glassblur": "it swaps pixels one after the other, which no graph can; elastic and gaussian_blur together are near",
    "webp": "its bits differ from one version of its library to the next, and no graph has it; jpeg is the same everywhere",
    "superpixels": "its segments come from an iteration that no graph has; downscale with down: area, or median_blur, is near",
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
    "sharpness_factor": ("factor",),
    "sat_shift_limit": ("saturation", "factor"),
    "clip_limit": ("limit",),
    "tile_grid_size": ("tiles",),
    "channel_drop_range": ("count",),
    "alias_blur": ("softness",),
    "hue_shift_limit": ("hue", "degrees"),
    "r_shift_limit": ("red",),
    "g_shift_limit": ("green",),
    "b_shift_limit": ("blue",),
    "hue_factor": ("hue", "degrees"),
    "val_shift_limit": ("value", "brightness", "add"),
    "factor": ("degrees", "sigma"),
    "gamma_limit": ("gamma",),
    "num_bits": ("bits",),
    "blur_limit": ("size", "sigma", "length"),
    "sigma_limit": ("sigma",),
    "kernel_size": ("size", "sigma", "length"),
    "radius": ("sigma",),
    "var_limit": ("std",),
    "std_range": ("std",),
    "stddev": ("std",),
    "multiplier": ("factor",),
    "elementwise": ("per_channel",),
    "intensity_range": ("intensity",),
    "color_shift": ("colour",),
    "dropout_prob": ("share",),
    "drop_value": ("fill",),
    "mask_drop_value": ("fill_mask",),
    "amount": ("share",),
    "salt_vs_pepper": ("salt",),
    "lam": ("photons",),
    "sigma": ("std",),
    "max_value": ("max",),
    # weather
    "num_drops": ("drops",),
    "drop_length": ("length",),
    "drop_width": ("width",),
    "drop_color": ("colour",),
    "slant_range": ("slant",),
    "snow_point_range": ("below",),
    "brightness_coeff": ("factor",),
    "shadow_intensity_range": ("darkness",),
    "num_shadows_limit": ("shadows",),
    "shadow_dimension": ("corners",),
    "shadow_roi": ("x+y",),
    "flare_roi": ("x+y",),
    "src_radius": ("radius",),
    "src_color": ("colour",),
    "num_flare_circles_range": ("discs",),
    "gravel_roi": ("x+y",),
    # holes
    "n_holes": ("holes",),
    "num_holes": ("holes",),
    "max_holes": ("holes",),
    "num_holes_range": ("holes",),
    "max_height": ("height",),
    "max_h_size": ("height",),
    "hole_height_range": ("height",),
    "max_width": ("width",),
    "num_masks_x": ("columns",),
    "num_masks_y": ("rows",),
    "mask_x_length": ("width",),
    "mask_y_length": ("height",),
    "unit_size_range": ("unit",),
    "unit_size_min": ("unit",),
    "unit_size_max": ("unit",),
    "holes_number_xy": ("unit",),
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
    "m": ("magnitude",),
    "mstd": ("spread",),
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
} | {
    ("max_size", "long"): " ('short' of SmallestMaxSize)",
    ("clip_limit", "limit"): " (a number of Albumentations is the upper end: 4 is [1, 4])",
    ("var_limit", "std"): " (the square root of a variance of 0..255, divided by 255: [10, 50] is [0.012, 0.028])",
}


NOTES: dict[str, str] = {
    "randomrotation": ", in degrees (a factor of Keras is a share of a turn: 0.2 is ±72)",
    "randomapply": ", whose p is that of all",
    "sometimes": ", whose p is that of all",
}
"""How what is meant differs, for some of `OURS`."""


ALIKE = frozenset({
    "prob", "probability", "apply_to", "border_mode", "padding_mode", "pad_mode", "fill_mode", "resample", "mask_value",
    "mask_fill_value", "target_size", "output_size", "image_size", "imgsz", "angle_range", "aug_p", "aug_word_p", "aug_char_p",
    "aug_min", "aug_max", "transforms", "children", "steps", "num_ops", "replace", "label_fields", "num_classes", "random_seed",
    "random_state", "description", "bbox_format", "tile_grid_size", "num_bits", "stddev", "std_range",
})  # fmt: skip
"""Names of fields that say what ours say, number for number: with another name nothing else changes."""


def alike(raw: str, known: Container[str]) -> list[str]:
    """Return what an op, a combinator or a field of another library is called here, where it can only be one thing."""
    ops = [op for op in OURS.get(_key(raw), ()) if op in known]
    fields = FIELDS.get(raw.lower(), ()) if raw.lower() in ALIKE else ()
    return [*(ops if len(ops) == 1 else ()), *(name for name in fields if "+" not in name)]


def foreign_value(raw: str, words: Container[str]) -> str:
    """Return ``; that is 'xywh' here`` for a word of another library, or an empty string."""
    if raw.lower() in NORMALISED and "xyxy" in words:
        return "; corners as fractions are no format here: multiply them by width and height for xyxy, or give yolo"
    ours = next((word for word in same_value(raw) if word in words), None)
    return f"; that is {ours!r} here" if ours else ""


def same_value(raw: str) -> tuple[str, ...]:
    """Return ours of a word of another library, also of its constant: 'reflect101' of 'cv2.BORDER_REFLECT_101'."""
    word = raw[:60].rpartition(".")[2].lower()
    bare = word.removeprefix("border_").removeprefix("inter_")
    return (*VALUES.get(bare, ()), *([bare] if bare != raw else []))


def foreign_op(name: str, known: Container[str]) -> str | None:
    """Return the op, of those that are known, by whose fields one of another library is read; None for no op of any."""
    ours = (op for op in _ours(name, known) if op in known)
    return next(ours, None) or same_op(name, known)


def same_op(name: str, known: Container[str]) -> str | None:
    """Return the op of the same name in other letters, as 'rotate' for 'Rotate'; None if there is none."""
    return next((op for op in (op_name(_bare(name)), _bare(name).lower()) if op in known), None)


def foreign_hint(name: str, known: Container[str]) -> str:
    """Return ``; that is 'rotate' here`` for an op of another library, or an empty string."""
    if _key(name) in REFUSED:
        return f"; it is not offered: {REFUSED[_key(name)]}"
    ours = [op for op in _ours(name, known) if op in known]
    return f"; that is {' or '.join(map(repr, ours))} here{NOTES.get(_key(name), '')}" if ours else _needless(name)


def foreign_field(name: str, model: type[BaseModel]) -> str:
    """Return ``; did you mean 'degrees'?`` for a field of another library, with the form if it differs, or an empty string."""
    fields = model.model_fields.keys()
    meant = next((ours for ours in FIELDS.get(name[:60].lower(), ()) if set(ours.split("+")) <= fields), None)
    if meant is None:
        return _needless(name)
    names = meant.split("+")
    how = CONVERSIONS.get((name[:60].lower(), names[0])) or _form(declared(model, names[0], Quantity))
    return f"; did you mean {' or '.join(map(repr, names))}?{how}"


def _ours(name: str, known: Container[str]) -> tuple[str, ...]:
    """What people call it, and else the class of a library by the table that pipelines are imported by."""
    if _key(name) in OURS or same_op(name, known) is not None:
        return OURS.get(_key(name), ())
    from augment.native.entry import classes

    return classes().get(_key(name), ())


def _needless(name: str) -> str:
    return f"; it is not needed: {NEEDLESS[_key(name)]}" if _key(name) in NEEDLESS else ""


def _key(name: str) -> str:
    return _bare(name).replace("_", "").lower()


def _bare(name: str) -> str:
    """The name of a class, without the module that it is known by: 'Fliplr' of 'iaa.Fliplr'."""
    return name[:60].rpartition(".")[2]


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
            return f" (in {unit}{'; 0.2 either way is ±0.2' if quantity.ge < 0 else ''})"
    return ""
