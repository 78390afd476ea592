"""What other cases say, for rules: `huiyin.cases.context.History` by indexed queries.

How relations are told (all within the organisation; the case itself never counts):

| relation | same |
| --- | --- |
| same-complainant | identity number, telephone or e-mail |
| same-respondent | person; else unit; else folded name |
| same-matter | complainant, category and respondent |
| same-nature | category and handling unit (respondent unit before anybody handles) |
| same-product | product or order |
| same-cause | cause found |
| similar | category, and nearly the same words |
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from huiyin.calendars.months import add_months
from huiyin.cases.state import Case
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.regime.model import Regime

from .loading import load_many
from .models import BlindIndexRow, BookingRow, CaseRow, SanctionRow
from .personal.blind import IDENTIFYING, digests_of
from .personal.data import PersonalData
from .projections.case_row import product_of, respondent_key, title_of
from .recording import Recording
from .search_text import fold

_SPAN = re.compile(r"(?:last |past )?(\d+)\s*(day|week|month|year)s?")
_SIMILAR_ENOUGH = 85
_COMPARED = 200

Held = Callable[[Recording], bool]
BeforeLooking = Callable[[Held], None]
"""Called before a query with a test that tells whether what a batch holds back matters to it."""


class CaseHistory:
    """Earlier cases of one organisation, as seen from a case under a regime at `now`.

    `complainant` is one whose record is not written yet. `before_looking` is called before every query.
    """

    def __init__(
        self,
        organisation_id: UUID,
        regime: Regime,
        now: datetime,
        zone: ZoneInfo,
        complainant: PersonalData | None = None,
        before_looking: BeforeLooking | None = None,
    ) -> None:
        self._organisation = organisation_id
        self._regime = regime
        self._now = now
        self._zone = zone
        self._complainant = complainant
        self._identity: Mapping[str, str] = {}
        self._before_looking = before_looking or _nothing
        self._known: dict[tuple[object, ...], int] = {}

    def earlier(self, case: Case, relation: str, state: str = "any", period: str | None = None) -> int:
        """Number of earlier cases in this relation and state, received within the period."""
        asked = (relation, state, period, case.id, case.category, case.handling_unit, case.respondent, case.facts.get("cause"))
        if asked not in self._known:
            found = self._related(case, relation, state, period)
            self._known[asked] = 0 if found is None else self._count(case, relation, found)
        return self._known[asked]

    def earlier_case(self, case: Case, relation: str, state: str = "any") -> str:
        """The id of the latest such case, or an empty string."""
        found = self._related(case, relation, state, None)
        if found is None:
            return ""
        if relation == "similar":
            return next(iter(self._similar(case, found)), "")
        latest = found.order_by("-id").values_list("id", flat=True).first()
        return str(latest) if latest else ""

    def cases(self, ids: tuple[str, ...]) -> tuple[Case, ...]:
        """Cases and affairs as they stand, in the order of their ids."""
        if not ids:
            return ()
        self._before_looking(lambda _held: True)
        rows = CaseRow.objects.filter(organisation_id=self._organisation, id__in=[UUID(each) for each in ids])
        found = {str(case_id): loaded.case for case_id, loaded in load_many(rows).items()}
        return tuple(found[each] for each in ids if each in found)

    def offences(self, rule: str, person: str, period: str) -> int:
        """Confirmed sanctions under the rule against the person in the period, less those taken back since."""
        if not person:
            return 0
        self._before_looking(lambda held: bool(held.sanctions))
        rows = SanctionRow.objects.filter(organisation_id=self._organisation, against=person, rule=rule)
        since = since_of(period, self._now, self._zone)
        counted = (rows.filter(at__gte=since) if since else rows).aggregate(
            imposed=Count("sequence", filter=Q(withdraws=0)), withdrawn=Count("sequence", filter=Q(withdraws__gt=0))
        )
        return int(counted["imposed"]) - int(counted["withdrawn"])

    def standing(self, against: str) -> dict[str, datetime]:
        """Measures of the regime in force for the person or unit → until when, those taken back since left out."""
        if not against:
            return {}
        self._before_looking(lambda held: bool(held.sanctions))
        regime = (self._regime.parent or self._regime).id
        rows = in_force(self._organisation, self._now).filter(against=against, regime=regime).order_by("stands_until")
        untils = [(name, datetime.fromisoformat(until)) for row in rows for name, until in row.stands.items()]
        return {name: until for name, until in sorted(untils, key=lambda each: each[1]) if until >= self._now}

    def balance(self, ledger: str, account: str) -> float:
        """The opening value and all entries of the ledger's present period."""
        self._before_looking(lambda held: bool(held.bookings))
        declared = self._regime.accountability.ledgers.get(ledger)
        rows = BookingRow.objects.filter(organisation_id=self._organisation, ledger=ledger, account=account)
        since = since_of(f"calendar {declared.period}", self._now, self._zone) if declared and declared.period else None
        booked = (rows.filter(at__gte=since) if since else rows).aggregate(total=Sum("amount"))["total"]
        opening = float(declared.opens_with) if declared and declared.opens_with is not None else 0.0
        return opening + float(booked or 0.0)

    def _count(self, case: Case, relation: str, found: "QuerySet[CaseRow]") -> int:
        return len(self._similar(case, found)) if relation == "similar" else found.count()

    def _related(self, case: Case, relation: str, state: str, period: str | None) -> "QuerySet[CaseRow] | None":
        """The cases in this relation; None when this case names nothing to compare by."""
        found = self._same(case, relation)
        if found is None:
            return None
        self._before_looking(self._matters(case, relation))
        if case.id:
            found = found.exclude(id=UUID(case.id))
        if state == "open":
            found = found.exclude(state="closed")
        elif state == "closed":
            found = found.filter(state="closed")
        since = since_of(period, self._now, self._zone) if period else None
        return found.filter(received_at__gte=since) if since else found

    def _same(self, case: Case, relation: str) -> "QuerySet[CaseRow] | None":
        here = CaseRow.objects.filter(organisation_id=self._organisation).exclude(kind__in=AFFAIR_KINDS)
        about = respondent_key(case.respondent)
        match relation:
            case "same-complainant":
                return self._of_complainant(case, here)
            case "same-respondent":
                return here.filter(respondent_key=about) if about else None
            case "same-matter":
                mine = self._of_complainant(case, here)
                return mine.filter(category=case.category, respondent_key=about) if mine is not None else None
            case "same-nature":
                unit = case.handling_unit or case.respondent.unit
                same_unit = Q(handling_unit=unit) | Q(respondent_unit=unit)
                return here.filter(same_unit, category=case.category) if case.category and unit else None
            case "same-product":
                product = product_of(self._regime, case)
                return here.filter(product=product) if product else None
            case "same-cause":
                cause = str(case.facts.get("cause", ""))
                return here.filter(cause=cause, regime=case.regime) if cause else None
            case "similar":
                return here.filter(category=case.category)
        return None

    def _matters(self, case: Case, relation: str) -> Held:
        if relation in ("same-complainant", "same-matter"):
            mine = set(self._identifying(case))
            return lambda held: any(row.digest in mine for row in held.blind)
        if relation == "same-respondent":
            about = respondent_key(case.respondent)
            return lambda held: any(row.respondent_key == about for row in held.new_cases)
        return lambda held: bool(held.new_cases)

    def _identifying(self, case: Case) -> list[str]:
        """Blind digests of what tells the complainant from everybody else."""
        if not self._identity and self._complainant:
            self._identity = digests_of(self._organisation, self._complainant)
        elif not self._identity and case.complainant.party:
            rows = BlindIndexRow.objects.filter(party_id=UUID(case.complainant.party))
            self._identity = dict(rows.values_list("field", "digest"))
        return [self._identity[field] for field in IDENTIFYING if field in self._identity]

    def _of_complainant(self, case: Case, here: "QuerySet[CaseRow]") -> "QuerySet[CaseRow] | None":
        identifying = self._identifying(case)
        if not identifying:
            return None
        cases = BlindIndexRow.objects.filter(organisation_id=self._organisation, digest__in=identifying)
        return here.filter(id__in=cases.values("case_id"))

    def _similar(self, case: Case, found: "QuerySet[CaseRow]") -> list[str]:
        from rapidfuzz import fuzz

        mine = fold(title_of(self._regime, case))
        latest = found.order_by("-id").values_list("id", "title")[:_COMPARED]
        return [str(one) for one, title in latest if fuzz.token_set_ratio(mine, fold(title)) >= _SIMILAR_ENOUGH]


