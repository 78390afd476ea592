"""The demo: somebody for every role, a rehearsal beside it, and a password nobody else has."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import User

from huiyin.organisations import demo
from huiyin.organisations.demo.tree import plan
from huiyin.organisations.models import Organisation, RegimeVersion, Staff, Unit
from huiyin.organisations.services import directory, regimes_in_force, tables_of
from huiyin.regime import load, packs
from huiyin.regime.model import RoleGroup

pytestmark = pytest.mark.django_db

PACK = """\
regime: patient-relations
title: 医院投诉管理制度
version: "1"
kinds: {complaint: 投诉}
articles: {"一": 统一受理，当日答复。}
roles:
  units: {relations-office: 医患关系办公室, ward: {title: 科室, many: true}, library: {title: 病案室, many: true}}
  posts: {ward-head: {title: 科主任, many: true, of: ward}, hospital-leader: 分管院领导, night-officer: 夜间值班}
  bodies: {ethics-board: {title: 伦理委员会, quorum: 1/2}}
  outside: {health-authority: 卫生行政部门, insurer: 承保公司}
settings: {refund_mark: {title: 退费金额, type: money}, reply_time: {title: 答复时间, type: limit}}
intake: {channels: {visit: 来访}, fields: {account: 经过}}
assessment: {all: {outcome: accept, cite: "一"}}
routing: {all: {to: relations-office, cite: "一"}}
flow:
  receive: {title: 接待, by: relations-office, after: received, marks: registered, cite: "一"}
  reply: {title: 答复, by: relations-office, after: assigned, marks: replied, cite: "一"}
  close: {title: 归档, by: relations-office, after: reply, marks: closed, cite: "一"}
