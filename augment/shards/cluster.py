"""The engine for many machines: Ray carries the numbers of shards to its workers, and receipts back; pictures never."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from augment.errors import AugmentError
from augment.shards.engine import Engine, Made, Means, Work
from augment.shards.local import DEATHS, ENDING, held_back
from augment.shards.plan import Shard


class Ray(Engine):
    """Actors, spread over the nodes, that hold what they have compiled; receipts come as they are done.

    Without an address Ray is started on this machine. On a cluster, source and results are where all of its nodes reach them
    under the same path. A worker or a node that dies is replaced, and its shard worked again elsewhere.
    """

    name = "ray"
    about = "Ray, on this machine or on a cluster (--address)"
    requires = ("ray",)
    install = "pip install 'augment-spec[ray]'"

    def map(self, work: Work[Made], shards: Iterable[Shard], means: Means) -> Generator[Made, None, None]:
        import ray

        with _started(ray, means):
            crew = _Crew(ray, work, means)
            waiting, rest = deque[Shard](), iter(shards)
            deaths: Counter[Shard] = Counter()
            try:
                while True:
                    for actor in crew.idle():
                        shard = waiting.popleft() if waiting else next(rest, None)
                        if shard is None:
                            break
                        crew.give(actor, shard)
                    if not crew.working:
                        return
                    shard, receipt = crew.done()
                    if receipt is not None:
                        yield receipt
                    elif shard is not None:  # its worker died
                        waiting.append(shard)
                        deaths[shard] += 1
                        if deaths[shard] >= DEATHS:
                            why = "a worker died again and again, perhaps for lack of memory"
                            raise AugmentError(f"{why}; use fewer --workers, and --resume")
            finally:
                crew.close()


class _Worker:
    def __init__(self, work: Work[Any]):
        self.work = work

    def ready(self) -> None:
        """Answer, once there is a place to work."""

    def run(self, shard: Shard) -> Any:
        return self.work(shard)


class _Crew:
    """Actors, of which each has one shard at a time, once it has been given a place: after a death there may be fewer places."""

    def __init__(self, ray: Any, work: Work[Any], means: Means):
        self.ray = ray
        kind = ray.remote(num_cpus=1, num_gpus=means.gpus)(_Worker)
        self._new = partial(kind.options(scheduling_strategy="SPREAD").remote, work)
        self._free: list[Any] = []
        self._running: dict[Any, tuple[Any, Shard | None]] = {}
        for _ in range(means.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))):
            self._join()

    def _join(self) -> None:
        actor = self._new()
        self._running[actor.ready.remote()] = actor, None

    @property
    def working(self) -> bool:
        return not self._free or any(shard is not None for _, shard in self._running.values())

    def idle(self) -> list[Any]:
        return list(self._free)

    def give(self, actor: Any, shard: Shard) -> None:
        self._free.remove(actor)
        self._running[actor.run.remote(shard)] = actor, shard

    def done(self) -> tuple[Shard | None, Any]:
        """Return the next shard that is done, with its receipt, or without it if its worker died; no shard if one is ready."""
        [ref], _ = self.ray.wait(list(self._running), num_returns=1)
        actor, shard = self._running.pop(ref)
        errors = self.ray.exceptions
        try:
            receipt = self.ray.get(ref)
        except errors.RayTaskError as error:
            if isinstance(error.cause, AugmentError):
                raise error.cause from None
            raise
        except (errors.RayActorError, errors.WorkerCrashedError, errors.OutOfMemoryError, errors.ObjectLostError):
            # the last of a large receipt, which lies on the node that made it until it is asked for
            self.ray.kill(actor)
            self._join()
            return shard, None
        self._free.append(actor)
        return shard, receipt

    def close(self) -> None:
        for actor in {*self._free, *(actor for actor, _ in self._running.values())}:
            self.ray.kill(actor)


@contextmanager
def _started(ray: Any, means: Means) -> Iterator[None]:
    """Start Ray, or reach the cluster, unless that is done; end what was started. Signals stay with those who heard them."""
    if ray.is_initialized():
        yield
        return
    heard = {one: signal.getsignal(one) for name in ENDING if (one := getattr(signal, name, None))}
    own = {"address": means.address} if means.address else {"num_cpus": means.workers or None, "include_dashboard": False}
    try:
        with held_back():
            ray.init(log_to_driver=False, logging_level="ERROR", **own)
        for one, handler in heard.items():
            if signal.getsignal(one) is not handler:
                signal.signal(one, handler)
        yield
    except ConnectionError as error:
        raise AugmentError(f"{means.address}: is no cluster that answers ({str(error).splitlines()[0][:200]})") from None
    finally:
        ray.shutdown()
