"""Lines: their settings, what they use and cost, and ordering."""

from __future__ import annotations

from typing import Final

from app.cli.plain import files
from app.cli.plain.entry import Entry, Menu, Step
from app.cli.plain.menus.desk import has_customer
from app.i18n import mark

LIMITS: Final = Menu(
    mark("Limits and bars"),
    (
        Entry(mark("Change the cost limit"), "limits.set"),
        Entry(
            mark("Hard limit on or off"),
            "limits.set_hard",
            done=mark("Saved."),
        ),
        Entry(mark("Notices by SMS"), "limits.set_notices"),
        Entry(mark("What the line may not do"), "barring.get"),
        Entry(
            mark("Bar or allow"), "barring.set", first=("barring.note",), sure=mark("Set the bars like this?")
        ),
        Entry(mark("What is blocked"), "blocks.get", empty=mark("Nothing is blocked.")),
        Entry(
            mark("Lift the block"),
            "blocks.lift",
            first=("blocks.get",),
            sure=mark("Lift the block? What is used then costs what the tariff says."),
        ),
        Entry(
            mark("Block the data of a 0 GB line again"),
            "blocks.restore_zero",
            sure=mark("Block the data again? Data of this line stops."),
        ),
    ),
)
ROAMING: Final = Menu(
    mark("Roaming and data bundles"),
    (
        Entry(mark("Which bundles there are"), "bundles.offer"),
        Entry(mark("Enable a roaming bundle"), "bundles.quote", leave=("cap",)),
        Entry(
            mark("Take a roaming bundle off"),
            "bundles.disable",
            sure=mark(
                "Take it off? What has started this month stays paid. Without any bundle data outside the EU "
                "is off."
            ),
        ),
        Entry(mark("How many bundles may start in a month"), "bundles.set_cap"),
        Entry(mark("Another data bundle"), "bundles.quote_data"),
    ),
)
FEATURES: Final = Menu(
    mark("Features"),
    (
        Entry(mark("What the line can do"), "features.get"),
        Entry(mark("Switch a feature"), "features.set", done=mark("Saved.")),
        Entry(mark("Order an option"), "features.quote"),
    ),
)
CONNECTION: Final = Menu(
    mark("Connection"),
    (
        Entry(mark("What is set up on the device"), "connection.get"),
        Entry(mark("Show what is hidden"), "connection.reveal"),
        Entry(mark("eSIMs of the line"), "esim.page", empty=mark("This line has no eSIM.")),
        Entry(mark("Activate an eSIM on a device"), "esim.show"),
        Entry(mark("Sites that administer the line"), "handover.sites_of_line"),
        Entry(mark("Go to one of them"), "handover.make_for_line"),
    ),
)
USAGE: Final = Menu(
    mark("Usage"),
    (
        Entry(
            mark("Records of a month, and why each costs what it costs"),
            "usage.records",
            opens="usage.explain",
            empty=mark("Nothing was used."),
        ),
        Step(
            mark("Save the records of a month as a file"),
            files.export_records,
            ("export.rows", "usage.months"),
        ),
        Entry(mark("Use of each day"), "usage.daily"),
        Entry(
            mark("Forecast"),
            "usage.forecast",
            empty=mark("At this pace nothing runs out before the month ends."),
        ),
        Entry(mark("What another bundle would have cost"), "usage.simulate", leave=("group_id",)),
        Entry(
            mark("Messages to and from this line"),
            "messages.page",
            leave=("channel",),
            empty=mark("No messages."),
        ),
    ),
)
ONE_LINE: Final = Menu(
    mark("A line"),
    (
        Entry(mark("All about the line"), "lines.get"),
        LIMITS,
        ROAMING,
        FEATURES,
        CONNECTION,
        USAGE,
        Entry(
            mark("Cancel the line"),
            "orders.cancel",
            first=("orders.end_date",),
            sure=mark("Cancel this line? It ends at the end of a month, not before its term is over."),
        ),
    ),
    about="line_id",
)
MY_PRODUCTS: Final = Menu(
    mark("My Products"),
    (
        Entry(
            mark("List of lines"),
            "lines.page",
            leave=("group_id",),
            opens="lines.get",
            empty=mark("No line fits this."),
        ),
        ONE_LINE,
        Entry(mark("How many lines there are"), "lines.count", leave=("text", "group_id")),
        Entry(mark("Groups and their pools"), "lines.groups", empty=mark("There are no groups.")),
        Entry(mark("Forecast of a group"), "usage.forecast_group"),
        Entry(mark("Order a new line"), "orders.quote", leave=("cap",)),
        Entry(
            mark("What other bundles would have cost, all lines"),
            "usage.simulate",
            leave=("line_id",),
        ),
        Entry(
            mark("Messages of all lines"),
            "messages.page",
            leave=("line_id", "channel"),
            empty=mark("No messages."),
        ),
        Menu(
            mark("Lists as files"),
            (
                Entry(mark("All lines"), "export.rows", {"what": "lines.page"}, leave=("arguments",)),
                Entry(mark("All messages"), "export.rows", {"what": "messages.page"}, leave=("arguments",)),
            ),
        ),
    ),
    offered=has_customer,
)
