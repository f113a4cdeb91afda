"""The process behind the page: who may ask, how much, and what is said to a bad request."""

from __future__ import annotations

import asyncio
import json
import os
import re
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
from dashboards.one_file import stage_file
from dashboards.server import guarded
from incentive_abm.parameters import PARAMETERS
from incentive_abm.place import shipped_place
from incentive_abm.scenario import shipped_scenarios
from incentive_abm.scenario.as_data import written

from .conftest import ROOT, Stage
from .native.plain_scenario import read_scenario


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "10.0.0.7"])
def test_a_foreign_host_is_refused(stage: Stage, host: str) -> None:
    for path in ("/", "/console", "/favicon.ico"):
        assert stage.client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9999"])
def test_its_own_names_are_answered(stage: Stage, host: str) -> None:
    assert stage.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("headers", [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
])
def test_a_request_from_another_site_is_refused(stage: Stage, headers: dict[str, str]) -> None:
    answer = stage.client.post("/api/place/import", files={"files": ("p.csv", PARTNERS)}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.json()["error"]


def test_a_link_in_a_letter_opens_the_page(stage: Stage) -> None:
    opened = stage.client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert opened.status_code == 200


def test_what_is_uploaded_is_bounded(stage: Stage) -> None:
    json_type = {"content-type": "application/json"}
    assert stage.client.post("/", content=b" " * 300_000, headers=json_type).status_code == 413

    def unannounced() -> Iterator[bytes]:
        for _ in range(5000):
            yield b" " * 1000

    assert stage.client.post("/api/place/import", content=unannounced(), headers=json_type).status_code in (413, 422)
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
    assert answers("/console", here, "192.168.1.7", cookie.split(";")[0])[0] == 200
    assert answers("/console", here, "192.168.1.7", "key=secre")[0] == 401
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


def test_an_own_place_is_given_as_the_page_holds_one(stage: Stage) -> None:
    found = imported(stage, {"p.csv": PARTNERS, "t.csv": TIES}).json()
    assert found["place"]["labels"] == ["A", "B", "C", "D"]
    assert "4 partners" in found["report"]
    assert found["files"]["partners"].encode() == PARTNERS
    assert found["files"]["ties"].encode() == TIES
    assert found["place"]["hash"] in found["held"]["places"]


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


def test_many_places_at_once_are_never_mixed_up(stage: Stage) -> None:
    incomes = [100 + k for k in range(6)]

    def brought(income: int) -> str:
        files = {"p.csv": PARTNERS.replace(b"400", str(income).encode()), "t.csv": TIES}
        return str(imported(stage, files).json()["place"]["income"][0])

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(brought, incomes * 2)) == [f"{income:.1f}" for income in incomes * 2]


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", str(taken.getsockname()[1])]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "cannot listen on port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_page_is_there_at_once_and_nothing_is_compiled_for_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "incentive_abm", "workshop", "--no-browser", "--port", "0"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               env={**os.environ, "INCENTIVE_ABM_CACHE": str(tmp_path)})
    try:
        assert running.stdout is not None
        address = running.stdout.readline().removeprefix("The page: ").strip()
        opened = httpx.get(address, timeout=60)
        assert "stage/pages/stage_file.js" in opened.text
        assert not list(tmp_path.rglob("*.nbi"))
    finally:
        running.kill()
        running.wait(20)


def test_the_page_served_is_the_file_but_for_its_server(stage: Stage) -> None:
    served, file = stage.client.get("/").text, stage_file(shipped_place())
    without = re.sub(r'<script type="application/json" id="server">.*?</script>\n', "", served)
    assert without.replace("; connect-src &#39;self&#39;", "") == file
    plain = stage.client.get("/", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == served
