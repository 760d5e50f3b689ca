"""The lemmas of CAMeL Tools (extra «camel»): its disambiguator over its morphological database.

An index keeps one lemma for a word type, wherever the word stands, so the disambiguator is the one
of maximum likelihood: it too reads a word by itself, as it is most often meant in a treebank. A
type is a word on the exact layer, which several spellings share («وزارة», «وزاره»); each that the
database has is asked for, and the most frequent lemma is the type's.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from indexer.errors import ConfigError
from indexer.text.cameltools import dataset, offline
from indexer.text.normalize import LETTERS

#: Their names for the data, and the command that fetches both sets.
MODEL = ("DisambigMLE", "calima-msa-r13", "model.json")
DATABASE = ("MorphologyDB", "calima-msa-r13", "morphology.db")
FETCH = "camel_data -i disambig-mle-calima-msa-r13"
_ARABIC = re.compile("[\u0621-\u064a]+").fullmatch


class CamelLemmas:
    """Gives the lemma of words that the database of CAMeL Tools has.

    Words that it has not are left to Rasad: the tools would take each for a name of its own.
    """

    def __init__(self) -> None:
        """Load the data, seconds; raises ``ConfigError`` that says what to install."""
        with offline():
            from camel_tools.disambig.mle import MLEDisambiguator
            from camel_tools.morphology.analyzer import Analyzer
            from camel_tools.morphology.database import MorphologyDB
            from camel_tools.morphology.errors import DatabaseError
            from camel_tools.utils.charmap import CharMapper
            from camel_tools.utils.dediac import dediac_ar
        model, path = _file(*MODEL), _file(*DATABASE)
        letters = CharMapper(LETTERS)
        try:
            database = _folded(MorphologyDB(str(path), "a"), letters)
            self._analyzer = Analyzer(database, "NONE", norm_map=letters)
            self._disambiguator = MLEDisambiguator(self._analyzer, str(model), cache_size=0)
        except (DatabaseError, ValueError) as error:
            raise ConfigError(
                f"The data of CAMeL Tools is damaged; run: {FETCH} --force"
            ) from error
        self._without_marks = dediac_ar

    def lemma(self, exact: str) -> str | None:
        """The lemma of a word on the exact layer, with its vowel marks; None for an unknown one."""
        if not _ARABIC(exact):
            return None
        spellings = {self._without_marks(one["diac"]) for one in self._analyzer.analyze(exact)}
        likely = [
            analysis
            for word, analyses in self._disambiguator.disambiguate(sorted(spellings))
            for analysis in analyses
            if self._without_marks(analysis.diac) == word  # else it is another spelling's
        ]
        if not likely:
            return None
        best = max(likely, key=lambda analysis: analysis.pos_lex_logprob)
        return str(best.analysis["lex"])


def _folded(database: Any, letters: Any) -> Any:
    """The database with the stems of «ئ» and «ؤ» under the exact layer's letters."""
    stems: dict[str, list[Any]] = defaultdict(list)
    for stem, entries in database.stem_hash.items():
        stems[letters.map_string(stem)] += entries
    database.stem_hash = dict(stems)
    return database


def _file(component: str, name: str, file: str) -> Path:
    folder = dataset(component, name)
    if folder is None or not (folder / file).is_file():
        raise ConfigError(f"CAMeL Tools have no data for lemmas yet; run: {FETCH}")
    return folder / file
