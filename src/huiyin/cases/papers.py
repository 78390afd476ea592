"""Notices that follow from what happened."""

from huiyin.regime.model import Notice, Regime

from .bodies_outside import contact_words
from .closing import is_away
from .draft import Draft
from .events import NoticeQueued
from .producing import produce
from .state import Case

CORE_NOTICES: dict[str, str] = {
    "received": "您反映的事项已收到并登记。",
    "accepted": "您反映的事项已受理。",
    "refused": "您反映的事项不予受理，理由和依据见案件页面。",
    "explained": "您反映的事项将向您说明情况和依据。",
    "settled": "您反映的事项已当场解决。",
    "merged": "您反映的事项已并入正在办理的同一事项，一并答复。",
    "transferred": "您反映的事项已移交有权处理的单位。",
    "transfer-sent": "您反映的事项已移送有权处理的单位。",
    "transfer-received": "有权处理的单位已签收您反映的事项，由该单位办理并答复您。",
    "transfer-returned": "接收单位退回了您反映的事项，由我们重新审查后告诉您怎样办理。",
    "completion-asked": "请补充材料或说明，补正期间时限暂停计算。",
    "suspended": "案件已中止办理，时限暂停计算。",
    "resumed": "案件已恢复办理。",
    "terminated": "案件已终止办理。",
    "extended": "办理期限已按制度延长。",
    "closed": "案件已办结归档。",
    "code-renewed": "已为您重新发放查询码，旧的查询码作废。如果不是您本人要求的，请马上与我们联系。",
}
"""What the complainant is always told (ISO 10002:2018, 8.3-8.8), unless the regime words it itself."""


_TELLS_WHERE = frozenset({"refused", "explained", "transferred", "transfer-sent", "transfer-received"})
"""Events after which the complainant is told of the body outside: its name, address, telephone and hours."""


def where_to_turn(case: Case, name: str) -> str:
    """The body outside that an event brings into play, in words for the complainant; empty where there is none."""
    body = case.body
    if body is None or name not in _TELLS_WHERE:
        return ""
    number = f"，移送文号：{case.transfer_number}" if name == "transfer-sent" and case.transfer_number else ""
    contact = contact_words(body)
    leads = "接收单位" if case.assessment == "transfer" else "请向有权处理的单位反映"
    return f"{leads}：{body.name}{number}{f'（{contact}）' if contact else ''}。"


def tell_complainant(draft: Draft, name: str) -> None:
    """The core's own notice to the complainant after an event, where no notice of the regime takes its place."""
    text = CORE_NOTICES.get(name)
    if name == "transferred" and is_away(draft):
        text = "您反映的事项将移送有权处理的单位。"
    if text is None or draft.regime.is_affair:  # nobody complained
        return
    own = any("complainant" in notice.to for notice in draft.regime.on(name).notices)
    if not own:
        draft.add(
            NoticeQueued(
                **draft.stamp,
                notice=f"core.{name}",
                notice_title=text.rstrip("。"),
                to=("complainant",),
                text=text + where_to_turn(draft.case, name),
                about=name,
            )
        )


def notify(draft: Draft, notice: Notice, name: str) -> None:
    """A notice of the regime; when it cannot be told whether it is due, it is sent."""
    if not draft.holds(notice.when, f"notices.{notice.id}", undecided=True):
        return
    where = where_to_turn(draft.case, name) if "complainant" in notice.to else ""
    draft.add(
        NoticeQueued(
            **draft.stamp,
            cite=notice.cite,
            why=draft.reason(f"notices.{notice.id}"),
            notice=notice.id,
            notice_title=notice.title,
            to=notice.to,
            text=(notice.text or CORE_NOTICES.get(name, "") or notice.title) + where,
            form=notice.form or "",
            acknowledge=notice.acknowledge,
            about=name,
        )
    )
    if notice.form and not _comes_of_work(draft.regime, notice.form):
        produce(draft, [notice.form], notice.id, by=draft.doer)


def _comes_of_work(regime: Regime, form: str) -> bool:
    """Whether some work produces the form; a notice then only brings it, else the notice itself produces it."""
    return any(form in work.produces for work in (*regime.flow.values(), *regime.acts.values()))
