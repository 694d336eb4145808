"""Files of texts are rewritten row by row, each under the key of its place, in the form that they have."""

import csv
import json
import tracemalloc

import pytest
from click.testing import CliRunner

import augment
from augment.cli import main
from augment.data.rewriting import Rewriting, read_rows, rewrite
from augment.testing.texts import PLAIN

SPEC = {"seed": 3, "pipeline": [{"typo_characters": 0.1}, {"swap_words": 0.3}]}
TEXTS = [*PLAIN, 'He said, "well", and left.', "été déjà vu"]
EDIT = augment.compile(SPEC, "builtin")


@pytest.fixture
def spec(tmp_path):
    place = tmp_path / "spec.yaml"
    place.write_text(json.dumps(SPEC))
    return place


def run(*args):
    return CliRunner().invoke(main, ["apply", *map(str, args)])


def write(path, texts, column="text"):
    rows = [{"id": i, column: text, "label": "a, b"} for i, text in enumerate(texts)]
    with path.open("w", encoding="utf-8", newline="") as out:
        if path.suffix == ".txt":
            out.writelines(f"{text}\n" for text in texts)
        elif path.suffix == ".jsonl":
            out.writelines(json.dumps(row | {"more": {"deep": [1, None]}}, ensure_ascii=False) + "\n" for row in rows)
        else:
            table = csv.DictWriter(out, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
            table.writeheader()
            table.writerows(rows)
    return path


def columns(path, column="text"):
    return [row.columns.get(column, row.columns.get("")) for row in read_rows(path)]


@pytest.mark.parametrize("backend", ["reference", "builtin", "nlpaug"])
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv", ".tsv"])
def test_rows_are_keyed_by_place_and_the_rest_is_kept(tmp_path, spec, suffix, backend):
    src, dst = write(tmp_path / f"in{suffix}", TEXTS), tmp_path / f"out{suffix}"
    done = run(spec, src, dst, "-b", backend)
    assert done.exit_code == 0, done.output
    assert columns(dst) == [EDIT.at(i)(text) for i, text in enumerate(TEXTS)] != TEXTS
    kept = [{k: v for k, v in row.columns.items() if k not in ("text", "")} for row in read_rows(dst)]
    assert kept == [{k: v for k, v in row.columns.items() if k not in ("text", "")} for row in read_rows(src)]
    assert [list(row.columns) for row in read_rows(dst)] == [list(row.columns) for row in read_rows(src)]


@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
def test_workers_do_not_change_a_byte(tmp_path, spec, suffix):
    src = write(tmp_path / f"in{suffix}", TEXTS * 150)
    for workers in (0, 2):
        assert run(spec, src, tmp_path / f"{workers}{suffix}", "--workers", workers, "--copies", 2).exit_code == 0
    assert (tmp_path / f"0{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()


def test_copies_stand_together_and_are_epochs(tmp_path, spec):
    src, dst = write(tmp_path / "in.jsonl", TEXTS), tmp_path / "out.jsonl"
    assert run(spec, src, dst, "--copies", 3, "--epoch", 4, "--seed", 9).exit_code == 0
    edit = augment.compile({**SPEC, "seed": 9}, "builtin")
    assert columns(dst) == [edit.at(i, epoch)(text) for i, text in enumerate(TEXTS) for epoch in (4, 5, 6)]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_the_column_of_texts(tmp_path, spec, suffix):
    src = write(tmp_path / f"in{suffix}", TEXTS, "review")
    done = run(spec, src, tmp_path / f"a{suffix}")
    assert done.exit_code == 1 and "needs a column text or sentence; it has id, review, label" in done.output
    assert run(spec, src, tmp_path / f"b{suffix}", "--column", "review").exit_code == 0
    assert columns(tmp_path / f"b{suffix}", "review") == [EDIT.at(i)(text) for i, text in enumerate(TEXTS)]
    other = write(tmp_path / f"s{suffix}", TEXTS, "sentence")
    assert run(spec, other, tmp_path / f"c{suffix}").exit_code == 0
    assert columns(tmp_path / f"c{suffix}", "sentence") == columns(tmp_path / f"b{suffix}", "review")
    declared = tmp_path / "declared.yaml"
    declared.write_text(json.dumps({**SPEC, "targets": {"review": "text", "sentence": "text"}}))
    assert run(declared, src, tmp_path / f"d{suffix}").exit_code == 0


def test_spans_move_and_what_would_be_stale_is_told_with_its_line(tmp_path):
    spec = tmp_path / "spec.yaml"
    spec.write_text(json.dumps({"pipeline": [{"delete_words": 0.5}]}))
    rows = [
        {"text": "Ann Berg saw it", "spans": [[0, 3]], "labels": ["PER"]}, {"text": "Ann Berg", "entities": [[0, 3, "PER"]]},
        {"text": None}, {"text": "one two three"},
    ]  # fmt: skip
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    done = run(spec, tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1 and told["made"] == 2 and [row["line"] for row in told["failed"]] == [2, 3]
    assert "in.jsonl:2" in told["failed"][0]["message"] and "edited" in told["failed"][0]["message"]
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    edit = augment.compile({"pipeline": [{"delete_words": 0.5}]}, "builtin")
    assert out == [edit.at(0)(rows[0]), edit.at(3)(rows[3])]


def test_blank_lines_stay_and_count_in_texts(tmp_path, spec):
    (tmp_path / "in.txt").write_text(f"{PLAIN[0]}\n\n{PLAIN[1]}")
    assert run(spec, tmp_path / "in.txt", tmp_path / "out.txt").exit_code == 0
    assert (tmp_path / "out.txt").read_text() == f"{EDIT.at(0)(PLAIN[0])}\n\n{EDIT.at(2)(PLAIN[1])}\n"


@pytest.mark.parametrize(("name", "data", "told"), [
    ("in.csv", b"id,text\n1,a\n2\n", "in.csv:3: has not as many fields"), ("in.jsonl", b'{"text": "a"}\n{', "in.jsonl:2"),
    ("in.jsonl", b"[1]\n", "in.jsonl:1: must be an object"), ("in.txt", b"\xff\xfe\n", "is not UTF-8"),
])  # fmt: skip
def test_a_broken_file_leaves_nothing(tmp_path, spec, name, data, told):
    (tmp_path / name).write_bytes(data)
    done = run(spec, tmp_path / name, tmp_path / "out" / name)
    assert done.exit_code != 0 and told in done.output
    assert list((tmp_path / "out").iterdir()) == []


def test_what_does_not_fit_is_refused_before_anything_is_read(tmp_path, spec):
    src = write(tmp_path / "in.jsonl", TEXTS)
    before = src.read_bytes()
    for args, told in (
        ((src, src), "would replace the file"), ((src, tmp_path / "out.csv"), "is written as .jsonl"),
        ((src, tmp_path / "out.jsonl", "--quality", 3), "are for pictures"),
        ((src, tmp_path / "out.jsonl", "--resume"), "are for pictures"),
    ):  # fmt: skip
        done = run(spec, *args)
        assert done.exit_code != 0 and told in done.output, done.output
    assert run(spec, src, tmp_path / "out.jsonl").exit_code == 0
    done = run(spec, src, tmp_path / "out.jsonl")
    assert done.exit_code != 0 and "--force replaces it" in done.output
    assert run(spec, src, tmp_path / "out.jsonl", "--force").exit_code == 0 and src.read_bytes() == before
    (tmp_path / "folder").mkdir()
    assert run(spec, src, tmp_path / "folder").exit_code == 0 and (tmp_path / "folder" / "in.jsonl").exists()
    mixed = tmp_path / "mix.yaml"
    mixed.write_text(json.dumps({"targets": {"image": "image", "text": "text"}, "pipeline": ["mixgen"]}))
    assert run(mixed, src, tmp_path / "x.jsonl").exit_code != 0


def test_memory_does_not_grow_with_the_file(tmp_path):
    peaks = []
    for count in (500, 5000):
        src = write(tmp_path / f"{count}.jsonl", TEXTS * (count // len(TEXTS)))
        job = Rewriting(json.dumps(SPEC), "builtin", src)
        next(iter(rewrite(job, tmp_path / "warm.jsonl")))
        tracemalloc.start()
        for _ in rewrite(job, tmp_path / f"{count}-out.jsonl"):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_parquet_and_json_lines_are_made_of_each_other(tmp_path, spec):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    names = pa.schema([("text", pa.string()), ("id", pa.int16()), ("more", pa.list_(pa.int32()))], metadata={"huggingface": "{}"})
    rows = [{"text": text, "id": i, "more": [i, None]} for i, text in enumerate(TEXTS)]
    parquet.write_table(pa.Table.from_pylist(rows, names), tmp_path / "in.parquet", row_group_size=3)
    wanted = [{**row, "text": EDIT.at(i)(row["text"])} for i, row in enumerate(rows)]
    for src, dst in (("in.parquet", "a.parquet"), ("in.parquet", "a.jsonl"), ("a.jsonl", "b.parquet")):
        done = run(spec, tmp_path / src, tmp_path / dst)
        assert done.exit_code == 0, done.output
        made = [row.columns for row in read_rows(tmp_path / dst)]
        assert made == wanted if src == "in.parquet" else [row["id"] for row in made] == list(range(len(rows)))
    kept = parquet.read_schema(tmp_path / "in.parquet")
    assert parquet.read_schema(tmp_path / "a.parquet").equals(kept, check_metadata=True)
    found = parquet.read_schema(tmp_path / "b.parquet")
    assert (found.field("id").type, found.field("more").type) == (pa.int64(), pa.list_(pa.int64()))


def test_rows_of_parquet_that_do_not_fit(tmp_path, spec):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    lines = [{"text": "a good one", "more": 1 if i < 1000 else "b"} for i in range(1001)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run(spec, tmp_path / "in.jsonl", tmp_path / "out.parquet")
    assert done.exit_code == 1 and "are not of the types that the first 1000 have" in done.output
    parquet.write_table(pa.table({"text": ["one", None, "three"]}), tmp_path / "in.parquet")
    done = run(spec, tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert done.exit_code == 1 and "in.parquet:2: " in done.output
    assert len(list(read_rows(tmp_path / "out.parquet"))) == 2
    data = (tmp_path / "in.parquet").read_bytes()
    (tmp_path / "in.parquet").write_bytes(data[:-20])
    done = run(spec, tmp_path / "in.parquet", tmp_path / "out.jsonl")
    assert done.exit_code == 1 and "is no Parquet, or cut off" in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "in.parquet", "out.parquet", "spec.yaml"]
