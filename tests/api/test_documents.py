"""The interface's own description: complete, and a page that needs no network and no script of its own."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from huiyin.api.interface import interface

SCHEMA = interface.get_openapi_schema(path_prefix="/api/v1")
OPERATIONS = [
    (path, method, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_operation_declares_its_answers_and_its_key(path, method, operation):
    assert {"401", "403", "404", "409", "422", "429"} <= set(map(str, operation["responses"]))
    assert all("application/problem+json" in operation["responses"][status]["content"] for status in (404, 422))
    assert operation["security"]
    assert operation["summary"]
    assert operation["description"]


def test_operation_ids_are_unique():
    ids = [operation["operationId"] for _path, _method, operation in OPERATIONS]
    assert len(set(ids)) == len(ids)


def test_every_reference_leads_somewhere():
    references = re.findall(r"#/components/schemas/(\w+)", str(SCHEMA))
    assert references
    assert set(references) <= set(SCHEMA["components"]["schemas"])


@pytest.mark.django_db
def test_description_and_page_are_open_and_hold_no_data(client):
    """What the interface can do is no secret; what an organisation has in it is."""
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    html = page.content.decode()
    assert "script-src" not in page.headers["Content-Security-Policy"], "the page lives with the site's strict policy"
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", html)
    assert not re.findall(r"(?:src|href)=[\"']https?:", html)
    for name in re.findall(r"/static/([\w./-]+)", html):
        assert Path(finders.find(name)).is_file()


@pytest.mark.django_db
def test_a_token_is_all_it_takes_where_browsers_need_a_csrf_token(as_, token_of):
    strict = Client(enforce_csrf_checks=True)
    headers = {"Authorization": f"Bearer {token_of('')}"}
    answer = strict.post("/api/v1/track", {}, content_type="application/json", headers=headers)
    assert answer.status_code == 422


@pytest.mark.browser
def test_the_page_lists_the_interface_in_a_browser(open_page):
    page = open_page("/api/v1/docs")
    page.get_by_text("/api/v1/regimes", exact=True).first.wait_for(timeout=30_000)
    assert page.locator(".opblock").count() >= len(OPERATIONS)
