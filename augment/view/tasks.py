"""What a worker does: reads specs, changes them, looks at what they do. Arguments and results are plain data."""

from __future__ import annotations

import base64
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from augment.data.sentences import texts_alone
from augment.errors import AugmentError, SpecError
from augment.report.names import AUTO
from augment.spec.node import Pipeline
from augment.view import limits
from augment.view.budget import Followed, Watch, Watched, check_canvases
from augment.view.reading import Told, read_text, told, value_of
from augment.view.results import BY_DRAW, begun, made
from augment.view.stock import Chosen, Given, Stock


class NeedsFresh(Exception):
    """What is asked for can only be done by a process that has loaded nothing yet."""


@dataclass
class Tasks:
    """All that a worker can be asked for."""

    spec: str
    """What the spec is called."""
    given: Given
    stock: Stock = field(init=False)

    def __post_init__(self) -> None:
        self.stock = Stock(self.given)

    # Reading ---------------------------------------------------------------------------------------------------------

    def read(self, watch: Watch, text: str) -> Told:
        """Return all mistakes of a spec, or its controls."""
        from augment.view.page import cards_html

        try:
            pipeline, lines = read_text(text, self.spec)
        except SpecError as error:
            return {"mistakes": told(error, self.spec)}
        from augment.view.controls import cards

        made = cards(pipeline, lines)
        values = {name: control for card in made for name, control in card.plain().items()}
        shape = [(name, c["kind"], c["options"], c["unit"], c["written"], c["ranges"]) for name, c in values.items()]
        return {
            "mistakes": [], "controls": values, "shape": repr(shape), "html": cards_html(made), "seed": pipeline.seed,
            "name": pipeline.name or "", "text_ops": any(_edits(node) for node in _ops(pipeline)),
            "image_ops": any(getattr(node, "modality", "") == "image" for node in _ops(pipeline)), "words": texts_alone(pipeline),
            "caption": any(target.kind == "caption" for target in pipeline.targets.values()),
        }  # fmt: skip

    def change(self, watch: Watch, text: str, changes: list[Told]) -> Told:
        """Change fields of a spec in place, and read it. A change that does not fit is told, and the others are made."""
        from augment.ops import catalogue
        from augment.spec.node import COMBINATORS
        from augment.spec.rewriting import Change, rewrite

        refused, known = [], {**COMBINATORS, **catalogue()}
        for one in changes:
            kind = known.get(one["op"])
            try:
                value = value_of(kind, one["field"], one["value"])
                text = rewrite(text, Change(tuple(one["steps"]), one["op"], one["field"], value), kind.bare if kind else None)
            except (SpecError, ValueError) as error:
                refused.append(f"{one['field']}: {error}")
        return {"text": text, "declined": refused, **self.read(watch, text)}

    def arrange(self, watch: Watch, text: str, action: str, steps: list[int], op: str, by: int) -> Told:
        """Add, move or remove an op, and read the spec. What cannot be done is told, and the text stays."""
        from augment.view.workbench import added, arranged

        try:
            text = added(text, read_text(text, self.spec)[0], op) if action == "add" else arranged(text, action, steps, by)
        except SpecError as error:
            return {"text": text, "declined": [str(error)], **self.read(watch, text)}
        return {"text": text, "declined": [], **self.read(watch, text)}

    def words(self, watch: Watch) -> Told:
        """Return all ops, what is said of them and what an editor completes."""
        from augment.view.workbench import words

        return words()

    def sketch(self, watch: Watch, op: str) -> Told:
        """Return a small picture of what an op does; nothing of one that has none."""
        from augment.view.workbench import sketch

        return {"data": sketch(op)}

    def lint(self, watch: Watch, text: str, backends: list[str]) -> Told:
        """Return what a spec probably does not mean, measured as ``augment check --files`` does: on all files that were given."""
        from augment.lint import findings
        from augment.view.page import findings_html

        try:
            pipeline, _ = read_text(text, self.spec)
            pipeline, files = self.stock.everything(pipeline)
            found = findings(pipeline, samples=None if files is None else Followed(files, watch), backends=backends)
        except AugmentError as error:
            return {"mistakes": told(error, self.spec)}
        return {"mistakes": [], "html": findings_html(found), "count": len(found), "lines": [f.line for f in found if f.line]}

    # Pictures --------------------------------------------------------------------------------------------------------

    def look(
        self, watch: Watch, text: str, picture: str, sheet: str, epoch: int, n: int, backend: str, text_backend: str, stage: str,
        words: str = "", quick: bool = False, small: bool = False, closely: bool = False, muted: Sequence[Any] = (),
    ) -> Told:
        """Return one sheet of a spec on one picture: ``quick``, of as many draws as come in a moment; ``small``, reduced;
        ``closely``, with what can be looked at pixel by pixel."""
        from augment.report.closer import SHEET
        from augment.report.names import SHEETS
        from augment.report.sheets import default_sheets, make_sheet, short_sheets
        from augment.view.page import sheet_html

        try:
            pipeline, _ = read_text(text, self.spec)
            backend = "all" if alone(sheet, backend) else backend
            study = self.study(watch, pipeline, picture, epoch, n, backend, text_backend, stage, words, muted)
            study = replace(study, size=limits.SMALL, passing=True) if small else study
            study = replace(study, budget=SHEET) if closely else study
            check_canvases(study)
            names = default_sheets(study)
            compared = {"backends"} if any(engine.main.modality == "image" for engine in study.engines) else set()
            many = [name for name in SHEETS if name in {*names, *compared}]
            shown = sheet if sheet in many else short_sheets(study)[0]
            if quick and shown in BY_DRAW:
                study = begun(study)
            made = make_sheet(shown, study)
            command = _all_draws(study.command(shown, study.subjects[0]), n)
        except AugmentError as error:
            return {"mistakes": told(error, self.spec)}
        return {
            "mistakes": [], "html": sheet_html(made), "sheet": shown, "sheets": many, "kinds": list(made.kinds),
            "lead": made.lead, "command": command, "left_out": [list(row) for row in study.left_out],
            "draws": study.n, "backends": _used(study),
            "why": ", the quickest that is installed" if study.engines[0].main.quick else "",
        }  # fmt: skip

    def export(self, watch: Watch, form: str, **asked: Any) -> Told:
        """Return the sheet that is looked at, as PNG or GIF."""
        from augment.report.sheets import make_sheet, short_sheets
        from augment.view.export import moving, picture

        sheet, text = asked.pop("sheet"), asked.pop("text")
        for flag in ("quick", "small", "closely"):
            asked.pop(flag)
        try:
            pipeline, _ = read_text(text, self.spec)
            study = self.study(watch, pipeline, **asked)
            check_canvases(study)
            made = make_sheet(sheet or short_sheets(study)[0], study)
            data = moving(made) if form == "gif" else picture(made)
        except AugmentError as error:
            return {"mistakes": told(error, self.spec)}
        return {"mistakes": [], "data": base64.b64encode(data).decode()}

    def study(
        self, watch: Watch, pipeline: Pipeline, picture: str, epoch: int, n: int, backend: str, text_backend: str, stage: str,
        words: str = "", muted: Sequence[Any] = (),
    ) -> Watched:  # fmt: skip
        from augment.program.lower import lower
        from augment.report import prepare
        from augment.view.workbench import captioned, without

        _check_order(backend)
        chosen = self.stock.choose(picture, pipeline, lower(pipeline, stage=stage), words)
        names = backend.split(",")
        engines: Any = [{"image": name, "text": text_backend} if text_backend else name for name in dict.fromkeys(names)]
        study = prepare(
            chosen.pipeline, chosen.samples, backend=engines, n=n, epoch=epoch, index=chosen.index, stage=stage,
            names=chosen.names, reproduce=self._command(chosen, backend, text_backend, stage),
        )  # fmt: skip
        if words and not texts_alone(chosen.pipeline):
            study = captioned(study, words)
        if muted:
            study = replace(study, program=without(study.program, study.pipeline, muted))
        known = made(study, (repr(pipeline), picture, words, stage, tuple(self.stock.names), repr(muted)))
        return Watched.of_study(replace(study, _made=known), watch)

    def _command(self, chosen: Chosen, backend: str, text_backend: str, stage: str) -> Any:
        from augment.cli.showing import Again

        given = self.given
        options: dict[str, Any] = {"--backend": backend if backend != AUTO else None}
        options |= {"--text-backend": text_backend or None}
        options |= {"--stage": stage if stage != "train" else None, "--masks": given.masks, "--labels": given.labels}
        if not given.files:
            options |= {"--masks": None, "--labels": None}
        flags = ["--classes"] if given.classes else []
        return Again(Path(self.spec), chosen.files, options, flags, (), ".html", chosen.whole)

    def thumb(self, watch: Watch, picture: str) -> Told:
        """Return a small picture of a picture; nothing of one that there is not."""
        try:
            return {"data": self.stock.thumb(picture)}
        except AugmentError:
            return {"data": b""}

    def admit(self, watch: Watch, picture: str, name: str) -> Told:
        """Take an upload."""
        try:
            return {"mistakes": [], **self.stock.admit(picture, name)}
        except AugmentError as error:
            return {"mistakes": told(error, self.spec)}

    def know(self, watch: Watch, names: dict[str, str]) -> Told:
        """Hear of uploads that another worker has taken."""
        self.stock.names = dict(names)
        return {}

    def warm(self, watch: Watch) -> Told:
        """Load what every request needs."""
        import augment.lint
        import augment.report.make  # noqa: F401

        return {}


