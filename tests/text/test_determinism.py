"""The same key gives the same text in any process: for any hash seed, number of workers and order, on both backends."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from torch.utils.data import DataLoader, Dataset

import augment
from augment.testing.texts import PLAIN

EVERY = """
import hashlib, json, os
os.environ["TOKENIZERS_PARALLELISM"] = "false"
import augment
from augment.testing import TextBackendSuite
from augment.testing.cases import cases
from augment.testing.texts import TEXTS
suite = TextBackendSuite()
found = {}
for backend in ("builtin", "nlpaug"):
    for case in cases("text"):
        if case.op.name() in {leave_out!r}:
            continue
        out = augment.compile(augment.Pipeline([suite.usable(case.op)]), backend).at(3)(list(TEXTS))
        found[backend + " " + case.name] = hashlib.sha256(json.dumps(out).encode()).hexdigest()
print(json.dumps(found))
"""
MODELS = ("predict_words", "insert_predicted_words", "back_translate")  # no tables of theirs are hashed, and they are slow


def digests(seed):
    code = EVERY.replace("{leave_out!r}", repr(MODELS))
    env = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.wordnet
def test_three_hash_seeds_give_one_result():
    first = digests("0")
    assert len(first) > 2 * 20 and len(set(first.values())) > 20
    for seed in ("1", "4242"):
        again = digests(seed)
        assert {name for name in first if first[name] != again[name]} == set()


class Sentences(Dataset):
    def __len__(self):
        return 24

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError(index)
        return PLAIN[index % len(PLAIN)]


SPEC = {
    "seed": 9,
    "pipeline": [
        {"typo_characters": {"rate": 0.1}},
        {"swap_words": {"rate": 0.2, "p": 0.5}},
        {"delete_words": {"rate": [0, 0.3]}},
    ],
}


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_workers_do_not_change_a_text(backend):
    compiled = augment.compile(SPEC, backend)
    over = compiled.over(Sentences())
    want = [compiled.at(i, 2)(text) for i, text in enumerate(Sentences())]
    assert len(set(want)) == 24 and want != [compiled.at(i, 1)(text) for i, text in enumerate(Sentences())]
    over.set_epoch(2)
    for workers in (0, 2, 4):
        loader = DataLoader(over, batch_size=5, num_workers=workers)
        assert [text for batch in loader for text in batch] == want, workers


def test_a_digest_is_frozen():
    """What a key gives may not change without notice."""
    out = augment.compile(SPEC, "builtin").at(0)(list(PLAIN))
    assert hashlib.sha256(json.dumps(out).encode()).hexdigest()[:16] == FROZEN, out


FROZEN = "e322ea10fcaefa9d"
