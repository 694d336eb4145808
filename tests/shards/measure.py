"""Whether all engines make the same of many photographs in all formats, and what plan, receipts and workers take of the time.

python tests/shards/measure.py engines 3000
python tests/shards/measure.py rate 400
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from PIL import Image

from augment.data import Folder, Job, Output, Runner, run_job
from augment.data.output import encode_image
from augment.data.resume import is_kept
from augment.files.whole import write_whole
from augment.language import dumps, loads
from augment.plugins import get_backend, get_shard_engine
from augment.shards.engine import Means

PHOTOS = Path(__file__).parents[2] / "augment" / "photos"
TARGETS = {
    "classes": "{image: image, mask: mask, labels: labels}", "boxes": "{image: image, boxes: {kind: boxes, carry: [labels]}}",
    "captions": "{image: image, caption: caption}",
}  # fmt: skip
PIPELINE = "[horizontal_flip: {p: 0.5}, rotate: ±20, brightness: 1±0.3]"
JOINED = "[brightness: 1±0.3, {mixup: {alpha: 1, p: 0.5}}]"
CLASSES = ("cat", "dog", "owl")
SIZE = 40


def spec_of(targets: str, pipeline: str = PIPELINE) -> str:
    return dumps(loads(f"seed: 5\ntargets: {targets}\npipeline: {pipeline}\n"), "json")


# Photographs ---------------------------------------------------------------------------------------------------------


def crops(root: Path, count: int) -> None:
    """Write parts of photographs, in folders of classes, with masks and with annotations of all kinds."""
    rng = np.random.default_rng(0)
    photos = []
    for path in sorted((PHOTOS / "masks").glob("*.png")):
        with Image.open(PHOTOS / f"{path.stem}.jpg") as picture, Image.open(path) as mask:
            photos.append((np.asarray(picture), np.asarray(mask)))
    images: list[dict[str, Any]] = []
    objects: list[dict[str, Any]] = []
    rows = []
    for i in range(count):
        image, mask = photos[i % len(photos)]
        y, x = (int(rng.integers(side - SIZE)) for side in image.shape[:2])
        name = f"{CLASSES[i % 3]}/{i:06}"
        for folder, whole in (("images", image), ("masks", mask)):
            place = root / folder / f"{name}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(whole[y : y + SIZE, x : x + SIZE]).save(place)
        left, top, wide, high = (int(n) for n in rng.integers(2, SIZE // 2 - 2, 4))
        images.append({"id": i, "file_name": f"{name}.png", "height": SIZE, "width": SIZE})
        objects.append({"id": i, "image_id": i, "category_id": i % 3, "bbox": [left, top, wide, high], "iscrowd": 0})
        rows.append({"file_name": f"{name}.png", "text": f"number {i} on the left"})
        yolo = [i % 3, (left + wide / 2) / SIZE, (top + high / 2) / SIZE, wide / SIZE, high / SIZE]
        corners = {"xmin": left + 1, "ymin": top + 1, "xmax": left + wide, "ymax": top + high}
        box = "".join(f"<{edge}>{at}</{edge}>" for edge, at in corners.items())
        voc = f"<annotation><object><name>{CLASSES[i % 3]}</name><bndbox>{box}</bndbox></object></annotation>"
        for folder, suffix, text in (("labels", "txt", " ".join(map(str, yolo))), ("voc", "xml", voc)):
            place = root / folder / f"{name}.{suffix}"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text + "\n")
    categories = [{"id": i, "name": name} for i, name in enumerate(CLASSES)]
    (root / "instances.json").write_text(json.dumps({"images": images, "annotations": objects, "categories": categories}))
    (root / "metadata.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (root / "data.yaml").write_text(yaml.safe_dump({"train": "images", "names": list(CLASSES)}))


def jobs(root: Path, out: Path) -> dict[str, Callable[[], Job]]:
    """Return what makes a job of each format; packs as sources are those that were made before."""

    def of(name: str, targets: str, *, pipeline: str = PIPELINE, source: Path | None = None, pack: str = "", **given: Any) -> Any:
        parted = bool(given.keys() & {"masks", "labels"})
        output = Output(out / name, parted, pack=pack)
        return lambda: Job(spec_of(targets, pipeline), "reference", source or root / "images", output, **given)

    whole = {"masks": root / "masks", "classes": True}
    shares = TARGETS["classes"].replace("labels: labels", "labels: {kind: labels, classes: 3}")
    return {
        "files": of("files", TARGETS["classes"], **whole),
        "webdataset": of("webdataset", TARGETS["classes"], pack="webdataset", **whole),
        "parquet": of("parquet", TARGETS["classes"], pack="parquet", **whole),
        "imagefolder": of("imagefolder", TARGETS["captions"], labels=root / "metadata.jsonl"),
        "coco": of("coco", TARGETS["boxes"], labels=root / "instances.json"),
        "yolo": of("yolo", TARGETS["boxes"], labels=root / "data.yaml"),
        "voc": of("voc", TARGETS["boxes"], labels=root / "voc"),
        "tars of tars": of("tars of tars", TARGETS["classes"], source=out / "webdataset", pack="webdataset"),
        "tables of tables": of("tables of tables", TARGETS["classes"], source=out / "parquet", pack="parquet"),
        "tars, joined": of("tars, joined", shares, pipeline=JOINED, source=out / "webdataset", pack="webdataset"),
    }


# Engines -------------------------------------------------------------------------------------------------------------


@contextmanager
def local(workers: int) -> Iterator[tuple[Any, Means]]:
    yield get_shard_engine("local"), Means(workers)


@contextmanager
def ray(nodes: int) -> Iterator[tuple[Any, Means]]:
    import ray as library
    from ray.cluster_utils import Cluster

    os.environ["PYTHONPATH"] = os.pathsep.join([path for path in sys.path if path])
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2 // nodes, "include_dashboard": False})
    try:
        for _ in range(nodes - 1):
            cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        library.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
        yield get_shard_engine("ray"), Means(2)
    finally:
        library.shutdown()
        cluster.shutdown()


ENGINES = {
    "local, 1 worker": lambda: local(1), "local, 2 workers": lambda: local(2), "local, 4 workers": lambda: local(4),
    "ray, 1 node": lambda: ray(1), "ray, 2 nodes": lambda: ray(2),
}  # fmt: skip


def digests(out: Path) -> tuple[str, str]:
    """Return a digest of all results with their names, and that of the manifest."""
    told = hashlib.sha256()
    for path in sorted(p for p in out.rglob("*") if p.is_file() and not is_kept(p, out)):
        told.update(f"{path.relative_to(out)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    [manifest] = out.glob(".augment/*/manifest.json")
    return told.hexdigest()[:16], hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]


def engines(count: int, folder: Path, size: int | None) -> dict[str, Any]:
    """Run every format by every engine; returns the digests, which are one for each format."""
    crops(folder / "in", count)
    found: dict[str, dict[str, Any]] = {}
    for name, start in ENGINES.items():
        with start() as (engine, means):
            for form, job in jobs(folder / "in", folder / "out").items():
                shutil.rmtree(folder / "out" / form, ignore_errors=True)
                begun = time.monotonic()
                runner = Runner(job(), size if "of" not in form and "joined" not in form else None)
                made = list(run_job(runner, runner.todo(), engine, means))
                assert len(made) == count and not any(one.error for one in made), [one.error for one in made if one.error][:1]
                found.setdefault(form, {})[name] = digests(folder / "out" / form)
                print(f"{name}: {form}: {found[form][name]}, {time.monotonic() - begun:.1f} s", file=sys.stderr, flush=True)
    unlike = [form for form, own in found.items() if len(set(own.values())) > 1]
    return {"samples": count, "digests": {form: next(iter(own.values())) for form, own in found.items()}, "unlike": unlike}


# Rate ----------------------------------------------------------------------------------------------------------------


def processor() -> float:
    """Seconds of the processor that this process and those that it has started and that have ended took."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def rate(count: int, folder: Path, rounds: int) -> dict[str, Any]:
    """Compare a bare loop (read, augment, encode, write and sync) with a run, and one worker with two."""
    source = folder / "photos"
    source.mkdir()
    with Image.open(PHOTOS / "cat.jpg") as photo:
        for i in range(count):
            photo.crop((i % 50, i % 40, i % 50 + 320, i % 40 + 240)).save(source / f"{i:06}.jpg", quality=90)
    spec = loads(
        "seed: 5\npipeline: [random_resized_crop: {size: 224, area: [0.3, 1]}, horizontal_flip: {p: 0.5}, brightness: 1±0.3]\n"
    )
    backend = get_backend("opencv")
    seconds: dict[str, list[float]] = {"bare": [], "run": []}
    walls: dict[int, list[float]] = {1: [], 2: []}
    own: dict[int, list[float]] = {1: [], 2: []}

    def bare() -> None:
        from augment.backend import Options
        from augment.program.lower import lower

        program, pictures = lower(spec), Folder(source, {})
        for i in range(len(pictures)):
            sample = backend.apply_over(program, pictures, index=i, epoch=0, options=Options())
            suffix, data = encode_image(sample["image"])
            write_whole(folder / "bare" / f"{i:06}{suffix}", data)

    def run(workers: int) -> tuple[float, float]:
        """Returns seconds from the first result to the last, and those of this process for each."""
        runner = Runner(Job(dumps(spec, "json"), backend.name, source, Output(folder / "run", False)), 10)
        times, took = [], []
        for _ in run_job(runner, runner.todo(), get_shard_engine("local"), Means(workers)):
            times.append(time.monotonic())
            took.append(time.process_time())
        assert len(times) == count
        skipped = count // 4  # while the workers start
        return (times[-1] - times[skipped]) / (count - skipped), (took[-1] - took[skipped]) / (count - skipped)

    bare()  # which loads what it needs
    for _ in range(rounds):
        for name, call in (("bare", bare), ("run", lambda: run(1))):
            shutil.rmtree(folder / name, ignore_errors=True)
            begun = processor()
            made = call()
            seconds[name].append(processor() - begun)
            if made:
                walls[1].append(made[0])
                own[1].append(made[1])
        shutil.rmtree(folder / "run", ignore_errors=True)
        wall, took = run(2)
        walls[2].append(wall)
        own[2].append(took)
    least = {name: min(found) for name, found in seconds.items()}
    return {
        "samples": count, "ms of the processor for each, bare": round(1000 * least["bare"] / count, 3),
        "ms of the processor for each, run": round(1000 * least["run"] / count, 3),
        "overhead": round(least["run"] / least["bare"] - 1, 4),
        "overhead, median of pairs": round(statistics.median(b / a for a, b in zip(*seconds.values(), strict=True)) - 1, 4),
        "ms of the clock for each, by workers": {n: round(1000 * min(found), 3) for n, found in walls.items()},
        "two workers against one, by the clock": round(min(walls[1]) / min(walls[2]), 3),
        "ms of the driver for each, with two workers": round(1000 * min(own[2]), 3),
    }  # fmt: skip


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("what", choices=("engines", "rate"))
    words.add_argument("samples", type=int)
    words.add_argument("--within", type=Path, help="a folder for what is made, which is deleted at the end")
    words.add_argument("--size", type=int, help="of a shard")
    words.add_argument("--rounds", type=int, default=3)
    given = words.parse_args()
    place = Path(tempfile.mkdtemp(dir=given.within))
    try:
        told = engines(given.samples, place, given.size) if given.what == "engines" else rate(given.samples, place, given.rounds)
        print(json.dumps(told, indent=1))
        sys.exit(bool(told.get("unlike")))
    finally:
        shutil.rmtree(place)
