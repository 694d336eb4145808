"""nlpaug: augmenters of characters, words and sentences, and its flows."""

from __future__ import annotations

import re
from typing import Any

from augment.native import form
from augment.native.entry import Table
from augment.native.remark import NoCounterpartError

NEEDLESS = (
    "name", "flow", "model_type", "model", "device", "verbose", "tokenizer", "reverse_tokenizer", "force_reload",
    "batch_size", "silence", "use_custom_api",
    "include_detail", "max_length", "skip_check", "temperature", "top_p", "n_gram_separator", "spec_char",
    "generate_all_combinations",
)  # fmt: skip
TABLE = Table("nlpaug", needless=NEEDLESS)
CEILING = "a share of all tokens, punctuation included, rounded up, at least aug_min (1) and at most aug_max (10)"


def rates(c: Any, share: Any, least: Any, most: Any) -> dict[str, Any]:
    """Return how many words are edited: nlpaug's share of them, with its ends."""
    rate = 0.3 if not share else min(form.number(share), 1.0)  # 0 is taken for nothing said there
    if share == 0:
        c.note("aug_p=0 is read as nothing said, which is 0.3, there as here")
    found: dict[str, Any] = {"rate": form.tidy(rate)}
    if least:
        found["min_count"] = form.whole(least)
    if most:
        found["max_count"] = form.whole(most)
    c.note("the share is of the words that can be edited here, of all tokens there, marks included")
    return found


def protected(c: Any, stopwords: Any, pattern: Any) -> dict[str, Any]:
    found: list[Any] = [str(word) for word in stopwords] if isinstance(stopwords, list | tuple) else []
    if isinstance(pattern, str) and pattern:
        found.append({"regex": pattern})
    return {"protect": found} if found else {}


def characters(
    c: Any, op: str, word_p: Any, char_p: Any, char_max: Any, word_max: Any, stop: Any, pattern: Any, **more: Any
) -> Any:
    """Return an op on characters: a share of the characters of a share of the words, as a share of all characters."""
    words, chars = (0.3 if not x else min(form.number(x), 1.0) for x in (word_p, char_p))
    rate = form.tidy(round(words * chars, 4))
    c.differs(
        f"{chars:.0%} of the characters of {words:.0%} of the words there, at least one in each; here {rate:.1%} of all "
        "characters, "
        "which may fall into any word"
    )
    return c.op(op, rate=rate, **more, **protected(c, stop, pattern))


@TABLE("Sequential", "sequence")
def sequential(c, flow=None, aug_p=None, n=None):
    return c.all(c.children)


@TABLE(
    "Sometimes",
    "sequence",
    trap="each child is applied with aug_p, on its own",
    examples=("Sometimes([RandomWordAug()], aug_p=0.4)",),
)
def sometimes(c, flow=None, aug_p=0.8, pipeline_p=None, n=None):
    p = form.number(aug_p)
    return [c.likely(c.one(child), p) for child in c.children]


@TABLE(
    "KeyboardAug",
    "typo_characters",
    trap="digits and special characters take part there unless it is told",
    examples=("KeyboardAug(aug_char_p=0.1)",),
)
def keyboard(
    c, aug_char_min=1, aug_char_max=10, aug_char_p=0.3, aug_word_p=0.3, aug_word_min=1, aug_word_max=10, stopwords=None,
    include_special_char=True, include_numeric=True, include_upper_case=True, lang="en", stopwords_regex=None, model_path=None,
    min_char=4, case=None,
):  # fmt: skip
    if include_special_char:
        c.differs("include_special_char=True puts marks for letters as well; here letters for letters and digits for digits")
    if model_path and "nlpaug" not in str(model_path):  # its own, where it was not said
        c.differs("model_path names a keyboard of your own; here one of those that are known")
    layout = None if lang == "en" else lang
    return characters(
        c,
        "typo_characters",
        aug_word_p,
        aug_char_p,
        aug_char_max,
        aug_word_max,
        stopwords,
        stopwords_regex,
        min_length=form.whole(min_char),
        layout=layout,
    )


@TABLE("OcrAug", "ocr_characters", examples=("OcrAug()",))
def ocr(
    c, aug_char_min=2, aug_char_max=10, aug_char_p=0.3, aug_word_p=0.3, aug_word_min=1, aug_word_max=10, stopwords=None,
    stopwords_regex=None, min_char=1, dict_of_path=None,
):  # fmt: skip
    if dict_of_path and "nlpaug" not in str(dict_of_path):
        c.differs("dict_of_path names pairs of your own; here those that are known")
    return characters(
        c,
        "ocr_characters",
        aug_word_p,
        aug_char_p,
        aug_char_max,
        aug_word_max,
        stopwords,
        stopwords_regex,
        min_length=form.whole(min_char),
    )


