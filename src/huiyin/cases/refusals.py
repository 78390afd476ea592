"""What is not permitted, said with the rule that forbids it."""

from collections.abc import Mapping
from typing import Any

from .principles import Principle

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


class Refused(Exception):
    """A command is not permitted: nothing has changed.

    Attributes:
        code: one of `REFUSAL_CODES`.
        message: a Chinese sentence that says what is wrong and how to mend it.
        cite: articles of the regime, or ids of core principles; never empty.
        fields: field id → message, when the trouble is in what was filled in.
        values: what the rule looked at.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        cite: tuple[str, ...] | Principle,
        fields: Mapping[str, str] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.code = code
        self.message = message or REFUSAL_CODES[code] + "。"
        self.cite: tuple[str, ...] = (cite.id,) if isinstance(cite, Principle) else cite
        self.fields: dict[str, str] = dict(fields or {})
        self.values: dict[str, Any] = dict(values or {})
        if not self.cite:
            raise AssertionError(f"a refusal must cite: {code}")
        super().__init__(f"{code}: {self.message}")
