"""What an act is called in English: the core's acts are translated, what the regime calls its own acts is not."""

import pytest
from django.utils import translation

from huiyin.application.act_titles import _APART, KNOWN, in_language
from huiyin.cases.possible import Possible
from huiyin.regime.vocabulary import CORE_ACTS


def titles(*acts):
    return [each.title for each in in_language(Possible(work, work, title, ()) for work, title in acts)]


def test_every_act_of_the_core_has_an_english_title():
    with translation.override("en"):
        said = titles(*((work, title) for work, (title, _event) in CORE_ACTS.items()))
    assert all(words.isascii() for words in said)
    assert len(KNOWN) + len(_APART) == len(CORE_ACTS)


def test_a_button_says_what_to_do_and_not_what_was_done():
    acts = ("open-evidence", "ask-more", "transfer", "suspend", "terminate", "merge")
    with translation.override("en"):
        said = titles(*((work, CORE_ACTS[work][0]) for work in acts))
    assert said == ["Open sealed evidence", "Ask for completion", "Pass on", "Suspend", "Terminate", "Join to another case"]


def test_what_staff_do_for_the_complainant_is_said_so():
    with translation.override("en"):
        assert titles(("withdraw", "代投诉人撤回")) == ["Withdraw (for the complainant)"]


@pytest.mark.parametrize("title", ["撤销举报", "接待"])
def test_the_regimes_own_words_stay(title):
    with translation.override("en"):
        assert titles(("withdraw", title)) == [title]


def test_chinese_pages_are_left_alone():
    assert titles(("withdraw", "撤回"), ("note", "记录")) == ["撤回", "记录"]
