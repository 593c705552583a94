"""The smaller areas: dashboard, services, info, support; and what is offered before anybody signs in."""

from __future__ import annotations

from typing import Final

from app.cli.plain import tasks
from app.cli.plain.entry import Entry, Menu, Step
from app.cli.plain.menus.desk import has_customer
from app.i18n import mark

DASHBOARD: Final = Menu(
    mark("Dashboard"),
    (
        Entry(mark("How things stand"), "dashboard.overview"),
        Entry(mark("Search"), "search.everything", empty=mark("Nothing fits this.")),
    ),
)
SERVICES: Final = Menu(
    mark("Services"),
    (
        Entry(mark("What can be ordered"), "services.offers"),
        Entry(mark("Open offers"), "services.open_quotes", empty=mark("No offer is open.")),
        Entry(
            mark("Accept an offer"),
            "quotes.accept",
            shows="quotes.get",
            sure=mark("Accept this offer? It is booked exactly as shown."),
        ),
        Entry(mark("Other sites, without signing in again"), "handover.sites"),
        Entry(mark("Go to another site"), "handover.make"),
    ),
    offered=has_customer,
)
ARTICLES: Final = Menu(
    mark("Articles"),
    (
        Entry(
            mark("Find an article"),
            "articles.search",
            opens="articles.get",
            empty=mark("No article has these words."),
        ),
        Entry(mark("Topics"), "articles.topics"),
        Entry(
            mark("Articles of a topic"),
            "articles.page",
            leave=("group", "service"),
            opens="articles.get",
            empty=mark("There are no articles."),
        ),
        Entry(
            mark("Manuals of the chosen service"),
            "articles.of_service",
            leave=("guides",),
            opens="articles.get",
            empty=mark("There are no manuals for it."),
        ),
        Entry(mark("Was an article helpful?"), "articles.vote", done=mark("Thank you.")),
    ),
)
INFO: Final = Menu(
    mark("Info"),
    (
        Entry(
            mark("Faults, maintenance and messages"),
            "status.current",
            empty=mark("Everything works, and nothing is planned."),
        ),
        Entry(mark("What a country costs"), "tariffs.country", leave=("line_id",)),
        Entry(mark("Search countries"), "tariffs.search", empty=mark("No country fits this.")),
        Entry(mark("The tariff sheet"), "tariffs.sheet", leave=("plan",)),
        ARTICLES,
    ),
)
SUPPORT: Final = Menu(
    mark("Support"),
    (
        Entry(mark("Reach us"), "support.contact"),
        Entry(mark("Text messages that phones can send"), "support.sms_commands"),
        Step(mark("Tasks of the full screen, step by step"), tasks.read_task, ("tours.tasks",)),
        Entry(mark("What I have learnt"), "tours.learnt", empty=mark("There are no tasks.")),
    ),
)
VISITOR: Final = (
    "password.rules",
    "recovery.look",
    "recovery.redeem",
    "recovery.forgot",
    "recovery.first_login",
    "recovery.user_name",
)
"""What is offered before the sign-in; see app.cli.plain.sign_in."""
ALWAYS: Final = ("signin.accounts", "lines.services", "sessions.confirm")
"""What the conversation itself asks for: the account, the service, the password again."""
