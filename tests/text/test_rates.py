"""The rate is honest: the share of units that are edited is within a point of it, and what is edited is what was chosen."""

import re

import pytest

from augment import ops
from augment.text.document import Document

GROUPS = [["the", "this", "that"], ["a", "one"], ["is", "seems"], ["in", "within"], ["of", "out of"]]
OPS = {
    op.id or op.name(): op
    for op in (
        ops.TypoCharacters(rate=0), ops.TypoCharacters(rate=0, id="edges", protect_edges=True, min_length=4),
        ops.OcrCharacters(rate=0), ops.InsertCharacters(rate=0), ops.SubstituteCharacters(rate=0), ops.DeleteCharacters(rate=0),
        ops.RecaseCharacters(rate=0), ops.ReplaceHomoglyphs(rate=0), ops.InsertZeroWidth(rate=0), ops.MisspellWords(rate=0),
        ops.DeleteWords(rate=0), ops.MaskWords(rate=0), ops.SplitWords(rate=0), ops.MergeWords(rate=0),
        ops.RecaseWords(rate=0, to="upper"), ops.ReplaceReserved(rate=0, groups=GROUPS), ops.InsertPunctuation(rate=0),
        ops.NoiseWhitespace(rate=0),
    )
}  # fmt: skip


def rates():
    """One rate of each op in the quick share, both in the matrix."""
    for i, name in enumerate(OPS):
        for j, rate in enumerate((0.1, 0.5)):
            yield pytest.param(name, rate, marks=() if i % 2 == j else pytest.mark.matrix)


@pytest.mark.parametrize(("name", "rate"), list(rates()))
def test_share_of_edited_units(name, rate, sentences, work):
    done = [work(OPS[name], text, rate, seed) for seed, text in enumerate(sentences)]
    edited, could = sum(len(w.edits) for w in done), sum(len(w.free) for w in done)
    assert could > 9000, "too few to measure"
    assert abs(edited / could - rate) < 0.01
    assert len({w.out for w in done}) > 100


@pytest.mark.parametrize("rate", [0.1, 0.5, 1.0])
@pytest.mark.parametrize("op", [ops.SwapWords(rate=0), ops.SwapCharacters(rate=0)], ids=["words", "characters"])
def test_share_of_swapped_units(op, rate, sentences, work):
    moved = could = 0
    for seed, text in enumerate(sentences):
        one = work(op, text, rate, seed)
        moved += len(one.edits)
        could += sum(2 * (len(part) // 2) for part in apart(op, one))
        places = [(e.start, e.stop) for e in one.edits]
        assert sorted(places) == sorted(e.origin for e in one.edits), "what goes somewhere came from somewhere"
    assert abs(moved / could - rate) < 0.01


def apart(op, one):
    """Units that stand together, are free, and differ from the next: written without a view to the op."""
    for run, _ in op.runs(one.document):
        part, last = [], None
        for unit in run:
            span = op.span(one.document, unit)
            text = one.document[span]
            if not one.guard.allows(span) or text == last:
                yield part
                part = []
            last = text if one.guard.allows(span) else None
            part += [span] if one.guard.allows(span) else []
        yield part


@pytest.mark.parametrize("rate", [0.1, 0.5])
@pytest.mark.parametrize("remove", ["window", "rest"])
def test_share_of_cropped_words(remove, rate, sentences, work):
    gone = could = 0
    for seed, text in enumerate(sentences):
        one = work(ops.CropWords(rate=0, remove=remove), text, rate, seed)
        gone += len(one.document.words) - len(Document(one.out).words)
        could += len(one.free)
    assert abs(gone / could - rate) < 0.01


@pytest.mark.parametrize("rate", [0.2, 0.6])
def test_share_of_sentences(rate, paragraphs, work):
    shuffle, delete = ops.ShuffleSentences(rate=0), ops.DeleteSentences(rate=0)
    for op in (shuffle, delete):
        done = [work(op, text, rate, seed) for seed, text in enumerate(paragraphs)]
        chosen, could = sum(len(w.chosen) for w in done), sum(len(w.free) for w in done)
        assert abs(chosen / could - rate) < 0.01
    for one in (work(shuffle, text, rate, seed) for seed, text in enumerate(paragraphs[:500])):
        # a cut at the units of the old text: the same sentences, in other places
        assert sorted(e.text for e in one.edits) == sorted(one.document[e.start, e.stop] for e in one.edits)
        assert all(e.origin != (e.start, e.stop) for e in one.edits)


TALK = (
    "I do not know if Anna is not here, but {} and Robert are not 12 or 345 miles away; "
    "it isn't so that they're late, and I'm 7."
)
NAMES = ("Emma", "Peter", "Alice", "Kevin")


@pytest.mark.parametrize("rate", [0.1, 0.5])
@pytest.mark.parametrize("op", [ops.ReplaceNumbers, ops.ReplaceNames, ops.ContractWords, ops.ExpandWords])
def test_share_of_rarer_units(op, rate, work):
    done = [work(op(rate=0), TALK.format(NAMES[seed % 4]), rate, seed) for seed in range(5000)]
    counts = {ops.ReplaceNumbers: 3, ops.ReplaceNames: 3, ops.ContractWords: 3, ops.ExpandWords: 3}
    assert all(len(w.free) == counts[op] for w in done), [done[0].document[s] for s in done[0].free]
    assert abs(sum(len(w.edits) for w in done) / (5000 * counts[op]) - rate) < 0.01


def test_shares_seen_from_outside():
    """Counted in what comes out, by other means than the ops' own."""
    import augment

    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "theta"]
    texts = [" ".join(words[(i * 3 + j) % 7] for j in range(1 + i % 23)) for i in range(5000)]
    total = sum(len(t.split()) for t in texts)

    def out(op):
        return augment.compile(augment.Pipeline([op]), "builtin").at(0)(texts)

    assert abs(sum(t.count("[MASK]") for t in out(ops.MaskWords(rate=0.15))) / total - 0.15) < 0.005
    pairs = list(zip(texts, out(ops.TypoCharacters(rate=0.07)), strict=True))
    changed = sum(a != b for x, y in pairs for a, b in zip(x, y, strict=True))
    assert abs(changed / sum(len(re.sub(r"\W", "", t)) for t in texts) - 0.07) < 0.005
    longer = [t for t in texts if len(t.split()) > 1]
    left = augment.compile(augment.Pipeline([ops.DeleteWords(rate=0.2)]), "builtin").at(0)(longer)
    assert abs(1 - sum(len(t.split()) for t in left) / sum(len(t.split()) for t in longer) - 0.2) < 0.005
    pairs = [(x.split(), y.split()) for x, y in zip(texts, out(ops.SwapWords(rate=0.4)), strict=True)]
    swapped = sum(a != b for x, y in pairs for a, b in zip(x, y, strict=True))
    assert abs(swapped / sum(2 * (len(t.split()) // 2) for t in texts) - 0.4) < 0.01


def test_counts_bound_the_rate(work):
    text = "one two three four five six seven eight nine ten"
    assert {len(work(ops.MaskWords(rate=0, min_count=2), text, 0.0, s).edits) for s in range(50)} == {2}
    assert {len(work(ops.MaskWords(rate=0, max_count=3), text, 1.0, s).edits) for s in range(50)} == {3}
    assert {len(work(ops.MaskWords(rate=0), text, 0.25, s).edits) for s in range(200)} == {2, 3}
    assert {len(work(ops.MaskWords(rate=0, min_count=5), "one two", 0.5, s).edits) for s in range(9)} == {2}
