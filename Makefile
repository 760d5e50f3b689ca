# Everything a person or CI runs. Needs Python 3.11 or newer and make; the rest is installed here.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: run test check format translations clean

# Index the sample pages and serve them; later runs find both done.
run: $(VENV)/installed
	$(BIN)/rasad index seeds
	$(BIN)/rasad serve --host $(HOST) --port $(PORT)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# After a change of words on the page: collect them; write the Arabic into the .po, then run this again.
translations: $(VENV)/installed-dev
	$(BIN)/pybabel extract -F webui/translations/babel.cfg --no-location --sort-output --no-wrap \
	    -o $(VENV)/messages.pot webui templates
	$(BIN)/pybabel update -i $(VENV)/messages.pot -d webui/translations -l ar --no-fuzzy-matching \
	    --ignore-obsolete --no-wrap
	$(BIN)/pybabel compile -d webui/translations

clean:
	rm -rf $(VENV) var dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed
