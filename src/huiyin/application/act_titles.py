"""Titles of acts in the language of the page: those of the core are translated, what a regime calls its own acts is not."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext, gettext_noop

from huiyin.cases.possible import Possible
from huiyin.records import replace
from huiyin.regime.vocabulary import CORE_ACTS

KNOWN = (
    gettext_noop("记录"), gettext_noop("联系投诉人"), gettext_noop("告知进展"), gettext_noop("补充证据"), gettext_noop("封存证据"),
    gettext_noop("认定证据效力"), gettext_noop("补正材料"), gettext_noop("催办"),
    gettext_noop("发出移送"), gettext_noop("登记签收"), gettext_noop("登记退回"), gettext_noop("退回"),
    gettext_noop("改派"), gettext_noop("增加协办"), gettext_noop("延长时限"), gettext_noop("恢复办理"),
    gettext_noop("关联案件"), gettext_noop("批示"),
    gettext_noop("督办"), gettext_noop("回复督办"), gettext_noop("认可报告"), gettext_noop("退回报告"), gettext_noop("更正报告"),
    gettext_noop("撤回报告"), gettext_noop("收回交办"), gettext_noop("请外单位办理"), gettext_noop("停用外单位链接"),
    gettext_noop("换发外单位验证码"), gettext_noop("向办理单位提问"), gettext_noop("告知外单位"), gettext_noop("调整等级"),
    gettext_noop("更正"), gettext_noop("风险提示"), gettext_noop("回避"), gettext_noop("采取措施"), gettext_noop("再次办理"),
    gettext_noop("申诉"), gettext_noop("签名"), gettext_noop("重新出具文书"), gettext_noop("收回文书"),
)  # fmt: skip
"""The titles of the core acts, written out for the catalog."""

_APART = {
    "启封": gettext_noop("启封这份证据"),
    "要求补正": gettext_noop("要求对方补正"),
    "移送": gettext_noop("移送这件事"),
    "中止办理": gettext_noop("中止这件事的办理"),
    "终止办理": gettext_noop("终止这件事的办理"),
    "并案": gettext_noop("并入另一件"),
    "撤回": gettext_noop("撤回这件事"),
}
"""Titles that mean something else on other buttons, or elsewhere say what has been done: what the catalog calls them."""

_FOR_THE_COMPLAINANT = "代投诉人"


def in_language(possible: Iterable[Possible]) -> tuple[Possible, ...]:
    """The same acts with their titles in the language of the page; of Chinese pages as they are."""
    if (get_language() or "zh").startswith("zh"):
        return tuple(possible)
    return tuple(replace(each, title=_title(each)) for each in possible)


def _title(possible: Possible) -> str:
    ours, _event = CORE_ACTS.get(possible.work, ("", ""))
    if possible.title == ours:
        return gettext(_APART.get(ours, ours))
    if ours and possible.title == _FOR_THE_COMPLAINANT + ours:
        return gettext("代投诉人%(act)s") % {"act": gettext(_APART.get(ours, ours))}
    return possible.title
