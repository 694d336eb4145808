"""How much faster texts are edited than by plain nlpaug: `python tests/bench/bench_text.py`.

Measured is the backend `builtin`, or with `TEXT_BACKEND=nlpaug` that one.

Both sides run alternately, in random order, in this process, on the same list of sentences; a ratio is the median over rounds of
nlpaug's time / ours, in CPU seconds. Both get the whole list in one call, and nlpaug has its defaults, as users write it; ours
has a rate that edits as much. The mean number of words that their edits change is printed for both: what nlpaug's tokenizer
changes in a text that it only splits and joins does not count. The sentences are those of Python's own help texts.
"""

from __future__ import annotations

import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from pydoc_data.topics import topics

import nlpaug.augmenter.char as nac
import nlpaug.augmenter.word as naw
import nlpaug.model.word_dict as nmw
import numpy as np

import augment
from augment import ops
from augment.ops.kinds import UnitEdit
from augment.text.document import Document
from augment.text.tables import table

ROUNDS = 15
BACKEND = os.environ.get("TEXT_BACKEND", "builtin")
Texts = list[str]


def sentences(count: int = 1500) -> Texts:
    """Sentences of six to thirty words, without code."""
    joined = " ".join(" ".join(topics.values()).split())
    found = [joined[a:b] for a, b in Document(joined).sentences]
    plain = [s for s in found if re.fullmatch(r"[A-Z][\w ,;'()-]+[.]", s) and 6 <= len(s.split()) <= 30]
    return list(dict.fromkeys(plain))[:count]


def ours(op: UnitEdit) -> Callable[[Texts], Texts]:
    compiled = augment.compile(augment.Pipeline([op]), BACKEND)
    rounds = iter(range(10**9))
    return lambda texts: compiled.at(0, epoch=next(rounds))(texts)


def spelling() -> Callable[[Texts], Texts]:
    """nlpaug's misspellings with our table: its own also replaces words by other correct words, and so more of them."""
    file = Path(tempfile.mkdtemp()) / "spelling.txt"
    file.write_text("\n".join(f"{word} {' '.join(wrong)}" for word, wrong in table("misspellings", "en").items()), "utf-8")
    augmenter = naw.SpellingAug(include_reverse=False)
    augmenter.model = nmw.Spelling(str(file), include_reverse=False)  # dict_path is ignored where a model is cached
    return augmenter.augment


WORKLOADS: dict[str, Callable[[], tuple[Callable[[Texts], Texts], Callable[[Texts], Texts]]]] = {
    "typo": lambda: (nac.KeyboardAug().augment, ours(ops.TypoCharacters(rate=0.1))),
    "swap": lambda: (naw.RandomWordAug(action="swap").augment, ours(ops.SwapWords(rate=0.6))),
    "misspell": lambda: (naw.SpellingAug().augment, ours(ops.MisspellWords(rate=1))),
    "one table": lambda: (spelling(), ours(ops.MisspellWords(rate=1))),
    "delete": lambda: (naw.RandomWordAug(action="delete").augment, ours(ops.DeleteWords(rate=0.33))),
    "ocr": lambda: (nac.OcrAug().augment, ours(ops.OcrCharacters(rate=0.1))),
    "substitute": lambda: (nac.RandomCharAug(action="substitute").augment, ours(ops.SubstituteCharacters(rate=0.1))),
    "split": lambda: (naw.SplitAug().augment, ours(ops.SplitWords(rate=0.35))),
}


def edited(texts: Texts, new: Texts) -> float:
    """How many words of a text differ, on average."""
    pairs = [(a.split(), b.split()) for a, b in zip(texts, new, strict=True)]
    return float(np.mean([sum(x != y for x, y in zip(a, b, strict=False)) + abs(len(a) - len(b)) for a, b in pairs]))


def compare(native: Callable[[Texts], Texts], mine: Callable[[Texts], Texts], texts: Texts) -> str:
    rounds = []
    for warm in (True, *(False,) * ROUNDS):
        some = random.sample(texts, 200)
        spent = {}
        for run in random.sample((native, mine), 2):
            start = time.process_time()
            run(some)
            spent[run] = (time.process_time() - start) / len(some)
        if not warm:
            rounds.append((spent[native], spent[mine]))
    theirs, own = np.array(rounds).T * 1e6
    augmenter = native.__self__  # type: ignore[attr-defined]
    joined = [augmenter.reverse_tokenizer(augmenter.tokenizer(text)) for text in texts]
    work = f"words changed: {edited(joined, native(texts)):.1f} and {edited(texts, mine(texts)):.1f}"
    speeds = f"{1e6 / np.median(theirs):7.0f} texts/s nlpaug, {1e6 / np.median(own):7.0f} ours"
    return f"{speeds}: ours / nlpaug {np.median(theirs / own):5.2f}   ({work})"


def main(chosen: list[str]) -> None:
    texts = sentences()
    words = np.mean([len(t.split()) for t in texts])
    print(f"{BACKEND}: {len(texts)} sentences of {words:.1f} words on average")
    for name, workload in WORKLOADS.items():
        if not chosen or name in chosen:
            print(f"{name:12}{compare(*workload(), texts)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
