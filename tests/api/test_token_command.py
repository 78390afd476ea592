"""`huiyin token`: a secret is shown once, listed by its beginning, and revoked."""

import json

import pytest
from tests.api.conftest import Caller

from huiyin.api.models import Token
from huiyin.cli import main
from huiyin.commands_line import language


@pytest.fixture
def huiyin(hospital, capsys, monkeypatch):
    """`huiyin("token", "list")` gives exit code, output and errors of the command."""
    monkeypatch.setenv("LANG", "C.UTF-8")

    def run(*words):
        capsys.readouterr()
        code = main(list(words))
        captured = capsys.readouterr()
        return code, captured.out.strip(), captured.err

    yield run
    language.choose("zh")


def test_an_issued_token_works_until_it_is_revoked(huiyin):
    code, secret, advice = huiyin("token", "issue", "调度程序", "--person", "mei", "--organisation", "qingyu")
    assert code == 0
    assert "以后不再显示" in advice
    assert Caller(secret).get("/me").body["scopes"] == ["regimes", "file", "track", "read", "act"]

    code, listed, _ = huiyin("token", "list")
    assert code == 0
    assert "mei  有效" in listed
    assert secret not in listed

    assert huiyin("token", "revoke", secret[:12])[0] == 0
    assert Caller(secret).get("/me").status == 401
    assert "失效" in huiyin("token", "list")[1]


def test_a_token_for_the_website_files_and_tracks(huiyin):
    code, out, _ = huiyin("token", "issue", "网站", "--organisation", "qingyu", "--days", "30", "--json")
    issued = json.loads(out)
    assert code == 0
    assert issued["scopes"] == ["regimes", "file", "track"]
    assert issued["person"] == ""


@pytest.mark.parametrize("words", [
    ("issue", "网站"),                                                          # a rehearsal is never meant by silence
    ("issue", "网站", "--organisation", "nowhere"),
    ("issue", "网站", "--organisation", "qingyu", "--scope", "read"),
    ("issue", "网站", "--organisation", "qingyu", "--scope", "all"),
    ("issue", "程序", "--organisation", "qingyu", "--person", "nobody"),
    ("issue", "程序", "--organisation", "qingyu", "--person", "mei", "--scope", "maintain"),
    ("issue", "程序", "--organisation", "qingyu", "--days", "0"),
    ("issue",),
])
def test_bad_usage_issues_nothing_and_says_why(huiyin, words):
    code, out, error = huiyin("token", *words)
    assert (code, out) == (2, "")
    assert "用法有误" in error
    assert not Token.objects.exists()


def test_a_token_that_is_not_there_cannot_be_revoked(huiyin):
    code, _, error = huiyin("token", "revoke", "huiyin_xxxxx")
    assert code == 1
    assert "没有" in error
