"""A case as one row."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from huiyin.cases.attention import attention_at
from huiyin.cases.people import Respondent
from huiyin.cases.phases import ending_of, phase_of, transfer_of
from huiyin.cases.sources import reference_of
from huiyin.cases.state import ANSWERS, Case
from huiyin.regime.affairs import DUTY
from huiyin.regime.model import FieldType, Regime
from huiyin.store.identifiers import id_of, search_number
from huiyin.store.log import Head
from huiyin.store.models import CaseRow
from huiyin.store.personal.data import HIDDEN
from huiyin.store.rows import new_row
from huiyin.store.search_text import fold

from .audience import Audience

TITLE_LENGTH = 80


def case_row(regime: Regime, case: Case, head: Head, audience: Audience, people_as_of: str) -> CaseRow:
    """The row of a case as it is now."""
    running = case.running()
    dues = [item.due for item in running if item.due is not None and item.paused_at is None]
    answered = [case.signals[name].first for name in ANSWERS if name in case.signals]
    case_id = id_of(case.id)
    return new_row(
        CaseRow,
        id=case_id,
        organisation_id=id_of(case.organisation),
        search_id=search_number(case_id),
        number=case.number,
        regime=case.regime,
        regime_version=case.regime_version,
        kind=case.kind,
        channel=case.channel,
        state=case.state,
        phase=phase_of(case),
        ending=ending_of(case),
        transfer=transfer_of(case),
        severity=case.severity,
        severity_rank=regime.severity.rank(case.severity),
        category=case.category,
        assessment=case.assessment,
        anonymous=case.complainant.anonymous,
        complainant_party=case.complainant.party,
        respondent_kind=case.respondent.kind,
        respondent_unit=case.respondent.unit,
        respondent_person=case.respondent.person,
        respondent_name=case.respondent.name[:200],
        respondent_key=respondent_key(case.respondent),
        handling_role=case.handling_role,
        handling_unit=case.handling_unit,
        handler=case.handler,
        also=list(case.also),
        first_receiver=case.first_receiver,
        source=case.source[:200],
        reference=reference_of(regime, case),
        code_issue=case.code_issue,
        barred=barred(case),
        confidential=audience.confidential,
        closed_to=audience.closed_to,
        people_as_of=people_as_of,
        title=title_of(regime, case),
        product=product_of(regime, case)[:200],
        cause=str(case.facts.get("cause", ""))[:200],
        received_at=case.received_at,
        filed_at=case.filed_at,
        answered_at=min(answered, default=None),
        closed_at=case.closed_at,
        next_due=min(dues, default=None),
        overdue=any(item.status == "overdue" for item in running),
        attention_at=attention_at(case),
        version=head.version,
        head=head.digest,
        origin=UUID(case.origin) if case.origin else None,
        occasion=case.occasion.key[:255] if case.occasion else "",
        member=member_of(case)[:200],
        period_end=case.occasion.end if case.occasion and case.kind == DUTY else None,
    )


def respondent_key(respondent: Respondent) -> str:
    """By what other cases about the same respondent are found; empty when none is named."""
    if respondent.person:
        return f"p:{respondent.person}"
    if respondent.unit:
        return f"u:{respondent.unit}"
    return f"n:{fold(respondent.name)[:200]}" if respondent.name else ""


def barred(case: Case) -> str:
    """Persons kept from the case, each between bars."""
    persons = [person for person in (case.respondent.person, *case.recused) if person]
    return f"|{'|'.join(persons)}|" if persons else ""


def member_of(case: Case) -> str:
    """The place, person or group an affair is about; nothing where it is one case, which the title names."""
    occasion = case.occasion
    if occasion is None or (occasion.group and occasion.group == case.origin):
        return ""
    return occasion.member or occasion.group


def title_of(regime: Regime, case: Case) -> str:
    """The first line of what it is about: the form's own title field, the first long text, else the first text."""
    if regime.is_affair:
        about = case.occasion.about if case.occasion else ""
        return f"{regime.title}：{about}"[:TITLE_LENGTH] if about else regime.title[:TITLE_LENGTH]
    own = regime.intake.fields.get("title")
    given = case.matter.get("title") if own and own.type is FieldType.TEXT else None
    if isinstance(given, str) and given.strip() and given != HIDDEN:
        return given.strip()[:TITLE_LENGTH]
    for types in ((FieldType.LONG_TEXT,), (FieldType.TEXT,)):
        for name, field in regime.intake.fields.items():
            value = case.matter.get(name)
            if field.type in types and isinstance(value, str) and value.strip() and value != HIDDEN:
                line = value.strip().splitlines()[0]
                return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"
    return next(iter(case.points), "")[:TITLE_LENGTH] or regime.kinds.get(case.kind, case.kind)


def product_of(regime: Regime, case: Case) -> str:
    """The product or order the case is about, folded; empty when none is named."""
    for name in _product_fields(regime):
        value: Any = case.matter.get(name)
        if value and value != HIDDEN:
            return fold(str(value))
    return ""


@lru_cache(maxsize=256)
def _product_fields(regime: Regime) -> tuple[str, ...]:
    return tuple(name for name, field in regime.intake.fields.items() if field.type in (FieldType.PRODUCT, FieldType.ORDER))
