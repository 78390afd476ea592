"""“为什么是这一天？”: every due time explains itself, day by day."""

from dataclasses import dataclass, replace
from datetime import datetime

from huiyin.calendars import Calendar, ExplainedDay, Explanation, Unit
from huiyin.calendars.written import parse_span
from huiyin.regime.affairs import MEASURE
from huiyin.regime.model import Regime

from . import due_changes
from .approvals import declared_stage
from .due_times import written
from .hearing import heard_until
from .state import Case, Obligation, PendingApproval


@dataclass(frozen=True, slots=True)
class DueReason:
    """Why an obligation is due when it is. `days` is None for limits that are no span of time.

    `changes`: label and sentence for each thing that moved it since, `changes_en` in English. `through`: every day to the
    time it is due now; the days of the first due time where nothing moved it or its days cannot be numbered.
    """

    sentences: tuple[tuple[str, str], ...]
    days: Explanation | None
    changes: tuple[tuple[str, str], ...]
    changes_en: tuple[tuple[str, str], ...] = ()
    through: tuple[ExplainedDay, ...] = ()


def explain_due(case: Case, item: Obligation, calendar: Calendar) -> DueReason:
    """The reason of a due time: from, given, skipped, counted, until; then what moved it since."""
    try:
        span = parse_span(item.written)
    except ValueError:
        span = None
    if span is None or item.first_due is None:
        changes, changes_en = due_changes.chinese(item, calendar), due_changes.english(item, calendar)
        return DueReason(_plain(case, item, calendar), None, changes, changes_en)
    days = calendar.explain(item.started_at, span)
    since = replace(item, provisional=item.provisional and not days.provisional)     # the days say it themselves
    changes, changes_en = due_changes.chinese(since, calendar), due_changes.english(since, calendar)
    sentences = tuple(days.sentences_zh(_start_word(case, item)))
    return DueReason(sentences, days, changes, changes_en, _through(item, days, calendar))


def _through(item: Obligation, first: Explanation, calendar: Calendar) -> tuple[ExplainedDay, ...]:
    """The days to the present due time. Working days go on being numbered; the numbers have to come out as was granted."""
    if item.due is None or item.due == item.first_due:
        return first.days
    spans = [first.span, *(parse_span(added) for added in item.added)]
    if any(span.unit is not Unit.WORKDAYS for span in spans):
        return first.days
    days = calendar.workdays_through(item.started_at, item.due, item.pauses)
    return days if days[-1].ordinal == sum(span.amount for span in spans) else first.days


def other_deadlines(regime: Regime, case: Case) -> tuple[Obligation, ...]:
    """Times a case has besides its limits, written as limits so that they explain themselves in the same way.

    Until when the person concerned states a view, and when the present stage of a proposal goes to somebody else.
    """
    found: list[Obligation] = []
    for pending in case.approvals.values():
        until, rule = heard_until(pending), regime.accountability.rules.get(pending.subject)
        if until is not None and not pending.payload.get("stated") and rule is not None and rule.heard is not None:
            named = pending.payload.get("heard_from")
            begin = datetime.fromisoformat(named) if named else pending.asked_at
            found.append(_as_limit(pending, f"当事人陈述：{pending.title}", (), begin, until, written(rule.heard)))
        stage = pending.stages[pending.stage]
        declared = declared_stage(regime, pending, pending.stage)
        if stage.lapses_at is not None and declared is not None and declared.within is not None:
            begin, roles = pending.since or pending.asked_at, stage.all_of or stage.by
            found.append(_as_limit(pending, f"审批：{pending.title}", roles, begin, stage.lapses_at, written(declared.within)))
    return tuple(found)


def _as_limit(
    pending: PendingApproval, title: str, owner: tuple[str, ...], begin: datetime, due: datetime, how_long: str
) -> Obligation:
    return Obligation(
        key=pending.key, limit="", title=title, owner=owner, started_at=begin, due=due, provisional=False, status="running",
        cite=pending.cite, row=-1, written=how_long, first_due=due,
    )  # fmt: skip


def _start_word(case: Case, item: Obligation) -> str:
    return "收到" if item.started_at == case.received_at else "起算"


def _plain(case: Case, item: Obligation, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    sentences = [("从", _moment(item.started_at, calendar))]
    words = {
        "at once": "立即办理",
        "promptly": "及时办理，制度没有规定天数",
        "same day": "当日办完",
        "same workday": "当个工作日办完",
        "next workday start": "下一个工作日上班时",
        "at occasion.due": "制度给这项处理的时间" if case.kind == MEASURE else "到本期结束",
        "before day end": "当日结束前",
        "before week end": "本周结束前",
        "before month end": "本月结束前",
        "before quarter end": "本季度结束前",
        "before half-year end": "本半年结束前",
        "before year end": "本年结束前",
    }
    words["by giver"] = "交办人定的日期"
    sentences.append(("给", words.get(item.written, "按约定的时间")))
    if item.first_due is not None:
        sentences.append(("到", _moment(item.first_due, calendar)))
    return tuple(sentences)


def _moment(value: datetime, calendar: Calendar) -> str:
    local = value.astimezone(calendar.zone)
    return f"{local.month}月{local.day}日{local.hour}:{local.minute:02}"
