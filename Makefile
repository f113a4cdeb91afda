# From a fresh clone: `make demo` sets everything up and shows what the model does; `make test` tests.
# Only make and Python 3.11 or later are needed. `make help` lists the rest.

PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
VENV ?= .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
WORKERS ?= 2
# A file's tests share what they set up (a sweep, a place's page), so one worker has all of them; files in their order, the longest first.
SPREAD = -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# The page's own figures take minutes; PAGE= leaves them out.
PAGE ?= yes
# The page's own scripts are checked and tested where Node is found; nothing else needs it.
NODE := $(shell command -v node 2>/dev/null)
NPM := $(and $(NODE),$(shell command -v npm 2>/dev/null))
PAGE_TESTS = $(if $(NODE),$(NODE) --test --test-reporter=dot tests/dashboards/static/*.test.mjs,\
	@echo 'Skipped: tests of the page'"'"'s scripts, for want of node')

.DEFAULT_GOAL := help
.PHONY: help demo install test test-all docking wheel-test smoke lint bench documents baseline web web-check clean

help:
	@echo 'make demo       set up; two ways to begin against each other, one of them over 20 seeds, and a small sweep: a table and three reports'
	@echo 'make test       set up for testing and run the tests, without the slow ones'
	@echo 'make test-all   run every test, with fresh examples of every property'
	@echo 'make docking    hold talks, trust and scenario discovery against code that others wrote'
	@echo 'make wheel-test try the wheel in empty environments: every Python found, pinned and lowest versions'
	@echo 'make lint       check style and types'
	@echo 'make bench      measure speed and memory'
	@echo 'make documents  rewrite the tables in the documents that are drawn from the code'
	@echo 'make baseline   accept changed results as the new baseline'
	@echo 'make web        build the compiled model that a browser runs'
	@echo 'make install    set up everything, including browser pages and clusters'
	@echo 'make clean      remove what was set up'

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or later is needed, and none was found; try make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# A stamp remembers which declarations were installed, so that a second call costs nothing.
$(VENV)/demo.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Setting up what a run needs, in $(VENV): about a minute, once'
	@$(PIP) --editable '.[analysis]'
	@touch $@

$(VENV)/all.stamp: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Setting up everything, in $(VENV): about a minute or two, once'
	@$(PIP) --editable '.[analysis,robust,stage,dask,pictures,xarray,excel,dev]'
	@touch $(VENV)/demo.stamp $@

$(VENV)/node.stamp: dashboards/package.json | $(BIN)/python
	@mkdir -p $(VENV)/node
	@cp dashboards/package.json $(VENV)/node/
	@$(NPM) install --prefix $(VENV)/node --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

install: $(VENV)/all.stamp

demo: $(VENV)/demo.stamp
	@rm -rf runs/demo-contrast runs/demo-sweep
	$(BIN)/incentive-abm sweep declare-or-begin --out runs/demo-contrast
	$(BIN)/incentive-abm run --scenario relations-first --seeds 20 --out runs/demo
	$(BIN)/incentive-abm sweep demo --out runs/demo-sweep

test: $(VENV)/all.stamp
	$(PAGE_TESTS)
	$(BIN)/python -m pytest $(SPREAD) -m 'not slow'

test-all: $(VENV)/web.stamp
	$(PAGE_TESTS)
	$(BIN)/python -m pytest $(SPREAD) --hypothesis-profile=fresh

# Large, and needed for nothing else.
$(VENV)/docking.stamp: $(VENV)/all.stamp
	@$(PIP) --editable '.[docking]'
	@touch $@

docking: $(VENV)/docking.stamp
	$(BIN)/python -m pytest tests/docking

wheel-test: $(VENV)/all.stamp
	$(BIN)/python -m tools.wheel_trial $(TRIAL)

smoke: $(VENV)/all.stamp
	$(BIN)/python -m pytest -q $(SPREAD) -m 'not slow' tests/incentive_abm/test_parameters.py \
		tests/incentive_abm/scenario tests/incentive_abm/cli
	$(BIN)/incentive-abm run --executor mesa --seeds 1 --quarters 8 --out $$(mktemp -d)/smoke

lint: $(VENV)/all.stamp $(and $(NPM),$(VENV)/node.stamp)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(if $(NPM),$(VENV)/node/node_modules/.bin/tsc -p dashboards,@echo 'Skipped: types of the page'"'"'s scripts, for want of node and npm')

bench: $(VENV)/all.stamp
	$(BIN)/incentive-abm bench $(BENCH)
	$(if $(PAGE),-$(BIN)/python -m dashboards.bench)

documents: $(VENV)/demo.stamp
	$(BIN)/python -m tools.documents

baseline: $(VENV)/all.stamp
	$(BIN)/python -m tests.baseline

# The linker is large, and only a page by other rules needs it.
$(VENV)/web.stamp: $(VENV)/all.stamp
	@$(PIP) --editable '.[page-rules]'
	@touch $@

web: $(VENV)/web.stamp
	$(BIN)/python -m dashboards.module_builder

web-check: $(VENV)/web.stamp
	$(BIN)/python -m dashboards.module_builder --check

clean:
	rm -rf $(VENV)
