# Everything that is done with the project. `make` alone lists it.
# Another Python than python3: make run PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
DECLARED := pyproject.toml constraints.txt
WARMS := tests/knowledge/test_retriever.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint format eval train bench

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## install, build the index and open the chat on http://127.0.0.1:7860
	@$(BIN)/python -m assistant index
	@$(BIN)/python app.py

test: $(VENV)/.test ## run all tests; REQUIRE_BROWSER=1, REQUIRE_POSTGRES=1 fail where Chromium, PostgreSQL are missing instead of skipping
ifdef ARGS
	@$(BIN)/python -m pytest $(ARGS)
else
	@# The model is exported and the index built once, before two processes would do so side by side.
	@$(BIN)/python -m pytest --setup-only --quiet $(WARMS) >/dev/null || true
	@status=0; \
	$(BIN)/python -m pytest -m "not browser" --numprocesses 2 --dist loadfile || status=$$?; \
	$(BIN)/python -m pytest -m browser || status=$$?; \
	exit $$status
endif

lint: $(VENV)/.test ## check style and types, change nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.test ## bring the code into form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.run ## score the question sets and write the report
	@$(BIN)/python -m assistant eval $(ARGS)

train: $(VENV)/.run ## learn again from the examples in knowledge/asked and assistant/embedded/data
	@$(BIN)/python -m assistant train $(ARGS)

bench: $(VENV)/.bench ## measure speed and memory beside the usual recipe
	@PYTHONPATH=. $(BIN)/python benchmarks/run.py $(ARGS)

# A stamp a set of packages: they are installed again only when what is declared has changed.
$(VENV)/.run: $(DECLARED) | $(BIN)/python
	@echo "Installing the assistant (the first time takes some minutes)"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.test: $(DECLARED) | $(BIN)/python
	@echo "Installing the assistant and what its tests need (the first time takes some minutes)"
	@$(INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(DECLARED) | $(BIN)/python
	@echo "Installing the assistant and what its benchmarks compare it with (the first time takes some minutes)"
	@$(INSTALL) --editable '.[test,bench]'
	@touch $@ $(VENV)/.run $(VENV)/.test

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: name one, for example: make run PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "The virtual environment cannot be made: on Debian and Ubuntu install python3-venv." >&2; exit 1; }
