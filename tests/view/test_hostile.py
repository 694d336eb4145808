"""What a page refuses, each with a reason and without a traceback; after each it goes on serving."""

import socket
import time

import pytest

from augment.view import limits

from .conftest import refused


@pytest.fixture(autouse=True)
def _afterwards(still_serves):
    yield


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
