"""Uploads and specs that mean harm: each is told or refused, is bounded, and the page serves on."""

import io
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from augment.view import limits

from .conftest import refused


@pytest.fixture(autouse=True)
def _afterwards(still_serves):
    yield


def png(width, height):
    """A black picture of a few bytes, whatever its size."""
    rows = zlib.compressobj(9)
    line = bytes(1 + -(-width // 8))
    body = b"".join(rows.compress(line) for _ in range(min(height, 2000))) + rows.flush()
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b"")))


def _chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def photo():
    file = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)).save(file, "png")
    return file.getvalue()


def damaged():
    data = bytearray(photo())
    data[200:400] = bytes(200)
    return bytes(data)


def text_bomb():
    """A PNG with a comment that is far larger than it looks."""
    whole = png(8, 8)
    return whole[:33] + _chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(50 << 20), 9)) + whole[33:]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"", "empty"), (lambda: b"no picture at all", "no picture"), (lambda: photo()[:5000], "damaged"),
        (damaged, "damaged"),
        (lambda: png(20_000, 20_000), "more than"), (lambda: png(60_000, 60_000), "more than"), (text_bomb, "damaged"),
        (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n", "no picture"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no picture"),
    ],
)  # fmt: skip
def test_uploads_that_are_no_pictures_are_refused(page, server, data, words):
    told = page.raw("POST", "/api/pictures", data(), **{"content-type": "image/png", "x-name": "a%20b.png"})
    assert told.status_code == 200 and words in told.json()["mistakes"][0]["message"]
    assert told.json()["mistakes"][0]["message"].startswith("a b.png: ")
    assert not list(server.session.given.uploads.iterdir())


def test_an_upload_is_bounded(page):
    refused(page.raw("POST", "/api/pictures", bytes(limits.UPLOAD_BYTES + 1), **{"content-type": "image/png"}), 413, "16 MB")


@pytest.mark.parametrize("kind", ["text/html", "multipart/form-data; boundary=x", "multipart/form-data", ""])
def test_an_upload_is_the_bytes_of_a_picture(page, kind):
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../x.png"\r\n\r\nno end'
    refused(page.raw("POST", "/api/pictures", body, **{"content-type": kind}), 415)


def test_uploads_are_counted(page, server, monkeypatch):
    monkeypatch.setattr(limits, "UPLOADS", len(server.session.uploads))
    refused(page.raw("POST", "/api/pictures", png(8, 8), **{"content-type": "image/png"}), 400, "uploads")


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..%2f..%2fx.png", "%3Cscript%3E.png", "a%00b%0d%0aX-Evil:1.png", "x" * 300]
)
def test_a_name_of_an_upload_is_only_shown(page, server, name):
    told = page.raw("POST", "/api/pictures", png(8, 8), **{"content-type": "image/png", "x-name": name}).json()
    shown = told["name"]
    assert len(shown) <= 80 and "/" not in shown and "\n" not in shown and "\x00" not in shown
    assert (server.session.given.uploads / told["id"]).exists()
    server.session.forget(told["id"])
    server.session.uploads.pop(told["id"])


