"""Files of texts that are not UTF-8 are told with file, line and byte, wherever they are read."""

import pytest

import augment
from augment.errors import FileError, SampleError

LATIN = "ein Satz\nviele Grüße\n".encode("latin-1")
VECTORS = "cat 1 2\ngrün 3 4\n".encode("latin-1")
UTF16 = "a cat\na dog\n".encode("utf-16")


def _uses(path):
    """Each op that reads a file, on it."""
    from augment.ops import catalogue

    for name, op in catalogue("text").items():
        for field in ("corpus", "vectors"):
            if field in op.model_fields:
                yield {"pipeline": [{name: {field: str(path), "rate": 1}}]}


@pytest.mark.parametrize(
    ("data", "line"),
    [(LATIN, 2), (VECTORS, 2), (UTF16, 1), (b"cat 1 2\ndog 2 1\n\xff 1 2\n", 3), (b"\x00\x80 1 2\n", 1)],
)
def test_files_that_are_no_utf8_are_told(tmp_path, data, line):
    path = tmp_path / "words.txt"
    path.write_bytes(data)
    specs = list(_uses(path))
    assert len(specs) >= 2
    told = rf"words\.txt:{line}: is no text in UTF-8 \(.* at byte \d+ of the line\); save it as UTF-8"
    for spec in specs:
        with pytest.raises(SampleError, match=told):
            augment.apply(spec, {"text": "cat dog cat"}, backend="builtin")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_word(tmp_path, mark):
    (tmp_path / "vectors.txt").write_bytes(mark + b"cat 1 2\ndog 2 1\n")
    from augment.text.vectors import Vectors

    assert Vectors(str(tmp_path / "vectors.txt"), 10).words == ["cat", "dog"]


@pytest.mark.parametrize("suffix", ["txt", "csv", "tsv", "jsonl"])
def test_texts_of_a_preview(tmp_path, suffix):
    from augment.data.sentences import read_sentences

    path = tmp_path / f"texts.{suffix}"
    path.write_bytes("text\nok\nGrüße\n".encode("latin-1"))
    with pytest.raises(FileError, match=rf"texts\.{suffix}: is no text in UTF-8 \(.* at byte 10, in line 3\)"):
        read_sentences([path], {})
