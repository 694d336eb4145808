"""Kinds that nobody knows, added at run time: every tool takes their ops, since it asks the kind and never looks it up."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, ClassVar

import numpy as np
import pytest
import torch
from pydantic import Field

import augment as library
from augment import plugins
from augment.lint import findings
from augment.ops.kinds import UNIT, Composition, Draw, Geometric, Mix, Move, Painting, Placement, Window, matrix
from augment.plugins import backends
from augment.program.lower import lower
from augment.testing.generate import pipelines
from augment.values import Quantity, Short, Value

ROOT = Path(__file__).parents[2]
PHOTO = np.random.default_rng(0).integers(0, 256, (40, 48, 3), np.uint8)


class Exchanging(Painting):
    """A kind of its own: channels change places, in masks too, and things that are called by their colour have another."""

    primitive: ClassVar[str] = "exchange"
    moves: ClassVar[frozenset[str]] = frozenset({"mask"})
    recolours: ClassVar[bool] = True
    takes_grey: ClassVar[bool] = False

    @classmethod
    def primitives(cls):
        return frozenset()

    @property
    def rgb(self):
        return True

    def changes_hue(self, v):
        return True

    def order(self, v: Any) -> tuple[int, ...]:
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        floats = kernels.unpack(image)
        return kernels.pack(kernels.xp.stack([floats[..., c] for c in self.order(v)], axis=-1))

    def change_mask(self, mask, v, context, kernels):
        return mask + (mask > 0)


class MirrorColours(Exchanging):
    """Let red and blue change places."""

    def order(self, v):
        return 2, 1, 0


class Growing(Geometric):
    """Another: the canvas grows at its right and bottom by what is drawn."""

    canvas: ClassVar[Any] = "drawn"
    samples: ClassVar[bool] = False

    def move(self, v, size, xp):
        by = v["by"]
        return Move(matrix(xp, (1, 0, by * 0.5), (0, 1, by * 0.5), (0, 0, 1)), (size[0] + by, size[1] + by))


class GrowCorner(Growing):
    """Put the image into the top left corner of a larger canvas."""

    by: Annotated[Short[Value], Quantity("pixels", ge=0, le=64, integer=True)] = Field(kw_only=False, description="so many")


class Stacking(Mix):
    """And one of several samples, above each other."""

    primitive: ClassVar[str] = "compose"

    def draws(self):
        return (Draw("partner", UNIT),)


class StackHalves(Stacking):
    """Put the upper half of another sample over the upper half of the image."""

    def compose(self, v, sizes, xp):
        height, width = sizes[0]
        none = v["partner"] * 0  # a number for each sample of a batch
        whole, half = (Window(none, none, rows + none, width + none) for rows in (height, height // 2))
        placements = Placement(0, whole, none, none), Placement(1, half, none, none, over=True)
        return Composition((height, width), (0.5 + none, 0.5 + none), placements=placements)


NEW = {op.name(): op for op in (MirrorColours, GrowCorner, StackHalves)}
SPEC = """
targets: {image: image, mask: mask, boxes: boxes, text: caption}
pipeline: [mirror_colours, grow_corner: [0, 8]]
"""


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """As `plugins` tells them, for all that ask."""
    given = plugins.plugin_ops()
    monkeypatch.setattr(plugins, "plugin_ops", lambda: (*given, *NEW.values()))


def sample(text="a red ball"):
    return {"image": PHOTO, "mask": (PHOTO[..., 0] > 99).astype(np.uint8), "boxes": np.array([[4.0, 6, 30, 20]]), "text": text}


def spec():
    return library.loads(SPEC)


def test_it_is_written_read_listed_and_checked(augment, tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC)
    assert library.loads(library.dumps(spec())) == spec()
    assert set(NEW) <= {row["name"] for row in json.loads(augment("ops", "--json").stdout)}
    row = json.loads(augment("ops", "grow_corner", "--json").stdout)
    assert "by" in {field["name"] for field in row["fields"]} and row["support"] == {}
    assert row["batches"].keys() == {"keras", "torchvision"}
    schema = augment("schema").stdout
    assert all(f'"{name}"' in schema for name in NEW)
    told = augment("check", path, "--backend", "reference,torchvision")
    assert told.exit_code == 0 and "pipeline[1].grow_corner: torchvision, in batches: draws the size" in told.stdout
    explained = augment("explain", path, "--backend", "torchvision").stdout
    assert "exchange: array functions of" in explained and "grow_corner: draws the size of its output" in explained


@pytest.mark.parametrize("backend", ["reference", "opencv", "albumentations", "torchvision"])
def test_it_runs(backend):
    out = library.apply(spec(), sample(), backend=backend, index=3)
    by = library.record(spec(), index=3)["values"]["grow_corner"]["by"]
    assert by > 0 and out["image"].shape == (40 + by, 48 + by, 3)
    assert np.array_equal(out["image"][:40, :48], PHOTO[..., ::-1]) and not out["image"][40:].any()
    assert np.array_equal(out["mask"][:40, :48], 2 * sample()["mask"])
    assert np.allclose(out["boxes"], sample()["boxes"])
    assert out["text"] == "a blue ball"
    again = library.replay(library.record(spec(), index=3), sample(), backend=backend)
    assert all(np.array_equal(again[name], out[name]) for name in out)


def test_it_runs_in_batches_on_torch():
    batch = torch.from_numpy(np.stack([PHOTO] * 3)).permute(0, 3, 1, 2) / 255
    half = library.compile(library.Pipeline([MirrorColours(p=0.5)]), "torchvision")
    out = half.at(range(3))({"image": batch.requires_grad_()})["image"]
    for i in range(3):
        done = library.record(half.spec, index=i)["values"]["mirror_colours"]["p"]
        assert torch.allclose(out[i], batch[i].flip(0) if done else batch[i])
    shades = torch.arange(3.0)[:, None, None, None].expand(3, 3, 40, 48) / 2
    mixed = library.compile(library.Pipeline([StackHalves()]), "torchvision").at(range(3))({"image": shades})["image"]
    assert torch.equal(mixed[:, :, 20:], shades[:, :, 20:]) and all((mixed[i, :, :20] != i / 2).all() for i in range(3))


def test_several_samples_become_one():
    pipeline = library.Pipeline([StackHalves()], targets={"image": "image", "mask": "mask", "boxes": "boxes"})
    samples = [
        {"image": PHOTO, "mask": PHOTO[..., 0], "boxes": [[2.0, 2, 40, 38]]},
        {"image": 255 - PHOTO, "mask": PHOTO[..., 1], "boxes": np.zeros((0, 4))},
    ]
    for backend in ("reference", "albumentations"):
        out = library.compile(pipeline, backend).over(samples)[0]
        assert np.array_equal(out["image"][:20], 255 - PHOTO[:20]) and np.array_equal(out["image"][20:], PHOTO[20:])
        assert np.allclose(out["boxes"], [[2, 20, 40, 38]])


def test_lint_sees_what_it_does():
    def found(text, **more):
        return {(finding.rule, finding.path) for finding in findings(library.loads(text), **more)}

    assert ("varying_size", "pipeline[1].grow_corner") in found("pipeline: [center_crop: 32, grow_corner: [0, 8]]")
    assert ("no_op", "pipeline[0].grow_corner") in found("pipeline: [grow_corner: 0]")
    assert ("early_normalize", "pipeline[1].grow_corner") in found("pipeline: [normalize: imagenet, grow_corner: 8]")
    assert ("late_resize", "pipeline[1].center_crop") in found("pipeline: [mirror_colours: {p: 0.5}, center_crop: 8]")
    assert not [path for rule, path in found(SPEC, samples=[sample()]) if rule == "running"]
    ruled = SPEC.replace("text: caption", "text: {kind: caption, rules: [sides]}")
    assert ("caption_let_go", "pipeline[0].mirror_colours") in found(ruled)


def test_reports_show_it():
    html = library.preview(spec(), [sample()], n=2).html()
    assert "grow_corner" in html and "mirror_colours" in html and "by " in html
    mixed = library.preview(library.Pipeline([StackHalves()]), [{"image": PHOTO}, {"image": 255 - PHOTO}], n=2).html()
    assert "stack_halves" in mixed


def test_support_tables_have_a_row_for_it(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import tables

    notes: dict[str, int] = {}
    cells = {name: tables.cell(backends()[name], GrowCorner, notes) for name in ("reference", "keras", "torchvision")}
    assert cells["reference"] == "matches" and cells["keras"].startswith("matches, in batches")
    assert tables.cell(backends()["keras"], MirrorColours, notes) == "matches"
    assert any("grow_corner: draws the size" in str(limit) for limit in backends()["keras"].limits(lower(spec())))
    sys.modules.pop("tables", None)


def test_the_kit_and_the_page_take_it():
    from augment.testing.examples import examples

    assert all(examples(op) for op in NEW.values())
    assert any("mirror_colours" in library.dumps(one) for one in pipelines(3, 4, [MirrorColours]))
    assert backends()["reference"].support(StackHalves, "boxes").level == "matches"
    from augment.view.controls import cards

    assert "by" in {control.field for card in cards(spec(), {}) for control in card.main}


def test_plain_code_says_that_it_has_none():
    written = library.export(spec(), "albumentations")
    assert all(f"{name}: no counterpart" in written for name in ("mirror_colours", "grow_corner"))
