"""Signing in and changing one's password, in our words and in both languages."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD = "回音-一个长的密码-2026"


@pytest.fixture
def browser(db):
    get_user_model().objects.create_user("he-wanyin", password=PASSWORD)
    return Client(HTTP_HOST="127.0.0.1")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "用户名或密码不对。"), ("en", "User name or password is wrong.")]
)
def test_a_wrong_password_does_not_say_which_of_the_two_was_wrong(browser, language, words):
    browser.cookies["huiyin_language"] = language
    for name in ("he-wanyin", "nobody"):
        page = browser.post("/accounts/sign-in/", {"username": name, "password": "wrong"}).content.decode()
        assert words in page
        assert f'value="{name}"' in page


def test_what_a_password_has_to_be_is_said_politely_and_once(browser):
    browser.force_login(get_user_model().objects.get())
    page = browser.get("/accounts/password/").content.decode()
    assert page.count("至少10个字符") == 1
    assert "你的" not in page


def test_a_wrong_old_password_and_two_different_new_ones_are_said_beside_their_fields(browser):
    browser.force_login(get_user_model().objects.get())
    said = {"old_password": "wrong", "new_password1": PASSWORD + "1", "new_password2": PASSWORD + "2"}
    page = browser.post("/accounts/password/", said).content.decode()
    assert "旧密码不对，请再输一次。" in page
    assert "两次输入的新密码不一样，请再输一次。" in page
