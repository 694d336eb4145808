"""Answers the requests of the live page. Whatever reads a spec or a picture is asked of a worker."""

from __future__ import annotations

import contextlib
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import unquote

import anyio
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from augment.errors import AugmentError
from augment.view import limits
from augment.view.asked import Arranged, Asked, Changes, Export, Lint, Look, Refused, body_of, patience
from augment.view.budget import Superseded
from augment.view.guard import Guard, TooLarge
from augment.view.page import ASSETS, TYPES, page_html
from augment.view.session import Conflict, Session, shown_name
from augment.view.tasks import alone
from augment.view.worker import Stopped, Worker

Told = dict[str, Any]
CLIENTS = 64
"""Open pages whose latest requests are remembered."""


class View:
    """The page of one session."""

    def __init__(self, session: Session):
        self.session = session
        spec, given = session.spec.name, session.given
        self.lanes = {lane: Worker(spec, given, patient=lane == "checker") for lane in ("reader", "painter", "checker")}
        """What reads while pictures are made and measured: typing and sliders never wait for pictures."""
        self._turns: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._locks: dict[str, anyio.Lock] = {}
        self._owner: dict[str, tuple[str, str]] = {}
        self._waiting = 0
        self._thumbs: dict[str, bytes] = {}
        self._sketches: dict[str, bytes] = {}

    # Pages -----------------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        from augment.plugins import backends

        text = await anyio.to_thread.run_sync(self.session.spec.read)
        known = [
            {
                "name": b.name,
                "modality": b.modality,
                "missing": bool(b.missing()),
                "install": b.install,
                "quick": b.quick,
                "loads": bool(b.requires) and not b.quick and not b.missing(),
            }
            for b in backends().values()
        ]
        known.sort(key=lambda b: (b["missing"], not b["quick"], b["name"] not in ("reference", "builtin"), b["name"]))
        boot = {
            "text": text, "file": self.session.spec.name, "saves": self.session.spec.path is not None,
            "pictures": self.session.pictures(), "texts": self.session.texts(), "words": limits.WORDS,
            "alone": bool(self.session.given.texts), "draws": limits.DRAWS, "upload": limits.UPLOAD_BYTES,
            "cold": {b["name"]: b["modality"] for b in known if b["loads"] and b["name"] not in self.lanes["painter"].loaded},
        }  # fmt: skip
        return HTMLResponse(
            page_html(
                boot=json.dumps(boot), most=limits.WORDS, token=request.app.state.token, backends=known,
                name=self.session.spec.name,
            )
        )

    async def asset(self, request: Request) -> Response:
        path = ASSETS.get(request.path_params["name"])
        if path is None or path.suffix not in TYPES:
            return PlainTextResponse("There is no such file.\n", 404)
        return Response(path.read_bytes(), media_type=TYPES[path.suffix])

    async def thumb(self, request: Request) -> Response:
        picture = request.path_params["id"][:10]
        if picture not in self._thumbs:
            told = await self.ask("reader", "thumb", limits.READ_SECONDS, picture=picture)
            if not told["data"]:
                return PlainTextResponse("There is no such picture.\n", 404)
            self._thumbs[picture] = told["data"]
        return Response(self._thumbs[picture], media_type="image/webp")

    # Specs -----------------------------------------------------------------------------------------------------------

    async def read(self, request: Request) -> Told:
        asked = await body_of(request, Asked)
        return await self.ask("reader", "read", limits.READ_SECONDS, asked.client, text=asked.text)

    async def change(self, request: Request) -> Told:
        asked = await body_of(request, Changes)
        changes = [one.model_dump() for one in asked.changes]
        return await self.ask("reader", "change", limits.READ_SECONDS, asked.client, text=asked.text, changes=changes)

    async def arrange(self, request: Request) -> Told:
        asked = await body_of(request, Arranged)
        return await self.ask("reader", "arrange", limits.READ_SECONDS, asked.client, **asked.model_dump(exclude={"client"}))

    async def words(self, request: Request) -> Told:
        await body_of(request, Asked)
        return await self.ask("reader", "words", limits.READ_SECONDS)

    async def sketch(self, request: Request) -> Response:
        op = request.path_params["name"][:100]
        data = self._sketches.get(op) or (await self.ask("checker", "sketch", limits.LOOK_SECONDS, op=op))["data"]
        if not data:  # some show nothing of themselves, which is no error
            return Response(status_code=204)
        self._sketches[op] = data
        return Response(data, media_type="image/webp")

    async def export(self, request: Request) -> Told:
        asked = await body_of(request, Export)
        return await self.ask("painter", "export", limits.LOADING_SECONDS, asked.client, **asked.model_dump(exclude={"client"}))

    async def lint(self, request: Request) -> Told:
        asked = await body_of(request, Lint)
        names = [name for name in asked.backends if name and name != "all"]
        return await self.ask("checker", "lint", limits.LOOK_SECONDS, asked.client, text=asked.text, backends=names)

    async def look(self, request: Request) -> Told:
        asked = await body_of(request, Look)
        painter = self.lanes["painter"]
        names = asked.backend.split(",")
        used = {*(["all"] if alone(asked.sheet, asked.backend) else names), asked.text_backend}
        new = used - painter.loaded
        told = await self.ask(
            "painter", "look", limits.LOADING_SECONDS if new else limits.LOOK_SECONDS, asked.client,
            **asked.model_dump(exclude={"client"}),
        )  # fmt: skip
        if not told["mistakes"]:
            painter.loaded |= used
        return told

    async def save(self, request: Request) -> Told:
        asked = await body_of(request, Asked)
        async with self._lock("file"):  # what is compared before it is replaced may not change in between
            await anyio.to_thread.run_sync(self.session.spec.save, asked.text)
        return {"saved": self.session.spec.name}

    async def reload(self, request: Request) -> Told:
        await body_of(request, Asked)
        async with self._lock("file"):
            return {"text": await anyio.to_thread.run_sync(self.session.spec.read)}

    # Pictures --------------------------------------------------------------------------------------------------------

    async def upload(self, request: Request) -> Told:
        kind = request.headers.get("content-type", "")
        if not kind.startswith("image/") and kind != "application/octet-stream":
            raise Refused("an upload is the bytes of one picture, with their type", 415)
        with patience():
            data = await request.body()
        name = shown_name(unquote(request.headers.get("x-name", ""), errors="replace")[:400])
        picture = await anyio.to_thread.run_sync(self.session.receive, data)
        try:
            told = await self.ask("reader", "admit", limits.READ_SECONDS, picture=picture, name=name)
        except AugmentError:
            self.session.forget(picture)
            raise
        if told["mistakes"]:
            self.session.forget(picture)
            return told
        self.session.uploads[picture] = name
        for worker in self.lanes.values():
            await anyio.to_thread.run_sync(worker.know, self.session.uploads)
        return {"mistakes": [], "id": picture, "name": name, "pictures": self.session.pictures()}

    # Asking workers --------------------------------------------------------------------------------------------------

    async def ask(self, lane: str, task: str, seconds: float, client: str = "", **arguments: Any) -> Told:
        """Ask a worker. Raises `Superseded` when the same page asks for the same again before it was done."""
        worker, key = self.lanes[lane], (client, task)
        turn = self._turns[key] = self._turns.pop(key, 0) + 1
        while len(self._turns) > CLIENTS:
            self._turns.popitem(last=False)
        if client and self._owner.get(lane) == key:
            worker.abandon()
        if self._waiting >= limits.WAITING:
            raise Refused("the page is busy; try again in a moment", 503)
        self._waiting += 1
        try:
            async with self._lock(lane):
                if client and self._turns.get(key) != turn:
                    raise Superseded
                self._owner[lane] = key
                try:
                    return await anyio.to_thread.run_sync(lambda: worker.ask(task, seconds, **arguments))
                finally:
                    self._owner.pop(lane, None)
        finally:
            self._waiting -= 1

    def _lock(self, what: str) -> anyio.Lock:
        return self._locks.setdefault(what, anyio.Lock())

    def close(self) -> None:
        """End the workers; what is still asked of them is answered with a reason."""
        for worker in self.lanes.values():
            worker.close()

    async def warm(self) -> None:
        """Start the workers while the page is being loaded."""
        for lane in self.lanes:
            with contextlib.suppress(AugmentError):
                await self.ask(lane, "warm", limits.LOADING_SECONDS)


