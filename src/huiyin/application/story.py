"""The story of a case: its events as sentences, newest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from huiyin.cases import events as ev
from huiyin.cases.corresponding import TOLD
from huiyin.cases.outsiders import concerns
from huiyin.cases.recalled import is_number_hidden
from huiyin.regime.model import Regime, Work
from huiyin.regime.vocabulary import RECALL_STAGES
from huiyin.store.availability import clear_failures
from huiyin.store.log import events_of, read_event

from . import sample_words
from .affair_words import affair_title, heard, occasion_facts
from .loading import Opened
from .story_words import Words, local_time

Tone = Literal["act", "approval", "good", "warn", "plain"]
Group = Literal["decision", "contact", "system"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story, plain data. `at` in UTC; `who` is a person id, `who_name` what to show.

    `group` serves filters: decisions 决定, contacts 往来, system 系统. `body` is longer text somebody wrote; `facts` are
    (title, value) pairs; `rule` and `values` say why a rule decided so. `member` tells copies of a step apart (the
    number of a point, a unit).
    """

    sequence: int
    at: datetime
    who: str
    who_name: str
    sentence_zh: str
    cite: tuple[str, ...] = ()
    tone: Tone = "plain"
    group: Group = "system"
    body: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    member: str = ""
    rule: str = ""
    values: Mapping[str, Any] | None = None


def story(opened: Opened) -> list[Entry]:
    """All that happened, newest first, without what the viewer may not see. One query."""
    with clear_failures():
        rows = events_of(opened.row.id)
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    entries = [_entry(row.sequence, event, words) for row in rows if _may_know(opened, event := read_event(row))]
    return [entry for entry in reversed(entries) if entry is not None]


def _may_know(opened: Opened, event: ev.Event) -> bool:
    """A party outside is told what concerns it, everybody else who sees the case all of it."""
    if opened.actor.kind != "outside":
        return True
    directory = opened.world.directory(opened.regime.id)
    return concerns(opened.regime, opened.case, event, opened.actor, directory)


def _entry(sequence: int, event: ev.Event, words: Words) -> Entry | None:
    tell = _TELL.get(type(event))
    if tell is None:
        return None
    told: Entry | None = tell(event, words)
    if told is None:
        return None
    return replace(
        told,
        sentence_zh=_for_the_complainant(told.sentence_zh) if event.on_behalf else told.sentence_zh,
        sequence=sequence,
        at=event.at,
        who=event.by,
        who_name=words.person(event.by),
        cite=event.cite,
        kind=type(event).__name__,
        member=getattr(event, "member", ""),
        rule=event.why.rule if event.why else "",
        values=event.why.values if event.why else None,
    )


def _for_the_complainant(sentence: str) -> str:
    """Whose act it was, where staff entered it: 投诉人撤回 becomes 代投诉人撤回."""
    return f"代投诉人{sentence.removeprefix('投诉人')}"


_NEVER = datetime.min.replace(tzinfo=UTC)


def _say(
    sentence: str, tone: Tone = "plain", group: Group = "system", body: str = "", facts: Mapping[str, Any] | None = None
) -> Entry:
    shown = tuple((title, str(value)) for title, value in (facts or {}).items())
    return Entry(0, _NEVER, "", "", sentence, tone=tone, group=group, body=body, facts=shown)


def _filed(event: ev.Filed, words: Words) -> Entry:
    regime = words.regime
    if event.occasion is not None:
        return _say(f"立为事务，登记为 {event.number}", "act", "system", facts=occasion_facts(event.occasion, words))
    channel = regime.intake.channels.get(event.channel)
    kind = regime.kinds.get(event.kind, event.kind)
    through = channel.title if channel else event.channel
    sentence = f"收到{through if through.endswith(kind) else through + kind}，登记为 {event.number}"  # not 网上投诉投诉
    facts = words.fields(event.matter, regime.intake.fields, "matter")
    if event.late_reason:
        facts["补登原因"] = event.late_reason
    return _say(sentence, "act", "contact", "" if "matter" in words.hidden else "\n".join(event.points), facts)


