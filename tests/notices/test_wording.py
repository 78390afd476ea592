"""Own words for messages: what they may name, and what they say."""

import pytest
from tests.notices.conftest import LIN, states
from tests.notices.sinks import words_of

from huiyin.notices.kinds import NOTICE
from huiyin.notices.models import Delivery, Wording
from huiyin.notices.wording import (
    LANGUAGES,
    MESSAGES,
    TO_COMPLAINANT,
    TO_PARTY,
    Text,
    WordingRefusedError,
    built_in,
    check,
    fill,
)
from huiyin.organisations.models import Staff
from huiyin.store.personal.data import PersonalData


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("message", MESSAGES)
def test_every_built_in_text_passes_its_own_check(message, language, is_open):
    check(message, built_in(message, language, is_open=is_open), is_open=is_open)


def test_an_unknown_content_is_refused_by_name():
    with pytest.raises(WordingRefusedError) as refused:
        check(NOTICE, Text("{title}", "{case.numbr}"), is_open=False)
    assert refused.value.problems == [("unknown", "case.numbr")]


@pytest.mark.parametrize("name", ["text", "recipient"])
def test_nothing_personal_on_an_open_way(name):
    with pytest.raises(WordingRefusedError) as refused:
        check(TO_COMPLAINANT, Text("{title}", f"{{{name}}}"), is_open=True)
    assert refused.value.problems == [("private", name)]


def test_the_code_goes_to_parties_outside_only():
    check(TO_PARTY, Text("{title}", "{code}"), is_open=False)
    with pytest.raises(WordingRefusedError):
        check(NOTICE, Text("{title}", "{code}"), is_open=False)


@pytest.mark.parametrize("text", ["{title", "{title!r}", "{title:>999999999}", "{0.__class__}", "}"])
def test_braces_that_do_not_close_and_tricks_with_them_are_refused(text):
    with pytest.raises(WordingRefusedError):
        check(NOTICE, Text("{title}", text), is_open=False)


def test_a_line_without_its_content_is_left_out():
    text = fill(Text("{title}", "{title}\n依据：{articles}\n{link}\n谢谢"), {"title": "已受理", "articles": "", "link": ""})
    assert text.text == "已受理\n谢谢"


def test_line_breaks_in_a_content_cannot_make_headers():
    assert fill(Text("{title}", ""), {"title": "已受理\r\nBcc: x@example.cn"}).subject == "已受理 Bcc: x@example.cn"


def test_the_organisations_own_words_are_used(hospital, mail, mailbox, file, round_):
    Wording.objects.create(
        organisation=hospital,
        regime="service",
        message=TO_COMPLAINANT,
        language="zh-hans",
        open=False,
        subject="{organisation}来信",
        text="您好，{title}。",
        set_by=Staff.objects.get(person="mei"),
    )
    file("护士态度差", personal=PersonalData(name="林晓雨", email="lin@example.cn"))
    round_()
    assert mailbox.mails[0]["Subject"].strip() == "青屿医院来信"
    assert words_of(mailbox.mails[0]).startswith("您好，")


def test_without_a_channel_nothing_is_planned(hospital, file, round_):
    file("护士态度差", personal=LIN)
    round_()
    assert states() == []
    assert not Delivery.objects.exists()
