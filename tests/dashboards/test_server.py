"""The process behind the page: who may ask, how much, and what is said to a bad request."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.cli.workshop import _listen
from dashboards.guard import Guard, host_of, is_address
from dashboards.run_requests import QUARTERS, read_scenario
from dashboards.server import guarded
from incentive_abm.parameters import PARAMETERS
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.scenario.as_data import written

from .conftest import ROOT, Stage


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "10.0.0.7"])
def test_a_foreign_host_is_refused(stage: Stage, host: str) -> None:
    for path in ("/", "/api/start", "/static/pages/stage.js"):
        assert stage.client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9999"])
def test_its_own_names_are_answered(stage: Stage, host: str) -> None:
    assert stage.client.get("/api/ready", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
])
def test_a_request_from_another_site_is_refused(stage: Stage, headers: dict[str, str]) -> None:
    answer = stage.client.post("/api/run", json=stage.asked(), headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.json()["error"]


def test_a_link_in_a_letter_opens_the_page(stage: Stage) -> None:
    opened = stage.client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert opened.status_code == 200


def test_what_is_uploaded_is_bounded(stage: Stage) -> None:
    json_type = {"content-type": "application/json"}
    assert stage.client.post("/api/run", content=b" " * 300_000, headers=json_type).status_code == 413

    def unannounced() -> Iterator[bytes]:
        for _ in range(400):
            yield b" " * 1000

    assert stage.client.post("/api/run", content=unannounced(), headers=json_type).status_code == 413
    files = [("files", ("partners.csv", b"x" * 5_000_000)), ("files", ("ties.csv", b"x"))]
    assert stage.client.post("/api/place/import", files=files).status_code == 413


def test_it_binds_to_this_machine_alone(stage: Stage) -> None:
    bound = [c.laddr.ip for c in psutil.Process(stage.process.pid).net_connections("tcp") if c.status == psutil.CONN_LISTEN]
    assert bound == ["127.0.0.1"]


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    """asyncio turns off Nagle's delay only on a socket that says it is TCP."""
    with _listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_bound_beyond_loopback_it_answers_to_addresses_and_never_to_foreign_names() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError

    guard = Guard(app, ("localhost", "0.0.0.0"), any_address=True)

    def refused(host: str) -> bool:
        scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"host", host.encode())]}
        return guard._refusal(scope) is not None

    assert not refused("192.168.1.20:8731")
    assert not refused("[fe80::1]:8731")
    assert refused("evil.example:8731")


