"""Chinese first, English when asked for."""

import pytest

from huiyin.commands_line.language import in_front, wanted


def test_chinese_unless_asked(huiyin):
    assert "用法有误" in huiyin("calendar", "due", "soon", "1 day").err


@pytest.mark.parametrize("words", [
    ("--lang", "en", "calendar", "due", "soon", "1 day"),
    ("calendar", "due", "soon", "1 day", "--lang", "en"),
    ("calendar", "--lang=en", "due", "soon", "1 day"),
])
def test_english_may_be_asked_for_anywhere(huiyin, words):
    answer = huiyin(*words)
    assert answer.code == 2
    assert "is not understood" in answer.err
    assert "用法" not in answer.err


def test_an_english_system_speaks_english_and_the_option_wins(huiyin, monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "is not understood" in huiyin("calendar", "due", "soon", "1 day").err
    assert "看不懂" in huiyin("--lang", "zh", "calendar", "due", "soon", "1 day").err


def test_another_language_is_bad_usage(huiyin):
    assert huiyin("--lang", "fr", "calendar").code == 2
    assert huiyin("calendar", "--lang").code == 2


def test_the_option_moves_to_the_front():
    assert in_front(["calendar", "due", "--lang", "en", "a"]) == ["--lang", "en", "calendar", "due", "a"]
    assert wanted(["calendar", "--lang=en"]) == "en"
    assert wanted(["calendar"]) == "zh"


@pytest.mark.parametrize(("words", "said"), [
    (["nonsense"], "没有命令 nonsense"),
    (["calendar", "nonsense"], "没有命令 nonsense"),
    (["calendar", "due", "--nonsense"], "没有选项 --nonsense"),
    (["serve", "--port", "abc"], "--port"),
    (["serve", "--port", "99999"], "--port"),
])
def test_bad_usage_exits_with_2_and_names_the_trouble(huiyin, words, said):
    answer = huiyin(*words)
    assert answer.code == 2
    assert said in answer.err


def test_help_lists_the_commands_that_are_there(huiyin_process):
    chinese = huiyin_process("--help")
    english = huiyin_process("--help", LANG="en_US.UTF-8")
    for answer in (chinese, english):
        assert answer.code == 0
        for name in ("serve", "worker", "regime", "calendar", "verify", "rebuild", "demo"):
            assert f"  {name} " in answer.out
    assert "计算到期时间" in chinese.out
    assert "Compute due times" in english.out
