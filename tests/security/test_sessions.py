"""Signing in and tracking: forged forms, cookies, sessions that change hands, guessing, and addresses to be sent on to."""

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver
from tests.security.conftest import MANAGER, portal

from huiyin.application.attempts import MOST_PER_NUMBER_AND_SOURCE, MOST_PER_SOURCE

PASSWORD = "一个够长的密码 7042"


@pytest.fixture
def he(hospital):
    """The account of 何婉吟 with a password."""
    from tests.workbench.rehearsal import account

    user = account(MANAGER)
    user.set_password(PASSWORD)
    user.save()
    return user.get_username()


def browser(**options):
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False, **options)


def sign_in(client, username, password=PASSWORD, **more):
    return client.post("/accounts/sign-in/", {"username": username, "password": password, **more})


# -- forged forms ---------------------------------------------------------------------------------------------------------


def views(resolver):
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each)
        else:
            yield each


def test_only_the_interface_with_its_tokens_does_without_form_tokens():
    exempt = {
        view.lookup_str for view in views(get_resolver()) if getattr(view.callback, "csrf_exempt", False)
    }
    assert all(name.startswith(("ninja.", "huiyin.api.")) for name in exempt), exempt


AT_THE_DESK = (
    "desk/intake/patient-relations/", "desk/intake/similar/", "desk/cases/{}/look/", "desk/cases/{}/do/supervise.supervise/",
    "desk/clock/", "accounts/sign-out/", "accounts/password/", "language/",
)  # fmt: skip
ON_THE_PORTAL = (
    "file/patient-relations/", "track/", "track/leave/", "track/case/say/", "track/case/rate/", "track/case/complete/",
    "track/case/do/withdraw/",
)  # fmt: skip


def test_a_form_from_elsewhere_does_nothing(hospital, matter, complainant, desk_of):
    victim = desk_of(MANAGER)
    forged = [(victim, "/" + path.format(matter.number)) for path in AT_THE_DESK]
    forged += [(complainant, portal(hospital, path)) for path in ON_THE_PORTAL]
    for client, path in forged:
        client.handler.enforce_csrf_checks = True
        answer = client.post(path, {"text": "x"}, headers={"Origin": "https://evil.example"})
        assert (path, answer.status_code) == (path, 403)
        assert "没有提交" in answer.content.decode()


def test_every_form_brings_its_token(hospital, matter, complainant, desk_of):
    desk = desk_of(MANAGER)
    pages = [
        desk.get("/desk/"), desk.get(f"/desk/cases/{matter.number}/"), desk.get("/desk/intake/patient-relations/"),
        desk.get(f"/desk/cases/{matter.number}/do/supervise.supervise/"), desk.get("/accounts/password/"),
        complainant.get(portal(hospital, "track/case/")), complainant.get(portal(hospital, "file/patient-relations/")),
    ]  # fmt: skip
    for page in pages:
        forms = re.findall(r"<form[^>]*method=.post.*?</form>", page.content.decode(), re.DOTALL | re.IGNORECASE)
        assert forms
        assert all("csrfmiddlewaretoken" in form for form in forms)


# -- cookies and sessions -------------------------------------------------------------------------------------------------


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(hospital, matter, he):
    client = browser()
    sign_in(client, he)
    client.get("/desk/")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
        assert not client.cookies[name]["domain"], name


def test_behind_https_cookies_never_travel_in_the_open(hospital, he):
    with override_settings(SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        client = browser()
        client.get("/accounts/sign-in/")
        sign_in(client, he)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["secure"]
    assert client.cookies[settings.CSRF_COOKIE_NAME]["secure"]


def test_signing_in_gives_a_new_session_so_that_a_planted_one_is_worthless(hospital, matter, he):
    """Someone tracks a case at a shared machine and keeps the cookie; later staff signs in there."""
    planted = browser()
    planted.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code})
    cookie = planted.cookies[settings.SESSION_COOKIE_NAME].value
    victim = browser()
    victim.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert sign_in(victim, he).status_code == 302
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != cookie
    attacker = browser()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert attacker.get("/desk/").status_code == 302


