# breachkit: `make help` lists what you can do. Needs only Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT ?= out
JOBS ?= 2

.DEFAULT_GOAL := help
SLOW := $(VENV)/.installed-slow
.PHONY: help setup demo test test-slow lint types lab notebooks bench sample clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "breachkit needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(STAMP) ## Make the virtual environment with everything in it

demo: $(STAMP) ## Generate the 491,840-patient leak, assess it, write the report
	$(BIN)/breachkit demo --out $(OUT)/demo

test: $(STAMP) ## Lint, types, tests, doctests and notebooks (under 15 minutes; JOBS=4 on four cores)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n $(JOBS) --dist worksteal

$(SLOW): $(STAMP)
	$(BIN)/python -m pip install --quiet --editable '.[dev,slow]'
	@touch $@

test-slow: $(SLOW) ## What `make test` leaves out: full size, Spark, a browser (it needs Chromium)
	$(BIN)/pytest -m slow --timeout 1800

lint: $(STAMP) ## Format and fix what ruff can fix
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(STAMP) ## Check types
	$(BIN)/mypy

SETTINGS := $(VENV)/share/jupyter/lab/settings
lab: $(STAMP) ## Open JupyterLab on the notebooks
	@mkdir -p $(SETTINGS)
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}' > $(SETTINGS)/overrides.json
	$(BIN)/jupyter lab notebooks/index.ipynb

notebooks: $(STAMP) ## Build the notebooks from their one source
	$(BIN)/python scripts/build_notebooks.py

bench: $(STAMP) ## The race with the peers (each in an environment of its own)
	$(BIN)/python -m benchmarks

sample: $(STAMP) ## Rebuild the committed sample in data/synthetic
	$(BIN)/python scripts/build_sample.py

clean: ## Remove the environment and what was generated
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .ruff_cache
