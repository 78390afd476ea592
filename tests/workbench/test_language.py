"""The workbench in English: every sentence of ours is said, the regime keeps its own words."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def english(desk_of):
    """A client of 何婉吟 that asked for English."""
    client = desk_of("he-wanyin")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize(
    ("page", "words"),
    [("desk-day", "My day"), ("desk-cases", "Cases"), ("desk-approvals", "Waiting for my approval")],
)
def test_pages_speak_english(english, page, words):
    assert words in english.get(reverse(page)).content.decode()


def test_an_empty_approval_list_holds_no_chinese_but_names(english):
    main = english.get(reverse("desk-approvals")).content.decode().partition("<main")[2].partition("</main>")[0]
    assert CHINESE.findall(main) == []


def test_acts_of_the_core_are_named_in_english_on_a_case(english, complaint):
    page = english.get(reverse("desk-case", args=[complaint().number])).content.decode()
    for title in ("Contact the complainant", "Add evidence"):
        assert f"{title}</a>" in page
    assert "联系投诉人</a>" not in page