TASKS = ("read", "change", "lint", "look", "thumb", "admit", "know", "warm", "arrange", "words", "sketch", "export")


def _used(study: Watched) -> list[str]:
    """The backends that have a part in what is shown: those of texts only where texts are edited."""
    kinds = {"image", *(leaf.op.modality for leaf in study.program.leaves)}
    return list(dict.fromkeys(one.name for engine in study.engines for one in engine if one.modality in kinds))


def _all_draws(command: str, n: int) -> str:
    """The command of a panel as that of the whole sheet."""
    words = shlex.split(command)
    words[words.index("--n") + 1] = str(n)
    return shlex.join(words)


def _ops(pipeline: Pipeline) -> list[Any]:
    from augment.program.addresses import walk

    return [node for _, node in walk(pipeline)]


def _edits(node: Any) -> bool:
    return getattr(node, "modality", "") == "text"


# Backends ------------------------------------------------------------------------------------------------------------


def alone(sheet: str, backend: str) -> bool:
    """Whether there is nothing to compare, as others are compared with the reference: then with all that are installed."""
    return sheet == "backends" and backend == "reference"


def _check_order(backend: str) -> None:
    """Ask for another process where TensorFlow was loaded before torchvision, which must come first."""
    from augment.plugins import backends

    known = backends()
    wanted = known.values() if backend == "all" else [known[name] for name in backend.split(",") if name in known]
    modules = {module for one in wanted if not one.missing() for module in one.requires}
    if "torchvision" in modules and "tensorflow" in sys.modules and "torchvision" not in sys.modules:
        raise NeedsFresh
