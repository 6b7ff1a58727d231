"""Runs the command line: python -m assistant ask | eval | index | doctor."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.exit(main())
