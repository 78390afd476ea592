"""Ledgers: the entries of one book and what each account holds now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.measures_in_force import measures_in_force
from huiyin.application.viewers import Viewer, viewer_of
from huiyin.cases.measures_in_force import until_words
from huiyin.cases.people import Actor
from huiyin.cases.reversing import reversers
from huiyin.ledgers import Entry, LedgerRule, balance
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.model import Ledger, Regime
from huiyin.site.components import Who
from huiyin.store.models import BookingRow, CaseRow
from huiyin.workbench.desk import Desk
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import date_words

MOST = 500
"""Entries read of one ledger for the page; balances of periods rest on the latest of them."""

SHOWN = 50
"""The latest entries, line by line."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry in words. `note` says that it takes another back, or was taken back; `reverse` leads to doing so.

    `dialog`: doing so is an act of the case; for who does not see the case it is a page of its own that shows the entry.
    """

    day: str
    account: str
    measure: str
    amount: str
    number: str
    href: str
    note: str = ""
    reverse: str = ""
    dialog: bool = False


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What one account holds."""

    who: Who
    balance: str
    entries: int


@dataclass(frozen=True, slots=True)
class Book:
    """One ledger with its accounts and its latest entries."""

    title: str
    regime: str
    note: str
    accounts: Sequence[AccountLine]
    entries: Sequence[EntryLine]


def books(desk: Desk, regimes: Sequence[Regime]) -> list[Book]:
    """Every ledger the reader may see: all accounts for who keeps it or manages the regime, otherwise one's own."""
    viewer = viewer_of(desk.world, desk.who)
    found = []
    for regime in regimes:
        actor = desk.world.actor(desk.who, regime.id)
        for ledger in regime.accountability.ledgers.values():
            whole = _sees_whole(viewer, regime, ledger, actor)
            book = _book(desk, regime, ledger, viewer, whole=whole)
            if whole or book.entries:
                found.append(book)
    return found


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A measure in force: for whom, since and until when, by which article."""

    who: Who
    measure: str
    regime: str
    since: str
    until: str
    cites: Sequence[Cited]


def standing_lines(desk: Desk, regimes: Sequence[Regime]) -> list[StandingLine]:
    """Measures in force the reader may see: all of a regime for who manages it or keeps a ledger of it, else one's own."""
    viewer, found = viewer_of(desk.world, desk.who), []
    known = {regime.id: regime for regime in regimes}
    for each in measures_in_force(desk.world):
        regime = known.get(each.regime)
        measure = regime.accountability.measures.get(each.measure) if regime else None
        if regime is None or measure is None:
            continue
        actor, ledgers = desk.world.actor(desk.who, regime.id), regime.accountability.ledgers.values()
        whole = regime.id in dict(viewer.manages) or any(_sees_whole(viewer, regime, ledger, actor) for ledger in ledgers)
        if whole or each.against == desk.staff.person:
            found.append(
                StandingLine(
                    who=_account_chip(desk, each.against),
                    measure=measure.title,
                    regime=regime.title,
                    since=date_words(each.since.astimezone(desk.world.calendar.zone).date(), desk.world.today),
                    until=until_words(each.until, desk.world.calendar),
                    cites=all_cited(regime, measure.cite),
                )
            )
    return found[:MOST]


def _sees_whole(viewer: Viewer, regime: Regime, ledger: Ledger, actor: Actor) -> bool:
    return regime.id in dict(viewer.manages) or bool(ledger.kept_by and actor.holds(ledger.kept_by))


def _book(desk: Desk, regime: Regime, ledger: Ledger, viewer: Viewer, *, whole: bool) -> Book:
    rows = BookingRow.objects.filter(organisation_id=desk.organisation.pk, regime=regime.id, ledger=ledger.id)
    if not whole:
        rows = rows.filter(account=desk.staff.person)
    booked = list(rows.order_by("-at", "-sequence")[:MOST])
    open_to_me = _visible_cases(viewer, booked[:SHOWN])
    taken_back = {(row.case_id, row.reverses) for row in booked if row.reverses}
    actor = desk.world.actor(desk.who, regime.id)
    return Book(
        title=ledger.title,
        regime=regime.title,
        note=_note(ledger),
        accounts=_accounts(desk, ledger, booked),
        entries=[
            _line(
                desk,
                regime,
                ledger,
                row,
                named=row.case_id in open_to_me,
                taken_back=(row.case_id, row.sequence) in taken_back,
                mine=_may_take_back(regime, row, actor, named=row.case_id in open_to_me),
            )
            for row in booked[:SHOWN]
        ],
    )


