"""The process behind the page. Every request carries all that it needs; two visitors share nothing but the machine."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import socket
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from dashboards.english import STATIC
from dashboards.guard import App, Guard, TooLarge
from dashboards.pages import page
from dashboards.places import NoSuchPlace
from dashboards.server_state import Readiness, ServerState
from incentive_abm.errors import UserError

PathLike = str | os.PathLike[str]
LOG = logging.getLogger("dashboards")
POLICY = ("default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'{more}; "
          "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")


class FreshFiles(StaticFiles):
    """Files that a browser asks about each time, so that a new version is never mixed with an old one."""

    def file_response(self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "no-cache"
        return response


def create_app(server: ServerState) -> FastAPI:
    """The application, without its guard; `routes.add` adds what needs the engine."""
    app = FastAPI(title="incentive_abm stage", docs_url=None, redoc_url=None, openapi_url=None)

    @app.exception_handler(UserError)
    async def _mistake(_: Request, error: UserError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, HTTPStatus.GONE if isinstance(error, NoSuchPlace) else 422)

    @app.exception_handler(TooLarge)
    async def _large(_: Request, error: TooLarge) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 413)

    @app.exception_handler(Exception)
    async def _trouble(_: Request, error: Exception) -> JSONResponse:
        LOG.error("a request failed", exc_info=error)
        return JSONResponse({"error": "Something went wrong in the model; the last picture stays. The terminal says more."}, 500)

    _pages(app, server)
    app.mount("/static", FreshFiles(directory=STATIC), name="static")
    return app


LOOPBACK = ("localhost", "127.0.0.1", "::1")


def guarded(app: App, host: str, token: str = "") -> Guard:
    """The application behind its guard; bound beyond loopback, also by the machine's own name and any literal address."""
    if host in LOOPBACK:
        return Guard(app, LOOPBACK)
    own = socket.gethostname()
    return Guard(app, (*LOOPBACK, host, own, f"{own}.local", socket.getfqdn()), any_address=True, token=token)


def _pages(app: FastAPI, server: ServerState) -> None:
    @app.get("/", response_class=HTMLResponse)
    async def stage() -> Response:
        return _html("stage.html" if server.readiness is Readiness.READY else "ready.html")

    @app.get("/console", response_class=HTMLResponse)
    async def facilitator() -> Response:
        return _html("facilitator.html" if server.readiness is Readiness.READY else "ready.html")

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(STATIC / "pages" / "icon.svg", media_type="image/svg+xml")

    @app.get("/api/ready")
    async def ready() -> dict[str, str]:
        return {"stage": server.readiness.value, "trouble": server.trouble}


def _html(name: str) -> Response:
    text = page(name)
    more = f" '{_import_map_hash(text)}'" if 'type="importmap"' in text else ""
    return HTMLResponse(text, headers={"content-security-policy": POLICY.format(more=more), "cache-control": "no-cache"})


def _import_map_hash(text: str) -> str:
    inner = text.split('<script type="importmap">')[1].split("</script>")[0]
    return "sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
