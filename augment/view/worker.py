"""A process that reads specs and makes pictures for the page, so that what takes too long or too much can be ended.

Threads could not be: a regular expression of a spec, or a picture that is being enlarged, holds on to its thread. One worker does
one thing at a time; when it is ended the next request starts another.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
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
    """Runs tasks in a process of its own; `ask` is called from threads, and they wait for each other."""

    def __init__(self, spec: str, given: Any, patient: bool = False):
        """``patient``: it lets other processes go first."""
        self._setup = (spec, given, patient)
        self._lock = threading.Lock()
        self._speaking = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._names: dict[str, str] = {}
        self._why = ""
        self._closed = False
        self._job = 0
        self.loaded: set[str] = set()
        """Backends that have made a picture in this process."""

    def ask(self, task: str, seconds: float, **arguments: Any) -> dict[str, Any]:
        """Return what a task says. Raises `Stopped` if it had to be ended, `Superseded` if it was abandoned on the way."""
        with self._lock:
            for _ in range(2):
                kind, result = self._call(self._started(), task, seconds, arguments)
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
        if self._process is not None:
            with contextlib.suppress(OSError, ValueError):
                self._say(self._process, ("abandon", self._job, None, None))

    def know(self, names: dict[str, str]) -> None:
        """Tell which uploads there are, also to the processes that are started later."""
        with self._lock:
            self._names = dict(names)
            if self._process is not None and self._process.poll() is None:
                self._call(self._process, "know", limits.READ_SECONDS, {"names": self._names})

    def close(self) -> None:
        """End the process; nothing can be asked any more."""
        self._closed = True
        self._end()

    # The process -----------------------------------------------------------------------------------------------------

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        if self._closed:
            raise Stopped("the server is ending")
        command = [sys.executable, "-m", "augment.view.process"]
        made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._process = made
        self.loaded.clear()
        self._say(made, self._setup)
        if self._names:
            self._call(made, "know", limits.LOADING_SECONDS, {"names": self._names})
        return made

    def _call(self, process: subprocess.Popen[bytes], task: str, seconds: float, arguments: dict[str, Any]) -> tuple[str, Any]:
        assert process.stdout is not None
        self._job += 1
        self._why, done = "", threading.Event()
        threading.Thread(target=self._guard, args=(process, done, seconds), daemon=True).start()
        try:
            self._say(process, (task, self._job, seconds, arguments))
            return pickle.load(process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._end()
            raise Stopped(self._why or "the process that makes the pictures has ended; the next request starts another") from None
        finally:
            done.set()

    def _say(self, process: subprocess.Popen[bytes], message: Any) -> None:
        assert process.stdin is not None
        with self._speaking:
            pickle.dump(message, process.stdin)
            process.stdin.flush()

    def _guard(self, process: subprocess.Popen[bytes], done: threading.Event, seconds: float) -> None:
        """End the process if it takes too long, or too much memory."""
        until = time.monotonic() + seconds + 1  # the task itself leaves off at the end, where it can
        while not done.wait(POLL):
            if time.monotonic() > until:
                self._why = (
                    f"this took more than {seconds:.0f} seconds, and was ended: make pictures smaller, or the spec simpler"
                )
            elif _resident(process.pid) > limits.RESIDENT_BYTES:
                self._why = f"this took more than {limits.RESIDENT_BYTES >> 30} GB of memory, and was ended"
            if self._why:
                process.kill()
                return

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(10)
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _resident(pid: int) -> int:
    """The memory of a process in bytes, where the system tells it."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0
