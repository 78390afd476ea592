"""Fields of work by name, wherever a regime declares them."""

from huiyin.regime import load, packs
from huiyin.regime.affairs import affairs_of
from huiyin.regime.model import fields_of_work


def test_fields_of_reports_extensions_and_corrective_action_have_their_titles():
    known = fields_of_work(load(packs()["health-supervision"]))
    extensions = [each.extension for each in load(packs()["health-supervision"]).limits.values() if each.extension]
    assert {name for each in extensions for name in each.fields} <= known.keys()


def test_choices_of_all_declarations_have_their_titles():
    """What staff did wrong is asked by the investigation and, with fewer choices, by an act at any time."""
    field = fields_of_work(load(packs()["property-staff-service"]))["misconduct"]
    assert field.choices["cold"] == "接待冷淡或省略服务环节"
    assert field.choices["weak-lead"] == "主管管理不力"


def test_an_affair_knows_the_fields_of_its_regime():
    regime = load(packs()["company-quality"])
    affair = affairs_of(regime)["improvement"]
    assert fields_of_work(affair)["lessons"].title == "总结和教训"