@TABLE(
    "RandomCharAug",
    "substitute_characters",
    "insert_characters",
    "swap_characters",
    "delete_characters",
    examples=('RandomCharAug(action="delete", aug_char_p=0.1)',),
)
def random_char(
    c, action="substitute", aug_char_min=1, aug_char_max=10, aug_char_p=0.3, aug_word_p=0.3, aug_word_min=1, aug_word_max=10,
    include_upper_case=True, include_lower_case=True, include_numeric=True, min_char=4, swap_mode="adjacent", stopwords=None,
    stopwords_regex=None, candidates=None,
):  # fmt: skip
    op = f"{_action(action, ('substitute', 'insert', 'swap', 'delete'))}_characters"
    if op == "swap_characters" and swap_mode != "adjacent":
        c.differs(f"swap_mode={swap_mode!r}: here neighbours change places")
    alphabet = "".join(map(str, candidates)) if isinstance(candidates, list | tuple) and c.known(op, "alphabet") else None
    return characters(
        c,
        op,
        aug_word_p,
        aug_char_p,
        aug_char_max,
        aug_word_max,
        stopwords,
        stopwords_regex,
        min_length=form.whole(min_char),
        alphabet=alphabet,
    )


def _action(raw: Any, known: tuple[str, ...]) -> str:
    name = str(raw).rpartition(".")[2].lower()
    if name not in known:
        raise NoCounterpartError(f"action {raw!r} is none of {', '.join(known)}")
    return name


@TABLE(
    "RandomWordAug",
    "delete_words",
    "swap_words",
    "mask_words",
    "crop_words",
    trap="deletes unless an action is said",
    examples=('RandomWordAug(action="swap", aug_p=0.1)', "RandomWordAug()"),
)
def random_word(c, action="delete", aug_min=1, aug_max=10, aug_p=0.3, stopwords=None, target_words=None, stopwords_regex=None):
    how = _action(action, ("delete", "swap", "substitute", "crop"))
    more = {**rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex)}
    if how == "substitute":
        words = target_words if isinstance(target_words, list | tuple) and target_words else ["_"]
        if len(words) > 1:
            c.differs(f"one of {len(words)} words comes there, always {words[0]!r} here")
        return c.op("mask_words", mask=str(words[0]), **more)
    if how == "crop":
        c.note("what is cut out is one stretch of words here; there it may fall apart, or raise")
    fields = {name: v for name, v in more.items() if c.known(f"{how}_words", name)}
    return c.op(f"{how}_words", **fields)


def _stops_all(pattern: Any) -> bool:
    """Whether a pattern of stop words matches every word, since it matches nothing at all."""
    try:
        return isinstance(pattern, str) and len(pattern) < 1000 and re.compile(pattern).match("") is not None
    except (re.error, RecursionError, OverflowError):
        return False


@TABLE(
    "SynonymAug",
    "replace_synonyms",
    trap="lemmas come as they are, not inflected, and lower-cased there",
    examples=('SynonymAug(aug_src="wordnet")',),
)
def synonym(
    c, aug_src="wordnet", model_path=None, aug_min=1, aug_max=10, aug_p=0.3, lang="eng", stopwords=None, stopwords_regex=None
):
    if aug_src != "wordnet":
        c.differs(f"aug_src={aug_src!r}: its own file of paraphrases there, WordNet here")
    if lang not in ("eng", "en"):
        raise NoCounterpartError(f"lang={lang!r}: synonyms are English here")
    if _stops_all(stopwords_regex):
        c.note("its stopwords_regex matches nothing at all, and so every word: it edits nothing, there as here")
        return c.op("identity")
    c.differs("any sense, and lemmas as they stand in WordNet there; here the commonest sense, inflected like the word")
    return c.op("replace_synonyms", **rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex))


@TABLE("AntonymAug", "replace_antonyms", examples=("AntonymAug()",))
def antonym(c, aug_min=1, aug_max=10, aug_p=0.3, lang="eng", stopwords=None, stopwords_regex=None):
    return c.op("replace_antonyms", **rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex))


@TABLE(
    "SpellingAug",
    "misspell_words",
    trap="include_reverse=True puts correct words for correct ones, as dig for dog",
    examples=("SpellingAug(aug_p=0.1)",),
)
def spelling(c, dict_path=None, aug_min=1, aug_max=10, aug_p=0.3, stopwords=None, include_reverse=True, stopwords_regex=None):
    if dict_path and "nlpaug" not in str(dict_path):
        c.differs("dict_path names a dictionary of your own; here common misspellings")
    c.differs(
        "its dictionary and ours hold other misspellings"
        + (", and it turns correct words into other correct ones as well" if include_reverse else "")
    )
    return c.op("misspell_words", **rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex))


