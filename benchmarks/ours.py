"""The steps of our index, each as a process of its own, so that whole processes can be timed."""

import sys
from pathlib import Path

from assistant.settings import Settings
from knowledge.embedding import export_onnx, exported_folder, packaged_model
from knowledge.library import open_library


def main() -> None:
    """Run one command: export DATA (the embedding model only) or build DATA [NOTES] (all a first start makes)."""
    command, data, *notes = sys.argv[1], *map(Path, sys.argv[2:])
    match command:
        case "export":
            export_onnx(packaged_model(), exported_folder(data / "models"))
        case "build":
            library = open_library(notes[0] if notes else Settings(data_dir=data).vault_dir, data)
            assert library.index.nearest(library.embedder.query("What is lead time?"), 1)
            print(library.refresh.passages)
        case _:
            sys.exit(f"unknown command {command}")


if __name__ == "__main__":
    main()
