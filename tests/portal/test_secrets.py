"""The filing form says what the regime keeps secret, and from whom."""

import pytest

from huiyin.portal.pages.secrets import secrets_of
from huiyin.regime import check, packs


def secrets(pack):
    return {secret.title: secret.sentence for secret in secrets_of(check(packs()[pack]).regime)}


def test_what_is_hidden_is_named_with_those_who_do_not_see_it():
    assert secrets("complaint-centre-basic")["投诉人信息保密"] == "您的姓名和联系方式、“联系地址（不公开）”不给相关部门看"


def test_who_alone_may_see_the_case_is_named():
    found = secrets("health-supervision")
    assert found["举报投诉人和办理情况保密"].startswith("只有首接人和承办人、承办部门、")
    assert found["不向被反映方透露举报投诉人"].startswith("您的姓名和联系方式不给")


@pytest.mark.parametrize("pack", ["efficiency-network"])
def test_what_hangs_on_a_condition_is_not_promised(pack):
    assert secrets(pack) == {}
