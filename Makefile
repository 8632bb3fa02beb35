# Each target does all its own set-up, in a virtual environment of its own under .venv.
# PYTHON=python3.12 make demo   chooses another interpreter.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_PROCESSES ?= 3
export PYTHONDONTWRITEBYTECODE :=# what is compiled is kept: the tests alone start hundreds of processes
PROJECT_FILES := setup.cfg pyproject.toml constraints.txt

CHAOS := test_chaos.py test_worker_killed.py test_burst_restarts.py test_database_trouble.py test_two_workers.py \
	chaos_stopping.py

.DEFAULT_GOAL := help
.PHONY: help demo up storage test lint bench pictures screenshots chaos chromium constraints clean

help: ## Show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/installed ## Run a whole burst for three example brands, and show what came of it
	@$(BIN)/maestro demo $(ARGS)

up: $(VENV)/installed ## Run the Observatory and the worker, until Ctrl-C
	@$(BIN)/maestro up $(ARGS)

storage: $(VENV)/installed ## Serve what the demo made, at the same addresses
	@$(BIN)/maestro storage $(ARGS)

test: lint chromium ## Check types and style, and run every test, TEST_PROCESSES at a time
	@$(BIN)/pytest -n $(TEST_PROCESSES) --dist worksteal $(ARGS)

lint: $(VENV)/installed-test ## Check types and style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || (echo "run: $(BIN)/ruff format ."; exit 1)
	@$(BIN)/mypy

chromium:
	@.ci/chromium

bench: $(VENV)/installed-test chromium ## Measure every figure that the README claims
	@$(BIN)/python -m benchmarks

chaos: $(VENV)/installed-test ## Many rounds of whatever can happen: killed workers, storage and database away, bugs
	@CHAOS_ROUNDS=50 WORKER_KILLS=50 EVERY_COMMIT=1 EVERY_MESSAGE=1 OUTAGE_SECONDS=10 $(BIN)/pytest -s \
		$(addprefix tests/system/,$(CHAOS)) $(ARGS)

pictures: $(VENV)/installed-test ## Make the README's pictures anew
	@$(BIN)/python docs/pictures.py

screenshots: $(VENV)/installed-test ## Make the README's pictures of the Observatory anew
	@.ci/chromium fonts-noto-color-emoji
	@$(BIN)/python -m docs.screenshots

constraints: $(VENV)/installed-test ## Pin what is installed now, as tested
	@$(BIN)/pip freeze --exclude-editable --exclude maestro-actors | LC_ALL=C sort -f > constraints.txt

clean: ## Remove what the targets made
	rm -rf $(VENV) build dist *.egg-info test-results .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		(echo "Maestro needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Set PYTHON=python3.11"; exit 1)
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { .ci/venv-package $(PYTHON) && $(PYTHON) -m venv $(VENV); }

$(VENV)/installed: $(VENV)/bin/pip $(PROJECT_FILES)
	@echo "Installing Maestro (once)"
	@$(BIN)/pip install -qq --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/bin/pip $(PROJECT_FILES)
	@echo "Installing Maestro and what its tests need (once)"
	@$(BIN)/pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $(VENV)/installed $@
