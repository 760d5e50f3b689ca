"""``rasad lexicon``: the words of your own archive."""

from pathlib import Path

import click

from indexer.commands.options import articles, paths_argument


@click.group()
def lexicon() -> None:
    """A lexicon of your own: the words and names of your archive."""


@lexicon.command()
@paths_argument()
@click.option("--out", type=click.Path(path_type=Path), default="var/lexicon.bin")
@click.option("--minimum", type=click.IntRange(1), default=3, help="How often a word stands [3].")
def build(paths: tuple[Path, ...], out: Path, minimum: int) -> None:
    """Learn the words under PATH… that Rasad's lexicon lacks; RASAD_LEXICON then names the file."""
    from indexer.text.user_lexicon import build_user_lexicon

    out.parent.mkdir(parents=True, exist_ok=True)
    texts = (f"{article.title}\n{article.body}" for article in articles(paths))
    learnt = build_user_lexicon(texts, out, minimum=minimum)
    click.echo(f"{learnt} words in {out}; use them: export RASAD_LEXICON={out}")
