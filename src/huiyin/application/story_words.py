"""Names for what events mention by id: roles, people, units, steps, fields, limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from huiyin.cases.correcting import RESPONDENT
from huiyin.cases.inviting import invited_name
from huiyin.cases.measures_in_force import until_words
from huiyin.cases.state import GROUP_JOINT, Case, Evidence, Obligation
from huiyin.regime.model import Field, FieldType, Question, Regime, fields_of_work
from huiyin.regime.model.flow import Work
from huiyin.regime.saying import event_title

from .world import World

_TABLES = {"assessment": "受理审查", "routing": "分派", "severity": "定级"}
_SOMEBODY = {"complainant": "投诉人", "system": "系统", "": ""}


@dataclass(frozen=True, slots=True)
class Words:
    """The dictionary of one case for one viewer. `hidden` are paths this viewer may not see."""

    regime: Regime
    case: Case
    world: World
    hidden: frozenset[str] = frozenset()
    open_to: frozenset[str] = frozenset()
    """Keys of evidence sealed for some that this viewer is one of."""

    def person(self, person: str) -> str:
        """A person's name."""
        if person in _SOMEBODY:
            return _SOMEBODY[person]
        return invited_name(self.case, person) or self.world.people.name_of(person)

    def unit(self, unit: str) -> str:
        """A unit's title."""
        return self.world.people.unit_title(unit) if unit else ""

    def party(self, party: str) -> str:
        """Whom a measure or a ledger's account is about: a unit by title, anybody else by name."""
        return self.unit(party) if party in self.world.people.units else self.person(party)

    def role(self, role: str) -> str:
        """A role's title."""
        return self.regime.role_title(role) if role else ""

    def work_of(self, work: str) -> Work | None:
        """A step or act of the regime."""
        return self.regime.flow.get(work) or self.regime.acts.get(work)

    def work(self, work: str) -> str:
        """A step's or act's title."""
        found = self.work_of(work)
        return found.title if found else _COMMANDS.get(work, work)

    def event(self, name: str) -> str:
        """What happened, by the name rules give it: one of the catalogue, or a step or act with its outcome."""
        return _CAUSES.get(name) or event_title(self.regime, name)

    def asked_by_act(self, act: str) -> dict[str, Field]:
        """The fields the regime gave an act; asking for more time has those of each limit besides."""
        found = self.work_of(act)
        fields = dict(found.fields) if found else {}
        if act == "extend":
            for limit in (*self.regime.limits.values(), *(kind.limit for kind in self.regime.orders.values())):
                fields |= limit.extension.fields if limit.extension else {}
        return fields

    def obligation(self, key: str) -> str:
        """The title of a limit that ran in the case."""
        found = self.case.obligations.get(key)
        return found.title if found else key

    def due(self, item: Obligation) -> str:
        """Until when."""
        if item.due is None:
            return "应及时办理"
        return f"{local_time(item.due, self)}前完成" + ("（暂定）" if item.provisional else "")

    def invitation(self, key: str) -> str:
        """The name of a party outside that was given a link."""
        found = self.case.invitations.get(key)
        return found.name if found else key

    def material(self, item: Evidence) -> str:
        """A piece of evidence by name; of what is sealed for others, only its kind."""
        kind = self.regime.intake.evidence.get(item.kind)
        if item.for_some and kind is not None and item.key not in self.open_to:
            return f"{kind.title}（封存）"
        return item.title

    def group(self, group: str) -> str:
        """What a watch or duty is about: a person, a unit, a category, or a name as it stands; several where it is both."""
        return "、".join(self._one_of_group(part) for part in group.split(GROUP_JOINT))

    def _one_of_group(self, group: str) -> str:
        known = self.regime.categories.get(group)
        if known is not None:
            return known.title
        return self.world.people.name_of(group) if group in self.world.people.persons else self.unit(group)

    def corrective(self, name: str) -> str:
        """The title of a corrective action."""
        found = self.regime.corrective.get(name)
        return found.title if found else name

    def rule(self, table: str) -> str:
        """The title of a rule table or rule."""
        return _TABLES.get(table, f"规则 {table} ")

    def path(self, path: str) -> str:
        """The title of a field by its path, such as matter.distance."""
        field = self.field(path)
        return field.title if field else RESPONDENT.get(path) or path.partition(".")[2] or path

    def field(self, path: str) -> Field | None:
        """The field a path names; None for what is no field of the regime, such as respondent.unit."""
        section, _, name = path.partition(".")
        if section == "matter" and name in self.regime.intake.fields:
            return self.regime.intake.fields[name]
        return fields_of_work(self.regime).get(name) if section != "respondent" else None

    def value(self, path: str, value: Any) -> str:
        """A value as people read it: a person by name, a unit by title, a choice by its words."""
        return self.read(value, self.field(path), path.partition(".")[2] if path in RESPONDENT else "")

    def read(self, value: Any, field: Field | None, kind: str = "") -> str:
        """A field's value; `kind` says that it is the id of a `person` or a `unit` where no field does."""
        kind = kind or (str(field.type) if field is not None else "")
        if isinstance(value, str) and kind == FieldType.PERSON:
            return self.person(value)
        if isinstance(value, str) and kind == FieldType.UNIT:
            return self.unit(value)
        return said(value, field, self.world.calendar.zone)

    def answer(self, value: Any, question: Question | None) -> str:
        """An answer as it was given: the point of a scale with its word, a choice by its words."""
        if question is None:
            return shown(value, None)
        if question.type is not None:
            return self.read(value, Field(question.id, question.title, question.type, question.choices))
        return f"{value:g}分，{SCALE[int(value)]}" if value in SCALE else shown(value, None)

    def present(self, present: Iterable[str]) -> dict[str, str]:
        """Who took part: roles by title, others as they were written."""
        who = "、".join(self.role(each) for each in present)
        return {"在场": who} if who else {}

    def means(self, via: Iterable[str]) -> dict[str, str]:
        """By what means somebody was reached."""
        how = "、".join(self.regime.means_title(each) for each in via)
        return {"方式": how} if how else {}

    def fields(self, values: Mapping[str, Any], declared: Mapping[str, Field], section: str) -> dict[str, str]:
        """Titles and shown values of fields as the form asks for them, without what is empty or hidden from this viewer."""
        return {
            field.title if field else name: self.read(value, field)
            for name in (*(name for name in declared if name in values), *(name for name in values if name not in declared))
            for value, field in ((values[name], declared.get(name) or self.field(f"{section}.{name}")),)
            if value not in (None, "", []) and f"{section}.{name}" not in self.hidden
        }

    def measures(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Measures with their amounts."""
        found = {}
        for name, amount in values.items():
            measure = self.regime.accountability.measures.get(name)
            title, unit = (measure.title, measure.unit) if measure else (name, "")
            found[title] = "是" if amount is True else f"{amount:g}{unit}" if isinstance(amount, int | float) else str(amount)
        return found

    def in_force(self, stands_until: Mapping[str, str]) -> dict[str, str]:
        """Measures that are in force for a time, with until when."""
        known, calendar = self.regime.accountability.measures, self.world.calendar
        return {
            f"{known[name].title if name in known else name}的效力": until_words(datetime.fromisoformat(until), calendar)
            for name, until in stands_until.items()
        }


SCALE = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
"""What the points of a questionnaire's scale mean."""

_CAUSES = {"next-period": "下一期开始", "recalled": "收回交办"}
"""Causes that are no events, or are called otherwise than the event of that name."""

_COMMANDS = {
    "File": "登记",
    "Approve": "审批同意",
    "Reject": "审批不同意",
    "DecideTable": "人工判断",
    "Fill": "填写问卷",
    "Acknowledge": "确认收到",
}


def said(value: Any, field: Field | None, zone: ZoneInfo) -> str:
    """A field's value as people read it, its day in the language of the page, its time in the organisation's zone."""
    if field is None or field.type not in (FieldType.DATE, FieldType.DATETIME) or not isinstance(value, str):
        return shown(value, field)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:      # kept by an earlier version of the regime, in which it was a text
        return value
    if moment.tzinfo is not None:       # programs may have given it in another zone
        moment = moment.astimezone(zone)
    return date_format(moment, "DATE_FORMAT" if field.type is FieldType.DATE else "DATETIME_FORMAT")


def shown(value: Any, field: Field | None) -> str:
    """A field's value as it is kept where words are kept; days as they are written."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(shown(each, field) for each in value)
    if field is not None and isinstance(value, str) and value in field.choices:
        return field.choices[value]
    if field is not None and field.type is FieldType.MONEY and isinstance(value, int | float):
        return f"{value:,.2f} 元"
    return f"{value:g}" if isinstance(value, float) else str(value)


def local_time(at: datetime | None, words: Words) -> str:
    """12月1日17:30 in the organisation's time zone, with the year where it is not this one; the end of a day is its date alone."""
    if at is None:
        return ""
    local = at.astimezone(words.world.calendar.zone)
    clock = "" if (local.hour, local.minute) == (23, 59) else f"{local.hour}:{local.minute:02}"
    return day_said(local.date(), words) + clock


def day_said(day: date, words: Words) -> str:
    """12月1日; with the year where it is not this one."""
    year = "" if day.year == words.world.today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
