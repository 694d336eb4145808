"""What a page refuses, each with a reason and without a traceback; after each it goes on serving."""

import io
import socket
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from augment.view import limits


@pytest.fixture(autouse=True)
def _afterwards(still_serves):
    yield


def refused(response, status, *words):
    assert response.status_code == status, response.text
    assert "Traceback" not in response.text
    for word in words:
        assert word in response.text
    return response


def png(width, height):
    """A black picture of a few bytes, whatever its size."""
    rows = zlib.compressobj(9)
    line = bytes(1 + -(-width // 8))
    body = b"".join(rows.compress(line) for _ in range(min(height, 2000))) + rows.flush()
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b"")))


def _chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def speak(server, *parts, pause=0.0, wait=5):
    """Send bytes as they are, and return what comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as line:
        for part in parts:
            line.sendall(part)
            time.sleep(pause)
        heard = b""
        try:
            while more := line.recv(65536):
                heard += more
        except (TimeoutError, ConnectionError):
            pass
        return heard


# Who asks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:80", "0.0.0.0"])
def test_another_host_is_refused(page, host):
    refused(page.get("/", host=host), 421, page.host.replace("127.0.0.1", "")[:1])
    refused(page.raw("POST", "/api/read", b"{}", host=host), 421)


def test_a_request_without_a_host_or_with_two_is_refused(server):
    assert b" 400 " in speak(server, b"GET / HTTP/1.1\r\n\r\n")
    host = f"Host: 127.0.0.1:{server.port}\r\n".encode()
    assert b" 400 " in speak(server, b"GET / HTTP/1.1\r\n" + host + b"Host: evil.example\r\n\r\n")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1", "file://"])
def test_another_origin_is_refused(page, origin):
    for name in ("read", "look", "save", "change"):
        refused(page.post(name, headers={"origin": origin}), 403, "another page")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused(page, site):
    refused(page.post("save", headers={"sec-fetch-site": site}), 403)
    refused(page.get("/picture/f0", **{"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}), 403)
    refused(page.get("/", **{"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}), 403)


def test_a_link_on_another_site_may_lead_here(page):
    assert page.get("/", **{"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


def test_a_change_needs_the_token_and_an_origin(page, spec, spec_text):
    refused(page.post("save", headers={"x-augment-token": "guess"}), 403, "token")
    bare = {k: v for k, v in page.own.items() if k != "origin"}
    import httpx

    answer = httpx.post(f"{page.base}/api/save", json={"client": "a", "text": "x"}, headers=bare)
    refused(answer, 403, "Origin")
    assert spec.read_text() == spec_text


def test_nothing_is_told_to_who_does_not_know_the_address(page):
    for path in ("/", "/picture/f0", "/assets/view.js", "/?token=guess"):
        refused(page.get(path, cookie="augment=1"), 403, "augment view")


def test_the_token_is_kept_as_a_cookie_that_scripts_cannot_read(page, server):
    answer = page.get(f"/?token={server.token}", cookie="")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert {"httponly", "samesite=lax"} <= {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}


def test_every_answer_forbids_what_the_page_does_not_need(page):
    for answer in (page.get("/"), page.get("/nothing"), page.get("/", host="evil.example"), page.post("look")):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self' data:;") and "unsafe" not in policy
        assert "script-src 'self';" in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in answer.headers


# What is asked for ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/assets/../../../secret.txt", "/assets/..%2f..%2fview.py", "/assets/%2e%2e/secret.txt",
            "/assets//etc/passwd",
        "/assets/view.html", "/picture/..%2fsecret.txt", "/picture/secret.txt", "/picture/%00", "/picture/f0%00.png",
            "/api/../secret.txt",
    ],
)  # fmt: skip
def test_no_path_leads_to_files(server, page, path):
    cookie = f"Host: 127.0.0.1:{server.port}\r\nCookie: {page.own['cookie']}\r\nConnection: close\r\n\r\n".encode()
    heard = speak(server, b"GET " + path.encode() + b" HTTP/1.1\r\n" + cookie)
    assert heard.split(b" ")[1] in (b"404", b"400"), heard[:200]
    assert b"secret beside" not in heard and b"root:" not in heard


@pytest.mark.parametrize("picture", ["../x", "/etc/pwd", "f99", "b9", "u0", "f-1", "f1e5", "", "x0"])
def test_pictures_are_ids_and_no_paths(page, picture):
    told = page.post(
        "look", picture=picture, sheet="samples", epoch=0, n=1, backend="reference", text_backend="", stage="train"
    ).json()
    assert "no " in told["mistakes"][0]["message"] and "html" not in told


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(page, method):
    refused(page.raw(method, "/api/save"), 405)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400), (b"{", "application/json", 400), (b"[" * 100_000, "application/json", 400),
        (b'{"client": "a"}', "application/json", 400), (b'{"client": "a", "text": 5}', "application/json", 400),
        (b'{"client": "a", "text": "", "more": 1}', "application/json", 400), (b"\xff\xfe", "application/json", 400),
        (b"text=1", "application/x-www-form-urlencoded", 415), (b"", "multipart/form-data; boundary=x", 415),
    ],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(page, body, kind, status):
    refused(page.raw("POST", "/api/read", body, **{"content-type": kind}), status, "refused")


def test_a_request_is_bounded(page, server):
    refused(page.raw("POST", "/api/read", b"x" * (limits.REQUEST_BYTES + 1), **{"content-type": "application/json"}), 413)
    head = f"POST /api/read HTTP/1.1\r\nHost: {page.host}\r\nOrigin: {page.base}\r\nCookie: {page.own['cookie']}\r\n"
    head += f"X-Augment-Token: {server.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    assert b" 413 " in speak(server, head.encode(), *[chunk] * 17, b"0\r\n\r\n")


def test_huge_headers_are_refused(server):
    assert b" 400 " in speak(server, b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 200_000)


@pytest.mark.parametrize(
    "bytes_",
    [b"\x00\x01\x02\xff" * 50, b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
)
def test_what_is_no_http_is_refused(server, bytes_):
    assert b"200" not in speak(server, bytes_, b"\r\n\r\n", wait=2)[:20]


def test_slow_clients_hold_nobody_up(server, page, still_serves, monkeypatch):
    monkeypatch.setattr(limits, "HEADER_SECONDS", 1.0)
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(80)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
    still_serves()
    assert all(line.recv(100) == b"" for line in lines[:5])  # they are sent away
    for line in lines:
        line.close()


def test_a_body_that_never_comes_is_not_waited_for(server, page, monkeypatch):
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.5)
    head = f"POST /api/read HTTP/1.1\r\nHost: {page.host}\r\nOrigin: {page.base}\r\nCookie: {page.own['cookie']}\r\n"
    head += f"X-Augment-Token: {server.token}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n" + "{"
    assert b" 408 " in speak(server, head.encode())


# Uploads -------------------------------------------------------------------------------------------------------------


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


# Specs ---------------------------------------------------------------------------------------------------------------

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
