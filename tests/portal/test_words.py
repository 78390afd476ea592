"""Days, times and articles in people's words; QR codes that can be read back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from huiyin.portal.pages.articles import anchor, article_title
from huiyin.portal.pages.moments import day_words, due_words, moment_words
from huiyin.portal.pages.qr import qr_of

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(("article", "title"), [
    ("八", "第八条"), ("八(3)", "第八条(3)"), ("收费四", "收费四"), ("4.2", "4.2"), ("二十一", "第二十一条"),
])  # fmt: skip
def test_articles_are_called_as_the_regime_counts_them(article, title):
    assert article_title(article) == title


def test_an_anchor_is_safe_in_an_address():
    assert anchor("八(3)") == "article-八-3-"


@pytest.mark.parametrize(("due", "words"), [
    (datetime(2026, 9, 28, 9, 30, tzinfo=UTC), "今天 17:30前"),
    (datetime(2026, 9, 28, 15, 59, 59, tzinfo=UTC), "今天前"),
    (datetime(2026, 9, 29, 9, 30, tzinfo=UTC), "明天前"),
    (datetime(2026, 10, 8, 9, 30, tzinfo=UTC), "10月8日 周四前"),
    (datetime(2027, 1, 4, 9, 30, tzinfo=UTC), "2027年1月4日 周一前"),
])  # fmt: skip
def test_due_times_are_said_as_people_say_them(due, words):
    assert due_words(due, CHINA, NOW) == words


def test_a_day_far_off_names_its_year_only_when_it_is_another():
    assert day_words(date(2026, 10, 8), date(2026, 9, 28)) == "10月8日 周四"
    assert day_words(date(2027, 10, 8), date(2026, 9, 28)) == "2027年10月8日 周五"


def test_what_happened_today_says_the_hour_alone():
    assert moment_words(datetime(2026, 9, 28, 2, 32, tzinfo=UTC), CHINA, NOW) == "今天 10:32"
    assert moment_words(datetime(2026, 9, 27, 16, 5, tzinfo=UTC), CHINA, NOW) == "今天 0:05"


def test_a_qr_code_is_a_square_with_its_quiet_zone():
    picture = qr_of("http://127.0.0.1/track/?number=YH2026-0001")
    assert picture.side == 37       # version 3 has 29 modules, and four of quiet on each side
    rows = {int(part.split(" ")[1].split("h")[0]) for part in picture.path.split("M")[1:]}
    assert (min(rows), max(rows)) == (4, 32)