def answers(path: str, host: str, client: str, cookie: str = "") -> tuple[int, list[tuple[bytes, bytes]]]:
    """The status that a guard with a token gives to a request from a machine, and the headers of its answer."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    where, _, query = path.partition("?")
    headers = [(b"host", host.encode()), *([(b"cookie", cookie.encode())] if cookie else [])]
    scope = {"type": "http", "method": "GET", "path": where, "query_string": query.encode(), "client": (client, 5),
             "headers": headers}
    # In a thread of its own: a browser's test may have a loop running in this one.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, guarded(app, "0.0.0.0", "secret")(scope, receive, send)).result()
    return sent[0]["status"], sent[0]["headers"]


def test_others_on_the_network_need_the_key_of_the_link() -> None:
    here = "192.168.1.20:8731"
    assert answers("/", here, "192.168.1.7")[0] == 401
    assert answers("/?key=wrong", here, "192.168.1.7")[0] == 401
    status, headers = answers("/?key=secret", here, "192.168.1.7")
    assert status == 200
    cookie = next(value for name, value in headers if name == b"set-cookie").decode()
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert answers("/api/start", here, "192.168.1.7", cookie.split(";")[0])[0] == 200
    assert answers("/api/start", here, "192.168.1.7", "key=secre")[0] == 401
    assert answers("/", "localhost:8731", "127.0.0.1")[0] == 200
    assert answers("/?key=secret", socket.gethostname(), "192.168.1.7")[0] == 200
    assert answers("/?key=secret", "evil.example", "192.168.1.7")[0] == 421


def test_the_terminal_names_an_address_that_others_can_reach(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", "0", "--host", "0.0.0.0"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert running.stdout is not None
        said = [next(running.stdout) for _ in range(3)]
        link = said[2].split(": ", 1)[1].strip()
        assert "with the key that lets them in" in said[2]
        assert urlsplit(link).hostname not in ("localhost", "127.0.0.1", "0.0.0.0")
        assert httpx.get(link, timeout=60).status_code == 200
    finally:
        running.kill()
        running.wait(20)


@given(st.text(max_size=40))
def test_any_host_header_is_read_without_an_error(text: str) -> None:
    assert isinstance(is_address(host_of(text)), bool)


def changed(asked: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**asked, "scenario": {**asked["scenario"], **more}}


BAD: tuple[tuple[str, Any, str], ...] = (
    ("a negative seed", {"seed": -1}, "seed is -1; expected a whole number from 0"),
    ("a seed that is no number", {"seed": "x"}, "seed is 'x'; expected a whole number"),
    ("a seed too large for the engine", {"seed": str(2**63)}, "expected a whole number from 0"),
    ("no scenario", {"scenario": None}, "the scenario is missing"),
    ("an unknown key", {"parametres": {}}, "did you mean parameters?"),
    ("an unknown lever", {"parameters": {"listenin": 0.5}}, "no parameter is called 'listenin' (did you mean listening?)"),
    ("a value out of range", {"parameters": {"listening": 1.5}}, "listening is 1.5; expected a number from 0 to 1"),
    ("a value that is no number", {"parameters": {"listening": []}}, "listening is []; expected a number"),
    ("not a number", {"parameters": {"listening": float("nan")}}, "listening is nan; expected a number"),
    ("an unknown choice", {"parameters": {"lead_partner": "trusts"}}, "did you mean trust?"),
    ("an unknown kind", {"kinds": {"hospital": {"bailout": 1}}}, "no kind is called 'hospital'"),
    ("an unknown partner", {"partners": {"nobody": {"bailout": 1}}}, "has no partner with id 'nobody'"),
    ("a place's lever for a kind", {"kinds": {"gp": {"mandate": 1}}}, "holds for the whole place"),
    ("an unknown event", {"events": [{"quarter": 3, "what": "brake"}]}, "brake"),
    ("an event without a quarter", {"events": [{"what": "reversal"}]}, "quarter"),
    ("an agreement between strangers", {"events": [{"quarter": 3, "what": "break", "a": "minster-gate", "b": "gannet-bay"}]},
     "no tie between"),
    ("events that are no list", {"events": {}}, "events is not a list"),
    ("far too many events", {"events": [{"quarter": 1, "what": "reversal"}] * 500}, "at most 400"),
    ("a title that is no text", {"title": 3}, "title is not a text"),
    ("a lever that only matters at the start, later", {"events": [{"quarter": 3, "what": "set", "parameters": {"pilots": 1}}]},
     "cannot change during a run"),
)


@pytest.mark.parametrize(("change", "told"), [(c, t) for _, c, t in BAD], ids=[name for name, _, _ in BAD])
def test_a_bad_request_is_told_in_one_message(stage: Stage, change: dict[str, Any], told: str) -> None:
    whole = "seed" in change or "scenario" in change
    asked = {**stage.asked(), **change} if whole else changed(stage.asked(), **change)
    answer = stage.client.post("/api/run", content=json.dumps(asked), headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert told in answer.json()["error"]


@pytest.mark.parametrize(("body", "told"), [(b"{", "not valid JSON"), (b"[]", "not a table"), (b"\xff", "not valid JSON")])
def test_what_is_no_request_at_all(stage: Stage, body: bytes, told: str) -> None:
    answer = stage.client.post("/api/run", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert told in answer.json()["error"]


def test_a_form_from_elsewhere_is_no_request(stage: Stage) -> None:
    assert stage.client.post("/api/run", data={"a": "b"}).status_code == 422


@pytest.mark.parametrize("quarter", [-1, QUARTERS + 1, "x", None, True])
def test_a_quarter_that_does_not_exist(stage: Stage, quarter: object) -> None:
    assert "quarter is" in stage.client.post("/api/why", json={**stage.asked(), "quarter": quarter}).json()["error"]


def test_a_place_that_is_not_at_hand_is_told_apart(stage: Stage) -> None:
    answer = stage.client.post("/api/run", json={**stage.asked(), "place": "0" * 64})
    assert answer.status_code == 410
    assert "drop its files" in answer.json()["error"]


PARTNERS = b"id,name,kind,income_m\na,A,trust,400\nb,B,council,200\nc,C,gp,9\nd,D,voluntary,1\n"
TIES = b"source,target,people\na,b,900\nb,c,80\nc,d,7\n"


def imported(stage: Stage, files: dict[str, bytes], maps: tuple[str, ...] = ()) -> httpx.Response:
    return stage.client.post("/api/place/import", files=[("files", each) for each in files.items()], data={"maps": list(maps)})


@pytest.mark.parametrize(("partners", "ties", "told"), [
    (PARTNERS.replace(b"400", b"-400"), TIES, "p.csv, line 2, column income_m"),
    (b"\xff\xfe\x00", TIES, "p.csv: says that it is UTF-16, and is not"),
    (b"", TIES, "p.csv: is empty"),
])
def test_what_must_be_mended_is_told_as_on_the_command_line(stage: Stage, partners: bytes, ties: bytes, told: str) -> None:
    answer = imported(stage, {"p.csv": partners, "t.csv": ties}).json()
    assert answer["place"] is None
    assert answer["faults"][0].startswith(told)


def test_what_must_be_decided_is_asked_and_the_answers_are_heard(stage: Stage) -> None:
    files = {"p.csv": PARTNERS.replace(b"trust", b"truts"), "t.csv": TIES.replace(b"c,d", b"c,e")}
    asked = imported(stage, files).json()["decisions"]
    assert [each["map"] for each in asked] == ["kind:truts=", "partner:e="]
    assert asked[0]["choices"][0] == "trust"
    assert asked[1]["where"] == "t.csv, line 4, column target"
    found = imported(stage, files, ("kind:truts=trust", "partner:e=d")).json()
    assert found["place"]["labels"] == ["A", "B", "C", "D"]
    assert "kind 'truts' is taken as trust, as you said (p.csv, line 2)" in str(found["parts"])
    bad = imported(stage, files, ("kind:truts=shop",))
    assert bad.status_code == 422
    assert "'shop' is no kind" in bad.json()["error"]


def test_an_own_place_runs(stage: Stage) -> None:
    found = imported(stage, {"p.csv": PARTNERS, "t.csv": TIES}).json()
    assert found["place"]["labels"] == ["A", "B", "C", "D"]
    assert "4 partners" in found["report"]
    assert found["files"]["partners"].encode() == PARTNERS
    assert found["files"]["ties"].encode() == TIES
    assert stage.client.post("/api/run", json={**stage.asked(), "place": found["place"]["hash"]}).status_code == 200


def test_every_preset_is_read_back_as_it_was() -> None:
    for scenario in shipped_scenarios().values():
        again = read_scenario(json.loads(json.dumps(written(scenario))))
        assert again == scenario
        assert again.hash == scenario.hash


LEVERS = [p for p in PARAMETERS.values() if p.scope.value in ("place", "partner") and not p.choices and not p.whole]


@given(st.dictionaries(st.sampled_from(LEVERS), st.floats(0, 1), max_size=8))
def test_any_settings_survive_the_way_to_the_page_and_back(shares: dict[Any, float]) -> None:
    values = {p.name: p.low + share * (p.high - p.low) for p, share in shares.items()}
    scenario = shipped_scenarios()["torbay-like"].with_overrides(values)
    assert read_scenario(json.loads(json.dumps(written(scenario)))) == scenario


def test_many_at_once_are_never_mixed_up(stage: Stage) -> None:
    jobs = [(preset, seed) for preset in ("today", "ten-lessons", "trust-alone") for seed in range(4)]

    def result(job: tuple[str, int]) -> tuple[int, str, str]:
        raw = stage.client.post("/api/run", json=stage.asked(job[0], job[1])).content
        header = json.loads(raw[8:8 + int.from_bytes(raw[4:8], "little")])
        return header["seed"], header["scenario"], header["result"]

    alone = {job: result(job) for job in jobs}
    with ThreadPoolExecutor(12) as pool:
        together = list(pool.map(result, jobs * 4))
    assert together == [alone[job] for job in jobs * 4]
    assert len({found[2] for found in together}) == len(jobs)


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", str(taken.getsockname()[1])]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "cannot listen on port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_while_the_engine_compiles_the_page_says_that_it_is_getting_ready(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", "0"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env={**os.environ, "INCENTIVE_ABM_CACHE": str(tmp_path)})
    assert running.stdout is not None
    said = [running.stdout.readline()]
    address = said[0].removeprefix("The page: ").strip()
    try:
        early = httpx.get(address, timeout=60)
        assert "Getting ready" in early.text
        assert httpx.get(address + "api/ready", timeout=60).json()["stage"] == "warming"
        for line in running.stdout:
            said.append(line)
            if line.startswith("Compiling the model"):
                break
        assert "once after installing" in said[-1]
        assert httpx.post(address + "api/run", json={}, timeout=60).status_code == 404
    finally:
        running.kill()
        running.wait(20)
