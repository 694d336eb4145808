"""What editors insert when a name or a value is completed can be kept as it is.

The schema alone is held to it on every machine; where the YAML language server is installed, as in CI, that of editors is driven.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time

import jsonschema
import pytest

from augment import ops
from augment.language import json_schema, loads
from augment.spec.ledger import Ledger
from augment.spec.node import COMBINATORS
from augment.spec.read import read_text

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
KINDS = {**COMBINATORS, **ops.catalogue()}
BESIDE = re.compile(r"needs factor or add|needs (factor|scale).* or both|a linear pattern has no|for v0 write table")
"""Of fields that exclude each other."""
SERVER = shutil.which("yaml-language-server")


def expanded(snippet):
    """A snippet as it stands when nobody changes its parts; None where a part has to be filled in."""
    if re.search(r"\$\d|\$\{\d+\}|:\s*$|-\s*$", snippet):
        return None
    plain = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", snippet)
    while "${" in plain:
        plain = re.sub(r"\$\{\d+:((?:\\.|[^\\}$])*)\}", lambda found: re.sub(r"\\(.)", r"\1", found[1]), plain)
    return plain


def accepted(text):
    """Raise what is wrong with a spec, for `check` and for the schema."""
    loads(text)
    VALIDATOR.validate(read_text(text, Ledger()).plain)


def body(schema):
    (snippet,) = schema["defaultSnippets"]
    return expanded(snippet["body"].removeprefix("^"))


def fields_of(name):
    entry = SCHEMA["$defs"][name]
    return (entry if "properties" in entry else entry["anyOf"][0])["properties"]


def test_every_op_is_inserted_as_one_that_can_be_kept():
    for place in ("step", "choice"):
        for name, schema in SCHEMA["$defs"][place]["anyOf"][0]["properties"].items():
            if name in COMBINATORS:
                continue
            op = f"{name}: {body(schema)}"
            accepted(f"pipeline:\n  - {op}\n" if place == "step" else f"pipeline:\n  - one_of:\n      - {op}\n")


def test_every_field_is_inserted_as_one_that_can_be_kept():
    for name in ops.catalogue():
        for field, schema in fields_of(name).items():
            for value in [body(schema)] if "defaultSnippets" in schema else []:
                usual = SCHEMA["$defs"]["step"]["anyOf"][0]["properties"][name]
                others = read_text(f"a: {body(usual)}", Ledger()).plain["a"]
                if isinstance(others, dict) and field not in others and field not in ("weight",):
                    said = [f"{n}: {json.dumps(v, ensure_ascii=False)}" for n, v in others.items()]
                    text = "{" + ", ".join([*said, f"{field}: {value}"]) + "}"
                    try:
                        accepted(f"pipeline:\n  - {name}: {text}\n")
                    except Exception as error:  # fields that exclude each other are refused together, whatever stands in them
                        assert f".{field}" not in str(error), (name, text, error)


def test_defaults_are_told_in_the_form_of_a_spec():
    def defaults(schema):
        if isinstance(schema, dict):
            yield from ([schema["default"]] if "default" in schema else [])
            for part in schema.values():
                yield from defaults(part)
        elif isinstance(schema, list):
            for part in schema:
                yield from defaults(part)

    assert not [default for default in defaults(SCHEMA["$defs"]) if isinstance(default, dict)]
    assert fields_of("rotate90")["turns"]["description"].endswith("(default: [0, 3])")


# With a language server ------------------------------------------------------------------------------------------------


class LanguageServer:
    """The YAML language server, asked as an editor asks it."""

    def __init__(self, schema):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([SERVER, "--stdio"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        self.count = self.files = 0
        yaml = {"schemas": {schema.as_uri(): "*.yaml"}, "completion": True, "validate": True, "schemaStore": {"enable": False}}
        self.settings = {"yaml": yaml}
        able = {
            "textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}, "workspace": {"configuration": True},
        }  # fmt: skip
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def tell(self, method, params, **more):
        raw = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
        self.process.stdin.flush()

    def ask(self, method, params):
        self.count += 1
        self.tell(method, params, id=self.count)
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                if line.lower().startswith(b"content-length"):
                    length = int(line.partition(b":")[2])
            told = json.loads(self.process.stdout.read(length))
            if "method" not in told and told.get("id") == self.count:
                return told["result"]
            if "method" in told and "id" in told:
                asked = told["params"]["items"] if told["method"] == "workspace/configuration" else ()
                result = [self.settings.get(item.get("section")) for item in asked] or None
                raw = json.dumps({"jsonrpc": "2.0", "id": told["id"], "result": result}).encode()
                self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(raw) + raw)
                self.process.stdin.flush()

    def completions(self, text):
        """Yield (label, text) for what is offered where | stands, None for a text with parts that must be filled in."""
        before, after = text.split("|")
        self.files += 1
        uri = f"file:///spec{self.files}.yaml"
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self.tell("textDocument/didOpen", {"textDocument": document})
        asked = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        for item in self.ask("textDocument/completion", asked)["items"]:
            here = {"start": asked["position"], "end": asked["position"]}
            edit = item.get("textEdit") or {"newText": item["insertText"], "range": here}
            lines = (before + after).split("\n")
            places = map(edit["range"].get, ("start", "end"))
            start, end = (sum(len(x) + 1 for x in lines[: at["line"]]) + at["character"] for at in places)
            new = expanded(edit["newText"])
            own = lines[edit["range"]["start"]["line"]]  # whose indentation editors give to the lines that follow
            new = new and new.replace("\n", "\n" + " " * (len(own) - len(own.lstrip(" "))))
            yield item["label"], None if new is None else (before + after)[:start] + new + (before + after)[end:]
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if SERVER is None:
        pytest.skip("needs yaml-language-server: npm install --global yaml-language-server")
    path = tmp_path_factory.mktemp("schema") / "augment.schema.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    made = LanguageServer(path)
    until = time.monotonic() + 60
    while not list(made.completions("|")):  # until it has read the schema
        assert time.monotonic() < until
    yield made
    made.process.kill()
    made.process.wait()
    for pipe in (made.process.stdin, made.process.stdout):
        pipe.close()


def refused(offered):
    """What is offered and cannot be kept."""
    out = {}
    for label, text in offered:
        try:
            if text is not None:
                accepted(text)
        except Exception as error:
            out[label] = (text, str(error))
    return out


LISTS = (  # right behind a bracket the server takes a name for a text, whatever the schema, and offers none
    "pipeline:\n  - identity\n  - |\n", "pipeline:\n  - one_of:\n      - identity\n      - |\n",
    "pipeline:\n  - one_of:\n      p: 0.3\n      ops:\n        - identity\n        - |\n",
    "pipeline:\n  - sequence:\n      - some_of:\n          n: 1\n          ops:\n            - identity\n            - |\n",
    "pipeline:\n  - identity\nviews:\n  weak:\n    - identity\n    - |\n", "pipeline: [\n  identity,\n  ro|\n]\n",
)  # fmt: skip


def test_a_language_server_completes_every_op(server):
    for text in LISTS:
        offered = dict(server.completions(text))
        assert offered.keys() >= KINDS.keys()
        assert all(offered[name] is not None for name in ops.catalogue())
        assert refused(offered.items()) == {}


def test_a_language_server_completes_every_field_and_value(server):
    told, offers = {}, 0
    for name in ops.catalogue():
        usual = body(SCHEMA["$defs"]["step"]["anyOf"][0]["properties"][name])
        given = read_text(f"a: {usual}", Ledger()).plain["a"]
        lines = [f"{n}: {json.dumps(v, ensure_ascii=False)}" for n, v in given.items()] if isinstance(given, dict) else []
        if lines:
            head = "pipeline:\n  - one_of:\n    - " + name + ":\n" + "".join(f"        {line}\n" for line in lines)
            for label, text in server.completions(head + "        |\n"):
                if label.startswith("{"):  # the server offers the whole op among its fields, too
                    continue
                offers += 1
                told |= {f"{name}.{k}": v for k, v in refused([(label, text)]).items() if not BESIDE.search(v[1])}
        bare = refused(server.completions(f"pipeline:\n  - {name}: |\n"))
        told |= {f"{name}: {k}": v for k, v in bare.items() if not BESIDE.search(v[1])}
    print(f"{offers} fields and values")
    assert offers > 300
    assert told == {}
