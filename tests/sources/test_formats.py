"""The list of formats: what it promises to those who walk, read, and ask what can be read."""

import re
from pathlib import Path

import pytest

from indexer.sources.formats import BY_ENDING, BY_NAME, FORMATS

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_names_and_endings_are_of_one_format_each():
    assert len(BY_NAME) == len(FORMATS)
    assert len(BY_ENDING) == sum(len(format.endings) for format in FORMATS)


@pytest.mark.parametrize("ending", BY_ENDING)
def test_endings_are_written_as_they_are_looked_up(ending):
    assert re.fullmatch(r"\.[a-z]+", ending)


def test_the_readme_names_every_ending_and_no_other():
    (paragraph,) = re.findall(r"^Folders are walked\. What is read: .*?\n\n", README, re.M | re.S)
    assert set(re.findall(r"`(\.\w+)`", paragraph)) == {*BY_ENDING, ".gz"}
