# Needs only make and Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python, \
  $(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
BIN := .venv/bin
RUN_SET := .venv/run-set
DEV_SET := .venv/dev-set
BROWSER := .venv/browser
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# With Slack's tokens in the environment the bot talks to Slack, without them to the playground.
MODE := $(if $(SLACK_BOT_TOKEN),all,playground)

.DEFAULT_GOAL := help
.PHONY: help install run test check faults bench migrate requirements

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'ARGS="…" is passed on, for example: make run ARGS=--fresh, make test ARGS="-k house"'

install: $(RUN_SET) ## Set up .venv with what the bot needs

run: $(RUN_SET) ## Start the bot: in the playground, or in Slack when its tokens are set
	$(BIN)/python -m bot $(MODE) $(ARGS)

test: $(DEV_SET) $(BROWSER) ## Run all tests; what this machine cannot run is said at the end
	$(BIN)/python -m pytest --numprocesses=4 --dist=worksteal $(ARGS)

check: $(DEV_SET) ## Style, types and the stairs of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

faults: $(DEV_SET) ## Kill the bot many times and count what was lost or doubled
	$(BIN)/python -m tests.faults $(ARGS)

bench: $(DEV_SET) ## Measure the speeds against a floor of the same run
	$(BIN)/python -m tests.bench $(ARGS)

migrate: $(RUN_SET) ## Bring the database up to date
	$(BIN)/python -m bot migrate $(ARGS)

requirements: $(DEV_SET) ## Pin what pyproject.toml asks for (ARGS=--upgrade for newer versions)
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.txt \
	  --output-file requirements-dev.txt pyproject.toml

# Only the public index: a machine's own mirrors and paths have no place in the pins.
COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null \
  CUSTOM_COMPILE_COMMAND="make requirements" $(BIN)/pip-compile --quiet --generate-hashes \
  --allow-unsafe --strip-extras --no-emit-options $(ARGS)

# Stamps come last: what was half made is made again.
.venv/made:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed: https://www.python.org'; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { echo 'This Python makes no environments. On Debian: apt install python3-venv'; exit 1; }
	@touch $@

$(RUN_SET): requirements.txt | .venv/made
	@echo 'Installing what the bot needs …'
	@$(PIP) --requirement requirements.txt
	@touch $@

$(DEV_SET): requirements-dev.txt | .venv/made
	@echo 'Installing what development needs …'
	@$(PIP) --requirement requirements-dev.txt
	@touch $@ $(RUN_SET)

# The system's Chromium where there is one, else Playwright's own; without either the tests say so.
$(BROWSER): $(DEV_SET)
	@if $(BIN)/python -m tests.machine || $(BIN)/playwright install chromium; \
	  then touch $@; else echo 'No browser could be fetched.'; fi
