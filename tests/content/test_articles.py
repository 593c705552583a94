"""Articles are read one by one: what is wrong with a file is said, and the others stay."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import Content
from app.content.articles import GROUPS, Articles
from app.content.articles_check import check_articles
from app.content.articles_file import read_articles
from app.content.articles_of_tours import with_tours
from app.content.articles_text import Block, Span, blocks, links
from app.content.check import check_content
from app.content.texts import Texts
from app.content.tours import Do, Done, Step, Tour
from app.i18n import LANGUAGES
from app.settings import shipped_content

GOOD = """+++
id = "water"
title = "Water"
topic = "portal"
group = "guides"
updated = 2026-11-01
related = ["keys"]
+++
Some *text* with a [link](article:keys).
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An operator's own folder with articles."""
    shutil.copytree(shipped_content() / "articles", tmp_path / "articles")
    return tmp_path


def put(folder: Path, text: str, name: str = "water", language: str = "en") -> Articles:
    (folder / "articles" / language / f"{name}.md").write_text(text, encoding="utf-8")
    return read_articles(folder)


def test_all_shipped_articles_are_sound_and_there_in_every_language(content: Content) -> None:
    articles = content.articles
    assert articles.problems == ()
    for language in LANGUAGES:
        assert set(articles.languages[language]) == set(articles.ids), language
    assert {article.group for article in articles.every("en")} == set(GROUPS)
    tours = content.tours.tours
    assert list(check_articles(articles, tours, content.catalogue.subscriptions)) == []


def test_the_keys_that_articles_name_are_keys_of_commands(content: Content) -> None:
    from app.commands import commands

    known = commands()
    for language in content.articles.languages.values():
        for article in language.values():
            for block in blocks(article.text):
                for span in block.spans:
                    if span.style == "key" and "." in span.text:
                        assert span.text in known, (article.language, article.id, span.text)


def test_an_article_is_read(folder: Path) -> None:
    article = put(folder, GOOD).languages["en"]["water"]
    assert (article.title, article.topic, article.updated) == ("Water", "portal", date(2026, 11, 1))
    assert article.related == ("keys",)


def test_a_language_that_is_missing_falls_back_to_english(folder: Path) -> None:
    articles = put(folder, GOOD)
    found = articles.find("water", "de")
    assert found is not None
    assert found.language == "en"
    assert articles.find("nothing", "de") is None


@pytest.mark.parametrize(
    "old, new, key, says",
    [
        ('"water"', '"watre"', "id", "The file is named water"),
        ('"portal"', '"portl"', "topic", "Did you mean portal"),
        ('"guides"', '"guide"', "group", "Did you mean guides"),
        ("2026-11-01", '"today"', "updated", "a day like 2026-01-31"),
        ('title = "Water"\n', "", "title", "The setting is missing"),
        ('title = "Water"', 'title = "Water"\ntitel = "x"', "titel", "no setting"),
        ('title = "Water"', 'title = "Water', "", "no TOML"),
        ("+++\nid", "id", "", "does not begin with its facts"),
        ("Some *text* with a [link](article:keys).", "  ", "text", "no text"),
    ],
)
def test_a_broken_article_is_left_out_and_the_cure_is_told(
    folder: Path, old: str, new: str, key: str, says: str
) -> None:
    articles = put(folder, GOOD.replace(old, new, 1))
    assert "water" not in articles.languages["en"]
    assert "keys" in articles.languages["en"]
    assert any(
        problem.file == "articles/en/water.md" and problem.key == key and says in str(problem)
        for problem in articles.problems
    ), articles.problems


def test_bytes_that_are_no_text_and_too_much_of_it_are_told(folder: Path) -> None:
    (folder / "articles/en/water.md").write_bytes(b"+++\n\xff\xfe")
    (folder / "articles/nl/water.md").write_text(GOOD + "x" * 30_000)
    said = [str(problem) for problem in read_articles(folder).problems]
    assert any("not UTF-8" in each for each in said)
    assert any("Write at most" in each for each in said)


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('related = ["keys"]', 'related = ["kays"]', "Did you mean keys?"),
        ('related = ["keys"]', 'services = ["mobil"]', "Did you mean mobile?"),
        ('related = ["keys"]', 'tour = "nowhere"', "There is no guide 'nowhere'"),
        ("article:keys", "article:kexs", "leads nowhere"),
        ("article:keys", "https://example.org", "leads out of the portal"),
    ],
)
def test_the_check_of_a_folder_finds_what_leads_nowhere(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(shipped_content(), folder)
    (folder / "articles/en/water.md").write_text(GOOD.replace(old, new))
    said = [str(error) for error in check_content(folder) if error.file == "articles/en/water.md"]
    assert any(says in each for each in said), said


def test_languages_that_say_different_things_are_told(content: Content, folder: Path) -> None:
    put(folder, GOOD)
    articles = put(folder, GOOD.replace("guides", "manuals"), language="nl")
    told = [str(error) for error in check_articles(articles, (), content.catalogue.subscriptions)]
    assert any("articles/nl/water.md: group" in each for each in told)


def test_the_text_becomes_blocks_and_nothing_else() -> None:
    text = "## A *b*\n\n1. one\n2. {key:ctrl+k}\n   - deep\n\n> note\n\n<b>x</b> [l](article:keys) [o](http://x)\n"
    assert blocks(text) == (
        Block("heading", (Span("A "), Span("b", "em")), 2),
        Block("item", (Span("one"),), 1, 1),
        Block("item", (Span("ctrl+k", "key"),), 1, 2),
        Block("item", (Span("deep"),), 2),
        Block("note", (Span("note"),)),
        Block(
            "paragraph",
            (
                Span("<b>x</b> "),
                Span("l", "", "article:keys"),
                Span(" "),
                Span("o"),
            ),
        ),
    )
    assert links(text) == ("article:keys", "http://x")


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for block in blocks(text):
        assert all(not span.to or span.to.startswith(("article:", "tour:")) for span in block.spans)


def test_a_guide_is_an_article_of_numbered_steps_unless_one_is_written(folder: Path) -> None:
    text = Texts("Press {key:line.limit_lower} * now", "Druk", "Drücken")
    step = Step("s", "my_products", "#x", text, Done(read=True), Do())
    tour = Tour("well-dig", "my_products", Texts("Lower it", "Verlagen", "Senken"), (step, step))
    articles = with_tours(read_articles(folder), {"well-dig": tour})
    article = articles.find("guide-well-dig", "en")
    assert article is not None
    assert (article.title, article.topic, article.tour) == ("Lower it", "mobile", "well-dig")
    items = blocks(article.text)
    assert [(each.kind, each.number) for each in items] == [("item", 1), ("item", 2)]
    assert items[0].spans == (Span("Press "), Span("line.limit_lower", "key"), Span(" * now"))
    written = put(folder, GOOD.replace('related = ["keys"]', 'tour = "well-dig"'))
    assert with_tours(written, {"well-dig": tour}).find("guide-well-dig", "en") is None