def _ordered(event: ev.Ordered, words: Words) -> Entry:
    """Who is charged; a plain supervise order is for whoever handles the case."""
    if not event.kind:
        return _say("发出督办单", "warn", "decision", event.text)
    whom = words.person(event.person) if event.person else words.unit(event.unit) if event.unit else words.role(event.to)
    return _say(f"{event.order_title}：交{whom}办理", "warn", "decision", event.text)


def _flagged(event: ev.Flagged, words: Words) -> Entry:
    """A warning that those who handle other matters of the same person see, too."""
    until = f"，到{local_time(event.until, words)}为止" if event.until else "，到解除为止"
    return _say(f"提示办理同一投诉人其他案件的人：{event.flag_title}{until}", "warn", "decision")


_OnOrder = ev.OrderAnswered | ev.ReportAccepted | ev.ReportReturned | ev.OrderRecalled


def _about_order(verb: str, event: _OnOrder, words: Words, otherwise: str = "") -> str:
    """What was done about an order: 报告、认可…, and what it was about."""
    order = words.case.orders[event.key]
    if not order.kind:
        return otherwise or f"{verb}督办单"
    what = {"报告": "办理情况", "认可": "报告", "退回": "报告，须重报", "收回": ""}[verb]
    return f"{verb}{what}：{order.title}（{order.text}）"


def _marked(event: ev.Marked, _words: Words) -> Entry | None:
    return None if event.milestone == "registered" else _say("已告知收到", "plain", "contact")


def _graded(event: ev.Graded, words: Words) -> Entry:
    regime = words.regime
    parts = []
    if event.severity:
        parts.append(f"严重程度定为“{regime.severity.levels.get(event.severity, event.severity)}”")
    if event.category:
        category = regime.categories.get(event.category)
        parts.append(f"类别为“{category.title if category else event.category}”")
    return _say("，".join(parts) or "定级", "act" if event.by_hand else "plain", "decision")


_OUTCOMES: dict[str, tuple[str, Tone]] = {
    "accept": ("受理", "good"),
    "refuse": ("不予受理", "warn"),
    "explain": ("说明情况，不立案", "plain"),
    "settle": ("当场解决", "good"),
    "merge": ("并入在办案件", "plain"),
    "transfer": ("移交", "act"),
    "ask-more": ("要求补正", "plain"),
}


def _assessed(event: ev.Assessed, words: Words) -> Entry:
    outcome, tone = _OUTCOMES.get(event.outcome, (event.outcome, "plain"))
    ground = next((row.title for row in words.regime.assessment if row.id == event.row), event.row)
    target = f"给{event.body.name if event.body else words.role(event.to)}" if event.to else ""
    if event.body is not None and not event.to:
        target = f"，请投诉人向{event.body.name}反映"
    return _say(f"审查结果：{outcome}{target}" + (f"（{ground}）" if ground and ground != outcome else ""), tone, "decision",
                event.text)


def _sent(event: ev.TransferSent, words: Words) -> Entry:
    titles = [item.title for item in words.case.evidence if item.key in event.enclosures]
    facts = {"随案材料": "、".join(titles)} if titles and "evidence" not in words.hidden else {}
    return _say(f"移送{event.body.name}", "act", "decision", event.text, facts)


def _received(event: ev.TransferReceived, _words: Words) -> Entry:
    facts = {"签收人": event.received_by, "签收日期": f"{event.received_on:%Y-%m-%d}", "对方编号": event.their_number}
    return _say("移送已经签收", "good", "contact", event.text, {title: value for title, value in facts.items() if value})


def _undecided(event: ev.LeftUndecided, words: Words) -> Entry:
    missing = "、".join(words.path(path) for path in event.missing)
    return _say(f"{words.rule(event.table)}未能判断：缺少“{missing}”，由人决定", "warn", "decision")


def _assigned(event: ev.Assigned, words: Words) -> Entry:
    who = "、".join(filter(None, (words.unit(event.unit) or words.role(event.role), words.person(event.handler))))
    also = f"，协办：{'、'.join(words.unit(unit) for unit in event.also)}" if event.also else ""
    return _say(f"交由{who}办理{also}", "act", "decision", event.text)


