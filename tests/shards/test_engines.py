"""Every engine makes the same bytes, with any number of workers, and whatever dies; an unknown one is told."""

import contextlib
import importlib.util
import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from augment.data import Job, Output, Runner, run_job
from augment.errors import AugmentError, PluginError
from augment.files.whole import TEMPORARY
from augment.language import dumps, load
from augment.plugins import get_shard_engine
from augment.shards import Engine
from augment.shards.engine import Means

ROOT = Path(__file__).parents[2]
COUNT = 40


@pytest.fixture
def run(spec_file, source):
    """Run the job of these tests by an engine."""

    def go(out, engine, means=None, meanwhile=None, moment=10):
        runner = Runner(Job(dumps(load(spec_file), "json"), "reference", source, Output(out, False)), 5)
        made = []
        for outcome in run_job(runner, runner.todo("keep"), engine, means or Means()):
            made.append(outcome)
            if meanwhile and len(made) == moment:
                meanwhile()
        return made

    return go


@pytest.fixture
def check(whole, results, manifest):
    def same(out, plain):
        assert results(out) == whole[0]
        assert manifest(out) == manifest(plain)

    return same


@pytest.fixture(scope="module")
def plain(spec_file, source, tmp_path_factory):
    """What one process makes in shards of five."""
    out = tmp_path_factory.mktemp("plain") / "out"
    runner = Runner(Job(dumps(load(spec_file), "json"), "reference", source, Output(out, False)), 5)
    assert len(list(run_job(runner, runner.todo()))) == COUNT
    return out


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray", reason="needs ray: pip install 'augment-spec[ray]'")
    paths = os.pathsep.join([*(p for p in sys.path if p), os.environ.get("PYTHONPATH", "")])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = paths
    yield ray
    ray.shutdown()
    os.environ.pop("PYTHONPATH")
    if before is not None:
        os.environ["PYTHONPATH"] = before


@pytest.mark.parametrize("workers", [1, 3])
def test_local(run, check, plain, tmp_path, workers):
    assert len(run(tmp_path / "out", get_shard_engine("local"), Means(workers))) == COUNT
    check(tmp_path / "out", plain)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc, which Linux has")
def test_ray_on_one_machine_where_a_worker_is_killed(moment, ray, run, check, plain, workers_of, tmp_path):
    rng = random.Random(moment)

    def kill():
        time.sleep(rng.random() * 0.1)
        os.kill(rng.choice(workers_of(os.getpid(), b"_Worker")), signal.SIGKILL)

    out = tmp_path / "out"
    assert len(run(out, get_shard_engine("ray"), Means(2), kill, rng.randrange(1, COUNT - 10))) == COUNT
    assert not ray.is_initialized()
    check(out, plain)


def test_ray_on_two_nodes_of_which_one_dies(moment, ray, run, check, plain, tmp_path):
    from ray.cluster_utils import Cluster

    rng = random.Random(moment)
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        second = cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()

        def lose():
            time.sleep(rng.random() * 0.1)
            cluster.remove_node(second, allow_graceful=False)

        out, means = tmp_path / "out", Means(2, cluster.address)
        assert len(run(out, get_shard_engine("ray"), means, lose, rng.randrange(1, COUNT - 10))) == COUNT
        check(out, plain)
    finally:
        ray.shutdown()
        cluster.shutdown()


@pytest.mark.matrix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc, which Linux has")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_ray_whose_driver_ends_on_the_way(name, moment, ray, start, wait, spec_file, source, check, plain, tmp_path):
    rng, out = random.Random(f"{name} {moment}"), tmp_path / "out"
    command = (spec_file, source, out, "--resume", "--shard-size", 5, "--engine", "ray", "--workers", 2)
    process = start(*command)
    try:
        some = rng.randrange(1, COUNT - 10)
        wait(lambda: len(list(out.glob("*.png"))) >= some, process)
        time.sleep(rng.random() * 0.1)
        process.send_signal(getattr(signal, name))
        said, told = process.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == (-signal.SIGKILL if name == "SIGKILL" else 128 + signal.SIGINT) and "Traceback" not in told
    again = start(*command)
    said, told = again.communicate(timeout=120)
    assert (again.returncode, told) == (0, ""), said
    check(out, plain)
    assert not [place for place in out.rglob("*") if TEMPORARY.fullmatch(place.name) or place.name == "begun"]


def test_dask_by_the_example(run, check, plain, tmp_path):
    pytest.importorskip("distributed", reason="needs distributed: pip install ./examples/augment-dask")
    path = ROOT / "examples" / "augment-dask" / "augment_dask.py"
    spec = importlib.util.spec_from_file_location("augment_dask", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["augment_dask"] = module
    spec.loader.exec_module(module)
    [engine] = module.register_engines()
    assert len(run(tmp_path / "out", engine, Means(2))) == COUNT
    check(tmp_path / "out", plain)


class Backwards(Engine):
    """Works the last shard first, and each of them twice, as an engine may that has lost what was done."""

    name = "backwards"

    def map(self, work, shards, means):
        for shard in reversed(list(shards)):
            first, second = work(shard), work(shard)
            assert first.text() == second.text()
            yield second


def test_an_engine_may_work_a_shard_again_in_any_order(run, check, plain, tmp_path):
    assert len(run(tmp_path / "out", Backwards())) == COUNT
    check(tmp_path / "out", plain)


def test_unknown_and_missing_engines_are_told(augment, spec_file, source, tmp_path, monkeypatch):
    result = augment("apply", spec_file, source, tmp_path / "out", "--engine", "rya")
    assert result.exit_code == 1 and "unknown engine 'rya'" in result.stderr and "ray" in result.stderr
    monkeypatch.setattr(type(get_shard_engine("local")), "requires", ("no_such_module",))
    with pytest.raises(AugmentError, match="needs no_such_module"):
        get_shard_engine("local")


def test_a_plugin_brings_an_engine_and_a_broken_one_is_refused():
    from augment.plugins.contract import check_engine

    check_engine(Backwards())

    class NoName(Engine):
        def map(self, work, shards, means):
            yield

    class NoMap(Engine):
        name = "nomap"

    for wrong, told in ((NoName(), "has no name"), (NoMap(), "has no map")):
        with pytest.raises(PluginError, match=told):
            check_engine(wrong)
