"""An unkeyed map of datasets tells that its cache repeats what it has drawn once."""

import warnings

import datasets
import pytest

import augment
from augment.testing.texts import PLAIN

SPEC = {"seed": 3, "pipeline": [{"typo_characters": 0.1}, {"swap_words": 0.3}]}


@pytest.fixture
def rows():
    return datasets.Dataset.from_dict({"text": list(PLAIN) * 3, "id": list(range(12))})


@pytest.mark.parametrize("how", [{"batched": True}, {"batched": True, "batch_size": 2}, {"batched": True, "num_proc": None}])
def test_an_unkeyed_map_tells_that_its_cache_repeats(rows, how):
    edit = augment.compile(SPEC, "builtin")
    with pytest.warns(UserWarning, match=r"no key.*cache.*with_indices=True"):
        rows.map(edit.examples(), load_from_cache_file=False, **how)


def test_what_is_keyed_or_never_kept_tells_nothing(rows):
    edit = augment.compile(SPEC, "builtin")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows.map(edit.examples(), with_indices=True, batched=True, load_from_cache_file=False)
        rows.map(edit.examples(index="id"), batched=True, load_from_cache_file=False)
        live = rows.with_transform(edit.examples())
        assert len({str(live[0]["text"]) for _ in range(8)}) > 1, "drawn at each access"
        stream = rows.to_iterable_dataset().map(edit.examples(), batched=True)
        assert [r["text"] for r in stream] != [r["text"] for r in stream]
        edit.examples()({"text": list(PLAIN)})
