"""The names that exist in every regime: the case, its parties, the person or unit a sanction is about, the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FixedName:
    """A name of the language itself.

    `vocabulary` names the attribute of `Names` that lists its values, `options` lists them outright. `attribute` is the
    Python attribute in the scope where it differs from the last part of the path. `untrue` is how its denial reads.
    """

    path: str
    value_type: Literal["yes-no", "number", "text", "time"]
    title: str
    vocabulary: str = ""
    options: Mapping[str, str] | None = None
    attribute: str = ""
    always_given: bool = True
    untrue: str = ""


_RESPONDENTS = {"person": "个人", "unit": "部门", "organisation": "单位", "outside": "外部单位"}

FIXED_NAMES: tuple[FixedName, ...] = (
    FixedName("case.kind", "text", "案件类型", vocabulary="kinds"),
    FixedName("case.channel", "text", "渠道", vocabulary="channels"),
    FixedName("case.category", "text", "类别", vocabulary="categories", always_given=False),
    FixedName("case.severity", "text", "严重程度", vocabulary="severities", always_given=False),
    # `from` is a Python keyword, hence the other attribute name
    FixedName("case.from", "text", "转来的角色", vocabulary="roles", attribute="from_role", always_given=False),
    FixedName("case.round", "number", "办理轮次"),
    FixedName("case.points", "number", "诉求数"),
    FixedName("case.units", "number", "办理部门数"),
    FixedName("case.received_at", "time", "收到时间"),
    FixedName("case.touched_at", "time", "最近一次有人办理的时间"),
    FixedName("case.handler_gone", "yes-no", "承办人已离岗", untrue="承办人在岗"),
    FixedName("case.term_over", "yes-no", "处理已经期满", untrue="处理还没有期满"),
    FixedName("case.off_hours", "yes-no", "在工作时间外收到", untrue="在工作时间内收到"),
    FixedName("case.anonymous", "yes-no", "匿名", untrue="实名"),
    FixedName("case.reachable", "yes-no", "能联系上投诉人", untrue="联系不上投诉人"),
    FixedName("complainant.is_staff", "yes-no", "投诉人是本单位员工", untrue="投诉人不是本单位员工"),
    FixedName("complainant.is_organisation", "yes-no", "投诉人是单位", untrue="投诉人是个人"),
    FixedName("complainant.people", "number", "投诉人数"),
    FixedName("respondent.kind", "text", "被投诉方类型", options=_RESPONDENTS, always_given=False),
    FixedName("respondent.unit", "text", "被投诉部门", always_given=False),
    FixedName("respondent.is_self", "yes-no", "被投诉的是本单位", always_given=False, untrue="被投诉的不是本单位"),
    FixedName(
        "respondent.is_head", "yes-no", "被投诉人是部门负责人", always_given=False, untrue="被投诉人不是部门负责人"
    ),
    FixedName("respondent.is_handler", "yes-no", "被投诉人是承办人", always_given=False, untrue="被投诉人不是承办人"),
    FixedName("person.role", "text", "当事人的角色", vocabulary="roles", always_given=False),
    FixedName("person.is_head", "yes-no", "当事人是部门负责人", always_given=False, untrue="当事人不是部门负责人"),
    FixedName("unit.id", "text", "当事部门", always_given=False),
    FixedName("now", "time", "当前时间"),
)
