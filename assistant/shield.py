"""What stands before every page: security headers, the owner cookie, and a closed door to what is not used."""

import base64
import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse

from assistant.pages.conversations import COOKIE, is_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.pages.frame import Frame

ONE_YEAR = 365 * 24 * 60 * 60
# All that the page needs; Gradio's uploads, files, proxy, monitoring and REST calls stay shut.
OPEN = re.compile(
    r"^/($|metrics$|classify$|review$|learn$|quiz$|config$|favicon\.ico$|theme\.css$|assets/|static/|pages/|status$|conversations($|/)|reviews($|/)|learning($|/)|quizzes($|/)"
    r"|gradio_api/(queue/(join|data)$|cancel$|reset$|heartbeat/|startup-events$|theme\.css$))"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)


def content_policy(page: str = "") -> str:
    """Return the Content-Security-Policy: this server only, and of inline scripts those that stand in the page."""
    codes = [found["code"] for found in _INLINE.finditer(page) if "src=" not in found["attributes"]]
    digests = (base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in codes if code.strip())
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            # Gradio and KaTeX write style attributes.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class Shield:
    """ASGI middleware around the whole server."""

    def __init__(self, app: "ASGIApp", frames: "Mapping[str, Frame]"):
        self._app, self._frames = app, frames

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        foreign = headers.get("sec-fetch-site") == "cross-site" and scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if foreign or not OPEN.match(scope["path"]):
            answer = JSONResponse({"detail": "There is nothing here."}, status_code=403 if foreign else 404)
            await answer(scope, receive, _Guarded(send, scope["path"]))
        elif scope["path"] in self._frames and scope["method"] == "GET":
            # The page is completed below, so it must not come compressed.
            plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            frame = self._frames[scope["path"]]
            await self._app({**scope, "headers": plain}, receive, _Page(send, frame, _new_cookie(scope, headers)))
        else:
            await self._app(scope, receive, _Guarded(send, scope["path"]))


class _Guarded:
    """Adds the headers to a response as it passes."""

    def __init__(self, send: "Send", path: str):
        self._send, self._path = send, path

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update({**HEADERS, "Content-Security-Policy": content_policy()})
            if self._path.startswith("/assets/"):  # Gradio names these files by their content
                headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
            elif not self._path.startswith("/gradio_api/"):
                headers.setdefault("Cache-Control", "no-cache")
        await self._send(message)


class _Page:
    """Holds the page back until it is whole, puts the frame around it, and names its scripts in the policy."""

    def __init__(self, send: "Send", frame: "Frame", cookie: str | None):
        self._send, self._frame, self._cookie = send, frame, cookie
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: "Message") -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = self._frame.around(self._body.decode()) if self._start["status"] == 200 else self._body.decode()
        body = page.encode()
        headers = MutableHeaders(scope=self._start)
        headers.update({**HEADERS, "Content-Security-Policy": content_policy(page), "Cache-Control": "no-store"})
        headers["Content-Length"] = str(len(body))
        if self._cookie:
            headers.append("Set-Cookie", self._cookie)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def _new_cookie(scope: "Scope", headers: Headers) -> str | None:
    """Return a cookie with a fresh token for a browser that has none."""
    try:
        known = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        known = None
    if known and is_token(known.value):
        return None
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{COOKIE}={secrets.token_hex(32)}; Path=/; Max-Age={ONE_YEAR}; HttpOnly; SameSite=Lax{secure}"
