# Everything runs from .venv, which the first target that needs it makes by itself.

PYTHON ?= python3
PORT ?= 8300
export SPEED ?= 1
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CODE := run.py wiring workflows storage bot handlers tests

.PHONY: help setup demo tour test soak lint docs bench hearing masking clean

help:
	@echo "make demo      a whole town on this machine: phones in a browser, no account, no network"
	@echo "               (SPEED=60 runs an hour in a minute, PORT=8300 is where the phones are)"
	@echo "make tour      the story of one day, played and printed by itself"
	@echo "make test      every test (ARGS='-k album' for some of them)"
	@echo "make soak      what takes longer: kills in a loop, full disks, PostgreSQL, one more whole file"
	@echo "make lint      style, types and the import contracts"
	@echo "make docs      print the law, scopes and periods into docs"
	@echo "make bench     measure how fast it is here"
	@echo "make hearing   measure how well real messages are understood, where they are at hand"
	@echo "make masking   measure how many faces and plates of real photos are covered"
	@echo "make setup     only make .venv ready, for running and for testing"
	@echo "make clean     remove what was made here: .venv, caches, the demo's data"

demo: .venv/.run
	@$(BIN)/python run.py demo --port $(PORT) $(ARGS)

tour: .venv/.run
	@$(BIN)/python run.py demo --tour

test: .venv/.test
	$(BIN)/python -m pytest -m "not benchmark and not soak" -n 3 --dist worksteal $(ARGS)

soak: .venv/.test
	$(BIN)/python -m pytest -m soak $(ARGS)

lint: .venv/.test
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/.run
	$(BIN)/python run.py docs

bench: .venv/.test
	$(BIN)/python -m pytest -m benchmark -s $(ARGS)

hearing: .venv/.test
	@$(BIN)/python -m tests.hearing.measuring

masking: .venv/.test
	@$(BIN)/python -m tests.masking.measuring

setup: .venv/.test

# The stamps: newer than the two files that say what belongs into .venv, or it is filled again.
.venv/.run .venv/.test: .venv/.%: .venv/.pip pyproject.toml constraints.txt
	@echo "Filling .venv with what it takes to $*; only the first time this takes a minute or two."
	@$(PIP) install --constraint constraints.txt --group $*
	@$(PIP) install --constraint constraints.txt --no-deps --group bare
	@touch $@

# A fresh venv brings a pip that knows no --group yet, so the pinned one comes first.
.venv/.pip: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Paidan needs Python 3.11 or newer; say PYTHON=python3.12 make ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install $$(grep '^pip==' constraints.txt)
	@touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	rm -rf htmlcov demo-data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
