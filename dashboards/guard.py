"""Keeps strangers out: foreign Host headers, requests from other sites, and bodies larger than what is expected."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
LARGEST_PLACE = 4 * 1024 * 1024
"""Bytes: two CSV files of the largest place that the page shows are well below this."""
PLACE_PATH = "/api/place"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


def host_of(header: str) -> str:
    """The host in a Host header or an origin, without port and brackets, in lower case; empty where there is none."""
    try:
        return (urlsplit(header if "//" in header else f"//{header}").hostname or "").casefold()
    except ValueError:
        return ""


def is_address(host: str) -> bool:
    """Whether a host is a literal IP address; such a host cannot be re-pointed by whoever owns a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class TooLarge(Exception):
    """A body grew beyond its bound while it was read; the message is for whoever sent it."""


class Guard:
    """Lets through what comes from this page: the right host, the same site, a body of bounded size.

    names: hosts by which the page may be called; any_address: also by any literal IP address (when bound beyond loopback).
    """

    def __init__(self, app: App, names: Iterable[str], any_address: bool = False) -> None:
        self.app, self.names, self.any_address = app, frozenset(name.casefold() for name in names), any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        bound = LARGEST_PLACE if scope["path"] == PLACE_PATH else LARGEST_BODY
        read, answered = 0, False

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > bound:
                raise TooLarge(_too_large(bound))
            return message

        async def with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            await self.app(scope, bounded, with_headers)
        except TooLarge:
            if not answered:
                await _refuse(send, 413, _too_large(bound))

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = host_of(headers.get("host", ""))
        if host not in self.names and not (self.any_address and is_address(host)):
            return 421, "This page answers only to its own address."
        opened = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and not opened:
            return 403, "This request comes from another site and is refused."
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold():
            return 403, "This request comes from another site and is refused."
        bound = LARGEST_PLACE if scope["path"] == PLACE_PATH else LARGEST_BODY
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > bound:
            return 413, _too_large(bound)
        return None


def _too_large(bound: int) -> str:
    shown = f"{bound // (1024 * 1024)} MB" if bound >= 1024 * 1024 else f"{bound // 1024} kB"
    return f"This is larger than {shown}, the most that is read here."


async def _refuse(send: Send, status: int, message: str) -> None:
    body = json.dumps({"error": message}).encode()
    await send({"type": "http.response.start", "status": status, "headers": [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *HEADERS]})
    await send({"type": "http.response.body", "body": body})
