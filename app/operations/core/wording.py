"""What was done, in plain words: one sentence for each operation that leaves a row in the audit chain."""

from __future__ import annotations

from app.i18n import _


def operation_words(name: str) -> str:
    """An operation as the customer's log tells it; one without words of its own shows its name."""
    words = {
        "barring.set": _("Changed what is forbidden on a line"),
        "blocks.lift": _("Lifted a block"),
        "blocks.restore_zero": _("Blocked the data of a 0 GB line again"),
        "border.enter": _("A line crossed a border"),
        "bundles.disable": _("Switched roaming bundles off"),
        "bundles.quote": _("Asked for a price of roaming bundles"),
        "cases.ask_name": _("Asked for another name"),
        "cases.ask_ownership": _("Asked for a change of ownership"),
        "cases.open_recovery": _("Asked for another e-mail address of a login, after checks"),
        "cases.open_second_factor_reset": _("Asked to take one-time passwords off a login, after checks"),
        "cases.reject": _("Rejected a request"),
        "cases.release": _("Released a request"),
        "cases.withdraw": _("Took a request back"),
        "closing.close": _("Closed a month"),
        "database.create": _("Made the database"),
        "demo.create": _("Made the demonstration"),
        "features.set": _("Changed what a line can do"),
        "limits.set": _("Changed a cost limit"),
        "limits.set_hard": _("Changed whether the limit may be exceeded"),
        "limits.set_notices": _("Changed usage notices"),
        "notes.add": _("Wrote a note about the customer"),
        "orders.cancel": _("Cancelled a line"),
        "orders.quote": _("Asked for a price"),
        "profile.set_language": _("Changed the language"),
        "profile.set_theme": _("Changed the colours"),
        "quotes.accept": _("Accepted a price and booked it"),
        "signin.sign_in": _("Signed in"),
        "signin.sign_out": _("Signed out"),
        "sms.receive": _("Sent a text message to the short code"),
        "usage.import": _("Imported usage"),
        "usage.replay": _("Rated waiting usage again"),
        "worker.carry_out_cases": _("Did what a released request asked for"),
        "worker.run": _("Delivered messages"),
    }
    return words.get(name, name)
