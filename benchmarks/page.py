"""A Gradio page without the browser: calls its handlers over HTTP as the page's own script does."""

import json
import uuid
from typing import Any

import httpx

from benchmarks.processes import MeasureError


class Page:
    """One open page, with what its fields hold."""

    def __init__(self, address: str):
        self._session = uuid.uuid4().hex[:12]
        self._http = httpx.Client(base_url=address, timeout=120)
        self._http.get("/").raise_for_status()
        config = self._http.get("/config").raise_for_status().json()
        self._fields: dict[int, Any] = {field["id"]: field["props"] for field in config["components"]}
        self._held = {number: props.get("value") for number, props in self._fields.items()}
        self._handlers: dict[int, Any] = {entry["id"]: entry for entry in config["dependencies"]}

    def handler(self, name: str) -> int:
        """Return the number of the handler with a name."""
        return next(number for number, entry in self._handlers.items() if entry["api_name"] == name)

    def submitted(self, element: str) -> tuple[int, int]:
        """Return the numbers of the handler that a text field starts, and of the one that follows it."""
        field = next(number for number, props in self._fields.items() if props.get("elem_id") == element)
        first = next(number for number, entry in self._handlers.items() if [field, "submit"] in entry["targets"])
        return first, next(number for number, entry in self._handlers.items() if entry["trigger_after"] == first)

    def call(self, handler: int, *typed: str) -> None:
        """Call a handler with what is typed into its first fields and what its other fields hold.

        Raises:
            MeasureError: when it failed.
        """
        entry = self._handlers[handler]
        data = [*typed, *(self._held[number] for number in entry["inputs"][len(typed) :])]
        asked = {"data": data, "fn_index": handler, "session_hash": self._session}
        event = self._http.post("/gradio_api/queue/join", json=asked).raise_for_status().json()["event_id"]
        shown = self._wait(event)
        if not entry["types"]["generator"]:  # a generator's last message holds only what changed since the one before
            self._held.update(zip(entry["outputs"], map(_value, shown), strict=True))

    def close(self) -> None:
        """Close the page."""
        self._http.close()

    def _wait(self, event: str) -> list[Any]:
        with self._http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed" and message.get("event_id") == event:
                    if not message["success"]:
                        raise MeasureError(f"the page answered with an error: {message['output']}")
                    return list(message["output"]["data"])
        raise MeasureError("the page's stream ended without an answer")


def _value(shown: Any) -> Any:
    """Return what a field holds after an update."""
    return shown.get("value") if isinstance(shown, dict) and "__type__" in shown else shown
