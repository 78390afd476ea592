"""A new version before and after its day: what the public reads, and which version a case falls under."""

from datetime import UTC, date, datetime

from tests.portal.conftest import HOSPITAL, set_clock

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor
from huiyin.organisations.drafts import draft_of_version, publish_draft, save_draft
from huiyin.organisations.models import RegimeVersion, Staff
from huiyin.store.models import CaseRow

PAGE = f"/regimes/{HOSPITAL}/"
EVE = datetime(2026, 10, 8, 15, 59, tzinfo=UTC)
"""8 October 2026, 23:59 in Shanghai."""
DAY = datetime(2026, 10, 8, 16, 0, tzinfo=UTC)
"""9 October 2026, midnight."""


def announce(organisation):
    """Publish version 1.1 for 9 October 2026."""
    by = Staff.objects.get(organisation=organisation, person="qi-anlan")
    draft = draft_of_version(RegimeVersion.objects.get(organisation=organisation, regime=HOSPITAL), by=by)
    source = draft.source.replace('version: "1.0"', 'version: "1.1"')
    draft = save_draft(draft, by=by, edition=draft.edition, source=source)
    words = {"reason": "修订", "announcement": "自10月9日起，收费投诉当日答复。"}
    return publish_draft(
        draft, by=by, effective_on=date(2026, 10, 9), today=date(2026, 9, 28), edition=draft.edition, **words
    )


def test_the_announcement_stands_on_the_page_before_the_day_and_after(rehearsal, visitor):
    announce(rehearsal)
    before = visitor.get(PAGE).text
    assert "1.0版，2026年1月1日起施行" in before
    assert "1.1版将于2026年10月9日施行。" in before
    assert "自10月9日起，收费投诉当日答复。" in before
    assert "以前的版本" not in before
    set_clock(rehearsal, DAY)
    after = visitor.get(PAGE).text
    assert "1.1版，2026年10月9日起施行" in after
    assert "将于" not in after
    assert "自10月9日起，收费投诉当日答复。" in after
    assert "以前的版本" in after
    assert "1.0版，2026年1月1日起施行" in after


def test_filed_the_day_before_it_is_the_old_version_and_on_the_day_the_new_one(rehearsal):
    announce(rehearsal)
    command = File(kind="complaint", channel="phone", matter={"account": "多收了一次检查费", "subject": "fee"}, category="fee")
    for at, version in ((EVE, "1.0"), (DAY, "1.1")):
        set_clock(rehearsal, at)
        receipt = file_case(rehearsal, HOSPITAL, Actor("jiang-xubai"), command)
        assert CaseRow.objects.get(id=receipt.case_id).regime_version == version
