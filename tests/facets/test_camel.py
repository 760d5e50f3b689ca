"""CAMeL's recogniser, for real: on a tiny model in the library's own format, made here.

Skipped where the extra «camel» is not installed; with RASAD_REQUIRE_CAMEL=1 that is a failure.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from factories import make_article
from indexer.commands import rasad
from indexer.errors import ConfigError
from indexer.facets.extractor import Extractor
from indexer.facets.ner.camel import Camel
from indexer.text import default_analyzer
from optional import CAMEL, needs_camel

LABELS = ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")
#: Words that the tiny model is made to know, by the label that it gives them.
KNOWN = {"زرقوف": "B-PERS", "خنتور": "I-PERS", "شبلوق": "B-ORG"}
TEXT = "وفي المساء حضر زرقوف خنتور اللقاء. ثم غادر مقر شبلوق."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model whose last layer looks only at the word itself."""
    import torch
    from transformers import BertConfig, BertForTokenClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *KNOWN]
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=256,
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
    )
    torch.manual_seed(1)
    tiny = BertForTokenClassification(config).eval()
    with torch.no_grad():
        for parameter in tiny.bert.encoder.parameters():
            parameter.zero_()
        for part in (
            tiny.bert.embeddings.position_embeddings,
            tiny.bert.embeddings.token_type_embeddings,
        ):
            part.weight.zero_()
        ids = torch.arange(len(words))[None]
        tiny.bert.encoder.layer[0].attention.output.LayerNorm.weight.fill_(1)
        tiny.bert.encoder.layer[0].output.LayerNorm.weight.fill_(1)
        hidden = tiny.bert(ids).last_hidden_state[0]
        wanted = torch.full((len(words), len(LABELS)), 0.0)
        wanted[:, LABELS.index("O")] = 1
        for word, label in KNOWN.items():
            wanted[words.index(word)] = torch.eye(len(LABELS))[LABELS.index(label)]
        tiny.classifier.weight.copy_((torch.linalg.pinv(hidden) @ wanted).T)
        tiny.classifier.bias.zero_()
    tiny.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False).save_pretrained(folder)
    return folder


@needs_camel
def test_its_people_and_organisations_join_those_of_the_rules(model: Path) -> None:
    analyzer = default_analyzer()
    extractor = Extractor(analyzer, model=None, camel=Camel(model))
    article = make_article("a", "", TEXT)
    facets = extractor.extract(article, [], analyzer.analyze(TEXT))
    people, organisations = facets["people"], facets["organisations"]
    assert [(one.name, one.mentions[0].rule) for one in people] == [("زرقوف خنتور", "camel")]
    assert [(one.name, one.mentions[0].rule) for one in organisations] == [("شبلوق", "camel")]
    mention = organisations[0].mentions[0]
    assert TEXT[mention.start : mention.end] == "شبلوق"


@needs_camel
def test_the_commands_take_it(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(f"خبر\n\n{TEXT}\n", "utf-8")
    monkeypatch.setenv("RASAD_CAMEL_MODEL", str(model))
    done = CliRunner().invoke(rasad, ["inspect", str(tmp_path / "a.txt"), "--ner", "camel"])
    assert done.exit_code == 0
    assert "زرقوف خنتور" in done.output
    assert "زرقوف" not in CliRunner().invoke(rasad, ["inspect", str(tmp_path / "a.txt")]).output


@needs_camel
def test_without_its_model_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    with pytest.raises(ConfigError, match="camel_data -i ner-arabert"):
        Camel().check()
    with pytest.raises(ConfigError, match="camel_data -i ner-arabert"):
        Camel(tmp_path / "nowhere").check()


@pytest.mark.skipif(CAMEL, reason="the extra «camel» is installed")
def test_without_the_extra_it_says_what_to_install() -> None:
    with pytest.raises(ConfigError, match="pip install"):
        Camel().check()
