"""Full-text search finds every hit of one character or more, on both databases, as a plain comparison would."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.store import search_index
from huiyin.store.search_text import characters, fold

TEXTS = {
    1: "电梯停运三天，物业不修。订单号 A-20260012，电话尾号5521",
    2: "電梯困人",
    3: "李护士态度冷淡",
    4: "𠮷野家的饭菜有异物",
    5: "wifi 密码不对，客服 Lily 不回",
    6: "的" * 5_000 + "尾声",
}


@pytest.fixture
def index(db):
    search_index.write(list(TEXTS.items()), new=True)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("电梯", [2, 1]),
        ("電梯", [2, 1]),
        ("梯停", [1]),
        ("停梯", []),
        ("李", [3]),
        ("𠮷", [4]),
        ("异物", [4]),
        ("5521", [1]),
        ("20260012", [1]),
        ("WIFI", [5]),
        ("ily", [5]),
        ("ｗｉｆｉ", [5]),
        ("电梯 物业", [1]),
        ("三天物业", [1]),         # punctuation between does not matter
        ("尾声", [6]),
        ("的" * 40, [6]),
        ("，。", []),
        ("", []),
        ("'\"* OR NOT", []),
        ("body:电梯", []),
    ],
)
def test_what_is_found(index, words, hits):
    assert search_index.newest(words, 10) == hits


def test_pages_go_on_where_the_last_one_ended(index):
    assert search_index.newest("电梯", 1) == [2]
    assert search_index.newest("电梯", 1, before=2) == [1]


def test_a_changed_text_is_found_by_its_new_words_only(index):
    search_index.write([(3, "已改派")], new=False)
    assert search_index.newest("态度", 10) == []
    assert search_index.newest("改派", 10) == [3]
    search_index.clear([3])
    assert search_index.newest("改派", 10) == []


chinese = st.text(alphabet="电梯物业收费态度李", min_size=2, max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(chinese, min_size=1, max_size=8), words=st.text(alphabet="电梯物业", min_size=1, max_size=3))
def test_the_index_finds_what_a_comparison_finds(db, texts, words):
    numbered = list(enumerate(texts, start=100))
    search_index.clear([number for number, _ in numbered] + list(range(100, 110)))
    search_index.write(numbered, new=True)
    expected = {number for number, text in numbered if words in text}
    assert set(search_index.newest(words, 100)) == expected


def test_folding_keeps_every_letter_apart():
    assert fold("ＡＢ電") == "ab电"
    assert list(characters("电，梯 A1𠮷")) == ["电", "梯", "a", "1", "x20bb7"]
