"""The process behind the page: it hands out the page, and reads a place from whatever files. The model runs in the browser, so a
visitor's requests hold nothing of a run, nothing is remembered between them, and visitors share nothing."""

from __future__ import annotations

import asyncio
import gzip
import logging
import socket
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request, UploadFile
from fastapi.responses import FileResponse, JSONResponse, Response

from dashboards.english import STATIC
from dashboards.guard import PLACE_PATH, App, Guard, TooLarge
from dashboards.one_file import POLICY, SERVED_POLICY, facilitator_page, served_stage
from dashboards.place_import import dropped
from incentive_abm.compiling.rule_set import SHIPPED, RuleSet
from incentive_abm.errors import UserError
from incentive_abm.place import Place
from incentive_abm.scenario.posterior import Posterior

LOG = logging.getLogger("dashboards")
FRAMED = "frame-ancestors 'none'"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Held:
    """A page that is handed out as it is, packed once for browsers that take it so."""

    def __init__(self, html: str, policy: str) -> None:
        self.plain = html.encode()
        self.packed = gzip.compress(self.plain, mtime=0)
        self.headers = {"content-security-policy": f"{policy}; {FRAMED}", "cache-control": "no-cache", "vary": "accept-encoding"}

    def answer(self, request: Request) -> Response:
        """The page, packed where the browser says that it takes that."""
        packed = "gzip" in request.headers.get("accept-encoding", "")
        more = {"content-encoding": "gzip"} if packed else {}
        return Response(self.packed if packed else self.plain, media_type="text/html", headers={**self.headers, **more})


def create_app(place: Place, address: str = "", rules: RuleSet = SHIPPED, known: Posterior | None = None) -> FastAPI:
    """The application, without its guard; `address` is where others on the network reach the page, empty where they cannot."""
    app = FastAPI(title="incentive_abm stage", docs_url=None, redoc_url=None, openapi_url=None)
    stage, console = Held(served_stage(place, address, rules, known), SERVED_POLICY), Held(facilitator_page(), POLICY)

    @app.exception_handler(UserError)
    async def _mistake(_: Request, error: UserError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 422)

    @app.exception_handler(TooLarge)
    async def _large(_: Request, error: TooLarge) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 413)

    @app.exception_handler(Exception)
    async def _trouble(_: Request, error: Exception) -> JSONResponse:
        LOG.error("a request failed", exc_info=error)
        return JSONResponse({"error": "Something went wrong while the files were read. The terminal says more."}, 500)

    @app.get("/")
    async def page(request: Request) -> Response:
        return stage.answer(request)

    @app.get("/console")
    async def facilitator(request: Request) -> Response:
        return console.answer(request)

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(STATIC / "pages" / "icon.svg", media_type="image/svg+xml")

    @app.post(PLACE_PATH)
    async def own_place(files: list[UploadFile], maps: Annotated[list[str] | None, Form()] = None) -> dict[str, Any]:
        return await asyncio.to_thread(dropped, [(each.filename or "", await each.read()) for each in files], maps or [])

    return app


def guarded(app: App, host: str, token: str = "") -> Guard:
    """The application behind its guard; bound beyond loopback, also by the machine's own name and any literal address."""
    if host in LOOPBACK:
        return Guard(app, LOOPBACK)
    own = socket.gethostname()
    return Guard(app, (*LOOPBACK, host, own, f"{own}.local", socket.getfqdn()), any_address=True, token=token)
