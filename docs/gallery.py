"""Writes docs/gallery.md and its pictures: what every op does, shown by the tool itself on what comes with the package.

Run ``python docs/gallery.py`` after a change of an op; the tests compare. Pictures are strips made of the panels of the report's
sheets: the photograph as it is, then each parameter at both ends and in its middle, or else a few draws.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

import augment
from augment.language.catalogue import summary
from augment.ops import catalogue
from augment.ops.kinds import Labelling, Partnered
from augment.report import make_sheet, prepare
from augment.report.model import Panel
from augment.report.sheets.extremes import ENDS, varied
from augment.spec.node import Op
from augment.testing.photographs import sample_of
from augment.testing.texts import PLAIN

HERE = Path(__file__).parent
PICTURES = HERE / "images" / "gallery"
WIDTH, GAP, QUALITY = 192, 6, 80
DRAWS = 3
TEXT = (
    "Anna doesn't believe that the 3 brown dogs received their food. Which dogs, you ask? They are asleep in the old garden, "
    "as http://example.org/dogs shows."
)

IMAGES = """
horizontal_flip: {p: 1}
vertical_flip: {p: 1}
transpose: {p: 1}
rotate90: [1, 3]
d4: [1, 6]
rotate: ±30
safe_rotate: ±40
translate: {x: ±0.2, y: ±0.2}
scale: [0.6, 1.5]
shear: {x: ±20, y: ±20}
affine: {rotate: ±20, translate_x: ±0.1, scale: [0.8, 1.2], shear_x: ±10}
perspective: [0.1, 0.5]
elastic: {alpha: [0.005, 0.03], sigma: 0.06}
grid_distortion: ±0.6
optical_distortion: [-0.3, 0.8]
piecewise_affine: [0.01, 0.04]
thin_plate_spline: [0.01, 0.06]
grid_shuffle: 3
resize: [90, 135]
random_scale: [0.5, 1.2]
scale_jitter: {size: 140, factor: [0.5, 1.2]}
random_shortest_size: [70, 130]
letterbox: {size: [150, 150], fill: 0.45}
center_crop: 110
crop: {size: 100, top: 20, left: 60}
random_crop: 110
random_crop_from_borders: {top: [0, 0.3], left: [0, 0.3]}
random_sized_crop: {size: 130, height: [0.4, 1]}
random_resized_crop: {size: 130, area: [0.2, 1]}
iou_crop: {overlap: 0.3}
bbox_safe_random_crop: 0.2
random_sized_bbox_safe_crop: 120
crop_non_empty_mask: 100
pad: {size: [150, 220], border: reflect101}
zoom_out: [1, 1.8]
brightness: 1±0.5
contrast: 1±0.5
brightness_contrast: {brightness: ±0.3, contrast: 1±0.5}
saturation: 1±0.8
hue: ±60
hsv_shift: {hue: ±60, saturation: ±0.4, value: ±0.3}
color_jitter: {brightness: 1±0.3, contrast: 1±0.3, saturation: 1±0.5, hue: ±36}
photometric_distort: {each: 1}
gamma: [0.5, 2]
tone_curve: 0.3
grayscale: {p: 1}
invert: {p: 1}
solarize: [0.2, 0.8]
solarize_add: [0.1, 0.5]
posterize: [1, 4]
rgb_shift: {red: ±0.2, green: ±0.2, blue: ±0.2}
channel_shuffle
channel_dropout: {count: [1, 2]}
sepia: {p: 1}
planckian_jitter: [3000, 15000]
fancy_pca: 0.8
he_stain: {factor: [0.6, 1.4]}
illumination: ±0.6
plasma_brightness_contrast: {brightness: ±0.4, contrast: ±0.5}
plasma_shadow: [0.3, 1]
equalize: {p: 1}
auto_contrast: {p: 1}
clahe: [1, 8]
histogram_matching: [0.3, 1]
pixel_distribution: [0.3, 1]
fda: [0.01, 0.1]
sharpness: [0, 6]
sharpen: {alpha: [0.2, 0.8]}
unsharp_mask: {sigma: 2px, amount: [0.5, 3]}
emboss: {alpha: [0.2, 0.9], strength: [0.2, 1]}
gaussian_blur: [0.5px, 3px]
box_blur: [3, 11]
motion_blur: {length: [3px, 11px], degrees: [0, 180]}
median_blur: [3, 7]
advanced_blur: {size: 11, sigma_x: [0.5, 4], sigma_y: 0.5}
defocus: [2px, 6px]
zoom_blur: [1.05, 1.4]
ringing: {size: 15, cutoff: [0.6, 1.8]}
chromatic_aberration: {k1: [-0.08, 0.08]}
dilate: [3, 9]
erode: [3, 9]
opening: [3, 9]
closing: [3, 9]
morphological_gradient: [3, 9]
downscale: [0.15, 0.6]
jpeg: [5, 60]
fog: [0.2, 0.8]
rain: {drops: [20, 120], length: [0.04, 0.12], slant: ±20}
snow: {flakes: [20, 200], size: 0.03}
snow_cover: [0.35, 0.6]
shadow: [0.2, 0.7]
sun_flare: [0.3, 1]
spatter: [5, 60]
gravel: [20, 200]
gaussian_noise: [0.02, 0.15]
additive_noise: {noise: [-1, 1], strength: [0.05, 0.3]}
multiplicative_noise: {factor: [0.5, 1.5]}
shot_noise: [4, 100]
iso_noise: {intensity: [0.1, 0.8], colour: [0, 0.1]}
salt_and_pepper: {share: [0.01, 0.2], salt: [0, 1]}
pixel_dropout: [0.05, 0.5]
rand_augment: {n: 2, magnitude: 15}
trivial_augment_wide
auto_augment: imagenet
three_augment
aug_mix: {severity: 8}
preset: heavy
coarse_dropout: {holes: [1, 6], height: [0.1, 0.25], width: [0.1, 0.25]}
cutout: {size: [0.1, 0.4], holes: 3}
grid_dropout: {unit: [0.1, 0.25], ratio: [0.2, 0.6]}
hide_and_seek: {grid: 5, share: [0.1, 0.5], fill: mean}
xy_masking: {columns: [0, 3], rows: [0, 3], width: [0.02, 0.1], height: [0.02, 0.1]}
random_erasing: {area: [0.05, 0.3], fill: noise}
mask_dropout: {objects: [1, 3]}
mixup: {alpha: 1}
cutmix: {alpha: 1}
resize_mix: {scale: [0.2, 0.7]}
fmix: {alpha: 1}
mixgen: {alpha: 1}
mosaic: {}
copy_paste: {share: 0.6, edge: 1px}
label_smoothing: 0.1
min_max
normalize: imagenet
standardize
to_float
identity
""".strip().splitlines()
"""Every image op, as strong as shows what it does."""

TEXTS = """
typo_characters: 0.1
ocr_characters: 0.3
insert_characters: 0.08
substitute_characters: 0.08
swap_characters: 0.15
delete_characters: 0.08
recase_characters: 0.15
replace_homoglyphs: 0.2
insert_zero_width: 0.05
misspell_words: 0.8
swap_words: 0.3
delete_words: 0.3
crop_words: 0.4
mask_words: 0.2
split_words: 0.2
merge_words: 0.2
recase_words: {rate: 0.3, to: upper}
contract_words: 1
expand_words: 1
replace_reserved: {rate: 1, groups: [[dog, hound], [dogs, hounds], [asleep, sleeping]]}
replace_numbers: 1
replace_names: 1
insert_punctuation: 0.2
noise_whitespace: {rate: 0.3, forms: [double, drop, tab]}
shuffle_sentences: 1
delete_sentences: 0.4
replace_synonyms: 0.5
replace_antonyms: 0.5
insert_synonyms: 0.15
eda: 0.2
aeda
replace_uninformative_words: {rate: 0.3, corpus: corpus.txt}
""".strip().splitlines()
"""Every text op that runs without a model of the user's."""


