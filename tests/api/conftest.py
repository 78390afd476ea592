"""One hospital, its people's tokens, and a client that speaks JSON."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.application.conftest import at, file, hospital

from huiyin.api.tokens import SCOPES, issue
from huiyin.organisations.models import Staff

__all__ = ["at", "file", "hospital"]

PEOPLE = ("regimes", "file", "track", "read", "act")


@dataclass
class Answer:
    """A response with its JSON at hand."""

    status: int
    body: Any
    headers: Any


class Caller:
    """Calls the interface with a token, or without."""

    def __init__(self, secret: str = "", language: str = "zh-CN") -> None:
        self._client = Client(raise_request_exception=False)
        self._headers = {"Accept-Language": language}
        if secret:
            self._headers["Authorization"] = f"Bearer {secret}"

    def get(self, path: str, **query: Any) -> Answer:
        return self._answer(self._client.get(self._url(path), query, headers=self._headers))

    def raw(self, address: str) -> Any:
        """The answer as it is, for downloads."""
        return self._client.get(address, headers=self._headers)

    def raw_post(self, path: str, body: Any) -> Any:
        """The answer as it is, for downloads that are asked for with a code."""
        return self._client.post(self._url(path), body, content_type="application/json", headers=self._headers)

    def post(self, path: str, body: Any = None, *, key: str = "", raw: bytes | None = None) -> Answer:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        content = json.dumps({} if body is None else body).encode() if raw is None else raw
        return self._answer(
            self._client.post(self._url(path), content, content_type="application/json", headers=headers)
        )

    def upload(self, path: str, *, key: str = "", **parts: Any) -> Answer:
        headers = self._headers | ({"Idempotency-Key": key} if key else {})
        return self._answer(self._client.post(self._url(path), parts, headers=headers))

    def request(self, method: str, path: str) -> Answer:
        return self._answer(self._client.generic(method.upper(), self._url(path), headers=self._headers))

    @staticmethod
    def _url(path: str) -> str:
        return f"/api/v1{path}"

    @staticmethod
    def _answer(response: Any) -> Answer:
        text = response.content.decode()
        body = json.loads(text) if "json" in response.headers.get("Content-Type", "") else text
        return Answer(response.status_code, body, response.headers)


@pytest.fixture
def token_of(hospital):
    """`token_of("mei")` is the secret of a person's token; `token_of("")` that of the hospital's website."""

    def secret(person: str, *scopes: str, life: timedelta = timedelta(days=30)) -> str:
        staff = Staff.objects.get(organisation=hospital, person=person) if person else None
        usual = PEOPLE if person else ("regimes", "file", "track")
        return issue(hospital, "测试", scopes or usual, staff=staff, life=life)[1]

    return secret


@pytest.fixture
def as_(token_of):
    """`as_("mei")` calls the interface as 梅若溪, `as_("")` as the hospital's website."""

    def caller(person: str, *scopes: str, language: str = "zh-CN") -> Caller:
        return Caller(token_of(person, *scopes), language)

    return caller


FILING = {
    "regime": "service",
    "kind": "complaint",
    "channel": "web",
    "matter": {"account": "护士态度差，喊了三次才来", "subject": "attitude"},
    "respondent": {"kind": "person", "unit": "ward-east", "person": "wang"},
    "personal": {"name": "林晓雨", "phone": "138 0000 5521"},
}
"""A filing that fits the regime."""

ALL_SCOPES = tuple(SCOPES)
