"""Plan, resume and reduce take time in proportion to the samples, and memory for one shard and a line for each."""

import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

from augment.data.folder import Pictures


def simulate(count, folder, *options):
    """In a process of its own: threads that other tests leave behind allocate too."""
    script = Path(__file__).with_name("simulate.py")
    words = [sys.executable, script, str(count), "--size", "500", "--within", folder, *options]
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=300)
    return json.loads(done.stdout)


def test_memory_does_not_grow_with_the_samples(tmp_path):
    few, many = (simulate(count, tmp_path, "--traced") for count in (5_000, 50_000))
    for step in ("plan", "work, half", "work, the rest"):
        assert many[step]["peak"] < 1.1 * few[step]["peak"] + 20_000, step
    for step in ("resume", "reduce"):  # a name, and a digest, for each shard
        assert many[step]["peak"] - few[step]["peak"] < 1000 * (many["shards"] - few["shards"]), step
    assert many["manifest"] < 100 * many["shards"] + 500


def test_time_grows_in_proportion(tmp_path):
    few, many = (simulate(count, tmp_path) for count in (10_000, 80_000))
    for step in ("work, half", "resume", "reduce"):
        assert many[step]["seconds"] < 8 * 2 * few[step]["seconds"] + 0.2, step


def test_the_names_of_a_folder_are_held_as_one_text():
    count, folder = 20_000, Path("/data")
    tracemalloc.start()
    pictures = Pictures((folder, f"class-{i % 7}/picture-{i:06}.png") for i in range(count))
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 60 * count and peak < 250 * count
    assert len(pictures) == count and pictures["class-3/picture-000010"] == folder / "class-3/picture-000010.png"
    assert list(pictures)[:2] == ["class-0/picture-000000", "class-0/picture-000007"] and "class-3/picture-000011" not in pictures
