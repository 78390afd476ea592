"""Everything owed on a case: who owes what until when. Work lists and counters are made of these."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from huiyin.records import made_quickly
from huiyin.regime.model import Regime

from .bodies import votes_by_quorum, waiting_members
from .hearing import heard_until
from .inviting import awaited
from .people import Assignee, Directory
from .standing import addressed, assignees, doers
from .standing_still import lapsed_completion
from .state import Case, Obligation, PendingApproval, StepRun
from .tables import deciders

TurnKind = Literal["limit", "step", "approval", "hearing", "order", "acknowledge", "sign", "decide", "invite"]


@made_quickly
@dataclass(frozen=True, slots=True)
class Turn:
    """One thing owed. `due` None: no figure. Times in UTC.

    `work` is the step or limit to do for it; empty for a limit that is called like a step whose turn has not come.
    """

    kind: TurnKind
    key: str
    work: str
    title: str
    due: datetime | None
    provisional: bool
    cite: tuple[str, ...]
    assignees: tuple[Assignee, ...]
    since: datetime
    overdue: bool = False
    paused: bool = False


def turns(regime: Regime, case: Case, directory: Directory) -> tuple[Turn, ...]:
    """All that is owed now, in no particular order. An open step is listed through its limit where it has one."""
    if case.state == "closed":
        return (*_approvals(regime, case, directory), *_hearings(case, directory))
    found = [*_limits_and_steps(regime, case, directory), *_approvals(regime, case, directory)]
    found += _hearings(case, directory)
    found += _orders(regime, case, directory)
    for notice, roles in case.acknowledgements.items():
        declared = regime.notices.get(notice)
        title = f"确认收到：{declared.title if declared else notice}"
        who = assignees(regime, case, roles, directory)
        cite = declared.cite if declared else ()
        found.append(Turn("acknowledge", notice, notice, title, None, False, cite, who, case.filed_at))
    for document in case.documents.values():
        unsigned = document.next_to_sign()
        if document.lacks and document.missing():
            who = assignees(regime, case, regime.acts["reissue"].by, directory)[:1]
            title = f"补齐《{document.title}》的{'、'.join(document.lacks)}后重新出具"
            found.append(Turn("sign", document.key, "reissue", title, None, False, (), who, document.produced_at))
        elif unsigned:
            who = assignees(regime, case, tuple(unsigned), directory)
            title = f"在《{document.title}》上签名"
            found.append(Turn("sign", document.key, document.form, title, None, False, (), who, document.produced_at))
    found += _decisions(regime, case, directory)
    return tuple(found)


def _orders(regime: Regime, case: Case, directory: Directory) -> list[Turn]:
    """What somebody was charged with: a report until its due time, then a word on it from whoever accepts it."""
    found = []
    for order in case.orders.values():
        item = case.obligations.get(order.obligation)
        if order.waits:
            again = "重新" if order.returned else ""
            title = f"{again}报告{order.title}：{order.text}" if order.kind else "回复督办单"
            found.append(
                Turn(
                    kind="order",
                    key=order.key,
                    work="answer-order",
                    title=title,
                    due=item.due if item else None,
                    provisional=bool(item and item.provisional),
                    cite=item.cite if item else (),
                    assignees=tuple(addressed(regime, case, order, directory)),
                    since=order.ordered_at,
                    overdue=bool(item and item.status == "overdue"),
                    paused=bool(item and item.paused_at),
                )
            )
        elif order.to_accept:
            roles = [f"giver:{order.key}" if role == "giver" else role for role in order.accepted_by]
            who = assignees(regime, case, roles, directory)
            title, since = f"审核{order.title}的报告：{order.text}", order.answered_at or order.ordered_at
            found.append(Turn("order", order.key, "accept-report", title, None, False, (), who, since))
    return found


def _decisions(regime: Regime, case: Case, directory: Directory) -> list[Turn]:
    """What a person has to decide because the rules could not, or because the complainant did not answer."""
    found = []
    for table, title in (("assessment", "人工判断：受理审查"), ("routing", "人工判断：分派")):
        if table in case.undecided and not any(item.kind == table for item in case.approvals.values()):
            who = assignees(regime, case, deciders(regime, case, table), directory)
            found.append(Turn("decide", table, table, title, None, False, (), who, case.filed_at))
    lapsed = lapsed_completion(case)
    if lapsed is not None and lapsed.breached_at is not None:
        who = assignees(regime, case, deciders(regime, case, "assessment"), directory)
        title = "补正期限已过：恢复办理或者终止"
        found.append(Turn("step", "resume", "resume", title, None, False, lapsed.cite, who, lapsed.breached_at))
    return found


def _limits_and_steps(regime: Regime, case: Case, directory: Directory) -> list[Turn]:
    covered: set[str] = set()
    found: list[Turn] = []
    open_runs = [run for run in case.open_runs() if run.status == "open"]
    reports = {order.obligation for order in case.orders.values()}
    for item in case.running():
        if item.key in reports:
            continue  # listed as what the addressee was charged with
        limit = regime.limits.get(item.limit)
        by_act = limit is not None and limit.repeat is not None and limit.each in regime.acts
        ends = {name.partition(":")[0].partition(".")[0] for name in limit.end} if limit and not by_act else set()
        runs = [run for run in open_runs if run.step in ends]
        covered.update(run.key for run in runs)
        found.append(_of_limit(regime, case, item, runs, directory))
    for run in open_runs:
        if run.key not in covered:
            step = regime.flow[run.step]
            who = doers(regime, case, step, directory)
            found.append(Turn("step", run.key, step.id, step.title, None, False, step.cite, who, run.opened_at))
    return [*found, *_invitations(regime, case, open_runs, directory)]


def _invitations(regime: Regime, case: Case, open_runs: list[StepRun], directory: Directory) -> list[Turn]:
    """A step waits for a party outside that has no link yet: whoever may give it one, the handler before all others."""
    found: dict[str, Turn] = {}
    for run in open_runs:
        step = regime.flow[run.step]
        role = awaited(regime, case, step)
        if role:
            who = assignees(regime, case, ("handler", *regime.acts["invite"].by), directory)[:1]
            title = f"给{regime.role_title(role)}开通链接：等“{step.title}”"
            found.setdefault(role, Turn("invite", role, "invite", title, None, False, step.cite, who, run.opened_at))
    return list(found.values())


def _of_limit(regime: Regime, case: Case, item: Obligation, runs: list[StepRun], directory: Directory) -> Turn:
    """A limit belongs to the doer of its open step; before that step opens, to those who hold things up."""
    step = regime.flow[runs[0].step] if runs else None
    who = doers(regime, case, step, directory) if step else assignees(regime, case, item.owner, directory)
    return Turn(
        kind="limit",
        key=item.key,
        work=step.id if step else "" if item.limit in regime.flow else item.limit,
        title=item.title,
        due=item.due,
        provisional=item.provisional,
        cite=item.cite,
        assignees=who,
        since=item.started_at,
        overdue=item.status == "overdue",
        paused=item.paused_at is not None,
    )


def _approvals(regime: Regime, case: Case, directory: Directory) -> list[Turn]:
    return [
        Turn(
            kind="approval",
            key=pending.key,
            work=pending.subject,
            title=f"审批：{pending.title}",
            due=pending.stages[pending.stage].lapses_at,
            provisional=False,
            cite=pending.cite,
            assignees=voters(regime, case, directory, pending),
            since=pending.asked_at,
        )
        for pending in case.approvals.values()
    ]


def _hearings(case: Case, directory: Directory) -> list[Turn]:
    """Whoever is to be heard before a measure is confirmed, until they have spoken."""
    found = []
    for pending in case.approvals.values():
        until = heard_until(pending)
        if until is None or pending.payload.get("stated"):
            continue
        against = str(pending.payload["against"])
        who = directory.heads_of(against) or (against,)
        title = f"当事人陈述：{pending.title}"
        meant = tuple(Assignee("", person=person) for person in who)
        found.append(
            Turn("hearing", pending.key, pending.subject, title, until, False, pending.cite, meant, pending.asked_at)
        )
    return found


def voters(regime: Regime, case: Case, directory: Directory, pending: PendingApproval) -> tuple[Assignee, ...]:
    """Who still has to decide in the present stage of an approval: of a body that votes, each member who has not."""
    stage = pending.stages[pending.stage]
    found: list[Assignee] = []
    for role in (each for each in (stage.all_of or stage.by) if each not in stage.voted_roles):
        if votes_by_quorum(regime, case, directory, role, pending):
            found += [Assignee(role, person=each) for each in waiting_members(case, directory, role, pending)]
        else:
            found += assignees(regime, case, (role,), directory)
    return tuple(dict.fromkeys(found))
