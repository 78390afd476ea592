"""In a real Chromium nothing that was typed ever runs, and a downloaded page or drawing never opens as one of ours."""

import pytest
from django.conf import settings
from tests.security import hostile
from tests.security.conftest import MANAGER, PNG, portal

from huiyin.cases.people import Respondent
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow

pytestmark = pytest.mark.browser

MARKS = ("<", "javascript:", "onerror", "onload", "{{")
TOGETHER = 25
"""Strings in one field: a page with all of them shows whether any of them runs."""


def bundles():
    """Whatever looks like markup, many to a field, and each alone at the start of a line."""
    texts = hostile.OURS + (hostile.collected() if hostile.COLLECTED.is_file() else ())
    marked = [hostile.sendable(text) for text in texts if any(mark in text.lower() for mark in MARKS) and len(text) < 1_500]
    chosen = marked[::2][:100]
    return ["\n".join(chosen[start : start + TOGETHER]) for start in range(0, len(chosen), TOGETHER)]


@pytest.fixture
def watched(open_page, desk_of):
    """`watched(path, cookies)` opens a page; any dialog, any strange request and any element with a handler is noted."""
    noted = []

    def open_(path, client):
        cookies = {name: client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME,) if name in client.cookies}
        page = open_page("/healthz", cookies=cookies)
        page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: noted.append(request.url) if "127.0.0.1" not in request.url and "localhost" not in
                request.url and not request.url.startswith(("data:", "blob:")) else None)  # fmt: skip
        page.goto(path)
        page.wait_for_load_state("networkidle")
        handlers = page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(each => each.getAttributeNames().some("
            "name => name.startsWith('on'))).map(each => each.outerHTML)"
        )
        noted.extend(handlers)
        return page

    yield open_
    assert noted == []


def test_nothing_typed_runs_on_any_page(watched, hospital, file, desk_of, nobody):
    desk = desk_of(MANAGER)
    for bundle in bundles():
        receipt = file(bundle, request=bundle, place=bundle[:500], respondent=Respondent(name=bundle[:200]))
        page = watched(f"/desk/cases/{receipt.number}/", desk)
        assert page.locator("h1").count() == 1
    for path in ("/desk/cases/", "/desk/?scope=all", "/desk/cases/?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        watched(path, desk)
    nobody.post(portal(hospital, "track/"), {"number": receipt.number, "code": receipt.code})
    watched(portal(hospital, "track/case/"), nobody)


def test_a_file_is_never_opened_as_a_page(open_page, hospital, file, desk_of, live_server):
    """Even text that a browser might take for a page is handed over as a file."""
    content = "说明如下 <script>alert(1)</script>".encode()
    receipt = file(uploads=[Upload("说明.txt", content), Upload("照片.png", PNG)])
    desk = desk_of(MANAGER)
    page = open_page("/healthz", cookies={settings.SESSION_COOKIE_NAME: desk.cookies[settings.SESSION_COOKIE_NAME].value})
    for row in AttachmentRow.objects.filter(case_id=receipt.case_id):
        with page.expect_download() as download:
            page.evaluate("address => { location.href = address }", f"/desk/cases/{receipt.number}/evidence/{row.id}/")
        assert download.value.suggested_filename == row.name
        assert page.url.endswith("/healthz")
