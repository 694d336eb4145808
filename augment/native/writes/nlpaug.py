"""Ours as augmenters of nlpaug."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import Style, Writer, Writes, constant, number


def probable(w: Writer, calls: list[Call], p: float) -> list[Call]:
    return [w.call("Sometimes", calls[0] if len(calls) == 1 else w.call("Sequential", *calls), aug_p=number(p))]


CHARACTERS, WORDS, SENTENCES = ("KeyboardAug", "OcrAug", "RandomCharAug"), "naw.", ("RandomSentAug",)
STYLE = Style(
    imports=(
        "import nlpaug.augmenter.char as nac", "import nlpaug.augmenter.sentence as nas", "import nlpaug.augmenter.word as naw",
        "import nlpaug.flow as naf",
    ),
    prefix={
        "": WORDS, **dict.fromkeys(("Sequential", "Sometimes"), "naf."), **dict.fromkeys(CHARACTERS, "nac."),
        **dict.fromkeys(SENTENCES, "nas."),
    },
    container="Sequential",
)  # fmt: skip
WRITES = Writes("nlpaug", STYLE, probable)


def shares(node: Any) -> dict[str, Any]:
    rate = constant(node.rate, "rate")
    if not rate:
        raise NoCounterpartError("aug_p=0 is read as nothing said there, which is 0.3")
    stop = [word for word in node.protect or () if isinstance(word, str)]
    found: dict[str, Any] = {"aug_p": rate, "aug_min": node.min_count or 0, "aug_max": node.max_count}
    if stop:
        found["stopwords"] = list(stop)
    return found


def call(name: str, **kwargs: Any) -> Call:
    """aug_max=None means no limit, so that it is written."""
    return Call(name, (), kwargs)


def _characters(w: Writer, name: str, node: Any, **more: Any) -> Call:
    rate = constant(node.rate, "rate")
    return call(
        name,
        **more,
        aug_char_p=number(min(1.0, rate / 0.3)),
        aug_word_p=0.3,
        aug_word_max=None,
        aug_char_max=None,
        min_char=node.min_length,
    )


@WRITES("typo_characters")
def typo(w, node):
    return _characters(w, "KeyboardAug", node, include_special_char=False)


@WRITES("ocr_characters")
def ocr(w, node):
    return _characters(w, "OcrAug", node)


@WRITES("insert_characters", "substitute_characters", "swap_characters", "delete_characters")
def characters(w, node):
    return _characters(w, "RandomCharAug", node, action=node.name().partition("_")[0])


@WRITES("swap_words", "delete_words", "crop_words")
def words(w, node):
    return call("RandomWordAug", action=node.name().partition("_")[0], **shares(node))


@WRITES("mask_words")
def mask(w, node):
    return call("RandomWordAug", action="substitute", target_words=[node.mask], **shares(node))


@WRITES("replace_synonyms")
def synonyms(w, node):
    return call("SynonymAug", aug_src="wordnet", **shares(node))


@WRITES("replace_antonyms")
def antonyms(w, node):
    return call("AntonymAug", **shares(node))


@WRITES("misspell_words")
def misspell(w, node):
    return call("SpellingAug", include_reverse=False, **shares(node))


@WRITES("split_words")
def split(w, node):
    return call("SplitAug", min_char=node.min_length, **shares(node))


@WRITES("replace_reserved")
def reserved(w, node):
    return call(
        "ReservedAug",
        reserved_tokens=[list(group) for group in node.groups],
        **{k: v for k, v in shares(node).items() if k != "stopwords"},
    )


@WRITES("shuffle_sentences")
def sentences(w, node):
    return call("RandomSentAug", mode="random", **{k: v for k, v in shares(node).items() if k != "stopwords"})


@WRITES("predict_words", "insert_predicted_words")
def predicted(w, node):
    return call(
        "ContextualWordEmbsAug",
        model_path=node.model,
        action="substitute" if node.name() == "predict_words" else "insert",
        top_k=node.top,
        **shares(node),
    )


@WRITES("back_translate")
def back(w, node):
    if constant(node.rate, "rate") != 1:
        raise NoCounterpartError("it translates whole texts, not a share of the sentences")
    return call("BackTranslationAug", from_model_name=node.there, to_model_name=node.back)


@WRITES("sequence")
def sequence(w, node):
    if node.shuffle:
        raise NoCounterpartError("its flows run in the order that they are written")
    return [one for calls in w.each(node) for one in calls]
