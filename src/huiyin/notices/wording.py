"""What messages say: the built-in texts, an organisation's own, which contents there are, and the check of a text.

A text names contents in braces, `{case.number}`. A way that others can read (`open`) gets a text of its own, which may
only name what says nothing about a person or about what happened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .kinds import APPROVAL, NOTICE, ORDER, REMINDER, TEST
from .models import Wording

TO_COMPLAINANT, TO_PARTY, TO_SOURCE, DIGEST = "complainant", "party", "source", "digest"

MESSAGES: dict[str, Promise] = {
    NOTICE: _("给工作人员：制度规定的告知"),
    REMINDER: _("给工作人员：到期提醒"),
    ORDER: _("给工作人员：督办和交办"),
    APPROVAL: _("给工作人员：审批"),
    DIGEST: _("给工作人员：合并提醒"),
    TO_COMPLAINANT: _("给投诉人"),
    TO_PARTY: _("给外部单位"),
    TO_SOURCE: _("给来文单位"),
}
"""The messages whose words can be changed."""

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Content:
    """Something a text can name. `private`: not for open ways. `only`: the messages that have it, empty for all."""

    name: str
    title: Promise
    private: bool = False
    only: tuple[str, ...] = ()


CONTENTS: dict[str, Content] = {
    content.name: content
    for content in (
        Content("organisation", _("单位名称")),
        Content("regime", _("制度名称")),
        Content("case.number", _("案件编号")),
        Content("title", _("告知的标题")),
        Content("text", _("告知的内容"), private=True),
        Content("articles", _("所依据的条款")),
        Content("due", _("到期时间"), only=(REMINDER,)),
        Content("recipient", _("收信人姓名或名称"), private=True),
        Content("link", _("打开案件的链接")),
        Content("code", _("链接的验证码"), private=True, only=(TO_PARTY,)),
        Content("count", _("合并了几条"), only=(DIGEST,)),
        Content("lines", _("合并的各条"), only=(DIGEST,)),
    )
}


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body with contents in braces. SMS has no subject."""

    subject: str
    text: str


_STAFF_ZH = Text("【{organisation}】{title}（{case.number}）", "{recipient}：\n\n{title}\n{text}\n编号：{case.number}\n{link}")
_STAFF_EN = Text("[{organisation}] {title} ({case.number})", "{recipient},\n\n{title}\n{text}\nNumber: {case.number}\n{link}")
_OPEN_ZH = Text("【{organisation}】{title}（{case.number}）", "{title}，编号{case.number}，请到工作台查看。{link}")
_OPEN_EN = Text("[{organisation}] {title} ({case.number})", "{title}, number {case.number}. Please see the workbench. {link}")

_BUILT_IN: dict[tuple[str, str, bool], Text] = {
    **{(message, "zh-hans", False): _STAFF_ZH for message in (NOTICE, REMINDER, ORDER, APPROVAL)},
    **{(message, "en", False): _STAFF_EN for message in (NOTICE, REMINDER, ORDER, APPROVAL)},
    **{(message, "zh-hans", True): _OPEN_ZH for message in (NOTICE, REMINDER, ORDER, APPROVAL)},
    **{(message, "en", True): _OPEN_EN for message in (NOTICE, REMINDER, ORDER, APPROVAL)},
    (DIGEST, "zh-hans", False): Text(
        "【{organisation}】{count}项事项等您办理", "{recipient}：\n\n以下{count}项等您办理：\n{lines}\n{link}"
    ),
    (DIGEST, "en", False): Text(
        "[{organisation}] {count} matters wait for you", "{recipient},\n\n{count} matters wait for you:\n{lines}\n{link}"
    ),
    (DIGEST, "zh-hans", True): Text("【{organisation}】{count}项事项等待办理", "{count}项事项等待办理，请到工作台查看。{link}"),
    (DIGEST, "en", True): Text("[{organisation}] {count} matters wait", "{count} matters wait. Please see the workbench. {link}"),
    (TO_COMPLAINANT, "zh-hans", False): Text(
        "【{organisation}】您的反映有新进展：{title}",
        "{recipient}：\n\n{title}\n{text}\n编号：{case.number}\n凭编号和查询码可以查看全部经过：{link}\n\n{organisation}",
    ),
    (TO_COMPLAINANT, "en", False): Text(
        "[{organisation}] News of your matter: {title}",
        "Dear {recipient},\n\n{title}\n{text}\nNumber: {case.number}\n"
        "See all of it with your number and code: {link}\n\n{organisation}",
    ),
    (TO_COMPLAINANT, "zh-hans", True): Text(
        "{title}", "您反映的事项（{case.number}）有新进展：{title}。凭编号和查询码查看：{link}"
    ),
    (TO_COMPLAINANT, "en", True): Text(
        "{title}", "News of your matter {case.number}: {title}. See it with number and code: {link}"
    ),
    (TO_PARTY, "zh-hans", False): Text(
        "【{organisation}】{title}（{case.number}）",
        "{recipient}：\n\n{title}\n{text}\n编号：{case.number}\n请打开链接，输入验证码 {code} 办理，不需要账号：{link}\n\n{organisation}",
    ),
    (TO_PARTY, "en", False): Text(
        "[{organisation}] {title} ({case.number})",
        "{recipient},\n\n{title}\n{text}\nNumber: {case.number}\n"
        "Open the link and enter the code {code}; no account is needed: {link}\n\n{organisation}",
    ),
    (TO_SOURCE, "zh-hans", False): Text(
        "【{organisation}】{title}",
        "{recipient}：\n\n{title}\n{text}\n编号：{case.number}\n请到贵单位自己的页面，用单位码进入后查看、办理：{link}\n\n{organisation}",
    ),
    (TO_SOURCE, "en", False): Text(
        "[{organisation}] {title}",
        "{recipient},\n\n{title}\n{text}\nNumber: {case.number}\n"
        "See it on your own page, which your code opens: {link}\n\n{organisation}",
    ),
    (TO_SOURCE, "zh-hans", True): Text("{title}", "{title}（{case.number}），请到贵单位自己的页面查看。{link}"),
    (TO_SOURCE, "en", True): Text("{title}", "{title} ({case.number}). Please see your own page. {link}"),
    (TO_PARTY, "zh-hans", True): Text("{title}", "{title}（{case.number}），请用收到的链接查看。{link}"),
    (TO_PARTY, "en", True): Text("{title}", "{title} ({case.number}). Please use the link you were given. {link}"),
    (TEST, "zh-hans", False): Text("【{organisation}】测试消息", "这是一条测试消息，收到它说明渠道可以使用。"),
    (TEST, "zh-hans", True): Text("【{organisation}】测试消息", "这是一条测试消息，收到它说明渠道可以使用。"),
    (TEST, "en", False): Text("[{organisation}] Test", "This is a test. The channel works if you read it."),
    (TEST, "en", True): Text("[{organisation}] Test", "This is a test. The channel works if you read it."),
}