class Shown(NamedTuple):
    """An op of the gallery, and what there is to see of it."""

    name: str
    spec: str
    picture: Image.Image | None
    about: str
    """What the rows of the picture are."""


def spec(line: str) -> augment.Pipeline:
    """The pipeline of one op, as it would be written."""
    return augment.loads(f"pipeline: [{{{line}}}]" if ":" in line else f"pipeline: [{line}]")


# Pictures ------------------------------------------------------------------------------------------------------------


@cache
def photographs() -> tuple[np.ndarray, ...]:
    """The photographs of the package, reduced to the width of a panel."""
    folder = Path(augment.__file__).parent / "photos"
    pictures = (Image.open(folder / f"{name}.jpg") for name in ("coffee", "cat"))
    return tuple(np.asarray(p.resize((WIDTH, WIDTH * p.height // p.width), Image.Resampling.LANCZOS)) for p in pictures)


def shown(line: str) -> Shown:
    """What the report says of one op."""
    pipeline = spec(line)
    op = pipeline[0]
    assert isinstance(op, Op)
    photos, mixes = photographs(), isinstance(op, Partnered)
    samples = [{"image": photo, "caption": "a cup"} if op.name() == "mixgen" else {"image": photo} for photo in photos]
    if reads := getattr(op, "reads", ()):
        samples = [sample_of(photo, sorted(reads)) for photo in photos]
        if mixes:
            pipeline = pipeline.replace(targets={"image": "image", **{kind: kind for kind in reads}})
    elif mixes:
        samples = [{**sample, "labels": np.eye(2)[i]} for i, sample in enumerate(samples)]
    study = prepare(pipeline, samples if mixes else samples[0], backend="reference", n=DRAWS)
    first = [photos[0], photos[1]] if mixes else [photos[0]]
    if fields := [] if mixes else varied(op):
        groups = make_sheet("extremes", study).groups
        rows = [[*first, *pixels(group.panels)] for group in groups]
        numbers = [", ".join(panel.detail for panel in group.panels) for group in groups]
        said = [f"{field} {text}" for field, text in zip(fields, numbers, strict=True)]
        return Shown(op.name(), line, strip(rows), f"The photograph, then {'; below, '.join(said)}.")
    panels = make_sheet("ops", study).groups[1].panels[:DRAWS]
    if all(np.array_equal(picture, photos[0]) for picture in pixels(panels)):
        what = "labels" if isinstance(op, Labelling) else "the type or the range of values"
        return Shown(op.name(), line, None, f"It changes {what}; the picture looks as it did.")
    draws = "what it becomes" if len(panels) == 1 else f"{len(panels)} draws"
    return Shown(op.name(), line, strip([[*first, *pixels(panels)]]), f"The photograph{'s' * mixes}, then {draws}.")


def pixels(panels: tuple[Panel, ...]) -> list[np.ndarray]:
    """What panels show."""
    assert all(panel.figure for panel in panels), [panel.note for panel in panels]
    return [panel.figure.pixels for panel in panels if panel.figure]


def strip(rows: list[list[np.ndarray]]) -> Image.Image:
    """Rows of pictures, each in a cell of the size of the largest, with what is given first in the first row alone."""
    height, width = (max(picture.shape[axis] for row in rows for picture in row) for axis in (0, 1))
    made = Image.new("RGBA", (len(rows[0]) * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP))
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            if x or not y:
                made.paste(Image.fromarray(picture), (x * (width + GAP), y * (height + GAP)))
    return made


def encoded(picture: Image.Image) -> bytes:
    """As WebP."""
    file = io.BytesIO()
    picture.save(file, "webp", quality=QUALITY, method=4)
    return file.getvalue()


# Texts ---------------------------------------------------------------------------------------------------------------


def edited(line: str) -> list[str]:
    """Two draws of a text op; what cannot be seen is written as its code."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.txt"
        corpus.write_text("\n".join(PLAIN), encoding="utf-8")
        edit = augment.compile(spec(line.replace("corpus.txt", str(corpus))), "builtin")
        return [visible(edit.at(0, epoch)(TEXT)) for epoch in range(2)]


def visible(text: str) -> str:
    """A text of one line whose invisible characters are written as codes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# The page ------------------------------------------------------------------------------------------------------------


@cache
def image_ops() -> tuple[Shown, ...]:
    """All image ops, as the gallery shows them."""
    return tuple(map(shown, IMAGES))


def page() -> str:
    """The page."""
    return "\n".join([*_images(), *_texts()]).rstrip() + "\n"


def _images() -> Iterator[str]:
    yield from (
        "# Gallery", "",
        "What every op does, generated by `python docs/gallery.py` on a photograph and a text of the package, on the backend "
        f"`reference`. Of what an op draws, each parameter is shown at its {', its '.join(ENDS[:-1])} and its {ENDS[-1]}, the "
        "others at their median; where it draws nothing with a range, a few draws. The same for a spec and pictures of your own: "
        "`augment preview SPEC FILES --sheets extremes`. [All fields of all ops](ops.md).", "",
        "## Images", "",
    )  # fmt: skip
    for op in image_ops():
        yield from (f"### {op.name}", "", summary(catalogue()[op.name]), "", f"`{op.spec}`: {op.about}", "")
        if op.picture:
            yield from (f"![{op.name}](images/gallery/{op.name}.webp)", "")


def _texts() -> Iterator[str]:
    yield from ("## Texts", "", "The text:", "", "```text", TEXT, "```", "", "Two draws of each op:", "")
    lines = {line.partition(":")[0]: line for line in TEXTS}
    for name, op in catalogue("text").items():
        if op.__module__.startswith("augment."):
            yield from (f"### {name}", "", summary(op), "")
            if name in lines:
                yield from (f"`{lines[name]}`", "", "```text", *edited(lines[name]), "```", "")
            else:
                yield from ("What it writes depends on the model or the vectors that the spec names; the package has none.", "")


if __name__ == "__main__":
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    PICTURES.mkdir(exist_ok=True)
    for op in image_ops():
        if op.picture:
            (PICTURES / f"{op.name}.webp").write_bytes(encoded(op.picture))
