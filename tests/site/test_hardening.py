"""What every answer carries, and who may see what without signing in."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_pages_allow_no_inline_script_no_frame_and_no_sniffing(client):
    answer = client.get("/accounts/sign-in/")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_error_pages_carry_the_same_headers(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "没有找到这一页" in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_page_nobody_marked_public_asks_to_sign_in(client):
    answer = client.get("/accounts/password/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/?next=")


def test_a_fragment_moves_the_whole_page_to_the_sign_in(client):
    answer = client.get("/accounts/password/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith("/accounts/sign-in/")


def test_a_form_without_its_token_is_refused_in_plain_words():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/sign-in/", {"username": "shen", "password": "x"})
    assert answer.status_code == 403
    assert "放得太久" in answer.content.decode()


def test_five_wrong_passwords_close_the_name_for_a_while(client, django_user_model):
    django_user_model.objects.create_user("shen", password="a right password")
    for _ in range(5):
        answer = client.post("/accounts/sign-in/", {"username": "shen", "password": "wrong"})
    assert answer.status_code == 429
    assert "锁定15分钟" in answer.content.decode()
    answer = client.post("/accounts/sign-in/", {"username": "shen", "password": "a right password"})
    assert answer.status_code == 429


def test_another_name_signs_in_while_one_is_closed(client, django_user_model):
    django_user_model.objects.create_user("he", password="a right password")
    for _ in range(5):
        client.post("/accounts/sign-in/", {"username": "shen", "password": "wrong"})
    answer = client.post("/accounts/sign-in/", {"username": "he", "password": "a right password"})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/"


def test_cookies_are_kept_from_scripts_and_other_sites(client, django_user_model):
    django_user_model.objects.create_user("he", password="a right password")
    client.post("/accounts/sign-in/", {"username": "he", "password": "a right password"})
    cookie = client.cookies["huiyin_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_health_is_public_and_asks_the_database(client):
    answer = client.get("/healthz")
    assert answer.json() == {"status": "ok"}


def test_pages_are_chinese_whatever_the_browser_prefers_until_english_is_chosen(client):
    answer = client.get("/accounts/sign-in/", headers={"Accept-Language": "en"})
    assert "登录工作台" in answer.content.decode()
    client.post("/language/", {"language": "en", "next": "/accounts/sign-in/"})
    answer = client.get("/accounts/sign-in/")
    assert "Sign in to the desk" in answer.content.decode()
    assert '<html lang="en"' in answer.content.decode()


def test_static_addresses_change_with_their_content(client):
    page = client.get("/accounts/sign-in/").content.decode()
    assert "/static/build/huiyin.css?v=" in page