def _opened(event: ev.StepOpened, words: Words) -> Entry | None:
    again = f"（第 {event.round} 轮）" if event.round > 1 else ""
    return _say(f"进入“{words.work(event.step)}”{again}")


def _done(event: ev.WorkDone, words: Words) -> Entry:
    work = words.work_of(event.work)
    outcome = work.outcomes.get(event.outcome) if work else None
    sentence = f"{words.work(event.work)}" + (f"：{outcome.title}" if outcome else "完成")
    facts = words.fields(event.fields, work.fields if work else {}, "facts")
    facts |= words.present(event.present) | words.means(event.via)
    return _say(sentence, "good" if event.is_step else "act", "decision", event.text, facts)


def _passed_over(event: ev.StepPassedOver, words: Words) -> Entry:
    if event.share is not None:
        return _say(f"“{words.work(event.step)}”按{event.share}%抽取，这一件没有抽中")
    return _say(f"不需要“{words.work(event.step)}”，略过")


def _submitted(event: ev.WorkSubmitted, words: Words) -> Entry:
    work = words.work_of(event.work)
    return _say(f"提交“{words.work(event.work)}”，等待审批", "approval", "decision", "",
                words.fields(event.fields, work.fields if work else {}, "facts"))


def _acted(event: ev.ActDone, words: Words) -> Entry:
    told = words.invitation(event.to) if event.act == TOLD else words.role(event.to)
    to = f"，对象：{told}" if event.to else ""
    act = words.work_of(event.act)
    outcome = _outcome_of_act(event, act)
    facts = words.fields(event.fields, words.asked_by_act(event.act), "facts")
    return _say(f"{words.work(event.act)}{outcome}{to}", "act", "contact", event.text, facts | words.present(event.present))


def _outcome_of_act(event: ev.ActDone, act: Work | None) -> str:
    """How a core act ended: its outcome is one of the names of the event."""
    outcomes = act.outcomes.values() if act else ()
    return next((f"：{each.title}" for each in outcomes if f"{event.act}:{each.id}" in event.names), "")


def _material(keys: Iterable[str], words: Words) -> str:
    """Pieces of evidence by name, as far as this viewer may know them."""
    if "evidence" in words.hidden:
        return ""
    titles = [words.material(item) for item in words.case.evidence if item.key in set(keys)]
    return f"“{'、'.join(titles)}”" if titles else ""


def _added(event: ev.EvidenceAdded, words: Words) -> Entry:
    return _say(f"补充材料：{'、'.join(words.material(item) for item in event.evidence)}", "act", "contact")


def _sealed(event: ev.EvidenceSealed, words: Words) -> Entry:
    named = _material((event.evidence, *event.together_with), words)
    facts = {"封条编号": event.seal, "保管处": event.place, **words.present(event.present)}
    return _say(f"封存材料{named}", "act", "decision", event.text, _filled_in(facts))


def _unsealed(event: ev.EvidenceOpened, words: Words) -> Entry:
    act = "拆阅" if event.looked_at else "启封"
    facts = {"封条编号": event.seal, **words.present(event.present)}
    return _say(f"{act}{_material(event.evidence, words)}", "warn", "decision", event.text, _filled_in(facts))


def _weighed(event: ev.EvidenceWeighed, words: Words) -> Entry:
    levels = words.regime.intake.force
    level = levels[event.force].title if event.force in levels else event.force
    other = levels[event.suggested].title if event.suggested in levels and event.suggested != event.force else ""
    sentence = f"认定材料{_material((event.evidence,), words)}的效力：{level}"
    return _say(sentence, "act", "decision", event.text, _filled_in({"制度建议": other}))


def _filled_in(facts: Mapping[str, str]) -> dict[str, str]:
    return {title: said for title, said in facts.items() if said}


def _stopped(sentence: str, event: ev.Suspended | ev.Terminated, act: str, words: Words) -> Entry:
    """Suspended or terminated, with what the regime asked for."""
    facts = words.fields(event.fields, words.regime.acts[act].fields, "facts")
    return _say(sentence, "warn", "decision", event.text, facts)


