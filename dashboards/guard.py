"""Keeps strangers out: foreign Host headers, requests from other sites, and bodies larger than what is expected."""

from __future__ import annotations

import hmac
import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dashboards.place_import import MOST_BYTES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
LARGEST_PLACE = MOST_BYTES + LARGEST_BODY
"""Bytes: files, and what a form puts around them."""
PLACE_PATH = "/api/place/import"
TOKEN = "key"
"""The name of the token in a link and as a cookie."""
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
    """Lets through what comes from this page: the right host, the same site, a body of bounded size, the token of the link.

    names: hosts by which the page may be called; any_address: also by any literal IP address (when bound beyond loopback).
    token: what whoever comes from another machine must bring, in the link at first and as a cookie from then on; empty = nobody.
    """

    def __init__(self, app: App, names: Iterable[str], any_address: bool = False, token: str = "") -> None:
        self.app, self.names, self.any_address = app, frozenset(name.casefold() for name in names), any_address
        self.token = token

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
                message["headers"] = [*message.get("headers", ()), *HEADERS, *self._cookie(scope)]
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
        if not self._invited(scope, headers):
            return 401, "This page needs the whole link that the facilitator shows; ask for it."
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


    def _invited(self, scope: Scope, headers: Mapping[str, str]) -> bool:
        """Whether a request is this machine's own, or brings the token."""
        if not self.token or _is_own(scope):
            return True
        brought = {*parse_qs(_text(scope.get("query_string", b""))).get(TOKEN, ()), *_cookies(headers.get("cookie", ""))}
        return any(hmac.compare_digest(each.encode(), self.token.encode()) for each in brought)

    def _cookie(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
        """The token as a cookie for whoever opened the page by the link."""
        if not self.token or TOKEN not in parse_qs(_text(scope.get("query_string", b""))):
            return ()
        return ((b"set-cookie", f"{TOKEN}={self.token}; HttpOnly; SameSite=Strict; Path=/".encode()),)


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")


def _cookies(header: str) -> list[str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return [value for name, _, value in pairs if name == TOKEN]


def _is_own(scope: Scope) -> bool:
    """Whether a request comes from this machine, over loopback."""
    client = scope.get("client")
    if client is None or not is_address(client[0]):
        return False
    return ipaddress.ip_address(client[0]).is_loopback


def _too_large(bound: int) -> str:
    shown = f"{bound // (1024 * 1024)} MB" if bound >= 1024 * 1024 else f"{bound // 1024} kB"
    return f"This is larger than {shown}, the most that is read here."


async def _refuse(send: Send, status: int, message: str) -> None:
    body = json.dumps({"error": message}).encode()
    await send({"type": "http.response.start", "status": status, "headers": [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *HEADERS]})
    await send({"type": "http.response.body", "body": body})
