"""A regime to read, in Chinese."""

from tests.regime.examples import SMALL

from huiyin.regime import describe, load
from huiyin.regime.saying import event_title, say_condition
from huiyin.regime.show import rules_by_article


def small(folder):
    (folder / "regime.yaml").write_text(SMALL, encoding="utf-8")
    return load(folder)


def test_articles_stand_beside_the_rules_that_carry_them_out(tmp_path):
    text = describe(small(tmp_path))
    assert "  〈四〉处罚。\n      → 责任：态度恶劣\n" in text
    assert rules_by_article(small(tmp_path))["四"] == [("accountability.rules.rude", "责任：态度恶劣")]


def test_an_article_without_rules_is_called_text(tmp_path):
    text = SMALL.replace('"四": 处罚。', '"四": 处罚。, "五": 附则。')
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    assert "  〈五〉附则。\n      → 仅作文字展示\n" in describe(load(tmp_path))


def test_flow_limits_and_sanctions_are_said_in_words(tmp_path):
    text = describe(small(tmp_path))
    assert "  3. 核实（verify）  承办人（三）\n       在分派之后\n" in text
    assert "  办结  自分派至答复：15个工作日（投诉办）（三）\n       可再延长10个工作日，须投诉办批准（三）\n" in text
    assert "核实：属实之后：对被投诉人建议罚款200至500元，须主任批准（四）" in text
    assert "到期前1个工作日提醒承办人" in text


def test_a_rule_about_whom_the_investigation_named_says_the_title_of_the_field(tmp_path):
    text = SMALL.replace("against: respondent", "against: facts.culprit")
    text = text.replace("fields: {", "fields: {culprit: {title: 直接责任人, type: person}, ", 1)
    (tmp_path / "regime.yaml").write_text(text, encoding="utf-8")
    regime = load(tmp_path)
    assert "对直接责任人建议罚款200至500元，须主任批准（四）" in describe(regime)
    assert regime.role_title("facts.culprit") == "直接责任人"


def test_events_and_conditions_have_chinese_names(tmp_path):
    regime = small(tmp_path)
    assert event_title(regime, "registered") == "登记"
    assert event_title(regime, "verify:founded") == "核实：属实"
    assert event_title(regime, "conclude.overdue") == "办结超期"
    assert say_condition(regime, regime.severity.rules[0].when) == "造成损害"
