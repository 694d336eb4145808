"""What sheets hold, beside what is computed for it in another way."""

import numpy as np
import pytest
from scipy import stats
from skimage.metrics import peak_signal_noise_ratio

import augment
from augment.backend import Backend, Options
from augment.data.bundled import bundled
from augment.engine.host import Executor
from augment.kernels import REFERENCE, reference
from augment.plugins import get_backend
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


# Backends ------------------------------------------------------------------------------------------------------------


class Off(Backend):
    """A backend that is wrong: darker by some levels, and it draws other numbers."""

    name = "off"
    kernel_set = REFERENCE

    def run(self, program, sample, values, options):
        out = Executor(program, reference)(sample, values)
        darker = np.clip(out["image"].astype(int) - np.arange(5).repeat(1)[np.arange(out["image"].shape[1]) % 5][:, None], 0, 255)
        return {**out, "image": darker.astype(np.uint8), "boxes": np.asarray(out["boxes"], float) + 1}

    def values(self, program, *, index, epoch):
        return program.values(index + 1, epoch)


def test_distances_are_those_of_scikit_image(sheet, study, sample, monkeypatch):
    from augment import plugins

    known = {**plugins.backends(), "off": Off()}
    monkeypatch.setattr(plugins, "backends", lambda: known)
    made = study("pipeline: [hue: ±20]", backend=["reference", "off"], n=1)
    summary, group = make_sheet("backends", made).groups
    a = augment.apply(made.pipeline, sample, index=0)["image"]
    b = Off().run(made.program, sample, made.program.values(0), Options())["image"]
    difference = np.abs(a.astype(float) - b)
    facts = dict(zip(summary.table.headings, summary.table.rows[0], strict=True))
    assert (facts["draw"], facts["backend"]) == ("epoch 0", "off")
    assert facts["max"].value == f"{difference.max():.3g}"
    assert facts["mean"].value == f"{difference.mean():.3g}"
    assert facts["PSNR"].value == f"{peak_signal_noise_ratio(a, b, data_range=255):.1f} dB"
    assert facts["pixels"].tone == facts["parameters"].tone == facts["boxes"].tone == "bad"
    assert facts["parameters"].value == "hue.degrees differ"
    assert facts["keypoints"].tone == "good"
    shown = group.panels[-1].figure
    assert shown.exact
    np.testing.assert_array_equal(shown.pixels, np.clip(difference.max(-1, keepdims=True) * 8, 0, 255).repeat(3, -1))


def test_equal_backends_are_equal(sheet, monkeypatch):
    from augment import plugins

    class Twin(Off):
        name = "twin"
        run = lambda self, program, sample, values, options: Executor(program, reference)(sample, values)  # noqa: E731
        values = Backend.values

    known = {**plugins.backends(), "twin": Twin()}
    monkeypatch.setattr(plugins, "backends", lambda: known)
    summary, *_ = sheet("backends", "pipeline: [hue: ±20]", backend=["reference", "twin"]).groups
    for row in summary.table.rows:
        facts = dict(zip(summary.table.headings, row, strict=True))
        assert (facts["max"].value, facts["PSNR"].value) == ("0", "∞ dB")
        assert {facts[name].tone for name in ("pixels", "parameters", "mask", "boxes", "keypoints")} == {"good"}


def test_all_installed_backends_agree_from_one_call(sheet):
    """Torchvision is imported before TensorFlow; what refuses the spec is told, with its reason."""
    made = sheet("backends", "image", backend="all", n=2)
    rows = [dict(zip(made.groups[0].table.headings, row, strict=True)) for row in made.groups[0].table.rows]
    assert {row["backend"] for row in rows} >= {"torchvision", "keras", "albumentations"}
    assert {row["pixels"].value for row in rows} == {"within tolerance"}
    assert {row["parameters"].tone for row in rows} == {"good"}
    spec = "{targets: {image: image, mask: mask, boxes: boxes, keypoints: keypoints, outlines: polygons}, pipeline: [rotate90]}"
    refused = sheet("backends", spec, backend="all", n=1).groups[0].about
    assert "rotate90 on polygons is not supported by keras: keras cannot move polygons" in refused


def test_one_backend_is_compared_with_the_reference(sheet, study):
    made = sheet("backends", "pipeline: [hue: ±9]", backend="albumentations", n=1)
    assert [p.title for p in made.groups[1].panels][:2] == ["reference", "albumentations"]
    with pytest.raises(augment.errors.SpecError, match="compares several"):
        sheet("backends", "pipeline: [hue: ±9]", backend="reference")
    assert "backends" not in default_sheets(study("image"))


