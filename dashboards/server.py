"""The process behind the page. Every request carries all that it needs; two visitors share nothing but the machine."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from enum import Enum
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from fastapi import FastAPI, Request, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles

from dashboards import exports
from dashboards.asked import Asked, read_asked, read_quarter, written
from dashboards.guard import App, Guard, TooLarge
from dashboards.opening import opening, place_shown
from dashboards.runs import Runs, record
from dashboards.shelf import NoSuchPlace, Shelf
from incentive_abm.errors import UserError
from incentive_abm.place import Place, check_place, place_from_texts
from incentive_abm.scenario import load_scenario

STATIC = Path(__file__).parent / "static"
LOG = logging.getLogger("dashboards")
GONE = 410
POLICY = ("default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'{more}; "
          "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")


class Stage(Enum):
    """How far the engine is on its way."""

    WARMING = "warming"
    READY = "ready"
    BROKEN = "broken"


class Hall:
    """What this process holds: places, messages of runs, whether the engine is ready, and a bound on heavy work at once."""

    def __init__(self, place: Place) -> None:
        self.shelf, self.runs = Shelf(place), Runs()
        self.stage, self.trouble = Stage.WARMING, ""
        self.heavy = asyncio.Semaphore(2)
        self._openings: dict[str, bytes] = {}
        self._lock = Lock()

    def warm(self) -> None:
        """Compile or load the engine by doing the first run; afterwards the page opens."""
        try:
            self.runs.get(self.shelf.first, load_scenario("today"), 1)
            self.stage = Stage.READY
        except Exception as error:
            self.trouble, self.stage = str(error), Stage.BROKEN
            raise

    def opening(self, place: Place) -> bytes:
        """The opening of the first place, made once."""
        with self._lock:
            if place.hash not in self._openings:
                self._openings[place.hash] = json.dumps(opening(place), ensure_ascii=False).encode()
            return self._openings[place.hash]


def create_app(hall: Hall) -> FastAPI:
    """The application, without its guard."""
    app = FastAPI(title="incentive_abm stage", docs_url=None, redoc_url=None, openapi_url=None)

    @app.exception_handler(UserError)
    async def _mistake(_: Request, error: UserError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, GONE if isinstance(error, NoSuchPlace) else 422)

    @app.exception_handler(TooLarge)
    async def _large(_: Request, error: TooLarge) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 413)

    @app.exception_handler(Exception)
    async def _trouble(_: Request, error: Exception) -> JSONResponse:
        LOG.error("a request failed", exc_info=error)
        return JSONResponse({"error": "Something went wrong in the model; the last picture stays. The terminal says more."}, 500)

    _pages(app, hall)
    _asking(app, hall)
    _taking_away(app, hall)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def guarded(app: App, host: str) -> Guard:
    """The application behind its guard; bound beyond loopback, it also answers to any literal address."""
    loopback = ("localhost", "127.0.0.1", "::1")
    return Guard(app, loopback if host in loopback else (*loopback, host), any_address=host not in loopback)


def _pages(app: FastAPI, hall: Hall) -> None:
    @app.get("/", response_class=HTMLResponse)
    async def page() -> Response:
        return _html("index.html" if hall.stage is Stage.READY else "ready.html")

    @app.get("/console", response_class=HTMLResponse)
    async def console() -> Response:
        return _html("console.html" if hall.stage is Stage.READY else "ready.html")

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(STATIC / "icon.svg", media_type="image/svg+xml")

    @app.get("/api/ready")
    async def ready() -> dict[str, str]:
        return {"stage": hall.stage.value, "trouble": hall.trouble}

    @app.get("/api/start")
    async def start() -> Response:
        return Response(hall.opening(hall.shelf.first), media_type="application/json")


def _html(name: str) -> Response:
    text = (STATIC / name).read_text(encoding="utf-8")
    more = f" '{_import_map_hash(text)}'" if 'type="importmap"' in text else ""
    return HTMLResponse(text, headers={"content-security-policy": POLICY.format(more=more), "cache-control": "no-cache"})


def _import_map_hash(text: str) -> str:
    import base64
    import hashlib

    inner = text.split('<script type="importmap">')[1].split("</script>")[0]
    return "sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()


async def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise UserError("expected a request of type application/json")
    try:
        data = json.loads(await request.body())
    except ValueError:
        raise UserError("the request is not valid JSON") from None
    if not isinstance(data, dict):
        raise UserError("the request is not a table of names and values")
    return data


async def _asked(request: Request, hall: Hall) -> tuple[dict[str, Any], Asked, Place]:
    data = await _body(request)
    asked = read_asked(data)
    place = hall.shelf.get(asked.place)
    asked.scenario.partner_settings(place)
    asked.scenario.bound_events(place)
    return data, asked, place


def _asking(app: FastAPI, hall: Hall) -> None:
    @app.post("/api/run")
    async def run(request: Request) -> Response:
        _, asked, place = await _asked(request, hall)
        made = await asyncio.to_thread(hall.runs.get, place, asked.scenario, asked.seed)
        return Response(made, media_type="application/octet-stream")

    @app.post("/api/why")
    async def why(request: Request) -> dict[str, Any]:
        data, asked, place = await _asked(request, hall)
        return await asyncio.to_thread(_why, place, asked, read_quarter(data))

    @app.post("/api/luck")
    async def luck(request: Request) -> StreamingResponse:
        from dashboards.luck import worlds

        _, asked, place = await _asked(request, hall)
        return _lines(hall, partial(worlds, place, asked.scenario, asked.seed))

    @app.post("/api/helps")
    async def help_most(request: Request) -> StreamingResponse:
        from dashboards.helps import LAST, helps

        data, asked, place = await _asked(request, hall)
        return _lines(hall, partial(helps, place, asked.scenario, asked.seed, read_quarter(data, LAST)))

    @app.post("/api/place")
    async def own_place(partners: UploadFile, ties: UploadFile, name: str = "your-place") -> dict[str, Any]:
        sheets = (await partners.read(), await ties.read())
        place = await asyncio.to_thread(place_from_texts, name[:80] or "your-place", *sheets)
        hall.shelf.add(place)
        return {"place": place_shown(place), "report": check_place(place).text()}


def _why(place: Place, asked: Asked, quarter: int) -> dict[str, Any]:
    from dashboards.why import why

    return why(place, record(place, asked.scenario, asked.seed), max(1, quarter))


def _lines(hall: Hall, work: Callable[[], Iterator[dict[str, Any]]]) -> StreamingResponse:
    """Each result of a long piece of work as a line of JSON as soon as it is there; a mistake is the last line."""
    async def told() -> Any:
        async with hall.heavy:
            found = work()
            try:
                while (each := await asyncio.to_thread(next, found, None)) is not None:
                    yield json.dumps(each).encode() + b"\n"
            except UserError as error:
                yield json.dumps({"error": str(error)}).encode() + b"\n"
            except Exception as error:
                LOG.error("a long piece of work failed", exc_info=error)
                yield json.dumps({"error": "Something went wrong in the model. The terminal says more."}).encode() + b"\n"

    return StreamingResponse(told(), media_type="application/x-ndjson")


def _taking_away(app: FastAPI, hall: Hall) -> None:
    @app.post("/api/numbers")
    async def numbers(request: Request) -> Response:
        _, asked, place = await _asked(request, hall)
        return Response(await asyncio.to_thread(exports.numbers, place, asked.scenario, asked.seed), media_type="text/csv")

    @app.post("/api/log")
    async def log(request: Request) -> Response:
        _, asked, place = await _asked(request, hall)
        return Response(await asyncio.to_thread(exports.event_log, place, asked.scenario, asked.seed), media_type="text/csv")

    @app.post("/api/save")
    async def save(request: Request) -> Response:
        data, asked, _ = await _asked(request, hall)
        return PlainTextResponse(exports.scenario_file(asked.scenario, asked.seed, data.get("notes", {})))

    @app.post("/api/open")
    async def open_file(request: Request) -> dict[str, Any]:
        data = await _body(request)
        text, name = data.get("text"), data.get("name")
        if not isinstance(text, str) or not isinstance(name, str) or not isinstance(data.get("place"), str):
            raise UserError("expected a scenario file's text and name")
        scenario, seed, notes = exports.opened_file(text, name[:80], hall.shelf.get(data["place"]))
        return {"scenario": {**written(scenario), "preset": _preset(text)}, "seed": seed, "notes": notes}

    @app.post("/api/qr")
    async def code(request: Request) -> Response:
        link = (await _body(request)).get("link")
        if not isinstance(link, str):
            raise UserError("expected a link")
        return Response(await asyncio.to_thread(exports.qr_code, link), media_type="image/svg+xml")

    @app.post("/api/export")
    async def export(request: Request) -> Response:
        data, asked, place = await _asked(request, hall)
        changed = data.get("changed", [])
        if not isinstance(changed, list) or not all(isinstance(text, str) for text in changed):
            raise UserError("changed is not a list of texts")
        made = await asyncio.to_thread(_export, hall, place, asked, read_quarter(data), changed, data.get("notes", {}))
        return HTMLResponse(made)


def _preset(text: str) -> str:
    for line in text.splitlines():
        if line.startswith(exports.MARK):
            return str(json.loads(line.removeprefix(exports.MARK)).get("preset", "own"))
    return "own"


def _export(hall: Hall, place: Place, asked: Asked, quarter: int, changed: list[str], notes: dict[str, Any]) -> str:
    message = hall.runs.get(place, asked.scenario, asked.seed)
    reasons = _why(place, asked, quarter)
    return exports.offline_page(place, asked.scenario, asked.seed, message, reasons, changed, notes)
