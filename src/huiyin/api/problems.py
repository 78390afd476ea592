"""How errors look: one shape for all of them, with the status that fits, in Chinese or English."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from huiyin.application.paging import BadPageKey
from huiyin.cases.principles import PRINCIPLES
from huiyin.cases.refusals import Refused
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.regime.model import Regime
from huiyin.store.availability import sentence_for
from huiyin.store.errors import (
    Conflict,
    KeyReused,
    StoreUnavailable,
    TooManyAttempts,
    TooManyFilings,
    UnknownCase,
    UploadRefused,
)

from .language import REFUSALS_EN, TROUBLES_EN, in_english, say
from .validation import messages

MEDIA_TYPE = "application/problem+json"
_log = structlog.get_logger(__name__)


class Cite(Schema):
    """An article of the regime, or a principle of complaint handling (通则), with its text."""

    article: str = Field(examples=["八"])
    text: str = ""


class Change(Schema):
    """Something that happened to the case meanwhile."""

    at: datetime
    title: str


class Problem(Schema):
    """What went wrong. `code` is for programs, `message` for people, `cite` the rule that forbids it, `fields` what is
    wrong where. Nothing was saved.
    """

    status: int
    code: str = Field(examples=["missing-field"])
    message: str
    original: str = Field(default="", description="the Chinese sentence, when `message` is in English")
    cite: list[Cite] = []
    fields: dict[str, str] = Field(default={}, description="field → message; a dotted path for nested fields")
    version: int | None = Field(default=None, description="409: the version the case has now")
    changes: list[Change] = Field(default=[], description="409: what happened since the version you based this on")
    retry_after: int | None = Field(default=None, description="429: seconds to wait")
    request: str = Field(default="", description="number of the request, to be named when asking for help")


DECLARED = frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503})
PROBLEMS: dict[Any, None] = {DECLARED: None}
"""The error answers every operation declares. What they look like is the same for all and described once, in `interface`:
Ninja would make a class for each status of each operation, which took longer than all the rest of the interface.
"""

STATUS_OF_REFUSAL: dict[str, int] = {
    "not-yours": 403,
    "conflict-of-interest": 403,
    "not-qualified": 403,
    "forbidden-here": 403,
    "missing-field": 422,
    "wrong-value": 422,
    "future-receipt": 422,
    "too-long": 422,
    "not-open-now": 409,
    "asked-after-due": 409,
    "no-more-rounds": 409,
    "still-open": 409,
    "not-approved": 409,
    "unmet-requirement": 409,
    "undecided": 409,
}
"""403 who you are forbids it, 409 the state of the case does, 422 what you sent."""


class Trouble(Exception):
    """An error answer raised by the interface itself."""

    def __init__(self, status: int, code: str, zh: str, en: str, fields: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.code = code
        self.zh = zh
        self.en = en
        self.fields = dict(fields or {})
        super().__init__(zh)


class RefusedUnder(Exception):
    """A refusal together with the articles of the regime it cites."""

    def __init__(self, refused: Refused, articles: Mapping[str, str]) -> None:
        self.refused = refused
        self.articles = articles
        super().__init__(refused.message)


@contextmanager
def citing(regime: Regime) -> Iterator[None]:
    """Give refusals inside the texts of the articles they cite."""
    try:
        yield
    except Refused as refused:
        raise RefusedUnder(refused, regime.articles) from refused


def cites(ids: Sequence[str], articles: Mapping[str, str]) -> list[Cite]:
    """Citations with their texts; a sub-clause such as 四(二) shows the text of its article where it has none itself."""
    return [Cite(article=each, text=_text_of(each, articles)) for each in ids]


def _text_of(cite: str, articles: Mapping[str, str]) -> str:
    if cite in PRINCIPLES:
        return say(PRINCIPLES[cite].text, PRINCIPLES[cite].text_en)
    return articles.get(cite) or articles.get(cite.partition("(")[0], "")


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The response of a problem."""
    problem.request = request.META.get("HUIYIN_REQUEST_NUMBER", "")
    body = problem.model_dump(mode="json", exclude_defaults=False)
    response = JsonResponse(
        body, status=problem.status, json_dumps_params={"ensure_ascii": False}, content_type=MEDIA_TYPE
    )
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="huiyin"'
    return response


def told(status: int, code: str, zh: str, **more: Any) -> Problem:
    """A problem for which the store has a Chinese sentence and this face an English one."""
    english = TROUBLES_EN.get(code, "") if in_english() else ""
    return Problem(status=status, code=code, message=english or zh, original=zh if english else "", **more)


