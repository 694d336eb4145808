"""Binds an address and serves the page there."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from augment.errors import AugmentError
from augment.view import limits
from augment.view.app import make_app
from augment.view.session import Session


class AddressError(AugmentError):
    """An address that the page cannot be served at."""


class Patient(H11Protocol):
    """HTTP, for connections that ask for something: those that do not are closed after a while."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.loop.call_later(limits.HEADER_SECONDS, self._leave)

    def _leave(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


class _Serving(uvicorn.Server):
    """Calls ``ending`` before it waits for the last answers: without workers none of them waits for a framework."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]):
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


class Server:
    """One page at one address; ``run`` serves it until it is interrupted."""

    def __init__(self, session: Session, host: str = "127.0.0.1", port: int | None = None):
        self.socket = _bind(host, port)
        self.session, self.host, self.port = session, host, self.socket.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        app = make_app(session, _names(host, self.port), self.token)
        self.server = _Serving(
            uvicorn.Config(
                app,
                http=Patient,
                ws="none",
                lifespan="on",
                log_level="error",
                access_log=False,
                server_header=False,
                timeout_keep_alive=20,
                timeout_graceful_shutdown=2,
                proxy_headers=False,
            ),
            app.app.state.view.close,
        )

    @property
    def address(self) -> str:
        """What a browser opens, with the token that lets it in."""
        return f"http://{_shown(self.host)}:{self.port}/?token={self.token}"

    def run(self) -> None:
        self.server.run(sockets=[self.socket])

    def stop(self) -> None:
        self.server.should_exit = True


PORT = 8765
"""Where the page is, if that is free; else anywhere."""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bind(host: str, port: int | None) -> socket.socket:
    tries: list[int] = [PORT, 0] if port is None else [port]
    for one in tries:
        try:
            return _listening(host, one)
        except OSError as error:
            problem = error.strerror or str(error)
    raise AddressError(f"{host}:{tries[-1]}: cannot be listened on ({problem}); choose another with --port or --host")


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(64)
    except OSError:
        made.close()
        raise
    return made


def _names(host: str, port: int) -> list[str]:
    """The Host headers that mean this server."""
    names = {host, *(("localhost", "127.0.0.1") if is_loopback(host) and ":" not in host else ())}
    return [f"{_shown(name)}:{port}" for name in names]


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
