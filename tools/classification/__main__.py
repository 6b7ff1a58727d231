"""Writes the page of thresholds: python -m tools.classification docs/classification.md."""

import sys
from pathlib import Path

from tools.classification.document import document

if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(document(), encoding="utf-8")
    else:
        sys.stdout.write(document())