def _visible_cases(viewer: Viewer, booked: Sequence[BookingRow]) -> set[UUID]:
    """Cases the reader may see. The others stay unnamed: a sanction must not lead the accused to the complaint."""
    cases = CaseRow.objects.filter(viewer.visible(), id__in={row.case_id for row in booked})
    return set(cases.values_list("id", flat=True))


def _note(ledger: Ledger) -> str:
    periods = {"month": _("按月"), "quarter": _("按季度"), "half-year": _("按半年"), "year": _("按年")}
    parts = [periods[ledger.period]] if ledger.period in periods else []
    if ledger.opens_with:
        parts.append(_("每户起始%(amount)s%(unit)s") % {"amount": f"{ledger.opens_with:g}", "unit": ledger.unit})
    return _("，").join(parts)


def _accounts(desk: Desk, ledger: Ledger, booked: Sequence[BookingRow]) -> list[AccountLine]:
    """Balances by the rules of the ledger, as `huiyin.ledgers` counts them."""
    zone = desk.world.calendar.zone
    by_account: dict[str, list[Entry]] = defaultdict(list)
    for number, row in enumerate(reversed(booked), start=1):
        day = row.at.astimezone(zone).date()
        entry = Entry(number, ledger.id, row.account, row.amount, day, row.measure, row.number)
        by_account[row.account].append(entry)
    rule = LedgerRule(ledger.id, ledger.opens_with, ledger.period)  # type: ignore[arg-type]
    return [
        AccountLine(
            _account_chip(desk, account),
            f"{balance(rule, entries, account, desk.world.today):g}{ledger.unit}",
            len(entries),
        )
        for account, entries in by_account.items()
    ]


def _account_chip(desk: Desk, account: str) -> Who:
    people = desk.world.people
    if account in people.persons:
        return Who(people.name_of(account), me=account == desk.staff.person)
    return Who(people.unit_title(account), kind="unit")


def _may_take_back(regime: Regime, row: BookingRow, actor: Actor, *, named: bool) -> bool:
    """Whether the button stands there; the core decides when it is pressed. Unseen cases leave it to the keeper."""
    ledger = regime.accountability.ledgers[row.ledger]
    roles = reversers(regime, row.ledger, row.rule) if named else (ledger.kept_by,)
    return row.account != actor.person and any(actor.holds(role) for role in roles)


def entry_to_reverse(desk: Desk, case: UUID, sequence: int) -> tuple[Ledger, EntryLine] | None:
    """An entry of a ledger the reader keeps, by itself; None where there is none that could be taken back."""
    row = BookingRow.objects.filter(organisation_id=desk.organisation.pk, case_id=case, sequence=sequence).first()
    if row is None or row.reverses:
        return None
    back = BookingRow.objects.filter(organisation_id=desk.organisation.pk, case_id=case, reverses=sequence)
    regime = next((each for each in regimes_in_force(desk.organisation) if each.id == row.regime), None)
    ledger = regime.accountability.ledgers.get(row.ledger) if regime else None
    if regime is None or ledger is None or back.exists():
        return None
    actor = desk.world.actor(desk.who, regime.id)
    mine = bool(ledger.kept_by) and _may_take_back(regime, row, actor, named=False)
    return (ledger, _line(desk, regime, ledger, row, named=False, taken_back=False, mine=mine)) if mine else None


def _line(
    desk: Desk, regime: Regime, ledger: Ledger, row: BookingRow, *, named: bool, taken_back: bool, mine: bool
) -> EntryLine:
    measure = regime.accountability.measures.get(row.measure)
    act = reverse("desk-act", args=[row.number, f"reverse-booking.{row.sequence}"]) + "?back=ledgers"
    alone = reverse("desk-ledger-reverse", args=[row.case_id, row.sequence])
    note = _("冲销：%(reason)s") % {"reason": row.reason} if row.reverses and named else _("冲销") if row.reverses else ""
    return EntryLine(
        day=date_words(row.at.astimezone(desk.world.calendar.zone).date(), desk.world.today),
        account=_account_chip(desk, row.account).name,
        measure=measure.title if measure else row.measure,
        amount=f"{row.amount:+g}{ledger.unit}",
        number=row.number if named else "",
        href=reverse("desk-case", args=[row.number]) if named else "",
        note=_("已冲销") if taken_back else note,
        reverse=(act if named else alone) if mine and not row.reverses and not taken_back else "",
        dialog=named,
    )
