"""A process that reads specs and makes pictures for the page, so that what takes too long or too much can be ended.

Threads could not be: a regular expression of a spec, or a picture that is being enlarged, holds on to its thread. One worker does
one thing at a time; when it is ended the next request starts another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from augment.errors import AugmentError
from augment.view import limits
from augment.view.budget import Superseded

POLL = 0.05
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Stopped(AugmentError):
    """A request that was ended, since it took too long or too much."""


class Worker:
    """Runs tasks in a process of its own; `ask` is called from threads, one at a time."""

    def __init__(self, spec: str, given: Any):
        self._setup = (spec, given)
        self._context = multiprocessing.get_context("spawn")
        self._abandoned = self._context.Value("q", 0, lock=False)
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Connection | None = None
        self._names: dict[str, str] = {}
        self.job = 0
        self.loaded: set[str] = set()
        """Backends that have made a picture in this process."""

    def ask(self, task: str, seconds: float, **arguments: Any) -> dict[str, Any]:
        """Return what a task says. Raises `Stopped` if it had to be ended, `Superseded` if it was abandoned on the way."""
        with self._lock:
            for _ in range(2):
                self._start()
                kind, result = self._call(task, seconds, arguments)
                if kind != "fresh":
                    break
                self._end()
            if kind == "superseded":
                raise Superseded
            if kind != "done":
                raise Stopped(f"the page could not do this: {result}")
            return result

    def abandon(self) -> None:
        """Tell the worker to leave off what it is doing."""
        self._abandoned.value = self.job

    def know(self, names: dict[str, str]) -> None:
        """Tell which uploads there are, also to the processes that are started later."""
        with self._lock:
            self._names = dict(names)
            if self._process is not None and self._process.is_alive():
                self._call("know", limits.READ_SECONDS, {"names": self._names})

    def close(self) -> None:
        self._end()

    def _call(self, task: str, seconds: float, arguments: dict[str, Any]) -> tuple[str, Any]:
        assert self._pipe is not None
        self.job += 1
        until = time.monotonic() + seconds
        try:
            self._pipe.send((self.job, task, seconds, arguments))
            while not self._pipe.poll(POLL):
                if time.monotonic() > until + 1:  # the worker itself leaves off at the end, if it can
                    self._end()
                    raise Stopped(f"this took more than {seconds:.0f} seconds, and was ended: make pictures smaller, or the spec simpler")
                if _resident(self._process.pid) > limits.RESIDENT_BYTES:
                    self._end()
                    raise Stopped(f"this took more than {limits.RESIDENT_BYTES >> 30} GB of memory, and was ended")
            return self._pipe.recv()
        except (EOFError, OSError):
            self._end()
            raise Stopped("the process that makes the pictures has ended; the next request starts another") from None

    def _start(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        self._end()
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(theirs, self._abandoned, *self._setup), daemon=True)
        self._process.start()
        theirs.close()
        self.loaded.clear()
        if self._names:
            self._call("know", limits.LOADING_SECONDS, {"names": self._names})

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def _resident(pid: int) -> int:
    """The memory of a process in bytes, where the system tells it."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


def _serve(pipe: Connection, abandoned: Any, spec: str, given: Any) -> None:
    """What runs in the process: one task after the other, until the pipe is closed."""
    import signal

    from augment.view.budget import Watch
    from augment.view.tasks import TASKS, NeedsFresh, Tasks

    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the server ends its workers itself
    tasks = Tasks(spec, given)
    while True:
        try:
            job, task, seconds, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        watch = Watch(time.monotonic() + seconds, lambda job=job: abandoned.value >= job)  # type: ignore[misc]
        try:
            assert task in TASKS
            answer = ("done", getattr(tasks, task)(watch, **arguments))
        except Superseded:
            answer = ("superseded", None)
        except NeedsFresh:
            answer = ("fresh", "torchvision must be loaded before TensorFlow")
        except AugmentError as error:
            answer = ("error", str(error))
        except Exception as error:  # a plugin may raise anything, and the worker goes on
            answer = ("error", f"{type(error).__name__}: {str(error)[:300]}")
        pipe.send(answer)
