"""Commands nobody should send: wrong types, unknown names, absurd values, mixed with names that do exist."""

from dataclasses import MISSING, fields
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from huiyin.calendars import Span, Unit
from huiyin.cases.commands import COMMANDS, RECORD_ACTS, Command
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence

from .play import Play

NO_ZONE = datetime.fromisoformat("2020-01-01T00:00:00")
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
ODD_TEXTS = [
    "",
    " ",
    "无",
    "\x00",
    "\ud800",
    "a#b",
    "matter.account",
    "respondent.unit",
    "case.number",
    "9" * 5_000,
    "x" * 30_000,
]
ODD_VALUES: list[Any] = [
    None, True, -1, 0, 10**400, 1e308, float("nan"), float("inf"), [], {}, {"a": {}}, [[]], object(), b"x", "1e999",
    "0001-01-01", "9999-12-31", "9999-12-31T23:59:59+14:00", FIRST, LAST, NO_ZONE, Span(1, Unit.DAYS),
]  # fmt: skip
SPANS = [
    Span(0, Unit.DAYS),
    Span(5, Unit.WORKDAYS),
    Span(10**9, Unit.YEARS),
    Span(3_000_000, Unit.WORKDAYS),
    Span(10**7, Unit.MINUTES),
]


def hostile_commands(play: Play) -> st.SearchStrategy[Command]:
    """Any command, its values drawn from what exists in the case and from what cannot be meant."""
    return st.sampled_from(sorted(COMMANDS)).flatmap(lambda name: _commands(COMMANDS[name], play))


def _commands(kind: type[Command], play: Play) -> st.SearchStrategy[Command]:
    wanted = {each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING}
    values = {each.name: _values(each.name, play) for each in fields(kind)}
    optional = {name: value for name, value in values.items() if name not in wanted}
    chosen = st.fixed_dictionaries({name: values[name] for name in wanted}, optional=optional)
    return chosen.map(lambda given: kind(**given))


def _values(name: str, play: Play) -> st.SearchStrategy[Any]:
    """Values for one part of a command: right ones, wrong ones, and of no sense at all."""
    texts = st.sampled_from([*_known_names(play), *ODD_TEXTS])
    odd = st.sampled_from(ODD_VALUES)
    mappings = st.dictionaries(st.sampled_from(_field_names(play)), st.one_of(odd, texts), max_size=4)
    by_name: dict[str, st.SearchStrategy[Any]] = {
        "fields": mappings,
        "matter": mappings,
        "answers": mappings,
        "measures": mappings,
        "kind_of_act": st.sampled_from([*RECORD_ACTS, "sing", ""]),
        "by": st.sampled_from(SPANS),
        "within": st.sampled_from([None, *SPANS]),
        "evidence": st.one_of(texts, st.just(()), st.sampled_from([(Evidence("k", "photo", "照片"),), (Evidence("k", "", "照片"),)])),
        "complainant": st.sampled_from([Complainant(), Complainant(people=-5), Complainant(people=10**12), Complainant(party="\ud800")]),
        "respondent": st.sampled_from([Respondent(), Respondent("unit", "天文台"), Respondent("person", "", "desk")]),
        "received_at": st.sampled_from([None, datetime(2020, 1, 1, tzinfo=UTC), NO_ZONE, FIRST, LAST]),
        "on_behalf": st.booleans(),
        "value": st.one_of(odd, texts),
    }  # fmt: skip
    lists = {"also", "present", "points", "conduct"}
    usual = by_name.get(name, st.lists(texts, max_size=3).map(tuple) if name in lists else texts)
    return st.one_of(usual, usual, usual, usual, odd)  # mostly of the right type, so that more than shapes is tried


def _known_names(play: Play) -> list[str]:
    regime, case = play.regime, play.case
    names = [*regime.flow, *regime.acts, *regime.limits, *regime.roles, *regime.categories, *regime.severity.levels]
    names += ["assessment", "routing", *(row.id for row in (*regime.assessment, *regime.routing))]
    names += [f"matter.{name}" for name in regime.intake.fields]
    names += [unit for role in regime.roles for unit in play.world.units_of(role)]
    if case is not None:
        names += [*case.steps, *case.approvals, *case.documents, *case.orders, *case.obligations]
    return names


def _field_names(play: Play) -> list[str]:
    regime = play.regime
    works = (*regime.flow.values(), *regime.acts.values())
    names = [*regime.intake.fields, *(name for work in works for name in work.fields)]
    return [*dict.fromkeys(names), *regime.accountability.measures, "unknown", "\ud800"]
