"""Two versions compared, in sentences."""

import pytest
from tests.regime.examples import SMALL

from huiyin.regime import load, packs
from huiyin.regime.diff import compare


def version(tmp_path, *changes, answers=None):
    """The small regime with pieces of its text replaced."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = tmp_path / f"{len(list(tmp_path.iterdir()))}.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file, answers=answers)


@pytest.fixture
def sentences(tmp_path):
    """What compare says after these replacements."""

    def said(*changes, answers=None):
        return [str(change) for change in compare(version(tmp_path), version(tmp_path, *changes, answers=answers))]

    return said


def test_a_limit_that_became_shorter_is_said_with_both_figures_and_its_article(sentences):
    assert sentences(("within: 15 workdays", "within: 10 workdays")) == ["时限“办结”由15个工作日改为10个工作日（三）"]


def test_a_limit_with_several_figures_says_which_of_them_changed(tmp_path):
    rows = "within: [{when: matter.harm, within: 5 workdays}, {within: 15 workdays}]"
    one = version(tmp_path, ("within: 15 workdays", rows))
    other = version(tmp_path, ("within: 15 workdays", rows.replace("5 workdays}, ", "3 workdays}, ")))
    assert [str(change) for change in compare(one, other)] == ["时限“办结”（造成损害的）由5个工作日改为3个工作日（三）"]


def test_a_comment_another_order_of_keys_or_of_sections_is_no_change(sentences):
    assert sentences(("title: 投诉处理制度\n", "title: 投诉处理制度  # 修订\n")) == []
    assert sentences(("{title: 登记, by: office,", "{by: office, title: 登记,")) == []


def test_what_came_and_what_went_are_said_with_what_they_say(sentences):
    added = ("  close:", '  call: {title: 电话回访, by: office, after: reply, cite: "三"}\n  close:')
    assert sentences(added) == ["增加环节“电话回访”：由谁办：投诉办；在什么之后：答复（三）"]
    gone = ('acts:\n  extra: {title: 专家会诊, by: director, cite: "三"}\n', "")
    assert sentences(gone) == ["删去动作“专家会诊”（三）"]


def test_an_article_of_new_wording_shows_both(sentences):
    assert sentences(("十五个工作日内办结。", "十个工作日内办结。")) == ["第三条由十五个工作日内办结。改为十个工作日内办结。"]


def test_who_approves_when_and_on_what_ground(sentences):
    assert sentences(("approval: big, ", "")) == ["环节“方案”不再规定审批（原为主任（退费>大额标准的）批准）（三）"]
    assert sentences(('is: major, cite: "二"}\n', 'is: major, cite: "三"}\n')) == [
        "定级“有损害”的依据由二改为三"
    ]
    assert sentences(("title: 专家会诊", "title: 专家论证")) == ["动作“专家会诊”改称动作“专家论证”（三）"]


def test_an_answer_of_the_organisation_counts(sentences):
    assert sentences(answers={"mark": 3000}) == ["单位自定“大额标准”由1000元改为3000元"]


def test_the_order_of_rows_counts_where_the_first_that_fits_decides(sentences):
    first = '  again: {title: 重复投诉, when: "earlier(\'same-matter\', \'open\') >= 1", outcome: merge, cite: "一"}\n'
    second = '  harmless: {title: 无损害, when: "!matter.harm", outcome: accept, cite: "一"}\n'
    assert sentences((first, first + second)) == ["增加受理审查“无损害”：受理；仅当：“造成损害”为否（一）"]


def test_rows_that_changed_places(tmp_path):
    rest = '  rest: {title: 受理, outcome: accept, cite: "一"}\n'
    one = '  one: {title: 甲, when: matter.harm, outcome: accept, cite: "一"}\n'
    two = '  two: {title: 乙, when: "!matter.harm", outcome: accept, cite: "一"}\n'
    before, after = version(tmp_path, (rest, one + two + rest)), version(tmp_path, (rest, two + one + rest))
    (change,) = compare(before, after)
    assert str(change) == "受理审查表各行的先后次序由“重复投诉、甲、乙、受理”改为“重复投诉、乙、甲、受理”"


@pytest.mark.parametrize("pack", sorted(packs()))
def test_a_pack_does_not_differ_from_itself_and_every_rule_of_it_can_come_and_go(pack, tmp_path):
    regime, other = load(packs()[pack]), version(tmp_path)
    assert compare(regime, regime) == ()
    there, back = compare(other, regime), compare(regime, other)
    assert {change.path for change in there if change.kind == "added"} == {
        change.path for change in back if change.kind == "removed"
    }
