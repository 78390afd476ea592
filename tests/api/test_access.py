"""Who may come in: nothing is open without a token, and a token opens what it says."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.utils import timezone
from tests.api.conftest import Caller

from huiyin.api import tokens
from huiyin.api.interface import interface
from huiyin.api.models import Token
from huiyin.api.tokens import FOR_SERVICES, SCOPES, TokenRefusedError, digest_of, issue
from huiyin.organisations.models import Staff
from huiyin.organisations.services import people_changed

OPERATIONS = sorted(
    (path.removeprefix("/api/v1"), method)
    for path, operations in interface.get_openapi_schema(path_prefix="/api/v1")["paths"].items()
    for method in operations
)


def address(path):
    return path.replace("{number}", "2026-0001").replace("{regime_id}", "service")


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_nothing_answers_without_a_token(path, method):
    answer = Caller().request(method, address(path))
    assert (answer.status, answer.body["code"]) == (401, "no-token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("path", "method"), [each for each in OPERATIONS if each[0] != "/me"])
def test_nothing_answers_to_a_token_with_another_scope(hospital, as_, path, method):
    """A token for all scopes but the one it takes; so every operation has one."""
    with_a_code = path.startswith(("/track", "/party")) or path == "/source"
    stranger = as_("mei", "read" if "commands" in path or with_a_code else "track")
    if path.startswith(("/cases", "/regimes")) and method == "get":
        stranger = as_("mei", "track")
    answer = stranger.request(method, address(path))
    assert (answer.status, answer.body["code"]) == (403, "scope-missing")


@pytest.mark.parametrize("secret", ["", "huiyin_", "huiyin_wrong", "wrong", "huiyin_" + "x" * 500, "huiyin_\ud83d"])
def test_a_wrong_secret_opens_nothing(hospital, secret):
    assert Caller(secret.encode("utf-8", "replace").decode()).get("/me").status == 401


def test_a_session_of_the_desk_opens_nothing(client, hospital):
    user = get_user_model().objects.create_user("mei", password="x")
    Staff.objects.filter(person="mei").update(user=user)
    client.force_login(user)
    assert client.get("/api/v1/cases").status_code == 401


def test_me_says_whom_the_token_stands_for(as_):
    assert as_("mei", "read").get("/me").body == {
        "organisation": "qingyu", "title": "青屿医院", "rehearsal": True, "person": "mei", "scopes": ["read"]
    }
    assert as_("").get("/me").body["person"] == ""


def test_a_revoked_or_expired_token_opens_nothing(token_of):
    caller = Caller(token_of("mei"))
    assert caller.get("/me").status == 200
    Token.objects.update(expires_at=timezone.now())
    assert caller.get("/me").status == 401
    Token.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert caller.get("/me").status == 401


def test_a_token_goes_with_its_person(hospital, token_of):
    """Who has left, or may no longer sign in, has no token either."""
    caller = Caller(token_of("mei"))
    user = get_user_model().objects.create_user("mei", is_active=False)
    Staff.objects.filter(person="mei").update(user=user)
    assert caller.get("/me").status == 401
    Staff.objects.filter(person="mei").update(user=None)
    assert caller.get("/me").status == 200
    Staff.objects.filter(person="mei").update(until="2026-01-31")
    people_changed(hospital.pk)
    assert caller.get("/me").status == 401


def test_the_database_holds_no_secret(token_of):
    secret = token_of("mei")
    row = Token.objects.get()
    assert row.digest == digest_of(secret)
    assert len(row.hint) < len(secret) / 2
    assert isinstance(row.pk, UUID)


def test_a_service_never_sees_or_handles_cases(hospital):
    for scope in set(SCOPES) - FOR_SERVICES:
        with pytest.raises(TokenRefusedError):
            issue(hospital, "网站", [scope], life=timedelta(days=1))


def test_only_an_administrator_moves_time_by_hand(hospital):
    mei = Staff.objects.get(person="mei")
    with pytest.raises(TokenRefusedError):
        issue(hospital, "维护", ["maintain"], staff=mei, life=timedelta(days=1))
    mei.administrator = True
    assert issue(hospital, "维护", ["maintain"], staff=mei, life=timedelta(days=1))[0].scopes == ["maintain"]


@pytest.mark.parametrize(("name", "scopes", "days"), [
    ("", ["file"], 1), ("网站", [], 1), ("网站", ["everything"], 1), ("网站", ["file"], 0), ("网站", ["file"], 5000),
])
def test_a_token_is_for_something_for_a_while(hospital, name, scopes, days):
    with pytest.raises(TokenRefusedError):
        issue(hospital, name, scopes, life=timedelta(days=days))


def test_using_a_token_is_noted_once_an_hour(token_of, django_assert_num_queries):
    caller = Caller(token_of("mei"))
    caller.get("/me")
    used = Token.objects.get().last_used_at
    assert used is not None
    caller.get("/me")
    assert Token.objects.get().last_used_at == used


def test_while_the_database_cannot_be_had_a_program_is_asked_to_come_again(as_, monkeypatch):
    """The token is the first thing looked up, so this is where a database that takes over is noticed."""
    caller = as_("mei")

    def gone(_vendor):
        raise OperationalError("query_wait_timeout") from psycopg.OperationalError("query_wait_timeout")

    monkeypatch.setattr(tokens, "_of_digest", gone)
    answer = caller.get("/me")
    assert (answer.status, answer.body["code"], answer.headers["Retry-After"]) == (503, "unavailable", "5")
