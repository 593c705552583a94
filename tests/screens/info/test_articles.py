"""Articles on the screen: found, read, judged; every part of the path by key and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.message import Message

from app.operations.core import Visit, perform
from app.screens.area import TourWanted
from app.screens.info.article_view import ArticleView
from app.screens.info.article_words import links_of
from app.screens.info.path_line import PathLine
from app.widgets.line_table import LineTable
from tests.factories import Factory
from tests.screens.harness import LARGE, settled
from tests.screens.my_products.steps import Person, at_the_keyboard

TITLE = "Set the cost limit outside the EU"


async def read(person: Person, *words: str) -> str:
    """From anywhere to an article that is found by words."""
    await person.press("4", sees="Country, code or number")
    await person.press("f3", sees="First steps")
    await person.press("slash", *words, sees=TITLE)
    await settled(person.pilot)
    return await person.press("enter", "enter", sees="Updated on")


@pytest.mark.capability("IN-05", "IN-07", "IN-09")
@pytest.mark.parametrize("size", [(80, 24), LARGE], ids=["80x24", "120x40"])
async def test_an_article_shows_its_path_its_date_and_related_ones(
    admin_visit: Visit, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        page = await read(person, *"cost", "space", *"limit")
        assert f"h Home › t Usage and costs › {TITLE}" in page
        assert "Updated on 22 Nov 2026" in page
        assert "Data is blocked: lift the block" in page
        topic = await person.press("t", sees="Why does this cost so much?")
        assert "Home › Usage and costs" in topic
        assert "Protect your login" not in topic
        everything = await person.press("h", sees="Sign in for the first time")
        assert "Usage and costs ›" not in everything
        for group in ("First steps", "Top questions", "Guides"):
            assert group in everything


@pytest.mark.capability("IN-05")
async def test_each_part_of_the_path_can_be_clicked(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await read(person, *"cost", "space", *"limit")
        await person.pilot.click("#article-path", offset=(14, 0))
        await person.wait("Share data within a group", misses="Updated on 22 Nov 2026\n\n")
        await person.pilot.click("#article-path", offset=(3, 0))
        await person.wait("Sign in for the first time")
        line = person.portal.screen.query_one("#article-path", PathLine)
        assert [part.name for part in line.parts] == ["home"]


async def test_a_related_article_opens_and_escape_leads_back(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await read(person, *"cost", "space", *"limit")
        await person.press("r", "enter", sees="Home › t Mobile lines › Data is blocked")
        await person.press("escape", sees=f"› {TITLE}")
        await person.press("escape", sees="cost limit")
        await person.press("escape", sees="Sign in for the first time")


async def test_a_link_in_the_text_can_be_clicked(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        page = await read(person, *"cost", "space", *"limit")
        lines = page.splitlines()
        row = next(index for index, line in enumerate(lines) if "lifts the block" in line)
        await person.pilot.click(offset=(lines[row].index("lifts the block") + 3, row))
        await person.wait("› Data is blocked: lift the block")


@pytest.mark.parametrize("size", [(60, 20), LARGE], ids=["60x20", "120x40"])
async def test_links_in_the_text_have_a_key(
    admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, size) as person:
        await read(person, *"cost", "space", *"limit")
        await person.press("l", sees="lifts the block")  # scrolled into sight
        await person.press("enter", sees="Data is blocked: lift the block")
        await person.press("escape", sees=f"› {TITLE}" if size == LARGE else "Set the cost limit")
        view = person.portal.screen.query_one(ArticleView)
        followed: list[str] = []
        monkeypatch.setattr(view, "follow", followed.append)
        links = [span.to for span in links_of(view.parts)]
        assert view.link is None
        await person.press("enter", sees="Updated on")
        for _turn in range(len(links) + 1):
            await person.press("l", "enter", sees="cost limit")
        assert followed == [*links, links[0]]


@pytest.mark.capability("IN-08")
async def test_whether_it_was_helpful_is_kept_once(
    admin_visit: Visit, agent_visit: Visit, tmp_path: Path
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        assert "Was this article helpful?" in await read(person, *"cost", "space", *"limit")
        await person.press("y", sees="You found it helpful.")
        await person.press("n", sees="You did not find it helpful.")
        await person.pilot.click("#article-yes")
        await person.wait("You found it helpful.")
    assert admin_visit.store.rows("SELECT article, helpful FROM article_vote") == [("cost-limit", 1)]
    async with at_the_keyboard(agent_visit, tmp_path, LARGE) as person:
        assert "1 yes, 0 no" in await read(person, *"cost", "space", *"limit")


@pytest.mark.capability("BX-14")
async def test_typos_and_missing_accents_find_it_all_the_same(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, language="de") as person:
        await person.press("4", "f3", sees="Zum ersten Mal anmelden")
        await person.press(
            "slash", *"ausserhalb", "space", *"kostenlimt", sees="Das Kostenlimit außerhalb der EU"
        )
        await person.press(*["backspace"] * 30, *"qqqqzz", sees="Kein Artikel enthält diese Wörter.")


@pytest.mark.capability("BX-14")
async def test_the_search_over_everything_finds_articles(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        await person.press("ctrl+k", sees="Search and commands")
        await person.press(*"doorschakelen", sees="article")
        await person.press("enter", sees="Forwarding, call waiting and Wi-Fi calling")
        await person.wait("Updated on")


async def test_a_guide_is_started_where_one_belongs_to_the_article(
    admin_visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_keyboard(admin_visit, tmp_path, LARGE) as person:
        content = person.portal.desk.content
        assert content is not None
        tour = next(tour for tour in content.tours.tours.values() if tour.audience == "customer")
        wanted: list[str] = []
        post = ArticleView.post_message

        def spy(self: ArticleView, message: Message) -> bool:
            if isinstance(message, TourWanted):
                wanted.append(message.tour)
                return True
            return post(self, message)

        monkeypatch.setattr(ArticleView, "post_message", spy)
        rows = perform(admin_visit, "articles.page")
        number = next(row.number for row in rows if row.id == f"guide-{tour.id}")
        shell = person.portal.screen
        await shell.open_area("info", ("article", number))  # type: ignore[attr-defined]
        page = await person.wait("Start the guide")
        assert "The steps of the guide" in page
        await person.press("g")
        await person.pilot.click("#article-guide")
        assert wanted == [tour.id, tour.id]


async def test_the_parts_are_left_and_entered_by_key_and_mouse(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        assert "F3 Articles" in await person.press("4", sees="Country, code or number")
        assert "F3 Status" in await person.press("f3", sees="First steps")
        assert "F3 Prices" in await person.press("f3", sees="Mobile data may stop for some minutes")
        await person.press("f3", sees="Country, code or number")
        await person.pilot.click("#info-parts", offset=(10, 0))
        await person.wait("First steps")
        await person.press("s", sees="Mobile data may stop for some minutes")
        await person.press("a", sees="First steps")
        await person.press("p", sees="Country, code or number")


@pytest.mark.capability("DB-06")
async def test_the_dashboard_lists_manuals_of_the_selected_service_only(
    factory: Factory, admin_visit: Visit, account_id: int, tmp_path: Path
) -> None:
    phones, routers = factory.group(account_id, "Phones"), factory.group(account_id, "Routers")
    factory.line(account_id, group_id=phones, person="Paula")
    factory.line(account_id, group_id=routers, person="Router", kind="data_only")
    async with at_the_keyboard(admin_visit.as_service(routers, "Routers"), tmp_path, LARGE) as person:
        page = await person.wait("Manuals and service pages")
        assert "Data Only: tablets, routers and machines" in page
        assert "Forwarding" not in page
        await person.pilot.click("#dash-manuals", offset=(20, 1))
        await person.wait("Home › t Mobile lines › Data Only")
    async with at_the_keyboard(admin_visit.as_service(phones, "Phones"), tmp_path, LARGE) as person:
        page = await person.wait("Manuals and service pages")
        assert "Forwarding, call waiting and Wi-Fi calling" in page
        assert "Data Only: tablets" not in page
        box = person.portal.screen.query_one("#dash-manuals")
        box.focus()
        await person.press("down", "down", "enter", sees="Your service")
        listed = person.portal.screen.query_one("#article-list", LineTable)
        assert listed.display


async def test_without_a_service_there_is_no_box_of_manuals(admin_visit: Visit, tmp_path: Path) -> None:
    async with at_the_keyboard(admin_visit, tmp_path) as person:
        page = await person.wait("Shared data")
        assert "Manuals" not in page
