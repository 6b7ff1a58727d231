"""Imports run one way, app.py -> assistant -> tools and knowledge; what is slow is loaded only where it is needed."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "knowledge": ("app", "assistant", "tools", "tests", "benchmarks"),
    "tools": ("app", "assistant", "knowledge", "langchain", "langgraph", "tests", "benchmarks"),
    "assistant": ("app", "tests", "benchmarks"),
}
SLOW = ("torch", "sentence_transformers", "gradio", "sklearn", "transformers", "scipy.optimize")
STARTS = ("assistant.cli", "assistant.doctor", "assistant.chat", "assistant.agent", "assistant.embedded.reply", "app")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of the module"
            yield node.module or ""


def files(package: str) -> list[Path]:
    return [path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts]


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_imports_only_what_is_below_it(package: str):
    found = files(package)
    assert found
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in found
        for name in imported(path)
        for forbidden in FORBIDDEN[package]
        if name == forbidden or name.startswith((f"{forbidden}.", f"{forbidden}_"))
    ]
    assert wrong == []


@pytest.mark.parametrize("module", STARTS)
def test_importing_a_module_loads_nothing_slow(module: str):
    script = f"import sys, {module}; print([name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