LAUGHS = "x-a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"x-{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
REPEATS = "pipeline: [{repeat: {times: 64, ops: [{repeat: {times: 64, ops: [{repeat: {times: 64, ops: [rotate: ±5]}}]}}]}}]"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS + "pipeline: *i\n", "10,000 values"), ("pipeline: " + "[" * 5000, "deep"), ("x" * 150_000, "mapping"),
        ("\x00", "cannot stand"),
        ("a: &a [*a]\npipeline: *a", "inside what it names"), ("pipeline: !!python/object/apply:os.system [id]", "tag"),
        (REPEATS, "262,144 ops"),
        ("pipeline: [{some_of: {n: 1000000, replacement: true, ops: [rotate: 5, invert]}}]", "at most 256"),
        ("pipeline: [{rotate: {degrees: " + "9" * 5000 + "}}]", "finite"),
    ],
)  # fmt: skip
def test_bombs_are_told_as_mistakes(page, text, words):
    begun = time.monotonic()
    told = page.post("read", text=text).json()
    assert words in " ".join(one["message"] for one in told["mistakes"])
    told = page.look(text=text)
    assert words in " ".join(one["message"] for one in told["mistakes"])
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    ("pipeline", "words"),
    [
        ("[resize: 32767]", "32,767 x 32,767"), ("[resize: {long: 32767}, center_crop: 64]", "32,767"),
        ("[pad: [30000, 30000]]", "30,000"),
        ("[random_resized_crop: {size: [30000, 20000], area: 0.5}]", "30,000 x 20,000"), ("[scale: 2, resize: 7000]", None),
    ],
)  # fmt: skip
def test_pictures_that_are_too_large_are_refused_before_they_are_made(page, pipeline, words):
    begun = time.monotonic()
    told = page.look(text=f"pipeline: {pipeline}", n=32)
    message = told["mistakes"][0]["message"]
    page_says = (words or "million pixels") in message and "live page" in message
    assert page_says or "an image has at most 100,000,000" in message  # what no run would make, the language refuses
    assert time.monotonic() - begun < 10


def test_what_takes_too_long_is_ended(page, monkeypatch):
    monkeypatch.setattr(limits, "LOOK_SECONDS", 2.0)
    slow = "pipeline: [{repeat: {times: 30, ops: [{elastic: {alpha: 0.02, sigma: 0.1}}, {gaussian_blur: 0.2}]}}]"
    page.look()  # the backend is loaded
    begun = time.monotonic()
    answer = page.post(
        "look", text=slow, picture="b0", sheet="samples", epoch=0, n=2, backend="reference", text_backend="", stage="train"
    )
    refused(answer, 503, "more than 2 seconds", "ended")
    assert time.monotonic() - begun < 20


def test_draws_that_take_too_long_are_left_off(page, monkeypatch):
    monkeypatch.setattr(limits, "LOOK_SECONDS", 0.0)
    page.look()
    assert "takes too long" in page.look(n=32, epoch=900)["mistakes"][0]["message"]
    monkeypatch.undo()


def test_too_much_memory_is_not_taken(page, monkeypatch):
    page.look()
    monkeypatch.setattr(limits, "RESIDENT_BYTES", 1 << 20)
    answer = page.post("look", picture="f0", sheet="samples", epoch=77, n=8, backend="reference", text_backend="", stage="train")
    monkeypatch.undo()
    refused(answer, 503, "memory")


@pytest.mark.parametrize("n", [0, 33, 10**9, -1])
def test_draws_are_bounded(page, n):
    answer = page.post("look", picture="f0", sheet="samples", epoch=0, n=n, backend="reference", text_backend="", stage="train")
    refused(answer, 400, "refused")


def test_a_spec_writes_no_html(page):
    text = (
        "name: <img src=x onerror=alert(1)>\nabout: '\"><script>alert(1)</script>'\npipeline: [{rotate: {degrees: 5, id: a}}]\n"
    )
    told = page.look(text=text)
    assert "<script" not in told["html"] and "onerror" not in told["html"]
    told = page.post("read", text="pipeline: [{'<img src=x onerror=alert(1)>': 5}]").json()
    assert told["mistakes"][0]["message"].startswith("unknown op") and "html" not in told


def test_fields_of_a_change_are_names(page):
    one = {"steps": [1], "op": "rotate", "field": "degrees: 5}\nevil", "value": 1}
    refused(page.post("change", changes=[one]), 400)
    one = {"steps": [1], "op": "rotate", "field": "degrees", "value": "1}, evil: {x: "}
    told = page.post("change", changes=[one]).json()
    assert "evil: {" not in told["text"].replace("'1}, evil: {x: '", "")


def test_npy_arrays_are_no_uploads(page):
    file = io.BytesIO()
    np.save(file, np.zeros((4, 4, 3), np.uint8))
    told = page.raw("POST", "/api/pictures", file.getvalue(), **{"content-type": "application/octet-stream"}).json()
    assert "no picture" in told["mistakes"][0]["message"]
