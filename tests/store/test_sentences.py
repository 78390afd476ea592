"""Sentences that are kept: read in the language of the reader, whatever stands in them."""

import pytest
from django.utils import translation

from huiyin.store.availability import LOCKED
from huiyin.store.sentences import LONGEST_VALUE, SentenceError, kept, read

ANSWERED = "对方应答 %(status)s。"


def test_a_sentence_is_read_in_the_language_of_the_moment():
    text = kept(ANSWERED, status=503)
    assert read(text) == "对方应答 503。"
    with translation.override("en"):
        assert read(text) == "The other side answered 503."


def test_a_plain_sentence_that_is_known_is_translated_too():
    assert read(LOCKED) == LOCKED
    with translation.override("en"):
        assert read(LOCKED).isascii()


@pytest.mark.parametrize("text", ["", "老版本留下的一句", "[1, 2, 3]", '["只有%(place)s", {}]', '["缺%(place)s", {"other": 1}]', "{}", "1"])
def test_whatever_was_kept_before_is_given_as_it_is_or_as_far_as_it_goes(text):
    assert isinstance(read(text), str)


@pytest.mark.parametrize("value", ["100%", "%(status)s", '["x", {}]', '引号"和\\', "换\n行"])
def test_values_are_taken_as_they_are(value):
    assert read(kept(ANSWERED, status=value)) == f"对方应答 {value}。"


def test_a_value_of_any_length_stays_readable():
    assert len(read(kept(ANSWERED, status="长" * 10_000))) < LONGEST_VALUE + 20


def test_an_error_says_all_and_keeps_the_sentence():
    with pytest.raises(SentenceError, match=r"对方应答 长{10000}。") as raised:
        raise SentenceError(ANSWERED, status="长" * 10_000)
    assert read(raised.value.sentence).startswith("对方应答 长")
