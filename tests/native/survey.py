"""Goes through a corpus of pipelines: what imports, what the libraries themselves make of them, and what every backend does.

    python tests/native/survey.py tests/native/pipelines.json [--n 200] [--only ID,ID|LIBRARY] [--no-verify] [--no-run]

Pipelines whose results are not as the report tells are listed one a line. A pipeline that was written for an older version than
the installed one is compared as the installed version reads it. Takes minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import warnings
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np

import augment
from augment.backend import Options
from augment.errors import AugmentError
from augment.native.reading import Imported, read
from augment.native.sources.data import from_data
from augment.native.verify import Verified, verify
from augment.plugins import get_backend
from augment.program.lower import lower

SIDES = (96, 128), (240, 320), (640, 704), (300, 1640)
"""The least that a pipeline takes is enough."""
SMALL = re.compile("fit|small|large|size|crop|exceed", re.IGNORECASE)
TEXT = "The quick brown fox doesn't jump over 3 lazy dogs. It was a good day, and everyone went home."
BACKENDS = {"image": ("reference", "torchvision", "albumentations", "keras"), "text": ("builtin", "nlpaug")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--n", type=int, default=200, help="draws of each side")
    parser.add_argument("--only", default="", metavar="ID,ID|LIBRARY")
    parser.add_argument("--no-verify", action="store_true")
    parser.add_argument("--no-run", action="store_true")
    options = parser.parse_args()
    os.environ |= {"NO_ALBUMENTATIONS_UPDATE": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    import torchvision  # noqa: F401  # first: TensorFlow cannot stand before it

    warnings.simplefilter("ignore")
    entries = json.loads(options.corpus.read_text(encoding="utf-8"))
    only = options.only.split(",")
    entries = [entry for entry in entries if not options.only or entry["id"] in only or entry["library"] in only]
    imports = {entry["id"]: read(from_data(entry)) for entry in entries}
    print(f"{len(imports)} pipelines: {sum(found.complete for found in imports.values())} with a counterpart for every class, "
          f"{sum(found.same for found in imports.values())} of which nothing is told to differ")  # fmt: skip
    if not options.no_verify:
        verified(imports, options.n)
    if not options.no_run:
        for modality, backends in BACKENDS.items():
            for backend in backends:
                run(backend, {k: v for k, v in imports.items() if (v.source.library == "nlpaug") == (modality == "text")})


def verified(imports: dict[str, Imported], n: int) -> None:
    counts: Counter[str] = Counter()
    for name, imported in imports.items():
        start = time.process_time()
        found = compared(imported, n)
        state = state_of(found)
        counts[state] += 1
        took = time.process_time() - start
        if "DIFFERS" in state or "not compared" in state or "no rest" in state:
            print(f"{name}: {state} ({took:.1f} s): {details(found)}", flush=True)
    print(f"verify, {n} draws: {dict(counts)}", flush=True)


def compared(imported: Imported, n: int) -> Verified:
    source = imported.source
    if imported.era is not None:  # None of its versions but the installed one can be run
        imported = read(replace(source, version=version(source.library)))
    found = Verified(imported, n)
    for sides in SIDES:
        found = verify(imported, n=n, sides=sides, photographs=1, backend="opencv")
        if found.found or not SMALL.search(found.why):
            break
    return found


def state_of(found: Verified) -> str:
    if not found.found:
        return "not compared" if found.rest is None else f"without what is told: {state_of(found.rest)}"
    if not found.agrees:
        return "DIFFERS"
    if found.equal:
        return "no difference"
    rest = found.rest
    return "as told" if rest is not None and rest.equal else "as told, and no rest to compare"


def details(found: Verified) -> str:
    while found.rest is not None and found.rest.found:
        found = found.rest
    if found.why:
        return found.why[:160]
    one = found.found[0]
    calls = ", ".join(map(str, found.imported.source.calls))[:300]
    return f"{one.shapes} apart {one.apart:.2f} worst {one.worst:.2f} means {one.means} stds {one.stds}: {calls}"


def run(backend: str, imports: dict[str, Imported]) -> None:
    counts: Counter[str] = Counter()
    start = time.process_time()
    for name, imported in imports.items():
        try:
            state = "runs" if all(map(good, outcomes(imported, backend))) else "gives numbers that are none"
        except AugmentError as error:
            told = " ".join(str(error).split())[:150]
            state = "needs what is not on this machine" if "is not there" in told else f"is refused: {told}"
        except Exception as error:  # what no backend should raise
            state = f"raises {type(error).__name__}: {' '.join(str(error).split())[:150]}"
        counts[state.partition(":")[0]] += 1
        if state not in ("runs", "needs what is not on this machine"):
            print(f"{name} on {backend} {state}", flush=True)
    print(f"{backend}: {dict(counts)}, {time.process_time() - start:.0f} s", flush=True)


def outcomes(imported: Imported, backend: str) -> list[dict[str, object]]:
    """What a backend makes of a sample that a pipeline takes, with two others beside it: of each view, if there are several."""
    from augment.testing.photographs import photographs

    pipeline = imported.pipeline
    if imported.source.library == "nlpaug":
        return [augment.apply(pipeline, {"text": TEXT}, backend=backend, index=3)]
    refused = AugmentError("no sample was tried")
    for sides in ((300, 400), (1060, 1640)):
        image = photographs((sides,))[0]
        samples = [sample_of(pipeline, np.roll(image, 40 * i, axis=1)) for i in range(3)]
        try:
            if pipeline.views:
                views = augment.apply(pipeline, samples[0], backend=backend, index=3).values()
                return [one for view in views for one in (view if isinstance(view, list) else [view])]
            return [get_backend(backend).apply_over(lower(pipeline), samples, index=0, epoch=0, options=Options())]
        except AugmentError as error:
            refused = error
            if "does not fit" not in str(error):
                break
    raise refused


def good(out: dict[str, object]) -> bool:
    return isinstance(out.get("text"), str) or bool(np.isfinite(np.asarray(out["image"], float)).all())


def sample_of(pipeline: augment.Pipeline, image: np.ndarray) -> dict[str, object]:
    sample: dict[str, object] = {"image": image}
    for name, target in pipeline.targets.items():
        if target.kind == "image":
            sample[name] = image
        elif target.kind == "mask":
            sample[name] = (image[..., 0] > 128).astype(np.uint8)
        elif target.kind in ("boxes", "keypoints"):
            row = [20.0, 20.0, 60.0, 60.0] if target.kind == "boxes" else [30.0, 40.0]
            sample[name] = np.array([[0.2, 0.2, 0.4, 0.4] if target.kind == "boxes" and target.format == "yolo" else row])
            sample |= {carried: np.array([1]) for carried in target.carry}
    return sample


if __name__ == "__main__":
    sys.exit(main())
