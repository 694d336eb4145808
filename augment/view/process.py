"""What runs in the process of a worker: one task after the other, until the server ends.

Messages come by stdin and answers go by stdout, pickled; what libraries print goes to stderr.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import time
from typing import Any

from augment.errors import AugmentError
from augment.view.budget import Superseded, Watch
from augment.view.tasks import TASKS, NeedsFresh, Tasks


class _Inbox:
    """Hears the server while a task runs, so that it can be left off."""

    def __init__(self, stream: Any):
        self.stream = stream
        self.abandoned = 0
        """The last job that nobody waits for."""
        self.jobs: queue.Queue[Any] = queue.Queue()
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        while True:
            try:
                message = pickle.load(self.stream)
            except Exception:  # the server has ended, in whatever way
                os._exit(0)
            if message[0] == "abandon":
                self.abandoned = message[1]
            else:
                self.jobs.put(message)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the server ends its workers itself
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    spec, given, patient = pickle.load(sys.stdin.buffer)
    if patient and hasattr(os, "nice"):
        os.nice(10)
    tasks = Tasks(spec, given)
    inbox = _Inbox(sys.stdin.buffer)
    while True:
        task, job, seconds, arguments = inbox.jobs.get()
        watch = Watch(time.monotonic() + seconds, lambda job=job: inbox.abandoned >= job)  # type: ignore[misc]
        pickle.dump(_answer(tasks, task, watch, arguments), answers)
        answers.flush()


def _answer(tasks: Tasks, task: str, watch: Watch, arguments: dict[str, Any]) -> tuple[str, Any]:
    try:
        assert task in TASKS
        return "done", getattr(tasks, task)(watch, **arguments)
    except Superseded:
        return "superseded", None
    except NeedsFresh:
        return "fresh", "torchvision must be loaded before TensorFlow"
    except AugmentError as error:
        return "error", str(error)
    except Exception as error:  # a plugin may raise anything, and the worker goes on
        return "error", f"{type(error).__name__}: {str(error)[:300]}"


if __name__ == "__main__":
    main()
