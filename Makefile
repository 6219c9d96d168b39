# One command per verb. Each sets up what it needs first (packaging/setup.sh), which is quick when nothing changed.
#
#   make run [DATA=~/sims] [ARGS="--browser"]     the application, with the example data or with a folder of yours
#   make test [ARGS="tests/gateway -k sign_in"]   every test, or some of them

SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Where set-up puts Node.js when the machine has none that is new enough.
export PATH := $(CURDIR)/.setup/node/bin:$(PATH)
export DATA ARGS
PYTHON := .venv/bin/python
# How every test runs: side by side, more than there may be cores, since most wait for one program of the two or three
# that they start.
export SIDE_BY_SIDE := -n 4 --dist worksteal

.PHONY: help setup run test test-busy lint build pictures bench format generate lock icons clean distclean

help:
	@echo "make run | test | test-busy | lint | build | pictures | bench | format | generate | lock | icons | clean | distclean | setup"

setup:
	@packaging/setup.sh test

run:
	@packaging/setup.sh run
	packaging/run.sh

test:
	@packaging/setup.sh test
	$(PYTHON) -m pytest $(or $(ARGS),$(SIDE_BY_SIDE))
	[ -n "$$ARGS" ] || npm --prefix www test --silent

# Three times every test, beside three busy loops.
test-busy:
	@packaging/setup.sh test
	tests/busy $(ARGS)

lint:
	@packaging/setup.sh test
	packaging/lint.sh

build:
	@packaging/setup.sh run
	rm -rf dist
	$(PYTHON) -m hatchling build

# The screenshots of docs/images.
pictures:
	@packaging/setup.sh test
	$(PYTHON) -m pytest tests/e2e/pictures.py $(ARGS)

bench:
	@packaging/setup.sh test
	$(PYTHON) -m tests.bench.run $(ARGS)

format:
	@packaging/setup.sh test
	$(PYTHON) -m ruff check --fix --exit-zero --quiet .
	$(PYTHON) -m ruff format .
	npm --prefix www run --silent format

# Files made from the declarations of the wire.
generate:
	@packaging/setup.sh run --no-page
	$(PYTHON) -m pvw_desktop.protocol
	$(PYTHON) packaging/rooms.py

# Newest versions that pyproject.toml allows, with hashes.
lock:
	@packaging/lock/update.sh

icons:
	@icons/make.sh

clean:
	@rm -rf build dist www/dist test-output bench-output .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find pvw_desktop packaging tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything that is not in git; the next set-up starts from nothing.
distclean: clean
	@rm -rf .venv .setup www/node_modules
