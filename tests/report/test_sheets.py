"""What sheets hold, beside what is computed for it in another way."""

import numpy as np
import pytest

import augment
from augment.data.bundled import bundled
from augment.report import SHEETS, default_sheets, make_sheet
from augment.report.model import Change
from augment.report.sheets.mixes import label_shares
from augment.sample import Target

IMAGENET = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def looked_at(image):
    """A normalized image as it looked before."""
    mean, std = IMAGENET
    return np.rint(np.clip(image * std + mean, 0, 1) * 255)


def titles(sheet):
    return {(group.heading, panel.title): panel for group in sheet.groups for panel in group.panels}


# Samples -------------------------------------------------------------------------------------------------------------


def test_samples_are_what_apply_makes(sheet, study, sample):
    group = sheet("samples", "image", epoch=2).groups[0]
    np.testing.assert_array_equal(group.panels[0].figure.pixels, sample["image"])
    assert [p.original for p in group.panels] == [True, False, False, False]
    for epoch, panel in zip((2, 3, 4), group.panels[1:], strict=True):
        out = augment.apply(study("image").pipeline, sample, index=0, epoch=epoch)
        assert np.abs(panel.figure.pixels - looked_at(out["image"])).max() <= 1
        boxes = next(layer.boxes for layer in panel.figure.layers if layer.kind == "boxes")
        np.testing.assert_allclose([box[:4] for box in boxes], out["boxes"])
        assert [box.label for box in boxes] == out["labels"]


def test_one_picture_is_named_below_itself(study, photo):
    made = make_sheet("samples", study("image", {"image": photo}, names=["cats/one.png"]))
    assert made.groups[0].panels[0].detail == "cats/one.png, 60 × 72"


def test_each_backend_has_a_group(sheet):
    groups = sheet("samples", "pipeline: [hue: ±9]", backend=["reference", "albumentations"]).groups
    assert [group.heading for group in groups] == ["reference", "albumentations"]


# Ops and extremes ----------------------------------------------------------------------------------------------------


def test_every_op_stands_alone(sheet, study, sample):
    groups = sheet("ops", "image").groups
    assert [g.heading for g in groups[1:]] == [
        "random_resized_crop", "horizontal_flip", "rotate", "gaussian_blur", "posterize", "color_jitter", "normalize",
    ]  # fmt: skip
    flip = groups[2].panels
    assert len(flip) == 1, "it draws nothing, so there is one result"
    np.testing.assert_array_equal(flip[0].figure.pixels, sample["image"][:, ::-1])
    rotated = augment.apply({"seed": 7, "pipeline": [{"rotate": "±20"}]}, sample, index=0, epoch=1)["image"]
    np.testing.assert_array_equal(groups[3].panels[1].figure.pixels, rotated)
    assert groups[3].about == "degrees uniform(-20, 20) · line 8"
    assert flip[0].figure.layers and not groups[4].panels[0].figure.layers, "what moves nothing is shown without layers"


def test_an_op_that_cannot_stand_alone_says_why(sheet):
    spec = "pipeline: [resize: 96, random_crop: 80]"
    panels = titles(sheet("ops", spec, n=1))
    assert panels["random_crop", "epoch 0"].figure is None
    assert "a window of 80 x 80 does not fit" in panels["random_crop", "epoch 0"].note


def test_the_same_op_is_shown_once(sheet):
    spec = "pipeline: [hue: ±9, hue: ±9, hue: ±20]"
    assert [g.about.partition(" · ")[0] for g in sheet("ops", spec).groups[1:]] == [
        "degrees uniform(-9, 9)", "degrees uniform(-20, 20)",
    ]  # fmt: skip


def test_extremes_are_the_ends_of_each_parameter(sheet, sample):
    spec = "pipeline: [translate: {x: [-4px, 10px], y: ±0.2}, brightness: 1±0.4, posterize: {bits: [2, 4]}]"
    made = sheet("extremes", spec)
    assert [(g.heading, [p.detail for p in g.panels]) for g in made.groups] == [
        ("translate · x", ["−4px", "3px", "10px"]),
        ("translate · y", ["−0.2", "0", "0.2"]),
        ("brightness · factor", ["0.6", "1", "1.4"]),
        ("posterize · bits", ["2", "3", "4"]),
    ]
    assert [p.title for p in made.groups[0].panels] == ["minimum", "middle", "maximum"]
    image = sample["image"]
    dark = np.rint(image * np.float32(0.6))
    assert np.abs(made.groups[2].panels[0].figure.pixels - dark).max() <= 1
    np.testing.assert_array_equal(made.groups[2].panels[1].figure.pixels, image)
    up = made.groups[1].panels[0].figure.pixels  # x stays in its middle, 3 px to the right; a fifth of 60 rows up
    np.testing.assert_array_equal(up[:-12, 3:], image[12:, :-3])
    assert not up[-12:].any() and not up[:, :3].any()


