"""Error pages: what happened, what it means for what was typed, what to do next."""

import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

RETRY_SECONDS = 5
"""When a program may try again what could not be done (503): about as long as a standby needs to take over."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The words of one error page; `icon` names a symbol of icons.svg."""

    status: int
    icon: str
    title: str | Promise
    sentence: str | Promise
    advice: str | Promise


PAGES = {
    page.status: page
    for page in (
        ErrorPage(
            400,
            "alert",
            _("这个请求看不懂"),
            _("地址或表单的内容不完整，没有做任何改动。"),
            _("请退回上一页，检查后再提交一次。"),
        ),
        ErrorPage(
            403,
            "lock",
            _("这一页您不能看"),
            _("您现在的身份没有这项权限。"),
            _("如果工作需要，请联系本单位的投诉管理部门。"),
        ),
        ErrorPage(
            404,
            "search",
            _("没有找到这一页"),
            _("地址可能写错了，或者内容已经移走。"),
            _("投诉进度请用回执上的编号和查询码查询。"),
        ),
        ErrorPage(
            409,
            "merge",
            _("别人刚刚改过"),
            _("您打开之后，这件案子有了新的变化。您的这一步没有执行，也没有覆盖别人的记录。"),
            _("请重新打开案件，看过新内容后再办。"),
        ),
        ErrorPage(
            413, "file", _("内容太大"), _("上传的内容超过了允许的大小，没有保存。"), _("请压缩图片，或者分几次上传。")
        ),
        ErrorPage(
            500,
            "alert",
            _("我们这边出错了"),
            _("这次操作没有完成，已经保存的内容不受影响。"),
            _("请稍后再试；如果一直这样，请把下面的编号告诉我们。"),
        ),
        ErrorPage(
            503,
            "pause",
            _("暂时办不了"),
            _("数据正忙、只能读取或者暂时连不上，这次操作没有办成。"),
            _("请稍等一分钟再试；急事请打投诉电话。"),
        ),
    )
}


def error_page(
    request: HttpRequest, status: int, *, sentence: str | Promise = "", advice: str | Promise = ""
) -> HttpResponse:
    """The error page of a status (400, 403, 404, 409, 413, 500, 503) with that status.

    A view that knows more passes its own `sentence` (what is so) and `advice` (what to do).
    """
    page = PAGES[status]
    words = {
        "page": page,
        "sentence": sentence or page.sentence,
        "advice": advice or page.advice,
        "number": request.META.get("HUIYIN_REQUEST_NUMBER", ""),
    }
    if status != 503:
        return render(request, "errors/page.html", words, status=status)
    return _with_delay(render(request, "errors/page.html", words | _typed(request), status=status))


def _with_delay(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was sent with the form that could not be taken, so that one press sends it again: nobody types it twice.

    With its key, so that what was saved after all is not saved twice. Passwords are not sent back; files cannot be.
    """
    if request.method != "POST":
        return {}
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, MultiPartParserError, OSError):    # the form itself cannot be read
        return {}
    fields = [(name, value) for name, values in sent.lists() if "password" not in name for value in values]
    return {"again": request.get_full_path(), "fields": fields, "files": bool(files), "keyed": bool(sent.get("key"))}


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400; too much content is one of the things it is called for."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403; the text of PermissionDenied, when there is one, is what the visitor reads."""
    return error_page(request, 403, sentence=str(exception))


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return error_page(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: needs no database, no session and no context processor.

    A database that is locked, read-only, full or gone is no mistake of ours: that is said with 503. Views know more and
    say it themselves; here arrive sign-in and sessions.
    """
    unavailable = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    page = PAGES[503 if unavailable else 500]
    words = {"page": page, "number": request.META.get("HUIYIN_REQUEST_NUMBER", "")}
    words |= _typed(request) if unavailable else {}
    response = HttpResponse(loader.render_to_string("errors/server.html", words), status=page.status)
    return _with_delay(response) if unavailable else response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly a page that stayed open too long."""
    return error_page(
        request,
        403,
        sentence=_("这一页放得太久，安全校验已经失效，内容没有提交。"),
        advice=_("请退回上一页，刷新后再提交；您填的内容一般还在。"),
    )
