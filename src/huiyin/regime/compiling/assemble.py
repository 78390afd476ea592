"""Put the sections together."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from huiyin.regime.model import Regime

from . import (
    accountability,
    acts,
    flags,
    forms,
    intake,
    limits,
    orders,
    papers,
    samples,
    settings,
    standing,
    transfers,
    work,
)
from .desk import Desk
from .reactions import index

TableRows = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Table id → key → column → value."""


def compile_regime(desk: Desk, table_rows: TableRows) -> Regime:
    """The regime. Problems are in `desk.found`; the regime is only good when there is no error among them."""
    approvals = limits.approvals(desk)
    steps = work.flow(desk)
    all_acts = acts.acts(desk, steps)
    ladders = limits.ladders_of(desk)
    all_limits = limits.limits(desk, steps, all_acts, ladders)
    all_flags = flags.flags(desk)
    all_orders = orders.orders(desk, ladders)
    notices = papers.notices(desk)
    accountable = accountability.accountability(desk)
    corrective = accountability.corrective(desk)
    duties = work.duties(desk)
    return Regime(
        **_head(desk, table_rows),
        **_intake(desk),
        **_papers(desk),
        **_standing(desk),
        flow=steps,
        acts=all_acts,
        reactions=index(steps, all_limits, notices, accountable.rules, corrective, duties, all_flags),
        limits=all_limits,
        ladder=ladders.get("default", ()),
        notices=notices,
        accountability=accountable,
        corrective=corrective,
        duties=duties,
        orders=all_orders,
        flags=all_flags,
        approvals={**approvals, **desk.approvals},
    )


def _head(desk: Desk, table_rows: TableRows) -> dict[str, Any]:
    """What the regime is, and what the organisation answers and keeps for it."""
    file = desk.file
    return {
        "id": file.regime,
        "title": file.title,
        "version": file.version,
        "digest": digest(desk.source.data),
        "kinds": {str(kind): part.title or str(kind) for kind, part in file.kinds.items()},
        "articles": dict(file.articles),
        "purpose": file.purpose,
        "scope": file.scope,
        "organisation": file.organisation,
        "calendar": file.calendar,
        "extends": file.extends,
        "settings": settings.declared(file),
        "answers": desk.answers,
        "tables": intake.tables(desk),
        "table_rows": table_rows,
    }


def _intake(desk: Desk) -> dict[str, Any]:
    """Who has a part in it, what comes in, and the tables that decide about it."""
    return {
        "roles": intake.roles(desk),
        "intake": intake.intake(desk),
        "categories": intake.categories(desk),
        "severity": intake.severity(desk),
        "assessment": intake.assessment(desk),
        "routing": intake.routing(desk),
        "samples": samples.samples(desk),
        "transfers": transfers.transfers(desk),
    }


def _papers(desk: Desk) -> dict[str, Any]:
    """What is written, said and asked."""
    return {
        "forms": forms.forms(desk),
        "guidance": papers.guidance(desk),
        "questionnaires": papers.questionnaires(desk),
        "sending": papers.sending(desk),
    }


def _standing(desk: Desk) -> dict[str, Any]:
    """What holds beside the cases and for the regime itself."""
    return {
        "confidentiality": standing.confidentiality(desk),
        "records": standing.records(desk),
        "watches": standing.watches(desk),
        "commitments": standing.commitments(desk),
        "portal": standing.portal(desk),
        "governance": standing.governance(desk),
    }


def digest(data: Any) -> str:
    """SHA-256 of the merged source in one normal form: it names the version exactly. Order counts, layout does not."""
    normal = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return sha256(normal.encode()).hexdigest()


def _plain(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat()