limits: {reply: {title: 答复, from: received, to: reply, within: $reply_time, cite: "一"}}
"""


@pytest.fixture
def one_pack(tmp_path):
    folder = tmp_path / "patient-relations"
    folder.mkdir()
    (folder / "regime.yaml").write_text(PACK, encoding="utf-8")
    return {"patient-relations": folder}


def test_every_role_of_a_pack_has_people_also_those_nobody_planned(one_pack):
    real, rehearsal = demo.prepare(one_pack)
    for organisation in (real, rehearsal):
        (regime,) = regimes_in_force(organisation)
        found = directory(organisation, regime.id)
        assert {role: bool(found.holders_of(role)) for role in regime.roles} == dict.fromkeys(regime.roles, True)


@pytest.mark.parametrize("name", sorted(packs()))
def test_the_shipped_pack_has_people_for_every_role(name):
    demo.add_pack(name, packs()[name])
    organisation = Organisation.objects.get(slug=demo.DEMO_SLUG)
    (regime,) = regimes_in_force(organisation)
    found = directory(organisation, regime.id)
    held = [role.id for role in regime.roles.values() if role.group is not RoleGroup.NAMED]     # others a case names
    assert [role for role in held if not found.holders_of(role)] == []
    several = [role.id for role in regime.roles.values() if role.many and role.group is RoleGroup.UNIT]
    assert [role for role in several if len(found.units_of(role)) < 2] == []


def test_a_pack_without_a_planned_branch_gets_one_with_people_of_its_own(tmp_path):
    folder = tmp_path / "another"
    folder.mkdir()
    text = PACK.replace("regime: patient-relations", "regime: another")
    (folder / "regime.yaml").write_text(text, encoding="utf-8")
    demo.add_pack("another", folder)
    demo.add_pack("another", folder)  # again changes nothing
    organisation = Organisation.objects.get(slug=demo.DEMO_SLUG)
    branch = Unit.objects.get(organisation=organisation, key="another")
    board = directory(organisation, "another").holders_of("ethics-board")
    assert branch.title.endswith("试行单位")
    assert board
    assert {Staff.objects.get(organisation=organisation, person=person).unit.parent for person in board} == {branch}


@pytest.mark.parametrize("name", sorted(packs()))
def test_units_named_in_tables_exist(name):
    organisation, _ = demo.prepare({name: packs()[name]})
    keys = set(Unit.objects.filter(organisation=organisation).values_list("key", flat=True))
    rows = [columns for table in tables_of(organisation, name).values() for columns in table.values()]
    named = {columns["unit"] for columns in rows if "unit" in columns}
    assert named <= keys


def test_posts_of_a_unit_go_to_its_heads(one_pack):
    organisation, _ = demo.prepare(one_pack)
    found = directory(organisation, "patient-relations")
    assert found.holders_of("ward-head", "cardiology-ward") == found.heads_of("cardiology-ward") == ("ye-changfeng",)


def test_settings_without_default_get_an_answer(one_pack):
    organisation, _ = demo.prepare(one_pack)
    assert RegimeVersion.objects.get(organisation=organisation).answers == {
        "refund_mark": 1000, "reply_time": "5 workdays"
    }


@pytest.mark.parametrize("name", sorted(packs()))
def test_every_number_and_address_that_a_shipped_pack_leaves_open_is_filled_in(name):
    demo.add_pack(name, packs()[name])
    (regime,) = regimes_in_force(Organisation.objects.get(slug=demo.DEMO_SLUG))
    assert [setting.title for setting in regime.to_fill_in if setting.type == "text"] == []


def test_the_demo_fills_in_nothing_that_no_pack_asks_for():
    asked = {name: load(file).settings.keys() for name, file in packs().items()}
    assert [(pack, set(given) - set(asked[pack])) for pack, given in plan().contacts.items() if set(given) - set(asked[pack])] == []


def test_the_numbers_and_mailboxes_of_the_demo_belong_to_nobody():
    """Numbers of a block that is not given out, and mailboxes under a domain that is reserved for examples (RFC 2606)."""
    said = " ".join(words for answers in plan().contacts.values() for words in answers.values())
    assert {number[:10] for number in re.findall(r"\d[\d-]{6,}", said)} == {"0571-00000"}
    assert all(mailbox.endswith(".example") for mailbox in re.findall(r"\S+@\S+", said))


def test_preparing_again_changes_nothing(one_pack):
    demo.prepare(one_pack)
    before = (Organisation.objects.count(), Unit.objects.count(), Staff.objects.count(), User.objects.count())
    demo.prepare(one_pack)
    assert (Organisation.objects.count(), Unit.objects.count(), Staff.objects.count(), User.objects.count()) == before


def test_a_pack_that_comes_later_is_added_to_the_same_people(one_pack):
    demo.prepare({})
    assert not RegimeVersion.objects.exists()
    organisation, _ = demo.prepare(one_pack)
    assert directory(organisation, "patient-relations").holders_of("hospital-leader") == ("shen-huaijin",)


def test_a_branch_that_comes_with_an_update_is_added_to_an_older_demo(one_pack, monkeypatch):
    from huiyin.organisations.demo import install

    whole = plan()
    older = [branch for branch in whole.branches if branch.pack != "patient-relations"]
    monkeypatch.setattr(install, "plan", lambda: replace(whole, branches=tuple(older)))
    demo.prepare(one_pack)
    assert not RegimeVersion.objects.exists()
    monkeypatch.setattr(install, "plan", lambda: whole)
    organisation, _ = demo.prepare(one_pack)
    assert directory(organisation, "patient-relations").holders_of("hospital-leader") == ("shen-huaijin",)


def test_a_broken_pack_is_left_out(one_pack):
    (one_pack["patient-relations"] / "regime.yaml").write_text("regime: [", encoding="utf-8")
    demo.prepare(one_pack)
    assert not RegimeVersion.objects.exists()


def test_one_of_the_two_is_a_rehearsal_with_a_clock_and_an_administrator():
    real, rehearsal = demo.prepare({})
    assert (real.rehearsal, real.rehearsal_clock) == (False, None)
    assert rehearsal.rehearsal
    assert rehearsal.rehearsal_clock is not None
    assert rehearsal.staff.filter(administrator=True).count() == 1


def test_demo_accounts_are_shut_until_they_are_opened(rf):
    demo.prepare({})
    request = rf.post("/accounts/sign-in/")
    assert authenticate(request, username="he-wanyin", password=demo.password()) is None
    demo.open_accounts()
    assert authenticate(request, username="he-wanyin", password=demo.password()).staff.name == "何婉吟"
    demo.close_accounts()
    assert authenticate(request, username="he-wanyin", password=demo.password()) is None


def test_opening_again_hashes_nothing(monkeypatch):
    demo.prepare({})
    demo.open_accounts()
    monkeypatch.setattr("huiyin.organisations.demo.accounts.make_password", lambda *_: pytest.fail("hashed again"))
    demo.open_accounts()


def test_opening_again_sets_back_a_password_that_somebody_chose(rf):
    demo.prepare({})
    demo.open_accounts()
    chosen = User.objects.get(username="he-wanyin")
    chosen.set_password("something else")
    chosen.save()
    demo.open_accounts()
    assert authenticate(rf.post("/accounts/sign-in/"), username="he-wanyin", password=demo.password()) is not None


def test_opening_touches_no_account_of_others():
    demo.prepare({})
    colleague = User.objects.create_user("real-colleague", password=None)
    demo.open_accounts()
    colleague.refresh_from_db()
    assert not is_password_usable(colleague.password)


def test_the_password_stays_the_same_for_this_installation(settings, tmp_path):
    first = demo.password()
    assert demo.password() == first
    settings.HUIYIN_DATA = tmp_path
    assert demo.password() != first


def test_the_printed_sign_ins_are_real_accounts_of_every_branch():
    demo.prepare({})
    shown = demo.sign_ins()
    assert {one.branch for one in shown} >= {branch.title for branch in plan().branches}
    assert [one.username for one in shown if "演练" in one.organisation] == ["yl-qi-anlan"]
    assert User.objects.filter(username__in=[one.username for one in shown]).count() == len(shown)
    assert len(demo.sign_ins(all_of_them=True)) == Staff.objects.count()


def test_names_and_ids_are_given_once():
    people = list(plan().people())
    names = [person.name for person in people] + list(plan().reserve)
    assert len(set(names)) == len(names)
    assert len({person.person for person in people}) == len(people)
