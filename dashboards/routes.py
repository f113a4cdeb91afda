"""What the page asks of the model. Imported only once the engine is compiled."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from dashboards import exports
from dashboards.exports import SIDES
from dashboards.is_it_luck import contest, worlds
from dashboards.page_data import page_data, place_shown
from dashboards.pair_then_place import pair_then_place
from dashboards.place_import import import_shown
from dashboards.preset_stories import OPENING, stories
from dashboards.run_requests import RunRequest, read_quarter, read_run_request
from dashboards.runs import message, record
from dashboards.server_state import ServerState
from dashboards.what_would_help import LAST, what_would_help
from dashboards.why_it_stalls import why
from incentive_abm.errors import UserError
from incentive_abm.place import Place
from incentive_abm.scenario import Scenario, load_scenario
from incentive_abm.scenario.as_data import written

LOG = logging.getLogger("dashboards")


def add(app: FastAPI, server: ServerState) -> None:
    """Do the first run, and answer the page from now on."""
    start = json.dumps(page_data(server.places.first, server.address), ensure_ascii=False).encode()
    for name in OPENING:
        server.runs.get(server.places.first, load_scenario(name), stories()[OPENING[1]].world, message)

    @app.get("/api/start")
    async def begin() -> Response:
        return Response(start, media_type="application/json")

    _asking(app, server)
    _taking_away(app, server)


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


async def _wanted(request: Request, server: ServerState) -> tuple[dict[str, Any], RunRequest, Place]:
    data = await _body(request)
    wanted, place = _read(data, server)
    return data, wanted, place


def _read(data: Any, server: ServerState) -> tuple[RunRequest, Place]:
    wanted = read_run_request(data)
    place = server.places.get(wanted.place)
    _checked(wanted.scenario, place)
    return wanted, place


def _checked(scenario: Scenario, place: Place) -> None:
    """Raises UserError for a partner that the place does not have."""
    scenario.partner_settings(place)
    scenario.bound_events(place)


async def _sides(request: Request, server: ServerState) -> tuple[dict[str, Any], dict[str, RunRequest], Place]:
    """What is shown, by side: one run, or A and B of one place."""
    data = await _body(request)
    sides = data.get("sides")
    if not isinstance(sides, list) or not 1 <= len(sides) <= len(SIDES):
        raise UserError("sides is not a list of one run or two")
    read = [_read(side, server) for side in sides]
    if len({place.hash for _, place in read}) != 1:
        raise UserError("sides are not of one place")
    return data, dict(zip(SIDES, (wanted for wanted, _ in read), strict=False)), read[0][1]


def _asking(app: FastAPI, server: ServerState) -> None:
    @app.post("/api/run")
    async def run(request: Request) -> Response:
        _, wanted, place = await _wanted(request, server)
        made = await asyncio.to_thread(server.runs.get, place, wanted.scenario, wanted.seed, message)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(made), media_type="application/octet-stream")
        return Response(made, media_type="application/octet-stream", headers={"content-encoding": "gzip"})

    @app.post("/api/why")
    async def reasons(request: Request) -> dict[str, Any]:
        data, wanted, place = await _wanted(request, server)
        return await asyncio.to_thread(_why, place, wanted, read_quarter(data))

    @app.post("/api/luck")
    async def luck(request: Request) -> StreamingResponse:
        _, wanted, place = await _wanted(request, server)
        return _lines(server, partial(worlds, place, wanted.scenario, wanted.seed))

    @app.post("/api/contest")
    async def between(request: Request) -> StreamingResponse:
        data, wanted, place = await _wanted(request, server)
        other = read_run_request({**data, "scenario": data.get("other")}).scenario
        _checked(other, place)
        return _lines(server, partial(contest, place, wanted.scenario, other))

    @app.post("/api/way-in")
    async def way_in(request: Request) -> dict[str, Any]:
        place = server.places.get(str((await _body(request)).get("place")))
        found = await asyncio.to_thread(pair_then_place, place)
        for each in found.places[:-1]:
            server.places.add(each)
        return {"places": [place_shown(each) for each in found.places], "steps": [step.shown() for step in found.steps]}

    @app.post("/api/helps")
    async def helps(request: Request) -> StreamingResponse:
        data, wanted, place = await _wanted(request, server)
        return _lines(server, partial(what_would_help, place, wanted.scenario, wanted.seed, read_quarter(data, LAST)))

    @app.post("/api/place/import")
    async def own_place(files: list[UploadFile], maps: Annotated[list[str] | None, Form()] = None,
                        name: Annotated[str, Form()] = "your-place") -> dict[str, Any]:
        contents = {str(each.filename or f"file {k}")[:120]: await each.read() for k, each in enumerate(files, 1)}
        if len(contents) < len(files):
            raise UserError("two files have the same name; rename one of them")
        return await asyncio.to_thread(import_shown, server.places, contents, maps or [], name[:80] or "your-place")


def _why(place: Place, wanted: RunRequest, quarter: int) -> dict[str, Any]:
    return why(place, record(place, wanted.scenario, wanted.seed), max(1, quarter))


def _lines(server: ServerState, work: Callable[[], Iterator[dict[str, Any]]]) -> StreamingResponse:
    """Each result of a long piece of work as a line of JSON as soon as it is there; a mistake is the last line."""
    async def told() -> Any:
        async with server.heavy:
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


def _taking_away(app: FastAPI, server: ServerState) -> None:
    @app.post("/api/numbers")
    async def numbers(request: Request) -> Response:
        _, sides, place = await _sides(request, server)
        return Response(await asyncio.to_thread(exports.numbers, place, sides), media_type="text/csv")

    @app.post("/api/log")
    async def log(request: Request) -> Response:
        _, sides, place = await _sides(request, server)
        return Response(await asyncio.to_thread(exports.event_log, place, sides), media_type="text/csv")

    @app.post("/api/save")
    async def save(request: Request) -> Response:
        data, wanted, _ = await _wanted(request, server)
        return PlainTextResponse(exports.scenario_file(wanted.scenario, wanted.seed, data.get("notes", {})))

    @app.post("/api/open")
    async def open_file(request: Request) -> dict[str, Any]:
        data = await _body(request)
        text, name = data.get("text"), data.get("name")
        if not isinstance(text, str) or not isinstance(name, str) or not isinstance(data.get("place"), str):
            raise UserError("expected a scenario file's text and name")
        opened = exports.opened_file(text, name[:80], server.places.get(data["place"]))
        return {"scenario": {**written(opened.scenario), "preset": opened.preset}, "seed": opened.seed, "notes": opened.notes}

    @app.post("/api/qr")
    async def code(request: Request) -> Response:
        link = (await _body(request)).get("link")
        if not isinstance(link, str):
            raise UserError("expected a link")
        return Response(await asyncio.to_thread(exports.qr_code, link), media_type="image/svg+xml")

    @app.post("/api/export")
    async def export(request: Request) -> Response:
        data, sides, place = await _sides(request, server)
        changed = [side.get("changed", []) for side in data["sides"]]
        if not all(isinstance(each, list) and all(isinstance(said, str) for said in each) for each in changed):
            raise UserError("changed is not a list of texts")
        quarter = max(1, read_quarter(data))

        def made() -> str:
            told = {}
            for (name, wanted), each in zip(sides.items(), changed, strict=True):
                run = gzip.decompress(server.runs.get(place, wanted.scenario, wanted.seed, message))
                told[name] = exports.OfflineSide(wanted, run, _why(place, wanted, quarter), tuple(each))
            return exports.offline_page(place, told, data.get("notes", {}))

        return HTMLResponse(await asyncio.to_thread(made))
