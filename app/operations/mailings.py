"""Newsletters and notices by e-mail: which topics a customer wants to hear of."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import _, language
from app.operations.core import Invalid, NotFound, Visit, operation
from app.operations.core.topics import wanted as is_wanted


@dataclass(frozen=True, slots=True)
class Mailing:
    """One topic. kind: "newsletter", "notice", or "always": mails that nobody can switch off."""

    topic: str
    kind: str
    name: str
    wanted: bool


@operation("mailings.page", right="EDIT_ACCOUNT", changes=False)
def page(visit: Visit) -> list[Mailing]:
    """Newsletters and notices, and whether the customer gets them; at the end what always comes."""
    account = _account(visit)
    chosen = [
        Mailing(
            notice.topic, notice.kind, notice.name.in_language(language()), is_wanted(visit, account, notice)
        )
        for notice in visit.content.access.notices
    ]
    always = {
        "codes": _("Codes and links you asked for"),
        "security": _("Changes of passwords, addresses and rights"),
        "invoices": _("Orders and invoices"),
    }
    return [*chosen, *(Mailing(topic, "always", name, True) for topic, name in always.items())]


@operation("mailings.set", right="EDIT_ACCOUNT")
def set_topic(visit: Visit, topic: str, wanted: bool) -> bool:
    """Switch a newsletter or notice on or off for the customer.

    Args:
        topic: as `mailings page` shows it.
        wanted: whether it is to be sent.
    """
    account = _account(visit)
    topics = [notice.topic for notice in visit.content.access.notices]
    if topic not in topics:
        raise Invalid(_("Choose one of: {choices}.").format(choices=", ".join(topics)), "topic")
    visit.change.execute(
        "INSERT INTO notice_choice (account_id, topic, wanted) VALUES (:account, :topic, :wanted)"
        " ON CONFLICT (account_id, topic) DO UPDATE SET wanted = excluded.wanted",
        account=account,
        topic=topic,
        wanted=int(wanted),
    )
    visit.touch("account", account)
    return wanted


def _account(visit: Visit) -> int:
    if visit.account_id is None:
        raise NotFound(_("No customer is open."))
    return visit.account_id
