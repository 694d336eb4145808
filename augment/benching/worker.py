"""A process that times one side: it reads a job, and then runs a turn for each line that it is sent.

Jobs and answers are lines of JSON. What libraries print goes to the standard error.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
import warnings
from typing import Any

WARM = 2
"""Calls before anything is timed."""
MOST_CALLS = 1000


def serve() -> None:
    """Answer until there is nothing more to read."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    warnings.simplefilter("ignore")  # what differs from the native classes is told by whoever started this

    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    try:
        say({"first": _prepared(json.loads(sys.stdin.readline()))})
        for _ in sys.stdin:
            say(_turn())
    except Exception as error:  # whatever a library raises on its own pipeline is an answer
        traceback.print_exc()
        say({"error": f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"})


_state: dict[str, Any] = {}


def _prepared(raw: dict[str, Any]) -> float:
    """Make the call and warm it up; returns the seconds of the first one, in which libraries compile."""
    from augment.benching.calls import call_of, with_one_thread
    from augment.benching.regimes import Job

    job = Job(**{**raw, "files": tuple(raw["files"])})
    with_one_thread()
    call, count = call_of(job)
    spent = []
    for _ in range(1 + WARM):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    calls = min(MOST_CALLS, max(1, round(job.seconds / max(spent[-1], 1e-9))))
    _state.update(call=call, count=count, calls=calls)
    return spent[0]


def _turn() -> dict[str, float]:
    """Seconds of a sample: of the CPU, and on the wall."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(_state["calls"]):
        _state["call"]()
    made = _state["calls"] * _state["count"]
    return {"CPU": (time.process_time() - cpu) / made, "wall": (time.perf_counter() - wall) / made}


if __name__ == "__main__":
    serve()