def _obligation_moved(event: ev.ObligationMoved, words: Words) -> Entry:
    past = "（改定时已过）" if event.late else ""
    return _say(f"“{event.obligation.title}”的到期日改为 {local_time(event.obligation.due, words)}{past}：{event.cause}",
                "warn" if event.late else "plain", "decision")


def _voted(event: ev.ApprovalVoted, words: Words) -> Entry:
    return _say(f"{words.role(event.role)}同意" + ("，审批通过" if event.last else ""), "approval", "decision", event.text)


def _sanction(event: ev.SanctionConfirmed, words: Words) -> Entry:
    rule = words.regime.accountability.rules.get(event.rule)
    against = words.person(event.against) or words.role(event.against_role)
    return _say(f"处理决定：{rule.title if rule else event.rule}（{against}）", "warn", "decision", event.text,
                words.measures(event.measures))


def _booked(event: ev.LedgerBooked, words: Words) -> Entry:
    ledger = words.regime.accountability.ledgers.get(event.ledger)
    title, unit = (ledger.title, ledger.unit) if ledger else (event.ledger, "")
    return _say(f"{title}：{words.person(event.account) or words.unit(event.account)} {event.amount:+g}{unit}", "plain",
                "decision")


def _reversed(event: ev.BookingReversed, words: Words) -> Entry:
    ledger = words.regime.accountability.ledgers.get(event.ledger)
    title, unit = (ledger.title, ledger.unit) if ledger else (event.ledger, "")
    account = words.person(event.account) or words.unit(event.account)
    return _say(f"冲销{title}：{account} {event.amount:+g}{unit}", "warn", "decision", event.text)


def _noticed(event: ev.NoticeQueued, words: Words) -> Entry:
    to = "、".join(words.role(role) for role in event.to)
    return _say(f"通知{to}：{event.notice_title}", "plain", "contact",
                event.text if event.text.rstrip("。") != event.notice_title else "")


def _reminded(event: ev.RungReached, words: Words) -> Entry | None:
    to = "、".join(words.role(role) for role in (*event.remind, *event.tell))
    return _say(f"“{words.obligation(event.key)}”提醒{to}", "warn") if to else None


def _documented(event: ev.DocumentProduced, _words: Words) -> Entry:
    if event.replaces:
        return _say(f"重新出具《{event.form_title}》，第{event.version}版", "act", "decision", event.text)
    return _say(f"出具《{event.form_title}》", "act", "decision")


def _recalled(event: ev.PaperRecalled, words: Words) -> Entry | None:
    if is_number_hidden(words.case, event.number, words.hidden):
        return None
    stage, _event = RECALL_STAGES[event.stage]
    tone: Tone = "warn" if event.stage in ("lost", "voided") else "act"
    named = f"《{event.paper_title}》" if event.is_document else f"编号{event.number}的文书"
    return _say(f"{named}原件{stage}", tone, "decision", event.text)


def _of_sample(told: sample_words.Told | None) -> Entry | None:
    if told is None:
        return None
    return _say(told.sentence, "warn" if told.warns else "act", "decision", facts=told.facts)


def _signed(event: ev.DocumentSigned, words: Words) -> Entry:
    document = words.case.documents.get(event.key)
    where = f"在《{document.title}》上" if document else ""
    return _say(f"{words.role(event.role)}{where}签名", "act", "decision")


def _filled(event: ev.AnswersFilled, words: Words) -> Entry:
    asked = words.regime.questionnaires.get(event.questionnaire)
    facts = {
        asked.questions[name].title if asked and name in asked.questions else name: value
        for name, value in event.answers.items()
    }
    verdict = {True: "：满意", False: "：不满意", None: ""}[event.satisfied]
    tone: Tone = "good" if event.satisfied else "warn" if event.satisfied is False else "plain"
    filled = "填写" if event.on_behalf else ""
    return _say(f"{filled}{asked.title if asked else '问卷'}{verdict}", tone, "contact", "", facts)


def _corrected(event: ev.Corrected, words: Words) -> Entry | None:
    if event.path in words.hidden or event.path.partition(".")[0] in words.hidden:
        return None
    old, new = (words.value(event.path, value) if value not in (None, "", []) else "（空）" for value in (event.old, event.new))
    return _say(f"更正“{words.path(event.path)}”：{old} → {new}", "act", "decision", event.text)