def test_a_backend_that_draws_itself_tells_what_it_drew():
    from augment.program.lower import lower

    program = lower(augment.loads("pipeline: [{rotate: {degrees: ±30, p: 0.5}}, {elastic: {alpha: 1px, sigma: 12px}}]"))
    mine, theirs = program.values(3, 1), get_backend("keras").values(program, index=3, epoch=1)
    assert mine.keys() == theirs.keys()
    assert mine["rotate"]["p"] == theirs["rotate"]["p"]
    np.testing.assert_allclose(theirs["rotate"]["degrees"], mine["rotate"]["degrees"], rtol=1e-5)
    assert np.shape(theirs["elastic"]["lattice"]) == np.shape(mine["elastic"]["lattice"])


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


# Distributions -------------------------------------------------------------------------------------------------------


def test_histograms_count_what_is_drawn_and_what_is_declared(sheet, study):
    spec = """\
seed: 3
pipeline:
  - rotate: {degrees: {normal: [5, 10]}, p: 0.25}
  - scale: {factor: {log_uniform: [0.5, 2]}}
  - posterize: {bits: [2, 5]}
  - one_of: [hue: ±10, {invert: {weight: 3}}]
"""
    panels = {p.title: p for p in sheet("distributions", spec).groups[-1].panels}
    values = study(spec).program.values(np.arange(4096))
    coin, normal = panels["rotate · p"].chart, panels["rotate · degrees"].chart
    assert coin.names == ("not applied", "applied")
    assert coin.counts == tuple(np.bincount(values["rotate"]["p"], minlength=2))
    assert coin.expected == pytest.approx((3072, 1024))
    low, high = stats.norm(5, 10).ppf([0.5 / 4096, 1 - 0.5 / 4096])
    counts, edges = np.histogram(values["rotate"]["degrees"], len(normal.counts), (low, high))
    assert np.abs(np.array(normal.counts) - counts).sum() <= 8  # the ends are those of a table
    np.testing.assert_allclose(normal.expected, np.diff(stats.norm(5, 10).cdf(edges)) * 4096, atol=4)
    scale = panels["scale · factor"].chart
    edges = np.linspace(0.5, 2, len(scale.counts) + 1)
    np.testing.assert_allclose(scale.expected, np.diff(stats.loguniform(0.5, 2).cdf(edges)) * 4096, atol=1)
    assert scale.counts == tuple(np.histogram(values["scale"]["factor"], edges)[0])
    bits = panels["posterize · bits"].chart
    assert bits.names == ("2", "3", "4", "5") and bits.expected == pytest.approx((1024,) * 4)
    assert bits.counts == tuple(np.bincount(np.asarray(values["posterize"]["bits"], int))[2:])
    choice = panels["one_of · choice"].chart
    assert choice.names == ("hue", "invert") and choice.expected == pytest.approx((1024, 3072))
    for chart in (coin, normal, scale, bits, choice):
        assert stats.chisquare(chart.counts, np.array(chart.expected) * 4096 / sum(chart.expected)).pvalue > 1e-4
        tallest = max(chart.bars, key=lambda bar: bar.height)
        assert chart.bars.index(tallest) == int(np.argmax(chart.counts)) and tallest.height <= 1
        assert [bar.height / tallest.height for bar in chart.bars] == pytest.approx(np.array(chart.counts) / max(chart.counts))


def test_ops_inside_others_have_histograms_too(sheet):
    spec = "pipeline: [color_jitter: {hue: ±20, contrast: 1±0.1}, repeat: {times: [1, 3], ops: [translate: {x: ±2px, y: 0}]}]"
    panels = [p.title for p in sheet("distributions", spec).groups[-1].panels]
    assert sorted(panels) == [
        "color_jitter.contrast · factor", "color_jitter.hue · degrees", "repeat · times", "translate · x",
    ]  # fmt: skip


def pixels(made):
    return next(group for group in made.groups if group.heading == "Pixels")


def test_pixels_before_and_after(sheet, study, sample):
    group = pixels(sheet("distributions", "pipeline: [brightness: 0.5]"))
    image = sample["image"]
    mean, deviation = group.panels
    after = np.rint(image * 0.5).mean()
    assert mean.facts == (("before", f"{image.mean():.1f}", ""), ("after", f"{after:.1f}", ""))
    assert deviation.facts[0] == ("before", f"{image.std():.1f}", "")
    assert mean.chart.marks == pytest.approx((image.mean() / 255,))
    assert sum(mean.chart.counts) == 24
    [row, *_] = pixels(sheet("distributions", "pipeline: [brightness: 0.5, normalize: imagenet]")).table.rows
    out = augment.apply({"pipeline": [{"brightness": 0.5}, {"normalize": "imagenet"}]}, sample, index=0)["image"][..., 0]
    wanted = [f"{x:.4g}".replace("-", "−") for x in (out.min(), out.max(), out.mean(), out.std())]
    assert row == ("channel 0", "float32", *wanted)


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