def test_extremes_of_what_takes_ranges_only(sheet, sample):
    panels = titles(sheet("extremes", "pipeline: [color_jitter: {contrast: 1±0.5}]"))
    grey = (sample["image"] @ np.array([0.299, 0.587, 0.114])).mean()
    wanted = np.rint(np.clip(0.5 * sample["image"] + 0.5 * grey, 0, 255))
    assert np.abs(panels["color_jitter · contrast", "minimum"].figure.pixels - wanted).max() <= 1


def test_an_op_without_ranges_has_no_extremes(study, sheet):
    assert "extremes" not in default_sheets(study("pipeline: [invert: {p: 0.5}]"))


# Stages --------------------------------------------------------------------------------------------------------------


def test_stages_go_from_the_sample_to_the_result(sheet, study, sample):
    """A stage is the spec up to its op, also inside a run of moves, which is one map."""
    made = study("image", n=4)
    nodes = list(made.pipeline)
    for epoch, group in zip(range(3), make_sheet("stages", made).groups, strict=True):
        np.testing.assert_array_equal(group.panels[0].figure.pixels, sample["image"])
        values = made.values(made.subjects[0], epoch)
        active = {leaf.path for leaf in made.program.leaves if leaf.active(values)}
        shown = []
        for last in range(len(nodes)):
            inside = [leaf for leaf in made.program.leaves if leaf.path.startswith(f"pipeline[{last}]") and leaf.path in active]
            if inside:
                out = augment.apply(made.pipeline[: last + 1], sample, index=0, epoch=epoch)["image"]
                shown.append(looked_at(out) if last == len(nodes) - 1 else out)
        assert len(shown) == len(group.panels) - 1
        for panel, wanted in zip(group.panels[1:], shown, strict=True):
            assert np.abs(panel.figure.pixels.astype(int) - wanted).max() <= 1
        jitter = next(p for p in group.panels if p.title.endswith("color_jitter"))
        assert jitter.detail.count("brightness: ") == jitter.detail.count("hue: ") == 1
        absent = {leaf.op.name() for leaf in made.program.leaves} - {p.title.split()[-1] for p in group.panels}
        assert all(name in group.about for name in absent - {"brightness", "hue"})


# Targets -------------------------------------------------------------------------------------------------------------


def test_targets_tell_what_was_dropped_and_why(sheet, sample):
    spec = """\
targets: {image: image, mask: mask, boxes: {kind: boxes, min_area: 50px}, keypoints: keypoints}
pipeline: [center_crop: [44, 60]]
"""
    made = sheet("targets", spec, n=1)
    original, draw = made.groups[0].panels
    labelled = f"{100 * 30 * 30 / (60 * 72):.3g} % labelled"
    assert original.facts == (("mask", labelled, ""), ("boxes", "3", ""), ("keypoints", "2", ""))
    assert draw.facts[1:] == (("boxes", "1", ""), ("keypoints", "1", ""))
    assert [(d.target, d.what, d.reason) for d in draw.dropped] == [
        ("boxes", "1 (flag)", "left the image at pipeline[0].center_crop"),
        ("boxes", "2 (suit)", "less than min_area 50px is left"),
        ("keypoints", "1", "left the image at pipeline[0].center_crop"),
    ]
    assert made.groups[0].legend == (("mask 1", 0),)


def test_nothing_is_dropped_where_all_is_left(sheet):
    assert not sheet("targets", "pipeline: [hue: ±9]", n=1).groups[0].panels[1].dropped


def test_images_alone_have_no_targets(study, photo):
    assert "targets" not in default_sheets(study("image", photo))


# Mixes ---------------------------------------------------------------------------------------------------------------


def test_mixes_are_the_sum_of_their_parts(sheet, photo):
    other = np.ascontiguousarray(photo[::-1])
    samples = [{"image": photo, "labels": 0}, {"image": other, "labels": 2}]
    made = sheet("mixes", "mix", samples, n=6)
    drawn = [g for g in made.groups if g.panels]
    assert 3 <= len(drawn) < 12 and made.groups[-1].about.startswith("Not applied: ")
    for group in drawn:
        mine, partner, mixed = group.panels
        weight = float(mixed.detail.partition("weight ")[2].partition(",")[0])
        wanted = weight * mine.figure.pixels.astype(float) + (1 - weight) * partner.figure.pixels
        assert np.abs(mixed.figure.pixels - wanted).max() <= 1
        shares = {share.label: share.part for share in mixed.shares}
        for panel, part in ((mine, weight), (partner, 1 - weight)):
            [share] = panel.shares
            assert share.part == 1
            if part > 0.01:
                assert shares[share.label] == pytest.approx(part, abs=1e-3)