def _told(answer: Callable[[Request], Awaitable[Told]]) -> Callable[[Request], Awaitable[Response]]:
    """Make an answer of what a handler returns or raises: never a traceback."""

    async def respond(request: Request) -> Response:
        try:
            told = await answer(request)
            return told if isinstance(told, Response) else JSONResponse(told)
        except Superseded:
            return JSONResponse({"superseded": True})
        except TimeoutError:
            return JSONResponse({"refused": "the request did not arrive in time"}, 408)
        except TooLarge as error:
            return JSONResponse({"refused": str(error)}, 413)
        except ClientDisconnect:
            return Response(status_code=400)
        except Refused as error:
            return JSONResponse({"refused": str(error)}, error.status)
        except Conflict as error:
            return JSONResponse({"refused": str(error), "conflict": True})  # the page asks its user; a browser would log an error
        except Stopped as error:
            return JSONResponse({"refused": str(error)}, 503)
        except AugmentError as error:
            return JSONResponse({"refused": str(error)}, 400)

    return respond


def make_app(session: Session, hosts: list[str], token: str) -> Any:
    """Return the ASGI app of a session, behind its guard."""
    view = View(session)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as group:
            group.start_soon(view.warm)
            yield
            view.close()
            group.cancel_scope.cancel()
        session.close()

    posts = {
        "read": view.read,
        "arrange": view.arrange,
        "words": view.words,
        "export": view.export,
        "change": view.change,
        "lint": view.lint,
        "look": view.look,
        "save": view.save,
        "reload": view.reload,
        "pictures": view.upload,
    }
    app = Starlette(
        routes=[
            Route("/", _told(view.page)),  # type: ignore[arg-type]
            Route("/assets/{name}", view.asset),
            Route("/picture/{id}", _told(view.thumb)),  # type: ignore[arg-type]
            Route("/op/{name}", _told(view.sketch)),  # type: ignore[arg-type]
            *(Route(f"/api/{name}", _told(answer), methods=["POST"]) for name, answer in posts.items()),
        ],
        lifespan=lifespan,
        exception_handlers={404: _missing, 405: _missing, Exception: _broken},
    )
    app.state.token, app.state.view = token, view
    return Guard(app, hosts, token)


async def _missing(request: Request, error: Any) -> Response:
    return PlainTextResponse("There is nothing here.\n", error.status_code)


async def _broken(request: Request, error: Exception) -> Response:
    return JSONResponse({"refused": f"the page has a bug: {type(error).__name__}"}, 500)
