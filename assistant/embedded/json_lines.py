"""Reads examples that are kept as JSON lines."""

import json
from pathlib import Path
from typing import Any


def rows_in(path: Path) -> list[dict[str, Any]]:
    """Return what stands in a file, a row a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
