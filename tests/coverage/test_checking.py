"""One bad coverage file for each thing that can be wrong, and the good one they are made from."""

import pytest

from huiyin.coverage import FEATURES, Tally, check_coverage
from huiyin.coverage.inventories import inventories

FIRST = "1: {by: [flow.receive, roles.office], story: 来访的}"
SECOND = "2: {by: limits.reply.extension, story: [来电的延长后答复]}"


def test_a_file_in_order_has_no_trouble(check, good):
    report = check(good)
    assert [problem.say() for problem in report.problems] == []
    assert report.facts == Tally(4, carried_out=2, information=1, planned=1)
    assert report.figures == Tally(1, carried_out=1)
    assert report.planned == {"archive-retention": (4,)}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("regime: desk", "regime: disk", 1, "旁边的制度却是“desk”"),
        ("inventory: T-1", "inventory: T-9", 2, "没有编号为“T-9”的清单"),
        (FIRST, "", 3, "第1条要求（一）没有写由什么执行"),
        ("4: {", "5: {", 7, "没有第5条，只有4条"),
        (FIRST, "1: {by: flow.receive, information: 说明, story: 来访的}", 4, "三者之一"),
        (FIRST, "1: {story: 来访的}", 4, "三者之一"),
        (FIRST, "1: {by: flow.receive, storys: 来访的}", 4, "不认识“storys”"),
        (FIRST, "1: 来访的", 4, "应写成"),
        (FIRST, "1: {by: [], story: 来访的}", 4, "“by”应写成一个名称或名称的列表"),
        ("planned: archive-retention", "planned: ''", 7, "“planned”应写成一句文字"),
        ("flow.receive", "flow.recieve", 4, "制度里没有 flow.recieve。是不是 flow.receive？"),
        ("flow.receive", "articles.一", 4, "是条文，不会执行"),
        ("flow.receive", "flow", 4, "没有指明哪一条规则"),
        (FIRST, "1: {by: feature.telepathy, test: 'tests/test_desk.py::test_numbers'}", 4, "没有名为“telepathy”"),
        (FIRST, "1: {by: feature.one-number}", 4, "要写测试"),
        (FIRST, "1: {by: flow.receive}", 4, "没有证明"),
        ("story: 来访的}", "story: 来信的}", 4, "没有题为“来信的”的故事"),
        ("story: 来访的}", "story: 来}", 4, "以“来”开头的故事有2个"),
        (FIRST, "1: {by: intake.channels.phone, story: 来访的}", 4, "没有用到第1条所写的任何规则"),
        (FIRST, "1: {by: [flow.receive, intake.channels.phone], story: 来访的}", 4, "都没有用到 intake.channels.phone"),
        ("[来电的延长后答复]", "来访的当天答复", 5, "没有用到第2条所写的任何规则。用到的有：来电的延长后答复。"),
        (FIRST, "1: {by: flow.receive, test: 'tests/test_desk.py::test_words'}", 4, "没有测试"),
        (FIRST, "1: {by: flow.receive, test: 'tests/test_disk.py::test_numbers'}", 4, "没有测试"),
        ("planned: archive-retention", "planned: extension", 7, "不是可以后做的功能"),
        ("planned: archive-retention", "planned: warranty", 7, "并不需要“warranty”"),
        ("information: 说明性文字，没有可执行的要求", "information: ''", 6, "没有写理由"),
        (SECOND, "2: {by: records.all, story: 来电的}", 5, "本版还不执行"),
        ("figures:\n  1:", "figures:\n  2:", 9, "figures 没有第2条，只有1条"),
        ("figures:", "figure:", 8, "不认识“figure”"),
        ("figures:", "trial: {limits.reply.within: }\nfigures:", 8, "“trial”应写成“路径: 理由”"),
        ("facts:", "facts: [", 4, "读不出来：YAML 写法有误"),
    ],
)
def test_each_trouble_is_told_with_its_line(check, good, old, new, line, words):
    assert old in good
    problems = check(good.replace(old, new, 1)).problems
    told = [problem.say() for problem in problems]
    assert any(words in each for each in told), told
    assert line in {problem.line for problem in problems}
    assert all(problem.message_en for problem in problems)


def test_without_a_file_that_is_the_trouble(tmp_path):
    report = check_coverage("desk", tmp_path)
    assert [problem.code for problem in report.problems] == ["C1"]


def test_a_test_may_stand_where_no_story_uses_the_rule(check, good):
    text = good.replace(FIRST, "1: {by: intake.channels.phone, test: 'tests/test_desk.py::test_numbers'}")
    assert check(text).problems == ()


def test_a_feature_is_shown_by_its_test(check, good):
    text = good.replace(FIRST, "1: {by: feature.one-number, test: 'tests/test_desk.py::test_numbers'}")
    assert check(text).problems == ()


def test_a_story_that_fails_proves_nothing(check, good, tmp_path):
    file = tmp_path / "packs" / "desk" / "scenarios.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("happened: replied", "happened: closed"), encoding="utf-8")
    assert any("没有通过，不能作证明" in problem.say() for problem in check(good).problems)


def test_names_of_features_are_plain_and_said_in_chinese():
    assert all(name.replace("-", "").isalpha() and sentence.endswith("。") for name, sentence in FEATURES.items())


def test_the_inventories_of_the_seven_packs_are_known():
    wanted = {"S0-01": 42, "S0-02": 46, "S0-05": 48, "S0-07": 68, "S0-17": 63, "S3-02": 10, "S4-06": 33}
    assert {name: len(inventories()[name].facts) for name in wanted} == wanted
