"""Lines made for subscribers that a file names and nobody knows, when the import asks for it."""

from __future__ import annotations

from app.content import Content
from app.content.sources import SourceMapping
from app.i18n import _
from app.intake.errors import IntakeError
from app.rating.codes import Kind
from app.store import Transaction

MICRO_PER_CENT = 10_000


def check_provision(mapping: SourceMapping, content: Content) -> None:
    """Refuse before anything is stored.

    Raises:
        IntakeError: the mapping does not say which plan and bundle new lines get.
    """
    given, file = mapping.provision, f"data/sources/{mapping.name}.toml"
    if not given.plan:
        raise IntakeError(
            _("{file} does not say what new lines get. Add [provision] with a plan.").format(file=file)
        )
    if given.plan not in content.tariffs.plans():
        raise IntakeError(
            _("{file}: there is no tariff plan {plan}. There are: {plans}.").format(
                file=file, plan=given.plan, plans=", ".join(content.tariffs.plans())
            )
        )
    if given.data_bundle not in content.catalogue.data_bundles:
        raise IntakeError(
            _("{file}: there is no data bundle {bundle}. There are: {bundles}.").format(
                file=file, bundle=given.data_bundle, bundles=", ".join(content.catalogue.data_bundles)
            )
        )


def provision(
    tx: Transaction,
    mapping: SourceMapping,
    source_id: int,
    subscribers: list[str],
    content: Content,
    now: int,
) -> int:
    """Make a line for each subscriber, with the account of the source; how many were made.

    The line's identifier holds for all time: nobody knows since when the sender has the subscriber, and
    the order of the files must not matter.
    """
    made = 0
    for subscriber in sorted(subscribers):
        if tx.row("SELECT 1 FROM line WHERE number = :number", number=subscriber):
            continue
        account_id = source_account(tx, mapping.name, source_id, now)
        policies = content.operator.policies
        line_id = tx.added(
            "INSERT INTO line (account_id, number, person, department, kind, data_bundle, plan, status, "
            "ordered_at, term_months, limit_cents, hard_limit, bars, bundles, bundle_cap, zero_lifted, "
            "usage_notice_bytes, roaming_notice_bytes, tell_usage, tell_border, tell_limit, wifi_calling, "
            "visual_voicemail, fixed_ip, last_place, version) VALUES (:account, :number, '', '', :kind, "
            ":bundle, :plan, 'active', :now, 1, :limit, 0, 0, 0, :cap, 0, 0, 0, 1, 1, 1, 1, 0, '', -1, 1) "
            "RETURNING id",
            account=account_id,
            number=subscriber,
            kind=mapping.provision.subscription,
            bundle=mapping.provision.data_bundle,
            plan=mapping.provision.plan,
            now=now,
            limit=policies.default_limit_cents,
            cap=policies.default_bundle_cap,
        )
        tx.execute(
            "INSERT INTO identifier (line_id, kind, value, valid_from) VALUES (:line, :kind, :value, 0)",
            line=line_id,
            kind=mapping.subscriber_kind,
            value=subscriber,
        )
        settings = (
            (Kind.LIMIT, policies.default_limit_cents * MICRO_PER_CENT),
            (Kind.CAP, policies.default_bundle_cap),
        )
        for kind, value in settings:
            tx.execute(
                "INSERT INTO line_command (line_id, effective_at, tie, kind, value) "
                "SELECT :line, 0, coalesce(max(id), 0) + 1, :kind, :value FROM line_command",
                line=line_id,
                kind=int(kind),
                value=value,
            )
        made += 1
    return made


def source_account(tx: Transaction, name: str, source_id: int, now: int) -> int:
    """The customer that carries the name of a source."""
    number = f"S{source_id:05}"
    found = tx.row("SELECT id FROM account WHERE number = :number", number=number)
    if found:
        return int(found[0])
    return tx.added(
        "INSERT INTO account (number, kind, name, language, status, created_at, version) "
        "VALUES (:number, 'company', :name, 'en', 'active', :now, 1) RETURNING id",
        number=number,
        name=name,
        now=now,
    )