class WordingRefusedError(ValueError):
    """A text cannot be kept; `problems` lists the reasons as `(what is wrong, the content in question)`."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{kind} {name}" for kind, name in problems))
        self.problems = problems


def built_in(message: str, language: str, *, is_open: bool) -> Text:
    """The text that holds as long as the organisation has none of its own."""
    return _BUILT_IN[message, language if language in LANGUAGES else "zh-hans", is_open]


def contents_for(message: str, *, is_open: bool) -> list[Content]:
    """What a text of this message may name."""
    return [
        content
        for content in CONTENTS.values()
        if (not content.only or message in content.only) and not (is_open and content.private)
    ]


def check(message: str, text: Text, *, is_open: bool) -> None:
    """Look a text over before it is kept.

    Raises:
        WordingRefusedError: braces that do not close (`braces`), a content that does not exist (`unknown`), or one that
            an open way must not carry (`private`).
    """
    allowed = {content.name for content in contents_for(message, is_open=is_open)}
    problems: list[tuple[str, str]] = []
    for part in (text.subject, text.text):
        try:
            named = _named(part)
        except ValueError:
            problems.append(("braces", part[:40]))
            continue
        problems += [
            ("private" if name in CONTENTS and CONTENTS[name].private else "unknown", name)
            for name in named
            if name not in allowed
        ]
    if problems:
        raise WordingRefusedError(list(dict.fromkeys(problems)))


def fill(text: Text, values: Mapping[str, str]) -> Text:
    """The text with its contents; what is missing or empty leaves no line of its own behind."""
    return Text(" ".join(_filled(text.subject, values).split())[:200], _without_empty_lines(text.text, values))


def sms_parts(text: str) -> int:
    """As how many SMS a text with Chinese letters goes: 70 letters fit one, of a longer text 67 each (GSM 03.40, UCS-2)."""
    letters = len(text.encode("utf-16-be")) // 2
    return 1 if letters <= 70 else -(-letters // 67)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return "".join(
        words + (str(values.get(name, "")) if name is not None else "") for words, name, _, _ in Formatter().parse(text)
    )


def _without_empty_lines(text: str, values: Mapping[str, str]) -> str:
    lines = []
    for line in text.splitlines():
        names = _named(line)
        if names and not any(str(values.get(name, "")).strip() for name in names):
            continue
        lines.append(_filled(line, values).rstrip())
    return "\n".join(lines).strip()


def _named(text: str) -> list[str]:
    """The contents a text names. Raises ValueError for braces that do not close."""
    found = []
    for _words, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if spec or conversion:
            raise ValueError(text)
        found.append(name)
    return found


@dataclass(frozen=True, slots=True)
class Wordings:
    """All texts an organisation has of its own, read in one query."""

    own: Mapping[tuple[str, str, str, bool], Text]

    def text(self, message: str, regime: str, language: str, *, is_open: bool) -> Text:
        """The organisation's text under this regime, else its text for all regimes, else the built-in one."""
        for where in (regime, ""):
            found = self.own.get((where, message, language, is_open))
            if found is not None:
                return found
        return built_in(message, language, is_open=is_open)


def wordings_of(organisation_ids: Iterable[UUID]) -> dict[UUID, Wordings]:
    """Organisation → its own texts."""
    ids = set(organisation_ids)
    own: dict[UUID, dict[tuple[str, str, str, bool], Text]] = {each: {} for each in ids}
    for row in Wording.objects.filter(organisation_id__in=ids):
        own[row.organisation_id][row.regime, row.message, row.language, row.open] = Text(row.subject, row.text)
    return {each: Wordings(texts) for each, texts in own.items()}