def in_force(organisation_id: UUID, now: datetime) -> "QuerySet[SanctionRow]":
    """Decisions with a measure that is still in force, those taken back since left out."""
    back = SanctionRow.objects.filter(case_id=OuterRef("case_id"), withdraws=OuterRef("sequence"))
    return SanctionRow.objects.filter(~Exists(back), organisation_id=organisation_id, stands_until__gte=now)


def _nothing(_matters: Held) -> None:
    """Nothing is held back outside batches."""


def since_of(period: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a period began: '90 days', '12 months', 'calendar year', 'month' …; None for one that has no beginning.

    Raises:
        ValueError: the period is not written as the regime language says.
    """
    today = now.astimezone(zone).date()
    words = period.strip().lower()
    span = _SPAN.fullmatch(words)
    if span:
        amount, unit = int(span[1]), span[2]
        if unit in ("day", "week"):
            return now - timedelta(days=amount * (7 if unit == "week" else 1))
        start = add_months(today, -amount * (12 if unit == "year" else 1))
        return datetime.combine(start, now.astimezone(zone).time(), zone)
    unit = words.removeprefix("calendar ").removeprefix("this ")
    match unit:
        case "day":
            start = today
        case "week":
            start = today - timedelta(days=today.weekday())
        case "month":
            start = today.replace(day=1)
        case "quarter":
            start = today.replace(month=today.month - (today.month - 1) % 3, day=1)
        case "half-year":
            start = today.replace(month=1 if today.month <= 6 else 7, day=1)
        case "year":
            start = today.replace(month=1, day=1)
        case "" | "ever":
            return None
        case _:
            raise ValueError(f"不认识的时间段：{period}")
    return datetime.combine(start, time(), zone)
