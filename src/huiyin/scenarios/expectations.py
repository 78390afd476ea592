"""What a story expects, compared with what is. Each key has its reader in the table at the foot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from huiyin.cases.access import Sight, sight
from huiyin.cases.advice import discouraged, texts_of
from huiyin.cases.events import NoticeQueued, RungReached
from huiyin.cases.outsiders import evidence_of, may_read
from huiyin.cases.people import Actor
from huiyin.cases.phases import phase_of
from huiyin.cases.recalled import is_void
from huiyin.cases.standing import assignees
from huiyin.cases.transferring import parts_of_package
from huiyin.cases.turns import turns

from .scene import Scene


@dataclass(frozen=True, slots=True)
class Difference:
    """Expected and actual, in words."""

    key: str
    expected: str
    actual: str


def compare(scene: Scene, expected: Mapping[str, Any]) -> list[Difference]:
    """Everything that is not as expected, in what the story looks at or in what `about` or `case` names."""
    found: list[Difference] = []
    expected = dict(expected)
    try:
        scene = looking_at(scene, expected.pop("about", None), expected.pop("case", None))
    except AssertionError as trouble:
        return [Difference("about", "有这项事务", str(trouble))]
    for key, value in expected.items():
        reader = _READERS.get(key)
        if reader is None:
            found.append(Difference(key, str(value), f"不认识这个期望；可用：{'、'.join(_READERS)}"))
            continue
        try:
            found.extend(reader(scene, key, value))
        except AssertionError as trouble:
            found.append(Difference(key, str(value), str(trouble)))
    return found


def looking_at(scene: Scene, about: Any, number: Any) -> Scene:
    """The scene as seen from an affair (by its name) or from the first, second … case.

    Raises:
        AssertionError: there is none.
    """
    if about is not None:
        return replace(scene, current=scene.affair(str(about)))
    return replace(scene, current=scene.numbered(int(number))) if number is not None else scene


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _same(key: str, expected: Any, actual: Any) -> list[Difference]:
    return [] if expected == actual else [Difference(key, str(expected), str(actual) or "（无）")]


def _attribute(name: str) -> Callable[[Scene, str, Any], list[Difference]]:
    def read(scene: Scene, key: str, expected: Any) -> list[Difference]:
        return _same(key, expected, getattr(scene.the_case, name))

    return read


def _body(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """The body outside that the case went to, or that the complainant is told to turn to; `~` for none."""
    body = scene.the_case.body
    return _same(key, expected, body.name if body else None)


def _transfer(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """How far a transfer has come: decided, sent, received, returned; `~` where there is none."""
    transfer = scene.the_case.transfer
    return _same(key, expected, transfer.stage if transfer else None)


def _encloses(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """What a transfer that was sent carries: forms, `statement`, `evidence`."""
    return _same(key, sorted(_list(expected)), sorted(parts_of_package(scene.the_case, scene.regime)))


def _paused(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """The limits that stand still."""
    actual = sorted(item.limit for item in scene.the_case.running() if item.paused_at is not None)
    return _same(key, sorted(_list(expected)), actual)


def _phase(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return _same(key, expected, phase_of(scene.the_case))


def _decided(scene: Scene, key: str, expected: Mapping[str, str]) -> list[Difference]:
    case = scene.the_case
    found: list[Difference] = []
    for table, row in expected.items():
        actual = case.severity if table == "severity" else case.decided.get(table, "")
        found += _same(f"{key}.{table}", row, actual)
    return found


def _assigned(scene: Scene, key: str, expected: Any) -> list[Difference]:
    case = scene.the_case
    holders = {case.handling_role, case.handling_unit, case.handler_role, case.handler, *case.also}
    missing = [each for each in _list(expected) if each not in holders]
    actual = "、".join(sorted(each for each in holders if each))
    return [Difference(key, str(expected), actual or "无人承办")] if missing else []


def _open(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({run.step for run in scene.the_case.open_runs()})
    return _same(key, sorted(_list(expected)), actual)


def _due(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    zone = scene.world.calendar.zone
    for limit, wanted in expected.items():
        items = [item for item in scene.the_case.obligations.values() if item.limit == limit]
        if not items:
            found.append(Difference(f"{key}.{limit}", str(wanted), "没有这项时限"))
            continue
        due = items[-1].due
        if due is None or wanted in (None, "promptly", "none"):
            actual = "promptly" if due is None else due.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16]
            found += _same(f"{key}.{limit}", "promptly" if wanted in (None, "none") else str(wanted), actual)
            continue
        local = due.astimezone(zone)
        if (isinstance(wanted, date) and not isinstance(wanted, datetime)) or len(str(wanted)) <= len("2026-01-01"):
            found += _same(f"{key}.{limit}", str(wanted), local.date().isoformat())
        else:
            text = (
                wanted.isoformat(sep=" ")[:16] if isinstance(wanted, datetime) else str(wanted).replace("T", " ")[:16]
            )
            found += _same(f"{key}.{limit}", text, local.isoformat(sep=" ")[:16])
    return found


def _provisional(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted(item.limit for item in scene.the_case.running() if item.provisional)
    return _same(key, sorted(_list(expected)), actual)


def _overdue(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({item.limit for item in scene.the_case.running() if item.status == "overdue"})
    return _same(key, sorted(_list(expected)), actual)


def _flagged(scene: Scene, key: str, expected: Any) -> list[Difference]:
    now = scene.now
    assert now is not None  # something was done before anything is expected
    standing = [name for name, flag in scene.the_case.flags.items() if flag.stands(now)]
    return _same(key, sorted(_list(expected)), sorted(standing))


def _running(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({item.limit for item in scene.the_case.running()})
    return _same(key, sorted(_list(expected)), actual)


def _met(scene: Scene, key: str, expected: Any) -> list[Difference]:
    met = {item.limit for item in scene.the_case.obligations.values() if item.status == "met"}
    missing = [limit for limit in _list(expected) if limit not in met]
    return [Difference(key, "、".join(missing), "、".join(sorted(met)))] if missing else []


def _happened(scene: Scene, key: str, expected: Any) -> list[Difference]:
    signals = scene.the_case.signals
    missing = [name for name in _list(expected) if name not in signals]
    return [Difference(key, "、".join(missing), "发生过：" + "、".join(signals))] if missing else []


def _not_happened(scene: Scene, key: str, expected: Any) -> list[Difference]:
    wrong = [name for name in _list(expected) if name in scene.the_case.signals]
    return [Difference(key, "没有发生 " + "、".join(wrong), "发生了")] if wrong else []


def _tells(wanted: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    """Who was told by which notice or paper, or was not."""

    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        found: list[Difference] = []
        for role, papers in expected.items():
            told = {
                name
                for event in scene.events
                if isinstance(event, NoticeQueued) and role in event.to
                for name in (event.notice, event.form, event.about)
            }
            found += _among(f"{key}.{role}", papers, told - {""}, wanted, "没有通知")
        return found

    return read


def _rungs(field_name: str, wanted: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    """Who was reminded of, or told about, which limits by a ladder, or was not. `field_name`: remind or tell."""

    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        found: list[Difference] = []
        obligations = scene.the_case.obligations
        for role, limits in expected.items():
            reached = {
                obligations[event.key].limit
                for event in scene.events
                if isinstance(event, RungReached) and role in {each.partition(":")[0] for each in getattr(event, field_name)}
            }
            found += _among(f"{key}.{role}", limits, reached, wanted, "没有提醒")
        return found

    return read


def _among(key: str, names: Any, actual: set[str], wanted: bool, nothing: str) -> list[Difference]:
    """The names that should be among these and are not, or the other way round."""
    wrong = [name for name in _list(names) if (name in actual) != wanted]
    said = "、".join(sorted(actual)) or nothing
    return [Difference(key, ("" if wanted else "没有 ") + "、".join(wrong), said)] if wrong else []


def _produces(scene: Scene, key: str, expected: Any) -> list[Difference]:
    made = {document.form for document in scene.the_case.documents.values()}
    missing = [form for form in _list(expected) if form not in made]
    return [Difference(key, "、".join(missing), "、".join(sorted(made)) or "没有文书")] if missing else []


def _unsigned(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({document.form for document in scene.the_case.documents.values() if document.missing()})
    return _same(key, sorted(_list(expected)), actual)


def _signed(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    """Roles whose places on the latest paper of a form are all signed: form → roles."""
    found: list[Difference] = []
    for form, roles in expected.items():
        papers = [document for document in scene.the_case.documents.values() if document.form == form]
        complete = set(papers[-1].needs) - set(papers[-1].missing()) if papers else set()
        missing = [role for role in _list(roles) if role not in complete]
        if missing:
            found.append(Difference(f"{key}.{form}", "、".join(missing), "、".join(sorted(complete)) or "没有签名"))
    return found


def _proposes(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Sanctions and rewards that wait: rule → measure → amount, and `against`: whom they concern."""
    waiting = {item.subject: item.payload for item in scene.the_case.approvals.values() if item.kind == "sanction"}
    if not expected:
        return _same(key, [], sorted(waiting))
    found: list[Difference] = []
    for rule, measures in expected.items():
        if rule not in waiting:
            found.append(Difference(f"{key}.{rule}", str(measures), "没有这项建议；现有：" + "、".join(waiting)))
            continue
        offered = {"against": waiting[rule]["against"], **waiting[rule]["propose"]}
        for name, amount in measures.items():
            found += _same(f"{key}.{rule}.{name}", _amount(amount), _amount(offered.get(name)))
    return found