def problem_of(error: Exception) -> Problem | None:
    """The problem an exception stands for; None when it is an error of ours."""
    match error:
        case RefusedUnder():
            return _refused(error.refused, error.articles)
        case Refused():
            return _refused(error, {})
        case Trouble():
            return Problem(status=error.status, code=error.code, message=say(error.zh, error.en), fields=error.fields)
        case Conflict():
            changes = [Change(at=each.at, title=each.title) for each in error.changes]
            return told(409, "conflict", error.message_zh, version=error.version, changes=changes)
        case UnknownCase():
            return told(404, "unknown-case", error.message_zh)
        case KeyReused():
            return told(422, "key-reused", error.message_zh, fields={"Idempotency-Key": error.message_zh})
        case TooManyAttempts() | TooManyFilings():
            code = "too-many-attempts" if isinstance(error, TooManyAttempts) else "too-many-filings"
            return told(429, code, error.message_zh, retry_after=error.retry_after)
        case UploadRefused():
            return told(422, "upload-refused", error.message_zh, fields={error.name or "files": error.message_zh})
        case BadPageKey():
            return told(400, "bad-page-key", error.message_zh, fields={"after": error.message_zh})
        case StoreUnavailable():
            return told(503, "unavailable", error.message_zh, retry_after=5)
        case NoSuchRegimeError():
            return told(404, "unknown-regime", str(error).partition(" / ")[0])
    return _of_framework(error)


def _refused(refused: Refused, articles: Mapping[str, str]) -> Problem:
    english = REFUSALS_EN[refused.code] if in_english() else ""
    return Problem(
        status=STATUS_OF_REFUSAL[refused.code],
        code=refused.code,
        message=english or refused.message,
        original=refused.message if english else "",
        cite=cites(refused.cite, articles),
        fields=refused.fields,
    )


def _of_framework(error: Exception) -> Problem | None:
    match error:
        case OperationalError() | InterfaceError() if sentence := sentence_for(error):  # before the work: token, session
            return told(503, "unavailable", sentence, retry_after=5)
        case ValidationError():
            fields = messages(error.errors)
            first = next(iter(fields.values()), "")
            sentence = say(f"有 {len(fields)} 处填写不对：{first}", f"{len(fields)} values are not right: {first}")
            return Problem(status=422, code="wrong-value", message=sentence, fields=fields)
        case AuthenticationError():
            return Problem(
                status=401,
                code="no-token",
                message=say(
                    "请在 Authorization 头里带上有效的令牌：Bearer huiyin_…；令牌可能已经过期或吊销。",
                    "Send a valid token in the Authorization header: Bearer huiyin_…; it may have expired or been revoked.",
                ),
            )
        case RequestDataTooBig():
            return Problem(
                status=413, code="too-large", message=say("内容太大，没有保存。", "Too large; nothing was saved.")
            )
        case Http404():
            return Problem(
                status=404, code="unknown-address", message=say("没有这个地址。", "There is no such address.")
            )
        case MultiPartParserError():
            sentence = say("表单的内容不完整，没有保存。", "The form is broken; nothing was saved.")
            return Problem(status=400, code="bad-request", message=sentence)
        case HttpError(status_code=400) | SuspiciousOperation():
            sentence = say("请求的内容不是有效的 JSON。", "The request's content is not valid JSON.")
            return Problem(status=400, code="bad-request", message=sentence)
        case HttpError():
            return Problem(status=error.status_code, code="bad-request", message=str(error))
    return None


def not_allowed(allowed: str) -> Problem:
    """The answer to a method that an address does not know."""
    sentence = say(f"这个地址只接受 {allowed}。", f"This address takes {allowed} only.")
    return Problem(status=405, code="wrong-method", message=sentence)


def handle_all(api: NinjaAPI) -> None:
    """Answer every exception of an operation with a problem; ours are logged and answered with 500."""

    def handle(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        assert isinstance(error, Exception)
        found = problem_of(error)
        if found is None:
            _log.error("api-trouble", path=request.path, exc_info=error)
            sentence = say("我们这边出错了，这次操作没有完成。", "Something went wrong on our side; this was not done.")
            found = Problem(status=500, code="server-error", message=sentence)
        return answer(request, found)

    for kind in (
        Exception,
        HttpError,
        Http404,
        ValidationError,
    ):  # the framework has handlers of its own for the last three
        api.add_exception_handler(kind, handle)
