"""The control for each kind of field."""

from django import forms
from tests.regime.examples import SMALL

from huiyin.portal.forms.fields import form_field
from huiyin.regime import load
from huiyin.regime.model import Field, FieldType


def yes_no(*, required: bool) -> forms.Field:
    return form_field(Field("harm", "造成损害", FieldType.YES_NO), required=required)


def test_a_yes_or_no_nobody_has_to_answer_is_a_box_to_tick():
    assert isinstance(yes_no(required=False), forms.BooleanField)


def test_a_required_yes_or_no_asks_for_one_of_them_and_has_none_chosen_beforehand():
    control = yes_no(required=True)
    assert isinstance(control, forms.ChoiceField)
    assert (control.required, control.initial) == (True, None)
    assert [value for value, _title in control.choices] == ["true", "false"]


def test_a_yes_or_no_that_other_answers_may_require_can_be_answered_with_no(tmp_path):
    declared = "harm: {title: 造成损害, type: yes-no"
    file = tmp_path / "regime.yaml"
    file.write_text(SMALL.replace(declared, f"{declared}, required: \"matter.subject == 'service'\""), encoding="utf-8")
    control = form_field(load(file).intake.fields["harm"])
    assert isinstance(control, forms.ChoiceField)
    assert [value for value, _title in control.choices] == ["true", "false"]
    assert not control.required
