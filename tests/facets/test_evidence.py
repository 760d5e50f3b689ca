"""How sure the model has to be of a name, by what its words are."""

import pytest

from indexer.facets.ner.evidence import LEAST, Support, support
from indexer.facets.ner.word_classes import default_word_classes
from indexer.text.normalize import normalize

NAMES = [
    ("سالم الحربي", False, Support.FULL),
    ("سالم بن راشد", False, Support.MUCH),
    ("مرعي الحربي", True, Support.FULL),
    ("شتاينهاور", True, Support.SOME),
    ("الكلداني", True, Support.LITTLE),
    ("مالكولم", False, Support.NONE),
    ("سالم مدرسة", False, Support.NONE),
]


@pytest.mark.parametrize(("name", "titled", "expected"), NAMES)
def test_the_words_of_a_name_support_each_other(name: str, titled: bool, expected: Support) -> None:
    words = normalize(name).split()
    assert support(words, default_word_classes(), titled=titled) == expected


def test_the_better_a_name_is_supported_the_less_sure_the_model_has_to_be() -> None:
    demanded = [LEAST[level] for level in sorted(Support)]
    assert demanded == sorted(demanded, reverse=True)
    assert len(set(demanded)) == len(Support)
