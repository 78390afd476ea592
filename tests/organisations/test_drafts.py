"""The life of a version: a draft is kept and checked, approved where the regime asks for it, published, never changed."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from tests.organisations.test_regimes import REGIME

from huiyin.organisations.drafts import (
    DraftRefusedError,
    approve_draft,
    delete_draft,
    draft_of_version,
    publish_draft,
    save_draft,
    stages_of_publishing,
    start_draft,
)
from huiyin.organisations.models import Holding, RegimeDraft, RegimeVersion, VersionChangedError
from huiyin.organisations.services import regime_in_force, regime_version

TODAY = date(2026, 3, 2)


@pytest.fixture
def clerk(hospital, staff):
    """The administrator; the organisation's clock stands on 2 March 2026."""
    hospital.rehearsal, hospital.rehearsal_clock = True, timezone.make_aware(datetime(2026, 3, 2, 9))  # noqa: DTZ001
    hospital.save()
    person = staff("clerk")
    person.administrator = True
    person.save()
    return person


def text(version, **changes):
    written = REGIME.format(version=version)
    for old, new in changes.items():
        written = written.replace(old, new)
    return written


@pytest.fixture
def publish(hospital, clerk):
    """publish("1", on=date(2026, 4, 1)) starts a draft of that version and publishes it."""

    def publish_(version, on=TODAY, source=None, **words):
        draft = start_draft(hospital, source or text(version), by=clerk)
        said = {"reason": "首次发布", "announcement": "", **words}
        return publish_draft(draft, by=clerk, effective_on=on, today=TODAY, edition=draft.edition, **said)

    return publish_


def test_a_draft_knows_what_it_is_and_what_is_wrong_with_it(hospital, clerk):
    draft = start_draft(hospital, text("1").replace("by: office, after: received", "by: nobody, after: received"), by=clerk)
    assert (draft.regime, draft.title, draft.ready) == ("desk", "窗口投诉制度", False)
    (problem,) = [each for each in draft.problems if each["code"] == "E7"]
    assert problem["line"] == 13
    assert problem["file"] == "regime.yaml"
    assert "nobody" in problem["message_zh"]
    mended = save_draft(draft, by=clerk, edition=draft.edition, source=text("1"))
    assert (mended.regime, mended.title, mended.version, mended.ready) == ("desk", "窗口投诉制度", "1", True)


def test_a_draft_with_errors_is_never_published(hospital, clerk):
    draft = start_draft(hospital, text("1").replace("after: received", "after: recieved"), by=clerk)
    with pytest.raises(DraftRefusedError, match="还有错误"):
        publish_draft(draft, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=draft.edition)
    assert not RegimeVersion.objects.exists()


def test_an_unanswered_setting_keeps_it_from_being_published_until_it_is_answered(hospital, clerk):
    open_setting = "settings: {mark: {title: 大额标准, type: money}, reply_time"
    draft = start_draft(hospital, text("1").replace("settings: {reply_time", open_setting), by=clerk)
    assert [each["code"] for each in draft.problems if each["severity"] == "error"] == ["E22"]
    answered = save_draft(draft, by=clerk, edition=draft.edition, answers={"mark": 500})
    assert answered.ready
    version = publish_draft(
        answered, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=answered.edition
    )
    assert regime_version(hospital, "desk", version.version).answers["mark"] == 500


def test_it_takes_effect_on_its_day(hospital, publish):
    publish("1")
    publish("2", on=date(2026, 4, 1), reason="缩短答复时间", announcement="自四月一日起施行。")
    hospital.rehearsal_clock = timezone.make_aware(datetime(2026, 3, 31, 23, 59))  # noqa: DTZ001
    assert regime_in_force(hospital, "desk").version == "1"
    hospital.rehearsal_clock = timezone.make_aware(datetime(2026, 4, 1, 0, 0))  # noqa: DTZ001
    assert regime_in_force(hospital, "desk").version == "2"
    row = RegimeVersion.objects.get(version="2")
    assert (row.reason, row.announcement, row.published_by.name) == ("缩短答复时间", "自四月一日起施行。", "林晓禾")
    assert not RegimeDraft.objects.exists()


def test_a_regime_never_takes_effect_in_the_past_nor_twice_nor_without_a_reason(publish):
    with pytest.raises(DraftRefusedError, match="不能倒溯"):
        publish("1", on=date(2026, 3, 1))
    with pytest.raises(DraftRefusedError, match="为什么"):
        publish("1", reason=" ")
    publish("1")
    with pytest.raises(DraftRefusedError, match="换一个版本号"):
        publish("1")


