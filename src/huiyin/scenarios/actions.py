"""A line of a story becomes a command."""

from datetime import date, datetime, time
from typing import Any

from huiyin.calendars import Span
from huiyin.calendars.written import parse_span
from huiyin.cases import commands as cmd
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence
from huiyin.regime.model import Regime

from .script import ScriptError
from .world import World

_ABOUT_THE_LINE = ("at", "each", "about", "case")
_SPAN_WORDS = ("workdays", "days", "hours", "weeks", "months")
_PERFORM = (
    "outcome", "answers", "present", "row", "to", "unit", "handler", "also", "into", "body", "member", "text", "via",
)  # fmt: skip
_FILE = ("kind", "channel", "category", "points", "anonymous", "people", "is_staff", "is_organisation", "reachable")


def moment(value: Any, world: World) -> datetime:
    """The time of a line; a bare date is nine in the morning, local."""
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime.combine(value, time(9))
    else:
        text = str(value).strip()
        found = datetime.fromisoformat(text)
        if len(text) <= len("2026-01-01"):
            found = found.replace(hour=9)
    return found.replace(tzinfo=world.calendar.zone) if found.tzinfo is None else found


def split(line: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Actor, verb and arguments of an action: the first key that is neither `at` nor an argument of its own names both."""
    for key, value in line.items():
        if key not in _ABOUT_THE_LINE:
            rest = {name: each for name, each in line.items() if name not in (*_ABOUT_THE_LINE, key)}
            return key, str(value), rest
    raise ScriptError("动作应写成 {at: 时间, 谁: 做什么}")


def command_for(verb: str, arguments: dict[str, Any], world: World, regime: Regime) -> cmd.Command:
    """The command a verb stands for; `regime` is that of the case or affair it is about."""
    if verb == "file":
        return _file(arguments, world)
    if verb == "fill":
        name = str(arguments.pop("questionnaire", ""))
        return cmd.Fill(questionnaire=name, answers=arguments.pop("answers", arguments))
    if verb == "acknowledge":
        return cmd.Acknowledge(notice=str(arguments.get("notice", "")))
    if verb in ("approve", "reject"):
        return _vote(verb, arguments)
    if verb in ("state-view", "object-to"):
        return _about_oneself(verb, arguments)
    if verb == "reverse-booking":
        return cmd.ReverseBooking(ledger=str(arguments.get("ledger", "")), text=str(arguments.get("text", "如述")))
    if verb == "renew-code":
        return cmd.RenewCode(text=str(arguments.get("text", "如述")))
    if verb == "decide":
        return cmd.DecideTable(**{**arguments, "also": tuple(arguments.get("also", ()))})
    if verb in cmd.RECORD_ACTS:
        return _record(verb, arguments)
    if verb in cmd.COMMANDS and verb in regime.acts and verb not in regime.flow:
        return _core(verb, arguments)
    return _perform(verb, arguments)


def _about_oneself(verb: str, arguments: dict[str, Any]) -> cmd.Command:
    text, rule = str(arguments.get("text", "如述")), str(arguments.get("rule", ""))
    return cmd.StateView(text=text, rule=rule) if verb == "state-view" else cmd.ObjectTo(text=text, rule=rule)


def _file(arguments: dict[str, Any], world: World) -> cmd.File:
    given = dict(arguments)
    respondent = _respondent(given.pop("respondent", None), world)
    anonymous = bool(given.pop("anonymous", False))
    complainant = Complainant(
        party="" if anonymous else "complainant",
        anonymous=anonymous,
        reachable=bool(given.pop("reachable", True)),
        is_staff=bool(given.pop("is_staff", False)),
        is_organisation=bool(given.pop("is_organisation", False)),
        people=int(given.pop("people", 1)),
    )
    received = given.pop("received_at", None)
    return cmd.File(
        kind=str(given.pop("kind", next(iter(world.regime.kinds)))),
        channel=str(given.pop("channel", next(iter(world.regime.intake.channels)))),
        category=str(given.pop("category", "")),
        points=tuple(given.pop("points", ())),
        complainant=complainant,
        respondent=respondent,
        passed_on_by=str(given.pop("from", "")),
        received_at=moment(received, world) if received is not None else None,
        late_reason=str(given.pop("late_reason", "")),
        source=str(given.pop("source", "")),
        evidence=_evidence(given.pop("evidence", ())),
        matter={**given.pop("fields", {}), **given},
    )


def _respondent(given: Any, world: World) -> Respondent:
    if isinstance(given, dict):
        return Respondent(**{"kind": "person" if given.get("person") else "unit", **given})
    if isinstance(given, str) and given in world.staff:
        return Respondent("person", world.unit_of(given) or "", given)
    if isinstance(given, str):
        return Respondent("unit", given)
    for name, held in world.staff.items():
        role = held.get("role") if isinstance(held, dict) else held
        if role == "respondent":
            return Respondent("person", world.unit_of(name) or "", name)
    return Respondent()


def _evidence(given: Any) -> tuple[Evidence, ...]:
    """Kinds by name, or `{receipt: {amount: 286, place: 窗口}}` with what is said about a piece; its key may be given."""
    items = [given] if isinstance(given, str | dict) else list(given)
    pieces: list[Evidence] = []
    for item in items:
        for kind, said in (item if isinstance(item, dict) else {str(item): {}}).items():
            data = dict(said or {})
            key, place = str(data.pop("key", f"evidence-{len(pieces) + 1}")), str(data.pop("place", ""))
            pieces.append(Evidence(key, str(kind), str(data.pop("title", kind)), data=data, place=place))
    return tuple(pieces)


def _vote(verb: str, arguments: dict[str, Any]) -> cmd.Command:
    rule, key, text = (str(arguments.pop(name, "")) for name in ("rule", "key", "text"))
    present = _several(arguments.pop("present", ()))
    if verb == "reject":
        return cmd.Reject(rule=rule, key=key, text=text or "不同意", present=present)
    return cmd.Approve(
        rule=rule,
        key=key,
        text=text,
        present=present,
        conduct=_several(arguments.pop("conduct", ())),
        person=str(arguments.pop("person", "")),
        measures={**arguments.pop("measures", {}), **arguments},
    )


def _several(given: Any) -> tuple[str, ...]:
    """A list of names; one may stand alone."""
    return (given,) if isinstance(given, str) else tuple(given)


def _record(verb: str, arguments: dict[str, Any]) -> cmd.Record:
    behalf = bool(arguments.pop("on_behalf", False))
    text, to = str(arguments.pop("text", "")), str(arguments.pop("to", ""))
    orders, asked = _charges(arguments.pop("orders", ())), _asked_besides(arguments)
    fields = arguments.pop("fields", arguments)
    text = text or ("" if fields else "记录")
    return cmd.Record(kind_of_act=verb, text=text, to=to, fields=fields, on_behalf=behalf, orders=orders, **asked)


def _asked_besides(arguments: dict[str, Any]) -> dict[str, Any]:
    """What a regime may ask of any core act: its outcome, for which copy, answers, who took part, by what means."""
    found: dict[str, Any] = {name: arguments.pop(name) for name in ("outcome", "answers") if name in arguments}
    found |= {name: _several(arguments.pop(name)) for name in ("present", "via") if name in arguments}
    return found | ({"member": str(arguments.pop("member"))} if "member" in arguments else {})


def _charges(given: Any) -> tuple[cmd.Charge, ...]:
    """Whom work charges with what: one, or a list; `{text, to, unit, person, due}`, or only what is to be done."""
    items = given if isinstance(given, list | tuple) else [given]
    return tuple(cmd.Charge(each) if isinstance(each, str) else cmd.Charge(**each) for each in items)


def _core(verb: str, arguments: dict[str, Any]) -> cmd.Command:
    kind = cmd.COMMANDS[verb]
    names = set(kind.__dataclass_fields__)
    given: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    given |= _asked_besides(arguments)
    for name, value in arguments.items():
        if name in _SPAN_WORDS:
            given["by" if verb == "extend" else "within"] = parse_span(f"{value} {name}")
        elif name in ("by", "within") and isinstance(value, str):
            given[name] = parse_span(value)
        elif name == "orders":
            given[name] = _charges(value)
        elif name == "evidence" and verb == "add-evidence":
            given[name] = _evidence(value)
        elif name in names:
            given[name] = tuple(value) if isinstance(value, list) else value
        else:
            rest[name] = value
    holder = "matter" if "matter" in names else "fields"
    if rest:
        if holder not in names:
            raise ScriptError(f"“{verb}”没有 {'、'.join(rest)}")
        given[holder] = {**given.get(holder, {}), **rest}
    if "text" in names and "text" not in given:
        given["text"] = "如述"
    if verb == "extend" and not isinstance(given.get("by"), Span):
        raise ScriptError("延长请写时长，例如 workdays: 10")
    return kind(**given)


def _perform(verb: str, arguments: dict[str, Any]) -> cmd.Perform:
    given: dict[str, Any] = {}
    for name in _PERFORM:
        if name in arguments:
            value = arguments.pop(name)
            given[name] = (
                ((value,) if isinstance(value, str) else tuple(value)) if name in ("present", "also", "via") else value
            )
    if "orders" in arguments:
        given["orders"] = _charges(arguments.pop("orders"))
    if "member" in given:
        given["member"] = str(given["member"])
    behalf = bool(arguments.pop("on_behalf", False))
    return cmd.Perform(work=verb, fields={**arguments.pop("fields", {}), **arguments}, on_behalf=behalf, **given)
