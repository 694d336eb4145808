"""Runs a spec over a folder: every sample under the key of its place in the folder, whatever fails is told and the rest done."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from augment.backend import Options
from augment.data.folder import Folder
from augment.data.form import Item
from augment.data.gather import Existing, check_once, check_place, gather_folder, gather_packs, gather_rows
from augment.data.opening import Job, Outcome, Seen, check_apart, source_of
from augment.data.output import Output
from augment.data.packs import PACKS, Pack, Sink
from augment.data.resume import Made, digest
from augment.data.standing import Standing
from augment.errors import AugmentError, FileError, SpecError
from augment.files.whole import remove_tree, sweep, writing
from augment.kernels.extents import without_pixels
from augment.plugins import get_engines
from augment.program.lower import lower
from augment.shards import Engine, Plan, Receipt, Receipts, Row, Shard
from augment.shards.engine import Means
from augment.shards.engines import ENGINES
from augment.shards.local import check_stopped
from augment.shards.manifest import versions, write_manifest
from augment.shards.plan import size_for
from augment.shards.status import STATE

LOCAL = ENGINES["local"]
ALONE = Means()


class Runner:
    """A job, ready to run. Making one raises the errors of the spec, the backend and the folder.

    ``size`` is how many samples a shard has; without it, as many as in a former run, or what suits their number.
    """

    def __init__(self, job: Job, size: int | None = None):
        from augment.language import loads

        self.job = job
        self.replaced: list[Path] = []
        """Results that stand where new ones go."""
        self.existing: Existing = "refuse"
        pipeline = loads(job.spec)
        check_apart(job)
        self.source = source_of(job, pipeline.targets, lower(pipeline, stage=job.stage))
        self.program = lower(self.source.fit(pipeline), stage=job.stage)
        names = job.backend if job.text_backend is None else {"image": job.backend, "text": job.text_backend}
        self.backend, self.text = get_engines(names)
        self.backend.check(self.program, self.text)
        if self.program.partnered and len(self.source) < 2:
            raise SpecError(f"the spec needs partners, so it needs at least two pictures; {job.source} has {len(self.source)}")
        kinds = {target.kind for target in self.program.pipeline.targets.values()}
        self.counts = bool(self.source.form and kinds & {"boxes", "keypoints"} and not self.program.mixes)
        """Whether rows of samples may be dropped, and are counted: those of joined samples are not."""
        self.pack = PACKS.get(job.output.pack)
        if self.pack:
            self.pack.require()
        if self.source.packed and size not in (None, 1):
            raise FileError(f"{job.source}: each pack is a shard: leave --shard-size out")
        self.size = 1 if self.source.packed else size or size_for(self.source.units)
        self.made = self._made()
        self.receipts = Receipts(self.made.state, mark=self.made.id)
        settled = self.made.size()
        if settled and size not in (None, settled):
            raise FileError(f"{job.output.root}: was begun with shards of {settled}, not {size}: leave --shard-size out")
        self.plan = Plan(self.made.id, self.source.units, settled or self.size, job.epochs)
        self.standing = Standing(job, self.source, self.plan, self.receipts)

    def _made(self) -> Made:
        job = self.job
        plan = {
            "backend": self.backend.name, "text_backend": self.text.name, "stage": job.stage, "quality": job.output.quality,
        }  # fmt: skip
        if self.pack:  # whose files are other ones where they hold other samples
            plan |= {"format": self.pack.name, "shard_size": self.size}
        source = {
            "source": job.source if isinstance(job.source, Path) else str(job.source[0].parent),
            "masks": job.masks, "labels": job.labels, "classes": job.classes,
            self.source.unit: self.source.units, "keys": digest(self.source.unit_names()),
            "copies": job.output.numbered,  # whether the names of results say the epoch
        }  # fmt: skip
        if self.program.partnered and self.source.packed:  # whose partners depend on how many there are
            source |= {"samples": len(self.source)}
        return Made.of(job.output.root, job.spec, plan, source, job.epochs)

    # Before --------------------------------------------------------------------------------------------------------------

    def todo(self, existing: Existing = "refuse") -> list[Shard]:
        """Return the shards that are to be worked, where results may exist already; raises `FileError`."""
        output, self.existing = self.job.output, existing
        taken = self.standing.taken()
        if not self.pack and isinstance(self.source, Folder):
            check_place(self.source, output, self.job.epochs, existing)
        else:
            check_once(self.source.joined, output, existing)
        match existing:
            case "replace":
                self.made.check_replaced()
                self.replaced = taken
            case "keep":
                self.made.check({epoch for epoch in self.job.epochs if any(self.standing.of(epoch))})
                done = self.receipts.names()
                return [shard for shard in self.plan if shard.name not in done or not self.standing.is_done(shard)]
            case "refuse" if taken:
                many = f"this and {len(taken) - 1} more exist" if len(taken) > 1 else "exists"
                raise FileError(f"{taken[0]}: {many}; --force replaces them, --resume keeps them and makes what is missing")
            case "refuse":
                self.made.check()
        return list(self.plan)

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Say beside the results what makes them, while and after they are made; what they replace goes first, so that an end on
        the way leaves no results of two calls. Where nothing is made, nothing is left."""
        first = not self.made.place.exists()
        for place in self.replaced:
            try:
                place.unlink(missing_ok=True)
            except OSError as error:
                raise FileError(f"{place}: cannot be replaced ({error.strerror or error})") from None
        made_by = versions((self.backend, self.text))
        self.made.write(
            self.plan.samples, self.plan.size, made_by, replaced=bool(self.replaced), anew=self.existing != "keep"
        )
        try:
            yield
        finally:
            ours = {self.made.place, self.made.root / STATE}
            if first and not any(place not in ours for place in self.made.root.iterdir()):
                remove_tree(self.made.root / STATE)
                self.made.place.unlink()
                self.made.root.rmdir()

    # Meanwhile -----------------------------------------------------------------------------------------------------------

    def rows(self, shard: Shard, keep: bool) -> Iterator[Row]:
        """Work a shard, sample by sample, and commit it; ``keep`` what is left there of a run that ended on the way."""
        if self.pack:
            yield from self._pack(self.pack, shard)
            return
        begun = self.receipts.begun(shard) if keep else {}
        journal = self.receipts.journal(shard)
        rows: list[Row] = []
        try:
            for place, unit, item in self.samples(shard):
                check_stopped()
                row = begun.get(place)
                if row is None or not self.standing.is_whole(row):
                    row = self(place, unit, item, shard.epoch)
                if (not row.error and unit + 1 < shard.stop) or self.source.packed:  # after the last comes the receipt
                    journal.add(row)
                rows.append(row)
                yield row
        finally:
            journal.close()
        self.receipts.write(Receipt(shard, tuple(rows)))

    def _pack(self, pack: Pack, shard: Shard) -> Iterator[Row]:
        """Work a shard into one file, which is there when all of it is."""
        place = self.standing.packed(shard)
        rows = []
        with writing(place, self.made.id) as file, pack.open(file, self.source) as add:
            sink = Sink(self.job.output, add)
            for number, unit, item in self.samples(shard):
                check_stopped()
                rows.append(self(number, unit, item, shard.epoch, sink))
        with place.open("rb") as made:
            digest = hashlib.file_digest(made, "sha256").hexdigest()
        self.receipts.write(Receipt(shard, tuple(rows), place.name, digest))
        yield from rows

    def samples(self, shard: Shard) -> Iterator[tuple[int, int, Item]]:
        """Yield each sample of a shard with its place, in a folder or in its pack, and its unit."""
        for unit in range(shard.start, shard.stop):
            for place, item in enumerate(self.source.items_of(unit)):
                yield place if self.source.packed else unit, unit, item

    def __call__(self, place: int, unit: int, item: Item, epoch: int, sink: Output | Sink | None = None) -> Row:
        """Make a sample, and write it to its files or to the sink of its shard."""
        try:
            files, dropped = self._make(item, self.place(unit, place), epoch, sink or self.job.output)
            return Row(place, item.key, files, dropped)
        except AugmentError as error:
            told = str(error)
        except Exception as error:  # of a file or a plugin that is wrong in a way of its own: the rest is done
            told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        named = told.startswith((str(item.image), item.problem or str(item.image)))
        return Row(place, item.key, error=told if named else f"{item.image}: {told}")

    def place(self, unit: int, number: int) -> int:
        """Return the place of a sample among all, which partners are counted from: in a stream that is not known, nor asked
        for."""
        return self.source.place(unit, number) if self.program.partnered else number

    def make(self, item: Item, at: int, epoch: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what the sample at a place becomes, and what it was."""
        seen, options = Seen(self.source, item, at), Options(text=self.text.name)
        made = self.backend.apply_over(self.program, seen, index=at, epoch=epoch, options=options, keyed=seen.key)
        return made, seen.first

    def _make(
        self, item: Item, at: int, epoch: int, sink: Output | Sink
    ) -> tuple[dict[str, str], dict[str, dict[str, int]]]:  # fmt: skip
        sample, first = self.make(item, at, epoch)
        dropped = self._dropped(first, self.source.number(at, item), epoch) if self.counts else {}
        return sink.write(self.source, item, epoch, sample, self.made.id), dropped

    def _dropped(self, sample: dict[str, Any], index: int, epoch: int) -> dict[str, dict[str, int]]:
        """How many rows of each target are gone, by the reason."""
        found: dict[str, Any] = {}
        without_pixels(self.program, sample, self.program.values(index, epoch), self.text.editor(self.program), found)
        return {name: dict(sorted(Counter(row["reason"] for row in rows).items())) for name, rows in sorted(found.items())}

    def outcome(self, row: Row, shard: Shard) -> Outcome:
        written = () if self.pack else tuple(self.job.output.root / name for name in row.files)
        unit = shard.start if self.source.packed else row.sample
        return Outcome(self.source.told(unit, row.key), shard.epoch, written, row.error, row.kept)

    def unread(self) -> Iterator[Outcome]:
        """Yield why pictures are missing whose folder cannot be read."""
        for folder, told in self.source.passed.unread.items():
            why = "its pictures are left out, and the places of those after them are others"
            yield from (Outcome(folder, epoch, error=f"{folder}: {told}; {why}") for epoch in self.job.epochs)


@dataclass(frozen=True)
class WorkFolder:
    """Works shards of a folder, in whatever process."""

    job: Job
    size: int
    keep: bool

    def __call__(self, shard: Shard) -> Receipt:
        return Receipt(shard, tuple(_runner(self.job, self.size).rows(shard, self.keep)))


@lru_cache(maxsize=1)
def _runner(job: Job, size: int) -> Runner:
    return Runner(job, size)


def run_job(
    runner: Runner, shards: list[Shard], engine: Engine = LOCAL, means: Means = ALONE
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each sample, in the order in which the engine is done with their shards.

    At the end what stands once beside all results is written: annotations that are one file, the manifest. Closing it ends the
    workers, each after the sample that it is at.
    """
    yield from runner.unread()
    with runner.recorded() if shards else nullcontext():
        keep = runner.existing == "keep"
        if engine is LOCAL and means.workers < 2:  # in this process, one by one
            for shard in shards:
                yield from (runner.outcome(row, shard) for row in runner.rows(shard, keep))
        else:
            work = WorkFolder(runner.job, runner.plan.size, keep)
            for receipt in engine.map(work, shards, means):
                yield from (runner.outcome(row, receipt.shard) for row in receipt.rows)
    if runner.made.size():  # also where a former run has died just before its end
        reduce(runner)
    gather(runner)


def gather(runner: Runner) -> None:
    """Write annotations that are one file for all results."""
    output, anew = runner.job.output, runner.existing == "replace"
    if isinstance(runner.source, Folder) and not runner.pack:
        gather_folder(runner.source, output, runner.job.epochs, anew=anew)
    elif (form := runner.source.joined) and runner.pack:
        gather_packs(form, output, map(runner.standing.packed, runner.plan))
    elif form:
        receipts = map(runner.receipts.of, runner.plan)
        gather_rows(form, output, (row for receipt in receipts if receipt for row in receipt.rows), anew=anew)


def reduce(runner: Runner) -> None:
    """Write the manifest of all that stands, and remove what processes that were killed have left."""
    sweep(runner.job.output.root, runner.made.id)
    runner.receipts.tidy()
    plan = replace(runner.plan, epochs=runner.made.made_epochs())
    write_manifest(runner.receipts, plan, runner.made.described())


__all__ = ["Job", "Outcome", "Runner", "WorkFolder", "run_job"]