def _refused_attempt(event: ev.AttemptRefused, words: Words) -> Entry:
    return _say(f"尝试“{words.work(event.command)}”，未被允许", "warn", "system", event.message)


def _met(event: ev.ObligationMet, words: Words) -> Entry:
    return _say(f"“{words.obligation(event.key)}”{'超期完成' if event.late else '按期完成'}", "warn" if event.late else "good")


def _closed(event: ev.Closed, words: Words) -> Entry:
    if event.cause == "missed":
        return _say("下一期已经开始，本期没有办理，作“未办”结束", "warn", "decision")
    return _say("办结归档", "good", "decision", words.event(event.cause))


_TELL: dict[type[ev.Event], Callable[[Any, Words], Entry | None]] = {
    ev.Filed: _filed,
    ev.Marked: _marked,
    ev.CompletionAsked: lambda e, w: _say("请投诉人补正，时限暂停", "act", "contact", e.text),
    ev.Completed: lambda e, w: _say(
        "投诉人补正", "act", "contact", e.text, w.fields(e.matter, w.regime.intake.fields, "matter")
    ),
    ev.Withdrawn: lambda e, _: _say("投诉人撤回", "act", "contact", e.text),
    ev.Graded: _graded,
    ev.Assessed: _assessed,
    ev.TransferSent: _sent,
    ev.TransferReceived: _received,
    ev.TransferReturned: lambda e, _: _say("移送被退回，重新审查", "warn", "decision", e.text),
    ev.LeftUndecided: _undecided,
    ev.Assigned: _assigned,
    ev.Recused: lambda e, w: _say(f"{w.person(e.person)}回避", "warn", "decision", e.text),
    ev.StepOpened: _opened,
    ev.StepPassedOver: _passed_over,
    ev.RoundsExhausted: lambda e, w: _say(f"“{w.work(e.step)}”已达规定轮次", "warn"),
    ev.WorkSubmitted: _submitted,
    ev.WorkDone: _done,
    ev.WorkAttempted: lambda e, w: _say(
        f"{w.work(e.work)}：第 {e.attempt} 次未果", "warn", "contact", "", w.means(e.via)
    ),
    ev.StepsCancelled: lambda e, w: _say(
        f"终止环节：{'、'.join(w.work(run.partition('#')[0]) for run in e.runs)}", "plain", "system", w.event(e.cause)
    ),
    ev.ActDone: _acted,
    ev.EvidenceAdded: _added,
    ev.EvidenceSealed: _sealed,
    ev.EvidenceOpened: _unsealed,
    ev.EvidenceWeighed: _weighed,
    ev.Corrected: _corrected,
    ev.AnswersFilled: _filled,
    ev.ObligationStarted: lambda e, w: _say(f"“{e.obligation.title}”开始计时，{w.due(e.obligation)}"),
    ev.ObligationMet: _met,
    ev.ObligationBreached: lambda e, w: _say(f"“{w.obligation(e.key)}”超期", "warn"),
    ev.ObligationCancelled: lambda e, w: _say(f"“{w.obligation(e.key)}”不再计时：{w.event(e.cause)}"),
    ev.ObligationMoved: _obligation_moved,
    ev.RungReached: _reminded,
    ev.ExtensionRefused: lambda e, w: _say(f"不同意延长“{w.obligation(e.key)}”", "warn", "decision", e.text),
    ev.Suspended: lambda e, w: _stopped("中止办理，时限停止计算", e, "suspend", w),
    ev.Resumed: lambda e, _: _say("恢复办理", "act", "decision", e.text),
    ev.Terminated: lambda e, w: _stopped("终止办理", e, "terminate", w),
    ev.Ordered: _ordered,
    ev.OrderAnswered: lambda e, w: _say(_about_order("报告", e, w, "回复督办单"), "act", "contact", e.text),
    ev.ReportAccepted: lambda e, w: _say(_about_order("认可", e, w), "good", "decision", e.text),
    ev.ReportReturned: lambda e, w: _say(_about_order("退回", e, w), "warn", "decision", e.text),
    ev.OrderRecalled: lambda e, w: _say(_about_order("收回", e, w), "plain", "decision", e.text),
    ev.Flagged: _flagged,
    ev.FlagEnded: lambda e, _: _say(f"解除提示：{e.flag_title}", "good", "decision"),
    ev.ApprovalAsked: lambda e, _: _say(f"报请审批：{e.approval.title}", "approval", "decision"),
    ev.ApprovalVoted: _voted,
    ev.ApprovalRejected: lambda e, _: _say("审批不同意", "warn", "decision", e.text),
    ev.ApprovalCancelled: lambda e, w: _say(f"审批撤销：{w.event(e.cause)}", "plain", "decision"),
    ev.ApprovalLapsed: lambda e, w: _say(
        f"审批超时，转由{'、'.join(w.role(role) for role in e.replacement.by)}决定", "warn", "decision"
    ),
    ev.DocumentProduced: _documented,
    ev.DocumentSigned: _signed,
    ev.PaperRecalled: _recalled,
    ev.SampleTaken: lambda e, w: _of_sample(sample_words.taken(e, w)),
    ev.SampleHandedOver: lambda e, w: _of_sample(sample_words.handed_over(e, w)),
    ev.SampleCoded: lambda e, w: _of_sample(sample_words.coded(e, w)),
    ev.SampleTested: lambda e, w: _of_sample(sample_words.tested(e, w)),
    ev.NoticeQueued: _noticed,
    ev.NoticeAcknowledged: lambda e, w: _say(f"{w.role(e.role)}确认收到", "plain", "contact"),
    ev.SanctionConfirmed: _sanction,
    ev.ConcernedNamed: lambda e, w: _say(f"写明对谁作出：{w.person(e.against)}，先听取陈述", "act", "contact"),
    ev.ViewStated: lambda e, _: _say("当事人陈述意见", "act", "contact", e.text),
    ev.SanctionObjected: lambda e, _: _say("当事人提出异议", "warn", "contact", e.text),
    ev.SanctionWithdrawn: lambda e, _: _say("异议成立，撤销处理", "good", "decision", e.text),
    ev.SanctionUpheld: lambda e, _: _say("异议不成立，维持处理", "plain", "decision", e.text),
    ev.LedgerBooked: _booked,
    ev.BookingReversed: _reversed,
    ev.MovedToVersion: lambda e, _: _say(f"改用第{e.version}版制度（原为第{e.before}版）", "plain", "system", e.text),
    ev.CodeRenewed: lambda e, _: _say("重新发放查询码，旧码作废", "act", "contact", e.text),
    ev.CorrectiveOpened: lambda e, w: _say(f"提出整改：{w.corrective(e.corrective)}", "warn", "decision"),
    ev.DutyCalled: lambda e, w: _say(f"引出职责：{affair_title(w.regime, e.duty)}", "plain", "decision"),
    ev.MeasureCalled: lambda e, w: _say(f"执行处理：{affair_title(w.regime, e.measure)}", "plain", "decision"),
    ev.Heard: lambda e, w: _say(heard(e, w), "plain", "decision"),
    ev.Closed: _closed,
    ev.Reopened: lambda e, _: _say("申诉，再次办理" if e.appeal else "再次办理", "act", "decision", e.text),
    ev.OutsideInvited: lambda e, w: _say(f"请{w.role(e.role)}“{e.name}”办理，开通链接", "act", "contact", e.text),
    ev.LinkRenewed: lambda e, w: _say(f"给“{w.invitation(e.key)}”换发验证码", "plain", "contact", e.text),
    ev.InvitationEnded: lambda e, w: _say(f"停用“{w.invitation(e.key)}”的链接", "plain", "contact", e.text),
    ev.Linked: lambda e, _: _say("关联案件", "plain", "system", e.text),
    ev.AttemptRefused: _refused_attempt,
}
"""How each kind of event is told. A test keeps this table complete."""


def titles_of(regime: Regime) -> Mapping[str, str]:
    """Step and act ids with their titles, for filters of the story."""
    return {work.id: work.title for work in (*regime.flow.values(), *regime.acts.values())}
