"""What every answer carries, whatever it is: page, fragment, error, download, JSON. And no script of a page's own."""

import re

import pytest
from tests.security.conftest import MANAGER, portal

EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=.application/json))[^>]*>(?!\s*</script)"
    r"|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style|javascript:",
    re.IGNORECASE,
)


@pytest.fixture
def answers(hospital, matter, nobody, complainant, desk_of, api_of):
    """One of each kind: what it is → the response."""
    desk, htmx = desk_of(MANAGER), {"HX-Request": "true"}
    case = f"/desk/cases/{matter.number}/"
    return {
        "portal": nobody.get(portal(hospital)),
        "form": nobody.get(portal(hospital, "file/patient-relations/")),
        "form refused": nobody.post(portal(hospital, "file/patient-relations/"), {"do": "check"}),
        "regime": nobody.get(portal(hospital, "regimes/patient-relations/")),
        "tracking": complainant.get(portal(hospital, "track/case/")),
        "sign-in": nobody.get("/accounts/sign-in/"),
        "to the sign-in": nobody.get("/desk/"),
        "day": desk.get("/desk/"),
        "cases": desk.get("/desk/cases/"),
        "case": desk.get(case),
        "fragment": desk.get(case, {"story": "decision"}, headers=htmx),
        "dialog": desk.get(case + "do/supervise.supervise/", headers=htmx),
        "intake": desk.get("/desk/intake/patient-relations/"),
        "paper": desk.get(case + f"papers/{matter.paper}/"),
        "file": desk.get(case + f"evidence/{matter.attachment}/"),
        "forbidden": desk.get("/desk/clock/"),
        "not found": nobody.get("/no/such/page"),
        "method": desk.post("/desk/cases/"),
        "health": nobody.get("/healthz"),
        "json": api_of(MANAGER).get("/api/v1/cases"),
        "problem": nobody.get("/api/v1/cases"),
        "interface": nobody.get("/api/v1/docs"),
        "static": nobody.get("/static/build/icons.svg"),
    }


def test_every_kind_of_answer_carries_the_headers(answers):
    wrong = {}
    for what, answer in answers.items():
        for header, value in EVERY_ANSWER.items():
            stands_alone = what == "static" and header == "X-Frame-Options"  # the policy's frame-ancestors forbids it
            if answer.headers.get(header) != value and not stands_alone:
                wrong[what, header] = answer.headers.get(header)
        policy = answer.headers.get("Content-Security-Policy", "")
        if "unsafe" in policy or not policy.startswith(("default-src 'self'", "default-src 'none'")):
            wrong[what, "policy"] = policy
        # The empty form alone may stay with the browser that asked for it, so that going back finds what was typed.
        cache = {"static": "", "form": "private, no-cache"}.get(what, "no-store")
        if cache not in answer.headers.get("Cache-Control", ""):
            wrong[what, "cache"] = answer.headers.get("Cache-Control")
    assert answers.pop("file").getvalue()
    answers.pop("static").getvalue()
    assert wrong == {}


def test_no_page_has_a_script_or_style_of_its_own(answers):
    """The policy would block them; a page that needs one would be broken."""
    found = {}
    for what, answer in answers.items():
        text = answer.getvalue().decode(errors="replace")
        if "html" in answer.headers.get("Content-Type", "") and (inline := INLINE.findall(text)):
            found[what] = inline
    assert found == {}


def test_a_file_goes_out_as_a_download_that_nothing_runs_in(answers):
    file = answers["file"]
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers["Content-Type"] == "image/png"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert file.getvalue()
    answers["static"].getvalue()


def test_a_server_error_carries_them_too_and_tells_nothing_of_the_inside(desk_of, monkeypatch):
    from huiyin.workbench.views import ledgers

    def broken(*_arguments):
        raise RuntimeError("/home/huiyin/secret-path")

    desk = desk_of(MANAGER)
    monkeypatch.setattr(ledgers, "books", broken)
    answer = desk.get("/desk/ledgers/")
    assert answer.status_code == 500
    assert {header: answer.headers.get(header) for header in EVERY_ANSWER} == EVERY_ANSWER
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert "secret-path" not in page
    assert "Traceback" not in page
    assert answer.headers["X-Request-ID"] in page
