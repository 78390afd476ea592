"""A body files so much and no more within an hour and a day; nothing typed is lost, and the administrators hear of it."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.portal.banks import BANK, FORM, OTHER, ROUGH, agency, entered, number_of_filing, registered

from huiyin.application import source_bounds
from huiyin.application.source_bounds import full_sources, take_note
from huiyin.application.sources import SourceRefusedError, Terms, change
from huiyin.application.world import world_of
from huiyin.organisations.models import Source, SourceEntry, SourceEntryKind
from huiyin.organisations.services import regimes_in_force
from huiyin.store.models import CaseRow

__all__ = ["agency"]


@pytest.fixture
def bank(agency):
    """The page of a bank that may file twice an hour and three times a day."""
    return entered(*registered(agency, hourly=2, daily=3))


def file_times(browser, many):
    for serial in range(many):
        number_of_filing(browser, **{"matter-bank_number": f"投{serial}"})


def hours_later(monkeypatch, hours):
    """The clock by which filings are counted stands so much later; the session goes on."""
    later = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(source_bounds, "timezone", SimpleNamespace(now=lambda: later))


def filings():
    return CaseRow.objects.filter(source=BANK).count()


def files_kept(settings):
    return {path for path in (Path(settings.HUIYIN_DATA) / "files").rglob("*") if path.is_file()}


def full_entries():
    return SourceEntry.objects.filter(kind=SourceEntryKind.FULL).count()


def test_one_too_many_is_refused_with_everything_typed_and_every_file_still_there(bank, agency):
    file_times(bank, 2)
    proof = SimpleUploadedFile("通话记录.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    bank.send(FORM, {**ROUGH, "matter-bank_number": "投3", "file-recording": [proof]})
    page = bank.submit()
    assert page.status == 429
    assert "贵单位一小时内最多提交2件，这一件还没有收下；请60分钟后再交" in page.text
    assert "填写的内容和文件都还在这一页" in page.text
    assert "还有几处要补一补" not in page.text
    assert page.value("matter-bank_number") == "投3"
    assert "通话记录.png" in page.text
    assert filings() == 2


def test_files_of_what_is_refused_take_up_no_room(bank, agency, settings):
    file_times(bank, 2)
    before = files_kept(settings)
    proof = SimpleUploadedFile("通话记录.png", b"\x89PNG\r\n\x1a\n" + b"\1" * 64)
    bank.send(FORM, {**ROUGH, "matter-bank_number": "投3", "file-recording": [proof]})
    assert bank.submit().status == 429
    assert files_kept(settings) == before


def test_an_hour_later_the_same_form_goes_through(bank, agency, monkeypatch):
    file_times(bank, 2)
    bank.send(FORM, {**ROUGH, "matter-bank_number": "投3"})
    assert bank.submit().status == 429
    kept = {**bank.hidden, **ROUGH, "matter-bank_number": "投3"}
    hours_later(monkeypatch, 1)
    bank.send(FORM, kept)
    assert bank.submit().status == 200
    assert filings() == 3


def test_the_day_has_a_bound_of_its_own(bank, agency, monkeypatch):
    file_times(bank, 2)
    hours_later(monkeypatch, 2)
    file_times(bank, 1)
    bank.send(FORM, ROUGH)
    assert "贵单位一天内最多提交3件，这一件还没有收下；请22小时后再交" in bank.submit().text
    hours_later(monkeypatch, 24)
    file_times(bank, 1)


def test_handing_in_again_what_is_filed_is_no_filing_too_many(bank, agency):
    bank.send(FORM, ROUGH)
    said = {**bank.hidden, "do": "submit"}
    bank.send(FORM, said)
    file_times(bank, 1)
    bank.send(FORM, said)
    assert bank.status == 200
    assert filings() == 2


def test_administrators_hear_of_it_until_one_takes_note(bank, agency):
    file_times(bank, 2)
    for _ in range(3):
        bank.send(FORM, ROUGH)
        assert bank.submit().status == 429
    (source,) = full_sources(agency)
    assert source.name == BANK
    assert full_entries() == 1      # said once, however often it is tried
    take_note(source)
    assert full_sources(agency) == []
    bank.send(FORM, ROUGH)
    bank.submit()
    assert len(full_sources(agency)) == 1


def test_other_sources_file_as_before(bank, agency):
    file_times(bank, 2)
    bank.send(FORM, ROUGH)
    assert bank.submit().status == 429
    other = entered(*registered(agency, "山城银行"))
    file_times(other, 1)


def test_bounds_that_let_nothing_through_are_refused(bank, agency):
    source = Source.objects.get(name=BANK)
    with pytest.raises(SourceRefusedError) as refused:
        change(world_of(agency), regimes_in_force(agency), source, Terms(source.channels, hourly=5, daily=4))
    assert refused.value.field == "daily"


# -- nobody looked for too long ----------------------------------------------------------------------------------------


def asleep(browser):
    """Half an hour passes without a page being looked at."""
    session = browser.client.session
    session["portal-source"] = session["portal-source"] | {"seen": session["portal-source"]["seen"] - 1801}
    session.save()


def test_who_comes_back_late_gives_the_code_again_and_goes_on(agency):
    source, code = registered(agency)
    bank = entered(source, code)
    bank.get(FORM)
    begun = {**bank.hidden, **ROUGH}
    asleep(bank)
    page = bank.send(FORM, begun)
    assert page.status == 403
    assert "请再输一次单位码" in page.text
    assert ROUGH["matter-account"] in page.html     # kept in the page itself
    wrong = bank.send(FORM, {**bank.hidden, "code": "AAAA"})
    assert wrong.status == 422
    page = bank.send(FORM, {**bank.hidden, "code": code})
    assert page.status == 200
    assert "核对提交" in page.text
    bank.submit()
    assert filings() == 1


def test_coming_back_is_no_way_round_the_code(agency):
    source, _code = registered(agency)
    other, code = registered(agency, "山城银行")
    stranger = entered(other, code)
    asleep(stranger)
    assert stranger.send(FORM, {**ROUGH, "from-source": str(source.pk), "code": code}).status == 422
    assert stranger.send(FORM, {**ROUGH, "from-source": "x", "code": code}).status == 422
    answers = [stranger.send(FORM, {**ROUGH, "from-source": str(source.pk), "code": "AAAA"}).status for _ in range(6)]
    assert answers[-1] == 429
    assert filings() == 0


def test_what_was_begun_for_one_bank_is_not_filed_for_another_in_the_same_browser(agency):
    source, code = registered(agency)
    other, other_code = registered(agency, OTHER)
    browser = entered(source, code)
    browser.get(FORM)
    begun = {**browser.hidden, **ROUGH}
    browser.post(f"/source/{other.pk}/", code=other_code)        # in another tab
    page = browser.send(FORM, begun)
    assert page.status == 403
    assert "这个浏览器里后来打开了山城银行的页面，这张表不是它的" in page.text
    assert browser.send(FORM, {**browser.hidden, "code": other_code}).status == 422
    assert "核对提交" in browser.send(FORM, {**browser.hidden, "code": code}).text
    browser.submit()
    assert list(CaseRow.objects.exclude(source="").values_list("source", flat=True)) == [BANK]