@TABLE("SplitAug", "split_words", examples=("SplitAug()",))
def split(c, aug_min=1, aug_max=10, aug_p=0.3, min_char=4, stopwords=None, stopwords_regex=None):
    return c.op(
        "split_words",
        min_length=max(2, form.whole(min_char)),
        **rates(c, aug_p, aug_min, aug_max),
        **protected(c, stopwords, stopwords_regex),
    )


@TABLE("ReservedAug", "replace_reserved", examples=('ReservedAug(reserved_tokens=[["Fwd", "Forward"]])',))
def reserved(c, reserved_tokens, action="substitute", case_sensitive=True, aug_min=1, aug_max=10, aug_p=0.3):
    if not case_sensitive:
        c.differs("case_sensitive=False: here cases count")
    return c.op(
        "replace_reserved", groups=[[str(x) for x in group] for group in reserved_tokens], **rates(c, aug_p, aug_min, aug_max)
    )


@TABLE("RandomSentAug", "shuffle_sentences")
def sentences(c, mode="neighbor", action="swap", aug_min=1, aug_max=10, aug_p=0.3):
    if mode != "random":
        c.differs(f"mode={mode!r} swaps each with the one beside it; here any two may change places")
    return c.op("shuffle_sentences", **rates(c, aug_p, aug_min, aug_max))


@TABLE(
    "ContextualWordEmbsAug",
    "predict_words",
    "insert_predicted_words",
    trap="all that the model does not know is lost there: case, unknown words, gaps",
    examples=('ContextualWordEmbsAug(model_path="distilbert-base-uncased", action="insert")',),
)
def contextual(
    c, model_path="bert-base-uncased", model_type="", action="substitute", top_k=100, aug_min=1, aug_max=10, aug_p=0.3,
    stopwords=None, stopwords_regex=None,
):  # fmt: skip
    how = _action(action, ("substitute", "insert"))
    more = {**rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex)}
    top = form.whole(top_k) if top_k else None
    return c.op("predict_words" if how == "substitute" else "insert_predicted_words", model=str(model_path), top=top, **more)


@TABLE("WordEmbsAug", "replace_similar_words")
def embeddings(
    c, model_type="word2vec", model_path=".", model=None, action="substitute", aug_min=1, aug_max=10, aug_p=0.3, top_k=100,
    stopwords=None, stopwords_regex=None,
):  # fmt: skip
    if _action(action, ("substitute", "insert")) == "insert":
        c.differs("it inserts any word of its vocabulary there, whatever stands around; here words are replaced by near ones")
    more = {**rates(c, aug_p, aug_min, aug_max), **protected(c, stopwords, stopwords_regex)}
    return c.op("replace_similar_words", vectors=str(model_path), top=form.whole(top_k) if top_k else None, **more)


@TABLE("TfIdfAug", "replace_uninformative_words")
def tfidf(
    c, model_path=".", action="substitute", aug_min=1, aug_max=10, aug_p=0.3, top_k=5, stopwords=None, stopwords_regex=None
):
    if _action(action, ("substitute", "insert")) == "insert":
        c.differs("action='insert' adds words there; here they are replaced")
    return c.op(
        "replace_uninformative_words",
        corpus=str(model_path),
        **rates(c, aug_p, aug_min, aug_max),
        **protected(c, stopwords, stopwords_regex),
    )


@TABLE(
    "BackTranslationAug",
    "back_translate",
    examples=('BackTranslationAug(from_model_name="facebook/wmt19-en-de", to_model_name="facebook/wmt19-de-en")',),
)
def back_translation(c, from_model_name="facebook/wmt19-en-de", to_model_name="facebook/wmt19-de-en"):
    return c.op("back_translate", rate=1, there=str(from_model_name), back=str(to_model_name))


@TABLE(
    "VtlpAug NoiseAug SpeedAug PitchAug ShiftAug LoudnessAug CropAug MaskAug FrequencyMaskingAug TimeMaskingAug "
    "NormalizeAug InversionAug"
)
def audio(c, *args, **kwargs):
    raise NoCounterpartError("it works on sound, which is no kind of target here")


@TABLE("AbstSummAug LambadaAug ContextualWordEmbsForSentenceAug")
def generated(c, *args, **kwargs):
    raise NoCounterpartError("it writes new text by a large model, which no op here does")
