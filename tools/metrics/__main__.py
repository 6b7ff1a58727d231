"""Writes the page of metrics: python -m tools.metrics docs/metrics.md."""

import sys
from pathlib import Path

from tools.metrics.document import document

if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())