def _amount(value: Any) -> Any:
    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        return (float(low), float(high))
    if isinstance(value, list | tuple):
        return tuple(float(each) for each in value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _ledger(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for ledger, wanted in expected.items():
        accounts = {event.account for event in scene.world.booked if event.ledger == ledger}
        values = wanted if isinstance(wanted, dict) else {next(iter(accounts), ""): wanted}
        for account, amount in values.items():
            found += _same(f"{key}.{ledger}.{account}", float(amount), scene.world.balance(ledger, account))
    return found


def _owes(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    case, world = scene.the_case, scene.world
    found: list[Difference] = []
    owed = turns(scene.regime, case, world)
    for role, works in expected.items():
        mine = set(assignees(scene.regime, case, (role,), world))
        has = {name for turn in owed if mine & set(turn.assignees) for name in (turn.work, turn.key.partition("#")[0])}
        missing = [work for work in _list(works) if work not in has]
        if missing:
            found.append(Difference(f"{key}.{role}", "、".join(missing), "、".join(sorted(has)) or "没有待办"))
    return found


def _visibility(hidden: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        case, world = scene.the_case, scene.world
        scene.firing.looked_at(case)
        found: list[Difference] = []
        for who, paths in expected.items():
            viewer = _viewer(scene, who)
            view = sight(scene.regime, case, viewer, world)
            for path in _list(paths):
                is_hidden = not view.sees or _is_hidden(scene, viewer, view, str(path))
                if is_hidden != hidden:
                    found.append(Difference(f"{key}.{who}", str(path), "看不到" if is_hidden else "看得到"))
        return found

    return read


def _is_hidden(scene: Scene, viewer: Actor, view: Sight, path: str) -> bool:
    """Whether somebody who sees the case does not see this of it: a content, a kind of evidence, the latest paper of a form."""
    regime, case = scene.regime, scene.the_case
    section, _, name = path.partition(".")
    if section == "forms":
        papers = [each for each in case.documents.values() if each.form == name]
        return not (papers and may_read(regime, case, papers[-1], viewer, scene.world))
    if section == "evidence" and name:
        return all(item.kind != name for item in evidence_of(regime, case, viewer, view.hidden))
    if section == "complainant" and name:  # in full; masked, the complainant is only not hidden
        return not view.personal
    return path in view.hidden


def _viewer(scene: Scene, who: str) -> Actor:
    role = scene.world.outside_role(who)
    if role is not None and role.reached_by == "link":
        return scene.world.through_link(scene.the_case, who, scene.now)
    found = assignees(scene.regime, scene.the_case, (who,), scene.world) if who not in scene.world.staff else ()
    person = next((item.person for item in found if item.person), "")
    return scene.world.actor(person or who)


def _cite(scene: Scene, key: str, expected: Any) -> list[Difference]:
    cited = set(scene.refused.cite) if scene.refused else {each for event in scene.last for each in event.cite}
    missing = [str(each) for each in _list(expected) if str(each) not in cited]
    return [Difference(key, "、".join(missing), "、".join(sorted(cited)) or "没有依据")] if missing else []


def _refused(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = f"{scene.refused.code}" if scene.refused else "没有被拒绝"
    return [] if actual == expected else [Difference(key, str(expected), actual + _why(scene))]


def _missing(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Exactly the fields a refusal speaks of: with `refused: missing-field`, what was not filled in."""
    actual = sorted(scene.refused.fields) if scene.refused else []
    return _same(key, sorted(str(each) for each in _list(expected)), actual)


def _why(scene: Scene) -> str:
    return f"（{scene.refused.message}）" if scene.refused else ""


def _undecided(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """What the rules lack to decide; an empty list says that they lack nothing."""
    missing = {path for paths in scene.the_case.undecided.values() for path in paths}
    if not _list(expected):
        return _same(key, [], sorted(missing))
    names = {path.rpartition(".")[2] for path in missing} | missing
    wrong = [each for each in _list(expected) if each not in names]
    return [Difference(key, "、".join(wrong), "、".join(sorted(missing)) or "都能判断")] if wrong else []


def _facts(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    return [
        d for name, value in expected.items() for d in _same(f"{key}.{name}", value, scene.the_case.facts.get(name))
    ]


def _samples(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    """Of each sample (`original-1`): its `code`, whether it is `intact`, how many `results` are in, its `keeper` …"""
    found: list[Difference] = []
    for name, wanted in expected.items():
        sample = scene.the_case.samples.get(name)
        if sample is None:
            found.append(Difference(f"{key}.{name}", str(wanted), "没有这件样品"))
            continue
        keep = sample.keep_until
        actual = {
            "code": sample.code,
            "number": sample.number,
            "intact": sample.intact,
            "results": len(sample.round_results),
            "keeper": sample.keeper,
            "handed": len(sample.passages),
            "keep_until": keep.astimezone(scene.world.calendar.zone).date().isoformat() if keep else "",
        }
        for aspect, value in wanted.items():
            if aspect not in actual:
                found.append(Difference(f"{key}.{name}.{aspect}", str(value), f"可用：{'、'.join(actual)}"))
                continue
            plain = value.isoformat() if isinstance(value, date) else value
            found += _same(f"{key}.{name}.{aspect}", plain, actual[aspect])
    return found


def _void(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Papers, by number or form, that count no more."""
    return [Difference(key, str(each), "仍然有效") for each in _list(expected) if not is_void(scene.the_case, str(each))]


def _discouraged(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Exactly the phrases in what the last action said that the regime advises against."""
    command = scene.command
    if command is None:
        return _same(key, _list(expected), [])
    found = discouraged(scene.regime, scene.the_case, getattr(command, "work", ""), texts_of(command))
    return _same(key, sorted(_list(expected)), sorted(each.phrase for each in found))


def _fires(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return _same(key, sorted(_list(expected)), sorted(scene.fired))


def _open_affairs(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted(track.affair for track in scene.tracks if track.affair and track.is_open)
    return _same(key, sorted(_list(expected)), actual)


def _not_open_affairs(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = {track.affair for track in scene.tracks if track.affair and track.is_open}
    wrong = [name for name in _list(expected) if name in actual]
    return [Difference(key, "没有 " + "、".join(wrong), "、".join(sorted(actual)))] if wrong else []


def _member(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return _same(key, str(expected), scene.current.member if scene.current else "")


def _stems(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return _same(key, int(expected), len(scene.the_case.stems))


def _carried(scene: Scene, key: str, expected: Any) -> list[Difference]:
    occasion = scene.the_case.occasion
    actual = [track.affair for track in scene.tracks if occasion and track.id in occasion.carried]
    return _same(key, sorted(_list(expected)), sorted(actual))


def _measured(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for commitment, wanted in expected.items():
        value = scene.figure(commitment)
        scene.all_along.read("commitments", commitment)
        actual = None if value is None else round(value, 1)
        found += _same(f"{key}.{commitment}", None if wanted is None else round(float(wanted), 1), actual)
    return found


_READERS: dict[str, Callable[[Scene, str, Any], list[Difference]]] = {
    "phase": _phase,
    "state": _attribute("state"),
    "category": _attribute("category"),
    "severity": _attribute("severity"),
    "handler": _attribute("handler"),
    "decided": _decided,
    "assigned": _assigned,
    "body": _body,
    "transfer": _transfer,
    "encloses": _encloses,
    "paused": _paused,
    "open": _open,
    "discouraged": _discouraged,
    "due": _due,
    "provisional": _provisional,
    "overdue": _overdue,
    "flagged": _flagged,
    "running": _running,
    "met": _met,
    "happened": _happened,
    "not_happened": _not_happened,
    "tells": _tells(True),
    "not_tells": _tells(False),
    "reminded": _rungs("remind", True),
    "not_reminded": _rungs("remind", False),
    "told": _rungs("tell", True),
    "not_told": _rungs("tell", False),
    "produces": _produces,
    "unsigned": _unsigned,
    "signed": _signed,
    "proposes": _proposes,
    "ledger": _ledger,
    "owes": _owes,
    "sees": _visibility(False),
    "hides": _visibility(True),
    "cite": _cite,
    "refused": _refused,
    "missing": _missing,
    "undecided": _undecided,
    "facts": _facts,
    "samples": _samples,
    "void": _void,
    "fires": _fires,
    "open_affairs": _open_affairs,
    "not_open_affairs": _not_open_affairs,
    "member": _member,
    "stems": _stems,
    "carried": _carried,
    "measured": _measured,
}

EXPECTATIONS = frozenset(_READERS) | {"about", "case"}
"""All keys an expectation may have."""
