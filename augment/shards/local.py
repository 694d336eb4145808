"""The engine that needs nothing: processes of the standard library on this machine."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from augment.errors import AugmentError
from augment.shards.engine import Engine, Made, Means, Work
from augment.shards.plan import Shard

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that ask for an end in order."""
AHEAD = 2
"""Shards that wait for each worker, beside the one that it works."""
DEATHS = 3
"""So often a worker may die at a shard before that is given up."""


class Local(Engine):
    """What comes back keeps the order of the shards. A worker that dies, for lack of memory perhaps, is replaced."""

    name = "local"
    about = "processes on this machine"

    def map(self, work: Work[Made], shards: Iterable[Shard], means: Means) -> Generator[Made, None, None]:
        if means.workers < 2:
            yield from map(work, shards)
            return
        pool = _Pool(work, means.workers)
        deaths: Counter[Shard] = Counter()
        rest = iter(shards)
        waiting: deque[tuple[Shard, Future[Made]]] = deque()
        try:
            while True:
                for shard in islice(rest, means.workers * (1 + AHEAD) - len(waiting)):
                    waiting.append((shard, pool.submit(shard)))
                if not waiting:
                    return
                try:
                    yield waiting[0][1].result()
                    waiting.popleft()
                except BrokenProcessPool:
                    pool.renew()
                    deaths.update(shard for shard, future in waiting if _is_broken(future))
                    if max(deaths.values()) >= DEATHS:
                        why = "a worker process died again and again, perhaps for lack of memory"
                        raise AugmentError(f"{why}; use fewer --workers, and --resume") from None
                    waiting = deque(
                        (shard, pool.submit(shard) if _is_broken(future) else future) for shard, future in waiting
                    )  # fmt: skip
        finally:
            pool.close()


def _is_broken(future: Future[Any]) -> bool:
    return future.cancelled() or not future.done() or isinstance(future.exception(), BrokenProcessPool)


class _Pool:
    """Processes that end with this one, and that signals to the group never reach."""

    def __init__(self, work: Work[Any], workers: int):
        self.context = multiprocessing.get_context("spawn")  # not forked: the frameworks have threads, which a fork breaks
        self.work, self.workers = work, workers
        self.stop = self.context.Event()
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, self.context, initializer=partial(_begin, self.work, self.stop))

    def submit(self, shard: Shard) -> Future[Any]:
        with held_back():
            try:
                return self._pool.submit(_work, shard)
            except BrokenProcessPool as error:  # found out a moment before it is asked for a result
                broken: Future[Any] = Future()
                broken.set_exception(error)
                return broken

    def renew(self) -> None:
        end_workers(self._pool)
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._made()

    def close(self) -> None:
        self.stop.set()
        self._pool.shutdown(cancel_futures=True)


def end_workers(pool: ProcessPoolExecutor) -> None:
    """End the workers of a broken pool: one that died perhaps held the lock of the queue that the others wait at for ever, and
    the pool asks them to end by a signal that is held back in them."""
    for process in list((pool._processes or {}).values()):
        process.kill()


@contextmanager
def held_back() -> Iterator[None]:
    """Hold back the signals that ask for an end until the block ends: processes started meanwhile never get them, and end with
    their parent.

    These inherit the mask. It is that of this thread alone, though: what it keeps out another thread takes, such as one of BLAS,
    and Python runs the handler here all the same. In the middle of a start that would leave a process without the data
    that it waits for; so handlers are put off, too.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ending = [getattr(signal, name) for name in ENDING]
    main = threading.current_thread() is threading.main_thread()  # which alone has handlers
    handlers = {one: handler for one in ending if main and (handler := signal.getsignal(one)) not in (None, signal.SIG_IGN)}
    heard: list[int] = []
    for one in handlers:
        signal.signal(one, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        try:
            for one, handler in reversed(handlers.items()):
                signal.signal(one, handler)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in heard:
            signal.raise_signal(number)


_own: Work[Any]
_stop: Event | None = None


def _begin(work: Work[Any], stop: Event) -> None:
    global _own, _stop
    threading.Thread(target=end_with_parent, daemon=True).start()
    _own, _stop = work, stop


def end_with_parent() -> None:
    """End this process when that which started it has ended, in whatever way: nobody would ever read what it makes."""
    parent = multiprocessing.parent_process()
    assert parent
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)


def _work(shard: Shard) -> Any:
    check_stopped()
    return _own(shard)


def check_stopped() -> None:
    """End what is worked where this is a worker that is asked to: between two samples, so that each is whole or not there."""
    if _stop is not None and _stop.is_set():
        raise CancelledError
