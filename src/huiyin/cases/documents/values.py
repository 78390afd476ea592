"""The contents a form can name, as labelled texts: name → label and what the case says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from huiyin.cases.state import Case
from huiyin.cases.values import PRIVATE, is_empty
from huiyin.records import made_quickly
from huiyin.regime.form_names import CASE_NAMES
from huiyin.regime.model import Field, FieldType, Regime, fields_of_work
from huiyin.regime.saying import article_label
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS, CATALOGUE

from .content import Run, Text
from .wording import day_words, has_boxes, moment_words, plain_value, ticked, yes_no

STATES = {"open": "办理中", "waiting": "等待补正", "suspended": "已中止", "closed": "已办结"}


@made_quickly
@dataclass(frozen=True, slots=True)
class Production:
    """The act of producing a document: which form, by what work of whom, when. `listed`: personal data shown in full.

    `change`: the mark of a document that replaces another. `carried`: earlier affairs with points still open, where the
    form lists them. `handed_down`: for a paper of an affair, path → what the case it came of says.
    """

    key: str
    form: str
    work: str
    member: str
    by: str
    at: datetime
    number: str
    version: int
    zone: ZoneInfo
    outcome: str = ""
    listed: frozenset[str] = frozenset()
    change: Text = ()
    carried: tuple[Case, ...] = ()
    handed_down: Mapping[str, Any] = dataclass_field(default_factory=dict)


@made_quickly
@dataclass(frozen=True, slots=True)
class Contents:
    """Looks up what a form names, in one case at one moment."""

    regime: Regime
    case: Case
    production: Production

    def named(self, name: str) -> "Named":
        """What the regime knows of a name."""
        return _named(self.regime, name)

    def label(self, name: str) -> str:
        """What the content is called."""
        return _named(self.regime, name).label

    def path(self, name: str) -> str:
        """The full path of a name: `account` → `matter.account`."""
        return _named(self.regime, name).path

    def field(self, name: str) -> Field | None:
        """The declared field behind a name, where it is one of intake or work."""
        return _named(self.regime, name).field

    def is_left_out(self, name: str) -> bool:
        """Whether it is a setting that the organisation has not filled in: the case cannot say it, nor can a pen."""
        _, _, section, key, _, _ = _named(self.regime, name)
        return section == "settings" and key in self.regime.settings and key not in self.regime.answers

    def text(self, name: str, *, cell: bool = False) -> Text:
        """What the case says; empty when it says nothing.

        In a `cell` of a form choices are boxes to tick and times have their hour; in sentences and lists they have not.
        """
        _, path, section, key, field, boxes = _named(self.regime, name)
        if section in ("matter", "facts"):
            return self.value(self._said(section, key), field, path, boxes=cell and boxes)
        if section == "complainant":
            return self._complainant(key)
        if section == "body":
            return words(getattr(self.case.body, key, "") if self.case.body else "", path)
        if section == "transfer":
            return words(self._transfer(key), path)
        if path in _SAID:
            return _SAID[path](self)
        if section == "answers":
            return words(self._answer(key), path)
        if section == "settings":
            return words(plain_value(self.regime.answers.get(key), None, self.production.zone))
        if path in _TIMES:
            at, zone = _TIMES[path](self), self.production.zone
            return words(moment_words(at, zone) if cell or at is None else day_words(at.astimezone(zone).date()), path)
        return words(self._case(path), path)

    def value(self, value: Any, field: Field | None, path: str, *, boxes: bool = False) -> Text:
        """A stored value of a field as text; `boxes`: with all choices of the field, those chosen ticked."""
        if value == PRIVATE and field is not None and field.private:
            return (Run(path, path, "personal", self.is_listed(path)),)
        if boxes and field is not None:
            return words(ticked(field, value), path)
        if is_empty(value):
            return ()
        if field is not None and field.type in (FieldType.PERSON, FieldType.UNIT):
            kind = "person" if field.type is FieldType.PERSON else "unit"
            return (Run(str(value), path, kind),)  # type: ignore[arg-type]
        return words(plain_value(value, field, self.production.zone), path)

    def is_listed(self, path: str) -> bool:
        """Whether the form lists this personal data by name."""
        return path in self.production.listed or path.partition(".")[2] in self.production.listed

    def cited(self, articles: Iterable[str]) -> str:
        """Articles in brackets, as a decision names them; empty for none."""
        names = "、".join(article_label(each) for each in articles)
        return f"（依据{names}）" if names else ""

    def _transfer(self, key: str) -> str:
        if key == "number":
            return self.case.transfer_number
        value = getattr(self.case.transfer, key, "") if self.case.transfer else ""
        return day_words(value) if isinstance(value, date) else str(value or "")

    def _said(self, section: str, key: str) -> Any:
        """What was filled in here, or else in the case that an affair came of."""
        value = getattr(self.case, section).get(key)
        return self.production.handed_down.get(f"{section}.{key}") if is_empty(value) else value

    # -- of the case -----------------------------------------------------------------------------------------------

    def _complainant(self, key: str) -> Text:
        who, path = self.case.complainant, f"complainant.{key}"
        if key == "people":
            return words(f"{who.people}人")
        if key not in _OF_A_PERSON:
            return words(self._case(path), path)
        if who.anonymous:
            return words("匿名", path) if key == "name" else ()
        return (Run(path, path, "personal", self.is_listed(path)),) if who.party else ()

    def _case(self, path: str) -> str:
        """Names of the language that conditions know as well (case.round …)."""
        say = _OF_THE_CASE.get(path)
        return say(self) if say else ""

    def due(self) -> datetime | None:
        """Until when the case is to be answered: the latest due time of a limit that leads to the reply or the end."""
        ends = {"replied", "concluded", "closed"}
        steps = {step.id for step in self.regime.flow.values() if ends & set(step.marks)}
        leading = {limit.id for limit in self.regime.limits.values() if (ends | steps) & set(limit.end)}
        found = [item.due for item in self.case.obligations.values() if item.limit in leading and item.due is not None]
        return found[-1] if found else None

    def _answer(self, key: str) -> str:
        value = self._said("answers", key)
        for asked in self.regime.questionnaires.values():
            question = asked.questions.get(key)
            if question is not None and isinstance(value, str) and value in question.choices:
                return question.choices[value]
            if question is not None and question.type is None and isinstance(value, int | float):
                return f"{value:g}分"
        return plain_value(value, None, self.production.zone)


class Named(NamedTuple):
    """A name of a form, resolved in a regime."""

    label: str
    path: str
    section: str
    key: str
    field: Field | None
    boxes: bool
    """Whether its choices are few enough to be ticked."""


@lru_cache(maxsize=1024)
def _named(regime: Regime, name: str) -> Named:
    path = path_of(regime, name)
    section, _, key = path.partition(".")
    field: Field | None = None
    if section == "matter":
        field = _intake_fields(regime).get(key)
    elif section == "facts":
        field = fields_of_work(regime).get(key)
    if field is not None:
        label = field.title
    elif section == "answers":
        label = next((each.questions[key].title for each in regime.questionnaires.values() if key in each.questions), key)
    elif section == "settings" and key in regime.settings:
        label = regime.settings[key].title
    else:
        label = CASE_NAMES.get(path, key or path)
    return Named(label, path, section, key, field, boxes=field is not None and has_boxes(field))


def path_of(regime: Regime, name: str) -> str:
    """The full path of a name a form uses: `account` → `matter.account`."""
    if "." in name or name in CASE_NAMES:
        return name
    if name in _intake_fields(regime):
        return f"matter.{name}"
    return f"facts.{name}" if name in fields_of_work(regime) else f"answers.{name}"


def _intake_fields(regime: Regime) -> Mapping[str, Field]:
    """What is asked at filing; of an affair, which nobody files, that of its regime."""
    return regime.intake.fields if regime.parent is None else regime.parent.intake.fields


def _satisfied(it: Contents) -> str:
    return "满意" if it.case.happened("satisfied") else "不满意" if it.case.happened("dissatisfied") else ""


def _outcome(it: Contents) -> str:
    work = it.regime.flow.get(it.production.work) or it.regime.acts.get(it.production.work)
    found = work.outcomes.get(it.production.outcome) if work else None
    return found.title if found else ""


_OF_THE_CASE: Mapping[str, Callable[[Contents], str]] = {
    "case.number": lambda it: it.case.number,
    "case.kind": lambda it: it.regime.kinds.get(it.case.kind, it.case.kind),
    "case.channel": lambda it: _title(it.regime.intake.channels, it.case.channel, it.case.channel),
    "case.category": lambda it: _title(it.regime.categories, it.case.category),
    "case.severity": lambda it: it.regime.severity.levels.get(it.case.severity, ""),
    "case.from": lambda it: it.case.source or (it.regime.role_title(it.case.passed_on_by) if it.case.passed_on_by else ""),
    "case.points": lambda it: "\n".join(f"{number}. {point}" for number, point in enumerate(it.case.points, start=1)),
    "case.evidence": lambda it: "、".join(
        _title(it.regime.intake.evidence, item.kind, item.title) if item.for_some else item.title for item in it.case.evidence
    ),
    "case.state": lambda it: STATES[it.case.state],
    "case.units": lambda it: f"{len(it.case.units)}个",
    "case.off_hours": lambda it: yes_no(it.case.off_hours),
    "case.anonymous": lambda it: yes_no(it.case.complainant.anonymous),
    "case.reachable": lambda it: yes_no(it.case.complainant.reachable),
    "complainant.is_staff": lambda it: yes_no(it.case.complainant.is_staff),
    "complainant.is_organisation": lambda it: yes_no(it.case.complainant.is_organisation),
    "satisfied": _satisfied,
    "document.number": lambda it: it.production.number,
    "document.version": lambda it: f"第{it.production.version}版",
    "regime.title": lambda it: f"《{it.regime.title}》",
    "work.outcome": _outcome,
}
"""What the names of a case and of the regime say, each looked up only where a form names it."""


def _title(declared: Mapping[str, Any], key: str, otherwise: str = "") -> str:
    return str(declared[key].title) if key in declared else otherwise


_OF_A_PERSON = frozenset({"name", "phone", "address", "email", "id_number"})


def words(text: str, path: str = "") -> Text:
    """A text of one run; nothing for no words."""
    return (Run(text, path),) if text else ()


def _respondent(contents: Contents) -> Text:
    who = contents.case.respondent
    unit = (Run(who.unit, "respondent.unit", "unit"),) if who.unit else ()
    return unit + (words(" ") if unit and _accused(contents) else ()) + _accused(contents)


def _accused(contents: Contents) -> Text:
    who = contents.case.respondent
    if who.person:
        return (Run(who.person, "respondent.person", "person"),)
    if who.party:
        full = contents.is_listed("respondent.person") or contents.is_listed("respondent")
        return (Run("respondent.name", "respondent.person", "personal", full),)
    return words(who.name, "respondent.person")


def _person(person: str, path: str) -> Text:
    return (Run(person, path, "person"),) if person else ()


def _decided(contents: Contents, table: str) -> Text:
    """What was decided, for which reason, under which article."""
    regime, case = contents.regime, contents.case
    row_id = case.decided.get(table, "")
    rows = regime.assessment if table == "assessment" else regime.routing
    row = next((each for each in rows if each.id == row_id), None)
    reason = row.title if row else ""
    cite = contents.cited(row.cite) if row else ""
    if table == "assessment":
        outcome = CATALOGUE[ASSESSMENT_EVENTS[case.assessment]] if case.assessment else ""
        between = f"：{reason}" if outcome and reason and reason != outcome else ""
        return words(f"{outcome}{between}{cite}" if outcome else "", "assessment")
    unit: Text = (Run(case.handling_unit, "handling-unit", "unit"),) if case.handling_unit else ()
    if not unit and case.handling_role:
        unit = words(regime.role_title(case.handling_role))
    return unit + words(cite) if unit else ()


_TIMES: Mapping[str, Callable[[Contents], datetime | None]] = {
    "case.received_at": lambda c: c.case.received_at,
    "case.filed_at": lambda c: c.case.filed_at,
    "case.answered_at": lambda c: c.case.signals["replied"].last if "replied" in c.case.signals else None,
    "case.closed_at": lambda c: c.case.closed_at,
    "case.due": lambda c: c.due(),
}

_SAID: Mapping[str, Callable[[Contents], Text]] = {
    "respondent": _respondent,
    "respondent.unit": lambda c: (
        (Run(c.case.respondent.unit, "respondent.unit", "unit"),) if c.case.respondent.unit else ()
    ),
    "respondent.person": _accused,
    "first-receiver": lambda c: _person(c.case.first_receiver, "first-receiver"),
    "handler": lambda c: _person(c.case.handler, "handler"),
    "handling-unit": lambda c: (
        (Run(c.case.handling_unit, "handling-unit", "unit"),) if c.case.handling_unit else ()
    ),
    "also": lambda c: joined([(Run(unit, "also", "unit"),) for unit in c.case.also]),
    "assessment": lambda c: _decided(c, "assessment"),
    "routing": lambda c: _decided(c, "routing"),
    "organisation": lambda c: (Run("", "", "organisation"),),
    "work.by": lambda c: _person(c.production.by, "work.by"),
    "work.cite": lambda c: words(_articles(c)),
    "now": lambda c: words(day_words(c.production.at.astimezone(c.production.zone).date())),
}


def _articles(contents: Contents) -> str:
    """The articles that the producing work rests on, with their wording."""
    work = contents.regime.flow.get(contents.production.work) or contents.regime.acts.get(contents.production.work)
    cites = work.cite if work else contents.regime.forms[contents.production.form].cite
    known = [(article_label(each), contents.regime.articles.get(each, "")) for each in cites]
    return "\n".join(f"{label}：{text}" if text else label for label, text in known)


def joined(texts: Iterable[Text], mark: str = "、") -> Text:
    """Texts one after another with a mark between."""
    result: list[Run] = []
    for text in texts:
        if result and text:
            result.append(Run(mark))
        result.extend(text)
    return tuple(result)
