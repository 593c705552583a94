"""Facts that tours ask for (`has:line`): each is one look into an index, however many lines there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.i18n import mark
from app.operations.core.visit import Visit

ADMIN: Final = "admin"
HELPDESK: Final = "helpdesk"
ONESELF: Final = "oneself"
"""Who can help where a fact is missing."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is there or not.

    right: without it the visitor is not told, so it is not there; holds: a condition in SQL with {lines} for
    the visitor's lines, or a function; lacking: what is said where it is not there; who: who can help.
    """

    right: str
    holds: str | Callable[[Visit], bool]
    lacking: str
    who: str = HELPDESK


def _line(condition: str, more: str = "line") -> str:
    return f"EXISTS (SELECT 1 FROM {more} WHERE {{lines}} AND {condition})"


def _few(condition: str, index: str) -> str:
    """Lines of which there are few, each in an index of their own: the planner would rather read them all."""
    return _line(condition, f"line {{by}}{index}{{end}}")


ZERO: Final = "line.data_bundle = '0' AND line.status = 'active'"
OF_ZERO: Final = "line_of_zero"
IN_COUNTER: Final = "counter CROSS JOIN line"
"""From the few lines that were abroad this month, not from all lines."""
BLOCKED: Final = (
    "(line.id = counter.line_id AND counter.month = :month AND counter.data_roaming > 0"
    " AND (counter.blocked <> 0 OR counter.class_blocked <> 0))"
)
OWN: Final = "EXISTS (SELECT 1 FROM {table} WHERE login_id = :login AND {condition})"
OF_ACCOUNT: Final = "EXISTS (SELECT 1 FROM {table} WHERE account_id = :account AND {condition})"
FACTOR: Final = OWN.format(table="second_factor", condition="confirmed_at IS NOT NULL")
MOBILE: Final = "EXISTS (SELECT 1 FROM login WHERE id = :login AND mobile <> '')"
TELEPHONE: Final = "EXISTS (SELECT 1 FROM account WHERE id = :account AND telephone_hash <> '')"
SIGNED_IN: Final = ":login IS NOT NULL"
WAITS: Final = (
    "EXISTS (SELECT 1 FROM access_code WHERE kind = '{kind}' AND subject = 'login:' || :login"
    " AND ended_at IS NULL AND expires_at > :now)"
)

ESIM: Final = (
    "EXISTS (SELECT 1 FROM (SELECT line.id FROM line WHERE {lines} LIMIT 50) AS looked_at JOIN sim"
    " ON sim.line_id = looked_at.id WHERE sim.kind = 'esim' AND sim.activation <> '')"
    " OR (SELECT count(*) FROM (SELECT 1 FROM line WHERE {lines} LIMIT 51) AS many) > 50"
)
"""Among more lines than that it is taken to be so: nobody waits until all of them are looked through."""

FACTS: Final[dict[str, Fact]] = {
    "customer": Fact("SIGN_IN", lambda visit: visit.account_id is not None, mark("No customer is open.")),
    "several_accounts": Fact(
        "SIGN_IN",
        "(SELECT count(*) FROM membership WHERE login_id = :login) > 1",
        mark("You act for one customer only."),
        ADMIN,
    ),
    "sites": Fact(
        "HAND_OVER",
        lambda visit: any(not site.product for site in visit.content.access.sites),
        mark("There are no other sites to go on to."),
    ),
    "line_sites": Fact(
        "ENTER_LINE_SITES",
        lambda visit: any(site.product == "line" for site in visit.content.access.sites),
        mark("No other site administers lines."),
    ),
    # Lines
    "line": Fact("VIEW_LINES", _line("line.status = 'active'"), mark("There is no active line.")),
    "lines": Fact(
        "VIEW_LINES",
        "(SELECT count(*) FROM (SELECT 1 FROM line WHERE {lines} LIMIT 2) AS two) > 1",
        mark("There is only one line."),
        ADMIN,
    ),
    "own_line_only": Fact(
        "VIEW_LINES",
        lambda visit: visit.role == "user" and visit.own_line_id is not None,
        mark("You see more than your own line."),
        ONESELF,
    ),
    "esim": Fact("ACTIVATE_SIM", ESIM, mark("No eSIM is ready to be activated.")),
    "limit": Fact("VIEW_LINES", _line("line.status = 'active'"), mark("There is no active line.")),
    "ordered_line": Fact(
        "VIEW_LINES", _few("line.status = 'ordered'", "line_to_come"), mark("No line is on order.")
    ),
    "group": Fact(
        "VIEW_BILLING",
        OF_ACCOUNT.format(table="line_group", condition="TRUE"),
        mark("Your lines are in no group."),
    ),
    "pool": Fact(
        "VIEW_BILLING",
        "EXISTS (SELECT 1 FROM line_group JOIN line ON line.group_id = line_group.id"
        " WHERE line_group.account_id = :account)",
        mark("No lines share a bundle."),
    ),
    "records": Fact(
        "VIEW_USAGE",
        _line("usage_record.line_id = line.id", "line CROSS JOIN usage_record"),
        mark("There is no usage yet."),
    ),
    "message": Fact(
        "VIEW_MESSAGES",
        "EXISTS (SELECT 1 FROM message WHERE message.account_id = :account AND :own_line IS NULL)"
        " OR EXISTS (SELECT 1 FROM message WHERE message.line_id = :own_line)",
        mark("There are no messages yet."),
    ),
    # What stops, and what is bought
    "zero_limit": Fact("VIEW_LINES", _few(ZERO, OF_ZERO), mark("There is no line of 0 GB.")),
    "zero_blocked": Fact(
        "VIEW_LINES", _few(f"line.zero_lifted = 0 AND {ZERO}", OF_ZERO), mark("No line of 0 GB is blocked.")
    ),
    "zero_open": Fact(
        "VIEW_LINES", _few(f"line.zero_lifted = 1 AND {ZERO}", OF_ZERO), mark("No line of 0 GB is open.")
    ),
    "blocked_line": Fact(
        "VIEW_LINES",
        f"{_few(f'line.zero_lifted = 0 AND {ZERO}', OF_ZERO)} OR {_line(BLOCKED, IN_COUNTER)}",
        mark("No line is blocked."),
    ),
    "roaming_offer": Fact(
        "VIEW_TARIFFS",
        lambda visit: bool(visit.content.catalogue.roaming_bundles),
        mark("No roaming bundles are sold."),
    ),
    "bundle_on": Fact(
        "VIEW_LINES", _few("line.bundles > 0", "line_with_bundles"), mark("No line has a roaming bundle.")
    ),
    "bundle_off": Fact(
        "VIEW_LINES",
        _line("line.status = 'active' AND line.bundles IN (0, 1, 2, 3, 4, 5, 6)"),
        mark("Every line has all roaming bundles."),
    ),
    "feature_on": Fact(
        "VIEW_LINES",
        _line("line.kind = 'voice_data' AND (line.wifi_calling = 1 OR line.visual_voicemail = 1)"),
        mark("No feature is on."),
    ),
    "feature_off": Fact(
        "VIEW_LINES",
        _line("line.kind = 'voice_data' AND (line.wifi_calling = 0 OR line.visual_voicemail = 0)"),
        mark("Every feature is on."),
    ),
    "quote": Fact(
        "ORDER",
        OF_ACCOUNT.format(table="quote", condition="status = 'open' AND expires_at > :now"),
        mark("No price waits for an answer."),
        ADMIN,
    ),
    # People and security
    "member": Fact(
        "VIEW_PEOPLE",
        OF_ACCOUNT.format(
            table="membership", condition="role <> 'holder' AND login_id <> coalesce(:login, 0)"
        ),
        mark("Nobody else acts for this customer."),
        ADMIN,
    ),
    "member_line": Fact(
        "VIEW_PEOPLE",
        "EXISTS (SELECT 1 FROM membership JOIN login ON login.id = membership.login_id"
        " JOIN line ON line.id = login.line_id AND line.account_id = membership.account_id"
        " WHERE membership.account_id = :account AND role <> 'holder' AND login_id <> coalesce(:login, 0))",
        mark("Nobody else has a line of their own."),
        ADMIN,
    ),
    "invitation": Fact(
        "VIEW_PEOPLE",
        OF_ACCOUNT.format(table="invitation", condition="status = 'pending'"),
        mark("Nobody is invited at the moment."),
        ADMIN,
    ),
    "contact": Fact(
        "EDIT_ACCOUNT",
        OF_ACCOUNT.format(table="contact", condition="TRUE"),
        mark("There are no contacts yet."),
        ADMIN,
    ),
    "allowed_address": Fact(
        "GUARD_ACCOUNT",
        OF_ACCOUNT.format(table="allowed_address", condition="TRUE"),
        mark("The list of addresses is empty."),
        ONESELF,
    ),
    "telephone_password": Fact(
        "GUARD_ACCOUNT", TELEPHONE, mark("There is no telephone password yet."), ONESELF
    ),
    "no_telephone_password": Fact(
        "GUARD_ACCOUNT", f"NOT {TELEPHONE}", mark("There is a telephone password already."), ONESELF
    ),
    "request": Fact(
        "VIEW_ACCOUNT",
        OF_ACCOUNT.format(table="service_case", condition="status IN ('open', 'waiting')"),
        mark("No request is under way."),
        ONESELF,
    ),
    "own_request": Fact(
        "VIEW_ACCOUNT",
        OF_ACCOUNT.format(table="service_case", condition="status = 'waiting' AND asked_by = :login"),
        mark("No request of yours waits for an answer."),
        ONESELF,
    ),
    "session_other": Fact(
        "OWN_LOGIN",
        OWN.format(
            table="session",
            condition="ended_at IS NULL AND id <> :session AND started_at > :oldest AND seen_at > :idle",
        ),
        mark("You are signed in only here."),
        ONESELF,
    ),
    "second_factor_on": Fact("OWN_LOGIN", FACTOR, mark("Your one-time passwords are off."), ONESELF),
    "second_factor_off": Fact(
        "OWN_LOGIN", f"{SIGNED_IN} AND NOT {FACTOR}", mark("Your one-time passwords are on already."), ONESELF
    ),
    "mobile_linked": Fact("OWN_LOGIN", MOBILE, mark("No mobile number is linked to your login."), ONESELF),
    "mobile_unlinked": Fact(
        "OWN_LOGIN", f"{SIGNED_IN} AND NOT {MOBILE}", mark("Your mobile number is linked already."), ONESELF
    ),
    "email_waits": Fact(
        "OWN_LOGIN",
        WAITS.format(kind="new_email"),
        mark("No new e-mail address waits for its code."),
        ONESELF,
    ),
    "mobile_waits": Fact(
        "OWN_LOGIN", WAITS.format(kind="mobile"), mark("No mobile number waits for its code."), ONESELF
    ),
    "token": Fact(
        "OWN_LOGIN",
        OWN.format(table="api_token", condition="revoked_at IS NULL AND expires_at > :now"),
        mark("You have no tokens."),
        ONESELF,
    ),
    "ssh_key": Fact(
        "OWN_LOGIN",
        OWN.format(table="ssh_key", condition="created_at <= :now"),
        mark("You have no SSH keys."),
        ONESELF,
    ),
    # The helpdesk
    "assistance": Fact(
        "HELP_CALLERS",
        lambda visit: visit.assistance is not None,
        mark("You are helping nobody now."),
        ONESELF,
    ),
    "no_assistance": Fact(
        "HELP_CALLERS", lambda visit: visit.assistance is None, mark("You are helping a caller now."), ONESELF
    ),
    "notes": Fact(
        "HELP_CALLERS",
        OF_ACCOUNT.format(table="account_note", condition="TRUE"),
        mark("There are no notes on this customer."),
        ONESELF,
    ),
    "waiting_case": Fact(
        "RELEASE_CASES",
        "EXISTS (SELECT 1 FROM service_case WHERE status = 'waiting' AND (:account IS NULL OR"
        " account_id = :account))",
        mark("No case is waiting."),
        ONESELF,
    ),
    "open_order": Fact(
        "PROVISION",
        "EXISTS (SELECT 1 FROM customer_order WHERE status = 'ordered')",
        mark("No order is waiting."),
        ONESELF,
    ),
    "order": Fact(
        "PROVISION",
        "EXISTS (SELECT 1 FROM customer_order WHERE status <> 'withdrawn')",
        mark("Nothing is ordered."),
        ONESELF,
    ),
    "late_order": Fact(
        "PROVISION",
        "EXISTS (SELECT 1 FROM customer_order WHERE status = 'ordered' AND ordered_at <= :latest)",
        mark("No order is late."),
        ONESELF,
    ),
    "suspense": Fact(
        "REPLAY_USAGE",
        "EXISTS (SELECT 1 FROM suspense WHERE status = 'waiting')",
        mark("No usage waits for repair."),
        ONESELF,
    ),
    "alert": Fact(
        "SEE_ALERTS",
        "EXISTS (SELECT 1 FROM alert WHERE done_at IS NULL)",
        mark("There are no alerts."),
        ONESELF,
    ),
}