def test_shares_go_by_size():
    assert label_shares("y", np.array([0.2, 0, 0.7, 0.1])) == [("y 2", 0.7), ("y 0", 0.2), ("y 3", 0.1)]
    assert label_shares("y", 4) == [("y 4", 1.0)]


# Texts ---------------------------------------------------------------------------------------------------------------


def test_texts_show_each_change_with_its_op(sheet, study):
    text = "The film was long, and it was good."
    made = sheet("text", "text", {"text": text}, n=4)
    for epoch, panel in enumerate(made.groups[0].panels):
        [diff] = panel.diffs
        out = augment.apply(study("text", {"text": text}).pipeline, {"text": text}, index=0, epoch=epoch)["text"]
        assert "".join(p.text for p in diff.pieces if p.how != "new") == text
        assert "".join(p.text for p in diff.pieces if p.how != "gone") == out
        assert {c.rule for c in diff.changes} <= {"delete_words", "typo_characters"}
        assert bool(diff.changes) == (out != text)
        assert all(isinstance(c, Change) and c.before != c.after for c in diff.changes)


def test_captions_show_what_was_changed_and_what_was_not_done(sheet, photo):
    spec = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]"
    clear, unclear = {"image": photo, "caption": "a cup on the left"}, {"image": photo, "caption": "the right one"}
    made = sheet("text", spec, [clear, unclear], n=1)
    first, second = (group.panels[0] for group in made.groups)
    assert first.diffs[0].changes == (("horizontal_flip", "left", "right"),) and not first.dropped
    assert [p.text for p in first.diffs[0].pieces if p.how == "new"] == ["right"]
    assert second.diffs[0].changes == () and second.detail == "unchanged in this draw"
    [told] = second.dropped
    assert (told.target, told.what) == ("horizontal_flip", "skipped:") and "'right'" in told.reason
    assert [row.applied for row in first.drawn + second.drawn] == [True, False]
    pictures = sheet("samples", spec, [clear, unclear], n=1).groups
    np.testing.assert_array_equal(pictures[0].panels[1].figure.pixels, photo[:, ::-1])
    np.testing.assert_array_equal(pictures[1].panels[1].figure.pixels, photo)
    assert pictures[1].panels[1].dropped == second.dropped
    stages = sheet("stages", spec, [unclear], n=1).groups[0]
    assert len(stages.panels) == 1 and "horizontal_flip" in stages.about


def test_masks_do_not_tint_what_a_caption_speaks_of(sheet, sample):
    """With a caption masks are outlines; without one they are tinted."""
    spec = "targets: {image: image, mask: mask%s}\npipeline: [hue: ±9]"
    given = {name: sample[name] for name in ("image", "mask")}
    alphas = []
    for more, samples in (("", given), (", caption: caption", {**given, "caption": "a red suit"})):
        panels = sheet("samples", spec % more, samples, n=1).groups[0].panels
        [layer] = panels[1].figure.layers
        alphas.append(layer.raster[..., 3])
    tinted, outlined = alphas
    scale = tinted.shape[0] / sample["mask"].shape[0]
    rows, columns = ((np.arange(length) + 0.5) / scale for length in tinted.shape)
    x, y = np.abs(columns - 35), np.abs(rows - 25)[:, None]  # from the middle of the square in the mask, whose half is 15
    far = np.maximum(x, y)
    assert tinted[far < 14].min() > 0 and outlined[far < 14].max() == 0
    assert outlined[y[:, 0] < 14].max(axis=1).min() > 150 < outlined[:, x < 14].max(axis=0).min(), "a firm line around it"
    assert not tinted[far > 16].any() and not outlined[far > 16].any()


def test_every_sheet_has_a_module_and_a_title(study):
    others = {"mixes": ("mix", None), "text": ("text", {"text": "One two three four."})}
    for name in SHEETS:
        spec, samples = others.get(name) or ("image", bundled({"image": Target(kind="image")})[:2])
        made = study(spec, samples, backend=["reference", "albumentations"] if name == "backends" else "reference", n=1)
        sheet = make_sheet(name, made)
        assert sheet.name == name and sheet.title and sheet.lead.endswith(".") and sheet.groups
