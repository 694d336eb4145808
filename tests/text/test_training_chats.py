"""Chats where people train: roles stay, and texts in them are edited."""

import pytest

import augment
from augment.errors import SampleError, SpecError
from augment.testing.texts import PLAIN

SPEC = {"seed": 3, "pipeline": [{"typo_characters": {"rate": 0.05}}, {"swap_words": {"rate": 0.2}}]}


def test_a_chat_keeps_its_roles():
    chat = [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": PLAIN[0]},
        {"role": "assistant", "content": PLAIN[1]},
    ]
    parts = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": PLAIN[2]}]}]
    spec = {"targets": {"messages": {"kind": "text", "roles": ["user"]}}, "pipeline": SPEC["pipeline"]}
    edit = augment.compile(spec, "builtin")
    out = edit.at(1)({"messages": chat})["messages"]
    assert [m["role"] for m in out] == ["system", "user", "assistant"]
    assert out[0] == chat[0] and out[2] == chat[2] and out[1]["content"] != PLAIN[0]
    assert chat[1]["content"] == PLAIN[0], "the sample itself stays as it is"
    seen = edit.at(1)({"messages": parts})["messages"][0]["content"]
    assert seen[0] == {"type": "image"} and seen[1]["text"] != PLAIN[2]
    every = augment.compile({**spec, "targets": {"messages": "text"}}, "builtin").at(1)({"messages": chat})["messages"]
    assert every[2]["content"] != PLAIN[1]


def test_a_chat_of_another_form():
    chat = [{"from": "human", "value": PLAIN[0], "n": 1}, {"from": "gpt", "value": PLAIN[1], "n": 2}]
    edit = augment.compile({"targets": {"chat": {"kind": "text", "roles": "human"}}, **SPEC}, "builtin")
    out = edit.at(1)({"chat": chat})["chat"]
    usual = [{"role": m["from"], "content": m["value"]} for m in chat]
    assert out == [{**chat[0], "value": edit.at(1)({"chat": usual})["chat"][0]["content"]}, chat[1]] != chat
    with pytest.raises(SampleError, match="a list of texts or of messages"):
        edit.at(1)({"chat": [{"speaker": "human", "says": PLAIN[0]}]})


def test_a_misspelt_role_is_a_mistake_of_the_spec():
    for roles, meant in (("asistant", "assistant"), (["system", "users"], "user"), ("User", "user")):
        with pytest.raises(SpecError, match=f"targets.chat.roles.* did you mean '{meant}'"):
            augment.compile({"targets": {"chat": {"kind": "text", "roles": roles}}, **SPEC}, "builtin")
    for roles in ("user", ["narrator", "gpt", "agent", "student", "teacher", "customer"]):
        assert augment.Pipeline([], targets={"chat": {"kind": "text", "roles": roles}}).targets["chat"].roles
