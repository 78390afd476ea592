"""What is not permitted, said with the rule that forbids it."""

from collections.abc import Mapping
from typing import Any

from .principles import (
    COMPLETE_RECORDS,
    FOUR_EYES,
    IN_ORDER,
    LIMITS_HOLD,
    NO_FUTURE_RECEIPT,
    NOT_ONES_OWN_CASE,
    PERSON_DECIDES,
    WHO_MAY,
    Principle,
)

REFUSAL_CODES: dict[str, str] = {
    "not-yours": "这一环节不由您办理",
    "not-open-now": "现在还不能这样做",
    "asked-after-due": "已过到期日，不能再申请延长",
    "too-long": "超过可以延长的期限",
    "no-more-rounds": "已达规定次数",
    "missing-field": "有内容没有填写",
    "wrong-value": "填写的内容不符合要求",
    "still-open": "还有事项没有办完",
    "not-approved": "尚未批准",
    "conflict-of-interest": "与本案有利害关系",
    "not-qualified": "尚未取得办理资格",
    "forbidden-here": "制度不允许",
    "unmet-requirement": "条件尚未满足",
    "future-receipt": "收到时间晚于现在",
    "undecided": "缺少判断所需的内容",
}
"""Codes scenarios and the API use, with the sentence a person reads."""

_RESTS_ON: dict[str, Principle] = {
    "not-yours": WHO_MAY,
    "not-open-now": IN_ORDER,
    "asked-after-due": LIMITS_HOLD,
    "too-long": LIMITS_HOLD,
    "no-more-rounds": IN_ORDER,
    "missing-field": COMPLETE_RECORDS,
    "wrong-value": COMPLETE_RECORDS,
    "still-open": IN_ORDER,
    "not-approved": FOUR_EYES,
    "conflict-of-interest": NOT_ONES_OWN_CASE,
    "not-qualified": WHO_MAY,
    "forbidden-here": IN_ORDER,
    "unmet-requirement": IN_ORDER,
    "future-receipt": NO_FUTURE_RECEIPT,
    "undecided": PERSON_DECIDES,
}
"""The principle a refusal rests on where the regime has no article for it."""


class Refused(Exception):
    """A command is not permitted: nothing has changed.

    Attributes:
        code: one of `REFUSAL_CODES`.
        message: a Chinese sentence that says what is wrong and how to mend it.
        cite: articles of the regime; where it has none, the id of the core principle behind the code. Never empty.
        fields: field id → message, when the trouble is in what was filled in.
        values: what the rule looked at.
        rule: the part of the regime that forbids it, as a dotted path such as `acts.appeal.open_for`; empty where the
            core forbids it, or where `fields` say what is wrong with what was filled in.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        cite: tuple[str, ...] | Principle = (),
        fields: Mapping[str, str] | None = None,
        values: Mapping[str, Any] | None = None,
        rule: str = "",
    ) -> None:
        self.code = code
        self.message = message or REFUSAL_CODES[code] + "。"
        rests_on = cite or _RESTS_ON[code]
        self.cite: tuple[str, ...] = (rests_on.id,) if isinstance(rests_on, Principle) else rests_on
        self.fields: dict[str, str] = dict(fields or {})
        self.values: dict[str, Any] = dict(values or {})
        self.rule = rule
        super().__init__(f"{code}: {self.message}")