def test_a_published_version_never_changes(publish):
    row = publish("1")
    row.source = "regime: other"
    with pytest.raises(VersionChangedError):
        row.save()
    with pytest.raises(VersionChangedError):
        RegimeVersion.objects.filter(pk=row.pk).update(answers={"reply_time": "1 workday"})
    row.active = False
    row.save(update_fields=["active"])
    assert RegimeVersion.objects.get(pk=row.pk).source == text("1")


def test_a_draft_of_a_version_says_the_same(publish, clerk):
    row = publish("1")
    draft = draft_of_version(row, by=clerk)
    assert (draft.source, draft.answers, draft.ready) == (row.source, row.answers, True)


def test_two_people_do_not_overwrite_each_other(hospital, clerk):
    draft = start_draft(hospital, text("1"), by=clerk)
    save_draft(draft, by=clerk, edition=draft.edition, source=text("1.1"))
    with pytest.raises(DraftRefusedError, match="没有保存"):
        save_draft(draft, by=clerk, edition=draft.edition, source=text("1.2"))
    assert RegimeDraft.objects.get().version == "1.1"


def test_only_administrators_draft_and_publish(hospital, clerk, staff):
    nurse = staff("west-nurse")
    draft = start_draft(hospital, text("1"), by=clerk)
    for refused in (
        lambda: start_draft(hospital, text("1"), by=nurse),
        lambda: save_draft(draft, by=nurse, edition=1, source="x"),
        lambda: delete_draft(draft, by=nurse),
        lambda: publish_draft(draft, by=nurse, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=1),
    ):
        with pytest.raises(DraftRefusedError, match="系统管理员"):
            refused()


APPROVED = "governance: {approval: office}\n"


def test_where_the_regime_names_an_approval_it_is_asked_for_the_very_text(hospital, clerk, staff):
    draft = start_draft(hospital, text("1") + APPROVED, by=clerk)
    (stage,) = stages_of_publishing(draft)
    assert (stage.titles, stage.complete) == (("办公室",), False)

    def publish(edition):
        return publish_draft(draft, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=edition)

    with pytest.raises(DraftRefusedError, match="还没有批准的：办公室"):
        publish(draft.edition)
    with pytest.raises(DraftRefusedError, match="没有等您批准的"):
        approve_draft(draft, by=staff("west-nurse"), roles={"ward"}, edition=draft.edition)
    approve_draft(draft, by=staff("director"), roles={"office"}, edition=draft.edition)
    changed = save_draft(draft, by=clerk, edition=draft.edition, source=text("1") + APPROVED + "# 又改了\n")
    with pytest.raises(DraftRefusedError, match="还没有批准的"):
        publish(changed.edition)
    approve_draft(draft, by=staff("director"), roles={"office"}, edition=changed.edition)
    row = publish(changed.edition)
    assert [(each["role"], each["name"]) for each in row.approvals] == [("office", "严知远")]


def test_a_body_approves_by_as_many_of_its_members_as_its_quorum_asks(hospital, clerk, staff):
    for person in ("director", "clerk", "east-head"):
        Holding.objects.create(staff=staff(person), regime="desk", role="board")
    board = "roles: {units: {office: 办公室}, bodies: {board: {title: 管理委员会, quorum: 1/2}}}"
    source = text("1").replace("roles: {units: {office: 办公室}}", board) + "governance: {approval: board}\n"
    draft = start_draft(hospital, source, by=clerk)
    assert [stage.titles for stage in stages_of_publishing(draft)] == [("管理委员会（2人）",)]

    def say_yes(person):
        approve_draft(draft, by=staff(person), roles={"board"}, edition=draft.edition)
        draft.refresh_from_db()

    say_yes("director")
    with pytest.raises(DraftRefusedError, match="没有等您批准的"):
        say_yes("director")
    with pytest.raises(DraftRefusedError, match="还没有批准的：管理委员会（2人）"):
        publish_draft(draft, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=draft.edition)
    say_yes("east-head")
    row = publish_draft(draft, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=draft.edition)
    assert [each["name"] for each in row.approvals] == ["严知远", "顾南乔"]


def test_a_new_version_cannot_do_away_with_the_approval_it_needs_itself(hospital, clerk, staff):
    first = start_draft(hospital, text("1") + APPROVED, by=clerk)
    approve_draft(first, by=staff("director"), roles={"office"}, edition=first.edition)
    publish_draft(first, by=clerk, effective_on=TODAY, reason="发布", announcement="", today=TODAY, edition=first.edition)
    second = start_draft(hospital, text("2"), by=clerk)
    assert [stage.titles for stage in stages_of_publishing(second)] == [("办公室",)]
    with pytest.raises(DraftRefusedError, match="还没有批准的"):
        publish_draft(second, by=clerk, effective_on=TODAY, reason="修订", announcement="", today=TODAY, edition=second.edition)
