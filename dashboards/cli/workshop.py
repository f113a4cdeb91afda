"""Open a page for a room: someone moves a lever, and the room sees what happens to each partner and each tie, and why."""

from __future__ import annotations

import argparse
import secrets
import socket
import webbrowser

from incentive_abm.cli.shared_arguments import (
    add_known,
    add_place,
    add_rules,
    chosen_place,
    known_after_data,
    whole_number,
)
from incentive_abm.errors import UserError

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"
LOOPBACK_NAMES = ("localhost", LOOPBACK, "::1")
FIRST_PORT, PORTS_TRIED = 8731, 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PLACE, --rule, --posterior, --port, --host, --no-browser."""
    add_place(parser)
    add_rules(parser)
    add_known(parser)
    parser.add_argument("--port", type=whole_number(0, 65535), metavar="N",
                        help=f"port of the page; 0 = any free one; default: the first free one from {FIRST_PORT}")
    parser.add_argument("--host", default=LOOPBACK, metavar="ADDRESS",
                        help="address to listen on; default: for this machine only; 0.0.0.0 = for everyone on the network")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")


def main(args: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C."""
    import uvicorn

    from dashboards.cli.rules_for_page import rules_for_page
    from dashboards.guard import TOKEN
    from dashboards.places import checked_size
    from dashboards.server import create_app, guarded

    place = chosen_place(args.place)
    checked_size(place)
    known = known_after_data(args, place)
    rules = rules_for_page(args.rules)
    listening = _listen(args.host, args.port)
    port = listening.getsockname()[1]
    token = "" if args.host in LOOPBACK_NAMES else secrets.token_urlsafe(9)
    others = f"http://{reachable(args.host)}:{port}/?{TOKEN}={token}" if token else ""
    app = guarded(create_app(place, others, rules, known), args.host, token)
    address = f"http://{'localhost' if args.host in (LOOPBACK, EVERYWHERE) else reachable(args.host)}:{port}/"
    if rules:
        print(f"By other rules than the shipped ones: {rules.told}", flush=True)
    print(f"The page: {address}\nThe facilitator's own page: {address}console", flush=True)
    if others:
        print(f"For others on the network, with the key that lets them in: {others}", flush=True)
    print("Stop with Ctrl-C.", flush=True)
    if not args.no_browser:
        webbrowser.open(address)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False,
                            timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[listening])
    return 0


def reachable(host: str) -> str:
    """The address by which others on the network reach a page bound to `host`; the machine's name where no address is found."""
    if host not in (EVERYWHERE, "::"):
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Nothing is sent: the system only says from which of its addresses it would speak to another network.
            asked.connect(("192.0.2.1", 9))
            return str(asked.getsockname()[0])
        except OSError:
            return socket.gethostname()


def _listen(host: str, port: int | None) -> socket.socket:
    """A listening socket; raises UserError where the port is taken or the address is not this machine's."""
    wanted = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else (port,)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    trouble = ""
    for each in wanted:
        # Named as TCP, so that asyncio turns off Nagle's delay: else every small answer waits 40 ms for an acknowledgement.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, each))
            found.listen(128)
        except OSError as error:
            found.close()
            trouble = error.strerror or str(error)
        else:
            return found
    ports = f"port {port}" if port is not None else f"ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}"
    raise UserError(f"--host {host}: cannot listen on {ports}: {trouble}; try --port 0 for any free one")
