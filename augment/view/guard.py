"""Lets in only requests that come from the page itself, in its own browser, and no larger than they may be.

A server on loopback can be reached by every page that the browser shows: by its requests, which have a foreign Origin; by a
foreign name that was made to point here, which is a foreign Host; and by other users of the machine, who do not know the token.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from augment.view import limits

HEADERS = {
    "content-security-policy": (
        "default-src 'self' data:; script-src 'self'; style-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
TOKEN = "x-augment-token"
UPLOAD = "/api/pictures"
Receive = Callable[[], Awaitable[Any]]


class TooLarge(Exception):
    """A body that goes on beyond what it may have."""


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: Any, hosts: Iterable[str], token: str):
        self.app, self.hosts, self.token = app, frozenset(hosts), token
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        port = next(iter(sorted(self.hosts))).rpartition(":")[2]
        self.cookie = f"augment-{port}"  # cookies know no ports

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = {name.encode(): value.encode() for name, value in HEADERS.items()}
                message = {**message, "headers": [*(h for h in message["headers"] if h[0] not in own), *own.items()]}
            await send(message)

        request = Request(scope)
        refused = self.refusal(request)
        if refused is None:
            most = limits.UPLOAD_BYTES if request.url.path == UPLOAD else limits.REQUEST_BYTES
            await self.app(scope, bounded(receive, most), sending)
        else:
            await refused(scope, receive, sending)

    def refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that is not let in."""
        told = request.headers
        if len(told.getlist("host")) != 1 or told["host"].lower() not in self.hosts:
            return _no(f"this page is served as {min(self.hosts)} only, whatever other names point here", 421)
        if request.method not in ("GET", "HEAD", "POST"):
            return _no("only GET and POST are understood", 405)
        visit = request.method == "GET" and request.url.path == "/"
        site = told.get("sec-fetch-site", "same-origin")
        if site not in ("same-origin", "none") and not (visit and told.get("sec-fetch-mode") == "navigate"):
            return _no("another page may not ask for this")
        origin = told.get("origin")
        if origin is not None and origin.lower() not in self.origins:
            return _no("another page may not ask for this")
        if request.method == "POST":
            if origin is None and "sec-fetch-site" not in told:
                return _no("a change needs an Origin header, as browsers send it")
            if not self.knows(told.get(TOKEN)):
                return _no("the token is not that of this process: load the page again")
        if visit and self.knows(request.query_params.get("token")):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="lax", path="/")
            return answer
        if not self.knows(self.given(request)):
            return _no("open the address that 'augment view' printed: it holds the token of this process")
        return self.body(request)

    def body(self, request: Request) -> Response | None:
        most = limits.UPLOAD_BYTES if request.url.path == UPLOAD else limits.REQUEST_BYTES
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 15:
            return _no("the length of the body is no number", 400)
        return _no(f"a request holds at most {most >> 20} MB", 413) if int(length) > most else None

    def given(self, request: Request) -> str | None:
        try:
            cookie = SimpleCookie(request.headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return None
        return cookie.value if cookie else None

    def knows(self, token: str | None) -> bool:
        return token is not None and hmac.compare_digest(token.encode(errors="replace"), self.token.encode())


def bounded(receive: Receive, most: int) -> Receive:
    """Return what receives a body of at most so many bytes; a length that was promised is not believed."""
    seen = 0

    async def reading() -> Any:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLarge(f"a request holds at most {most >> 20} MB")
        return message

    return reading


def _no(reason: str, status: int = 403) -> Response:
    return PlainTextResponse(f"Refused: {reason}.\n", status)
