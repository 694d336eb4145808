"""The spec that ``augment init`` writes: small, ready to run, and explained line by line."""

from __future__ import annotations

SCHEMA_FILE = "augment.schema.json"
_MODELINE = "# yaml-language-server: $schema={schema}\n"
_TEXT = """\
# An augmentation policy: the same on every backend.
# 'augment check' finds mistakes, 'augment preview' shows what it does.
version: 1      # of the language: a spec keeps its meaning
seed: 7         # the same seed, index and epoch give the same augmentation, on any backend

# What a sample holds. Without this, the plain names count: image, mask, boxes, keypoints, labels, text, caption, spans.
# targets:
#   image: image
#   mask: {kind: mask, fill: 255}                      # 255: the label of what comes from outside the image
#   boxes: {kind: boxes, format: xywh, min_visibility: 0.1, carry: [labels]}

pipeline:
  # Where is the thing? Sizes are [height, width] in pixels, or one number for a square.
  - random_resized_crop: {size: 224, area: [0.5, 1.0]}
  - horizontal_flip: {p: 0.5}                          # p: how likely it is applied
  - rotate: {degrees: ±15, border: reflect101, p: 0.5} # ±15 is drawn from [-15, 15]

  # How does the light fall? 1 changes nothing, 1±0.2 is drawn from [0.8, 1.2].
  # Saturation and hue need RGB: for grey pictures leave them out, and write mean and std of normalize yourself.
  - color_jitter: {brightness: 1±0.2, contrast: 1±0.2, saturation: 1±0.2, hue: ±10}

  # Something worse, now and then: one of these, the first twice as often.
  - one_of:
      p: 0.2
      ops:
        - gaussian_blur: {sigma: [0.5px, 2px], weight: 2} # without px, lengths are fractions of the image
        - gaussian_noise: {std: [0.01, 0.05]}             # intensities are fractions of full scale

  # Colours are in quotes, or YAML takes them for a comment.
  - coarse_dropout: {holes: [1, 4], height: 0.15, width: 0.15, fill: '#7f7f7f', p: 0.3}

  # Floats from here on: 'augment apply' writes .npy. Leave it out to get pictures.
  - normalize: imagenet
"""


def starter(schema: str | None = SCHEMA_FILE) -> str:
    """Return the text of a new spec; its first line tells editors where the JSON Schema is, relative to the spec."""
    return (_MODELINE.format(schema=schema) if schema else "") + _TEXT
