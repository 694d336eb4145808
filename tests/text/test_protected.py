"""What is a sign for a program and no word is never edited, whatever the op: addresses, placeholders, paths, mentions, tags."""

import pytest

import augment
from augment import ops
from augment.testing.examples import examples
from augment.testing.text_suite import lacking

TOKENS = [
    "&amp;", "&nbsp;", "&#39;", "&#x27;", "##ing", "##s", "__NAME__", "__name_2__", "<point>0.31, 0.44</point>",
    '<points x1="10.5" alt="cat">cat</points>', "<box>(12,30),(44,51)</box>", "<code>x = y</code>",
    "/usr/lib/python3/os.py", "./run.sh", "../data/train.csv",
    "~/notes.txt", r"C:\Users\anna\file.doc", "src/augment/main.c", "model.py", "data.json", "@anna_berg", "@user", "/home/anna",
    "http://a.b/c", "www.x.org", "a@b.com", "<image>", "{name}", "[MASK]", "%(n)s", "$x",
]  # fmt: skip
FREE = ["and/or", "he/she", "AT&T", "R&D", "1/2", "#", "a.m.", "end.Then", "5 & 6", "_word_", "it__s", "km/h", "fish & chips;"]
EVERY = {f"{op.name()}-{i}": op for kind in ops.catalogue("text").values() for i, op in enumerate(examples(kind))}
MODELS = ("model", "vectors", "corpus", "there")
USABLE = {name: op for name, op in EVERY.items() if not any(field in type(op).model_fields for field in MODELS)}


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("name", [pytest.param(n, marks=lacking(op)) for n, op in USABLE.items()])
def test_signs_stay_whole_under_every_op(name, token):
    op = EVERY[name]
    op = op.replace(rate=1) if "rate" in type(op).model_fields and name[:4] not in ("eda-", "aeda") else op
    edit = augment.compile(augment.Pipeline([op]), "builtin")
    text = f"Big old {token} dogs isn't seen. He receive {token}, 12 of Anna's {token}"
    for i in range(6):
        assert edit.at(i)(text).count(token) >= 3, edit.at(i)(text)


@pytest.mark.parametrize("token", FREE)
def test_what_only_looks_like_a_sign_is_edited(token):
    edit = augment.compile({"pipeline": [{"recase_words": {"rate": 1, "to": "swap"}}]}, "builtin")
    assert edit.at(0)(f"so {token} then") == f"so {token} then".swapcase()


def test_only_leaves_out_all_that_is_protected_by_default():
    upper = {"rate": 1, "to": "upper"}
    edit = augment.compile({"pipeline": [{"recase_words": {**upper, "protect": ["only"]}}]}, "builtin")
    for token in ("&amp;", "##ing", "__name__", "@user", "/usr/lib", "model.py"):
        assert edit.at(0)(f"so {token}") == f"so {token}".upper()
    one = augment.compile({"pipeline": [{"recase_words": {**upper, "protect": ["only", "mentions"]}}]}, "builtin")
    assert one.at(0)("so @user /usr/lib") == "SO @user /USR/LIB"


def test_a_keycap_is_no_digit_and_no_word():
    text = "Step 1️⃣ then 2️⃣ and 12"
    number = augment.compile({"pipeline": [{"replace_numbers": {"rate": 1}}]}, "builtin")
    out = number.at(0)(text)
    assert out.startswith("Step 1️⃣ then 2️⃣ and ") and not out.endswith("12")
    for op in ("substitute_characters", "insert_characters", "typo_characters", "delete_characters", "swap_characters"):
        edit = augment.compile({"pipeline": [{op: {"rate": 1, "min_length": 1}}]}, "builtin")
        assert all("1️⃣" in edit.at(i)(text) and "2️⃣" in edit.at(i)(text) for i in range(10)), op
    gone = augment.compile({"pipeline": [{"delete_words": {"rate": 1, "protect": ["numbers"]}}]}, "builtin").at(0)(text)
    assert "1️⃣" in gone and "12" in gone


def test_what_is_looked_for_first_is_in_all_that_is_protected():
    from augment.text import protect

    assert all(protect._SIGNS.search(sign) for group in protect.ALWAYS for sign in protect._HOLD[group])
