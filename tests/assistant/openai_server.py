"""A small server that speaks the OpenAI chat-completions protocol: streams, calls a tool, answers, or fails as told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Wire:
    """What the server is to do, and what it was asked."""

    reply: str = "kind: answer\nSafety stock covers deviations [1], and costs money [2]. Invented [77]."
    status: int = 200
    delay: float = 0.0
    tool: str = ""  # the tool to call, the first that is offered if it is empty
    arguments: tuple[str, ...] = ('{"query": "safety', ' stock", "concepts"', ': ["Safety stock"]}')
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def deltas(self, body: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield what a model would send: first a call of the offered tool, in pieces, then the reply in pieces."""
        if body["messages"][-1]["role"] == "user" and body.get("tools"):
            name = self.tool or body["tools"][0]["function"]["name"]
            yield {"role": "assistant", "content": None, "tool_calls": [_call(name, "")]}
            for piece in self.arguments:
                yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
            return
        yield {"role": "assistant", "content": ""}
        for start in range(0, len(self.reply), 5):
            yield {"content": self.reply[start : start + 5]}


def _call(name: str, arguments: str) -> dict[str, Any]:
    return {"index": 0, "id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}}


@contextmanager
def serving(wire: Wire) -> Iterator[Wire]:
    """Serve on a free port of this machine while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            wire.requests.append(body)
            wire.keys.append(self.headers.get("Authorization", ""))
            time.sleep(wire.delay)
            if wire.status != 200 or self.path != "/v1/chat/completions":
                self.answer(
                    wire.status if wire.status != 200 else 404, {"error": {"message": "told to fail", "code": "x"}}
                )
                return
            deltas = list(wire.deltas(body))
            if not body.get("stream"):
                self.answer(200, whole(deltas))
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            end = "tool_calls" if "tool_calls" in deltas[0] else "stop"
            for place, delta in enumerate([*deltas, {}]):
                reason = end if place == len(deltas) else None
                self.event({"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})
            self.wfile.write(b"data: [DONE]\n\n")

        def event(self, data: dict[str, Any]) -> None:
            chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "test", **data}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def answer(self, status: int, data: dict[str, Any]) -> None:
            content = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def whole(deltas: list[dict[str, Any]]) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": "".join(d.get("content") or "" for d in deltas)}
        calls = [call for delta in deltas for call in delta.get("tool_calls", [])]
        if calls:
            name = calls[0]["function"]["name"]
            arguments = "".join(call["function"]["arguments"] for call in calls)
            message |= {"content": None, "tool_calls": [_call(name, arguments)]}
        end = "tool_calls" if calls else "stop"
        choice = {"index": 0, "message": message, "finish_reason": end}
        return {"id": "c", "object": "chat.completion", "created": 1, "model": "test", "choices": [choice]}

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a client that stopped waiting is no error here

    server = Quiet(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    wire.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield wire
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
