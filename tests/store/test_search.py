"""Full-text search finds every hit of one character or more, on both databases, as a plain comparison would."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.store import search_index
from huiyin.store.search_text import Asked, asked, characters, fold, grams

TEXTS = {
    1: "电梯停运三天，物业不修。订单号 A-20260012，电话尾号5521",
    2: "電梯困人",
    3: "李护士态度冷淡",
    4: "𠮷野家的饭菜有异物",
    5: "wifi 密码不对，客服 Lily 不回",
    6: "的" * 5_000 + "尾声",
    7: "开头" + "不" * 2_500 + "a1b2c3结束",
    8: "无关",
    9: "无关",
}


@pytest.fixture(params=[2, 10_000], ids=["two newest one by one", "all one by one"])
def index(db, monkeypatch, request):
    """The newest are looked through one by one, the others found by the index (on PostgreSQL)."""
    monkeypatch.setattr(search_index, "LOOKED_THROUGH", request.param)
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
        ("x", []),                 # no letter stands for a character that is spelled as its code
        ("X2", []),
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
        ("声", [6]),               # the last character of a text
        ("开头 结束", [7]),          # far from each other
        ("结束 开头 不", [7]),
        ("开头 尾声", []),
        ("无关", [9, 8]),
        ("2", [7, 1]),             # digits and letters: one, two, three, more, with others beside them
        ("20", [1]),
        ("12", [1]),
        ("b2", [7]),
        ("12尾", []),
        ("a1b2", [7]),
        ("1b2c3", [7]),
        ("不a1", [7]),
        ("3结", [7]),
        ("c3结束", [7]),
        ("码5", []),
        ("号5521", [1]),
        ("5521电", []),
        ("012电话", [1]),
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


@pytest.mark.parametrize("words", ["不", "结束 开头", "不 无关", "的的", "电", "2"])
def test_portions_together_are_everything(index, words):
    """Newest first, each hit once, however many are asked for at a time."""
    hits, before = [], search_index.ABOVE_ALL
    while portion := search_index.newest(words, 1, before):
        hits += portion
        before = portion[-1]
    assert hits == search_index.newest(words, 10)


mixed = st.text(alphabet="电梯物业1290abx𠮷", min_size=1, max_size=12)
asked_for = st.lists(st.text(alphabet="电梯物12abx𠮷", min_size=1, max_size=5), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(mixed, min_size=1, max_size=8), words=asked_for, looked_through=st.integers(0, 9))
def test_the_index_finds_what_a_comparison_finds(db, monkeypatch, texts, words, looked_through):
    monkeypatch.setattr(search_index, "LOOKED_THROUGH", looked_through)
    numbered = list(enumerate(texts, start=100))
    search_index.clear([number for number, _ in numbered] + list(range(100, 110)))
    search_index.write(numbered, new=True)
    expected = [number for number, text in reversed(numbered) if all(word in text for word in words)]
    assert search_index.newest(" ".join(words), 100) == expected


@given(text=mixed, start=st.integers(0, 11), length=st.integers(1, 12))
def test_a_part_of_a_text_is_asked_for_by_grams_the_text_has(text, start, length):
    """Side by side, in the same order."""
    part = text[start : start + length]
    wanted = asked(part, 64)
    if wanted is None:
        return
    found = grams(text)[start : start + len(wanted.grams)]
    assert found[:-1] == wanted.grams[:-1]
    assert found[-1].startswith(wanted.grams[-1]) if wanted.beginning else found[-1] == wanted.grams[-1]


def test_three_digits_or_latin_letters_go_together_and_two_of_others():
    assert grams("电梯a123，停") == ["电梯", "梯a", "a12", "123", "23", "3停", "停"]
    assert asked("电梯", 64) == Asked(["电梯"], beginning=False)
    assert asked("梯a1", 64) == Asked(["梯a", "a1"], beginning=True)
    assert asked("13900", 64) == Asked(["139", "390", "900"], beginning=False)
    assert asked("电", 64) == Asked(["电"], beginning=True)
    assert asked("，。", 64) is None


def test_folding_keeps_every_letter_apart():
    assert fold("ＡＢ電") == "ab电"
    assert list(characters("电，梯 A1𠮷")) == ["电", "梯", "a", "1", "ᚁ20bb7"]
