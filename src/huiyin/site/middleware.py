"""What every request passes through: a number for the logs, security headers, language, sign-in."""

import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from huiyin.site.htmx import is_htmx
from huiyin.site.patience import REQUEST_SECONDS, answers_within

Answer = Callable[[HttpRequest], HttpResponse]


def request_context(get_response: Answer) -> Answer:
    """Give each request a number that stands in its log lines, on the error page and in the header X-Request-ID."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        request.META["HUIYIN_REQUEST_NUMBER"] = number
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number, method=request.method)
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return middleware


def bounded_waiting(get_response: Answer) -> Answer:
    """Let a request wait for the database for REQUEST_SECONDS and no longer; what comes then is answered with 503."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with answers_within(REQUEST_SECONDS, together=True):
            return get_response(request)

    return middleware


def security_headers(get_response: Answer) -> Answer:
    """Content-Security-Policy without inline scripts or styles, and no access to camera, microphone or place."""
    policy = "; ".join(f"{name} {sources}" for name, sources in settings.CONTENT_SECURITY_POLICY.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if not request.path.startswith(settings.STATIC_URL):
            # What a page shows about people stays out of shared and browser caches; static files keep their own terms.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class LanguageMiddleware:
    """Pages speak Chinese until the visitor chooses another language (a cookie); the API follows Accept-Language.

    A browser's Accept-Language is not taken for pages: the words of regimes are Chinese, and most staff computers with
    an English system belong to people who read Chinese.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",) if request.path.startswith("/api/") else ("Cookie",))
        return response

    def _language(self, request: HttpRequest) -> str:
        if request.path.startswith("/api/"):
            return translation.get_language_from_request(request)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Nobody sees a page without signing in, unless its view carries django's `login_not_required`.

    Addresses below HUIYIN_OWN_SIGN_IN check tokens themselves. A fragment asked for by htmx answers 401 with
    HX-Redirect, so that the whole page moves to the sign-in page instead of showing it inside a panel.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if request.path.startswith(settings.HUIYIN_OWN_SIGN_IN):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        answer = super().handle_no_permission(request, view_func)
        if is_htmx(request):
            answer.headers["HX-Redirect"] = answer.url
            answer.status_code = 401
        return answer