def test_number_and_code_give_a_new_session_too(hospital, matter):
    client = browser()
    client.get(portal(hospital, "track/"))
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    client.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_signing_out_ends_the_session_at_the_server(hospital, he):
    client = browser()
    sign_in(client, he)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/sign-out/")
    thief = browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert thief.get("/desk/").status_code == 302


def test_a_new_password_ends_all_other_sessions(hospital, he):
    here, elsewhere = browser(), browser()
    sign_in(here, he)
    sign_in(elsewhere, he)
    new = "另一个够长的密码 9511"
    answer = here.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert answer.status_code == 302
    assert here.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302


def test_who_left_is_signed_out_of_the_desk(hospital, he):
    from huiyin.organisations.models import Staff
    from huiyin.organisations.services import people_changed

    client = browser()
    sign_in(client, he)
    Staff.objects.filter(organisation=hospital, person=MANAGER).update(until="2026-01-31")
    people_changed(hospital.pk)
    assert client.get("/desk/cases/").status_code == 403


def test_leaving_the_tracking_page_forgets_the_case(hospital, complainant):
    assert complainant.get(portal(hospital, "track/case/")).status_code == 200
    complainant.post(portal(hospital, "track/leave/"))
    assert complainant.get(portal(hospital, "track/case/")).status_code == 302


# -- guessing -------------------------------------------------------------------------------------------------------------


def test_a_wrong_name_and_a_wrong_password_look_the_same(hospital, he):
    from tests.security.conftest import page_of

    known = page_of(sign_in(browser(), he, "falsch")).replace(he, "…")
    unknown = page_of(sign_in(browser(), "niemand", "falsch")).replace("niemand", "…")
    assert known == unknown


def test_five_wrong_passwords_lock_that_name_here_but_not_elsewhere(hospital, he):
    guesser = browser()
    for _ in range(5):
        answer = sign_in(guesser, he, "geraten")
    assert answer.status_code == 429
    assert sign_in(guesser, he).status_code == 429
    assert sign_in(browser(REMOTE_ADDR="203.0.113.9"), he).status_code == 302


def test_wrong_codes_lock_the_number_for_that_visitor(hospital, matter):
    guesser, owner = browser(REMOTE_ADDR="203.0.113.5"), browser(REMOTE_ADDR="203.0.113.6")
    for _ in range(MOST_PER_NUMBER_AND_SOURCE):
        assert guesser.post(portal(hospital, "track/"), {"number": matter.number, "code": "AAAA-AAAA"}).status_code == 422
    locked = guesser.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code})
    assert locked.status_code == 429
    assert "分钟后再试" in locked.content.decode()
    assert owner.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code}).status_code == 302


def test_who_tries_one_code_on_many_numbers_is_locked_out_as_well(hospital, matter):
    guesser = browser(REMOTE_ADDR="203.0.113.5")
    for number in range(MOST_PER_SOURCE):
        guesser.post(portal(hospital, "track/"), {"number": f"YH2026-{number + 100:04}", "code": "AAAA-AAAA"})
    assert guesser.post(portal(hospital, "track/"), {"number": matter.number, "code": matter.code}).status_code == 429


def test_an_unknown_number_and_a_wrong_code_look_the_same(hospital, matter):
    from tests.security.conftest import page_of

    pages = [
        page_of(browser().post(portal(hospital, "track/"), {"number": number, "code": "AAAA-AAAA"})).replace(number, "…")
        for number in (matter.number, "YH2026-0999")
    ]
    assert pages[0] == pages[1]


# -- sent on to -------------------------------------------------------------------------------------------------------------


ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "https:evil.example", "javascript:alert(1)",
    "///evil.example", "\thttps://evil.example", "http://127.0.0.1@evil.example/", "data:text/html,x",
)  # fmt: skip


def test_nobody_is_sent_to_another_site(hospital, he):
    for target in ELSEWHERE:
        client = browser()
        sent = [sign_in(client, he, next=target)]
        sent += [client.post(path, {"language": "en", "next": target}) for path in ("/language/", "/accounts/sign-out/")]
        for answer in sent:
            assert answer.status_code == 302
            assert answer.headers["Location"] in ("/desk/", "/"), target


def test_another_host_name_is_not_answered(hospital):
    assert Client(HTTP_HOST="evil.example", raise_request_exception=False).get("/accounts/sign-in/").status_code == 400
