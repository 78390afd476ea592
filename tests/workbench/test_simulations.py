"""试算 at the desk: asked for, under way, its figures in words, and the cases behind each of them."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.workbench.rehearsal import MONDAY, set_clock

from huiyin.application.filing import file_case
from huiyin.application.world import world_of
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.documents import simulation_job
from huiyin.jobs.models import Job, JobCase
from huiyin.jobs.running import Runner
from huiyin.organisations.drafts import draft_of_version, publish_draft, save_draft
from huiyin.organisations.models import RegimeVersion, Staff
from huiyin.store.loading import kept
from huiyin.store.models import AccessRow

PACK = "patient-relations"


@pytest.fixture
def administrator(hospital, desk_of):
    """何婉吟, who looks after all complaints, as an administrator."""
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    return desk_of("he-wanyin")


@pytest.fixture
def draft(hospital, administrator):
    """A draft in which complaints of the general kind are answered within three working days instead of five."""
    row = RegimeVersion.objects.get(organisation=hospital, regime=PACK)
    by = Staff.objects.get(organisation=hospital, person="he-wanyin")
    made = draft_of_version(row, by=by)
    source = made.source.replace('version: "1.0"', 'version: "1.1"').replace(
        '      - {within: 5 workdays, cite: "八(3)"}', '      - {within: 3 workdays, cite: "八(3)"}'
    )
    return save_draft(made, by=by, edition=made.edition, source=source)


@pytest.fixture
def four_days_old(hospital, assigned):
    """Three complaints received on a Monday; it is the Friday of the week after the holidays."""
    receipts = [assigned(words=f"第{number}次换药等了两小时") for number in (1, 2, 3)]
    set_clock(hospital, MONDAY + timedelta(days=11))
    return receipts


def ask_for(client, draft, **days):
    given = {"before": "1.0", "since": "", "until": "", **days}
    return client.post(reverse("desk-draft-simulate", args=[draft.pk]), given)


def work():
    while Runner().round():
        pass


def simulated(client, draft, **days):
    answer = ask_for(client, draft, **days)
    work()
    return Job.objects.get(), answer.headers["Location"]


def words_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_shorter_limit_is_told_in_words_and_every_figure_leads_to_its_cases(administrator, draft, four_days_old):
    job, there = simulated(administrator, draft)
    page = administrator.get(there)
    assert "试算了3件案件：改后有3件结果不同，0件完全相同。有3件次由按期变为超期。" in words_of(page)
    assert "反馈投诉人" in words_of(page)
    for href in set(re.findall(rf'href="({there}cases/[^"]+)"', page.content.decode())):
        cases = administrator.get(unescape(href))
        assert cases.status_code == 200
        for receipt in four_days_old:
            assert reverse("desk-case", args=[receipt.number]) in cases.content.decode()
    late = administrator.get(f"{there}cases/", {"group": "late|feedback|in-time|late"})
    assert "是否超期：反馈投诉人" in words_of(late)
    assert "按期 → 超期，共3件" in words_of(late)
    due = words_of(administrator.get(f"{there}cases/", {"group": "due|feedback|earlier|"}))
    assert "2026-10-10 23:59 → 2026-10-08 23:59" in due or "→" in due
    assert job.counts == {"cases": 3, "changed": 3}


def test_the_file_lists_what_differs_and_taking_it_out_is_written_down(administrator, draft, four_days_old, hospital):
    job, _there = simulated(administrator, draft)
    answer = administrator.get(reverse("desk-job-file", args=[job.pk, "result"]))
    lines = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert "试算3件，结果不同3件" in lines[1][0]
    assert lines[2] == list(simulation_job.HEADS)
    late = [line for line in lines[3:] if line[2] == "是否超期"]
    assert [line[3:6] for line in late] == [["反馈投诉人", "按期", "超期"]] * 3
    assert AccessRow.objects.filter(organisation_id=hospital.pk, what="export").count() == 3


def test_cases_an_administrator_may_not_see_count_but_are_not_named(administrator, draft, four_days_old, desk_of):
    _job, there = simulated(administrator, draft)
    other = desk_of("qi-anlan")     # runs the system, looks after no complaint
    shown = other.get(f"{there}cases/", {"group": "changed"})
    assert "这一页有3件，按规定您不能查看，只计数。" in words_of(shown)
    assert all(each.number not in shown.content.decode() for each in four_days_old)
    assert "共3件" in words_of(shown)


def test_a_complaint_about_whoever_asks_counts_but_neither_list_nor_file_names_it(administrator, draft, hospital):
    matter = {"account": "何主任让我等了一上午", "subject": "service"}
    about = Respondent(kind="person", unit="relations-office", person="he-wanyin")
    command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
    receipt = file_case(hospital, PACK, Actor("jiang-xubai"), command)
    job, there = simulated(administrator, draft)
    assert job.counts == {"cases": 1, "changed": 1}
    page = administrator.get(f"{there}cases/", {"group": "changed"})
    assert "这一页有1件，按规定您不能查看，只计数。" in words_of(page)
    file = administrator.get(reverse("desk-job-file", args=[job.pk, "result"]))
    lines = CalamineWorkbook.from_filelike(BytesIO(b"".join(file.streaming_content))).get_sheet_by_index(0).to_python()
    assert receipt.number not in page.content.decode()
    assert len(lines) == 3      # title, figures, heads
    assert not AccessRow.objects.filter(case_id=receipt.case_id).exists()


def test_what_could_not_be_decided_again_is_listed_with_what_was_missing(administrator, draft, four_days_old, hospital):
    by = Staff.objects.get(organisation=hospital, person="he-wanyin")
    far = "  far: {title: 路远的, when: matter.distance > 50, to: relations-office, cite: 一}\n"
    asked = draft.source.replace("routing:\n", "routing:\n" + far, 1)
    asked = asked.replace("  fields:\n", "  fields:\n    distance: {title: 路程, type: number}\n", 1)
    changed = save_draft(draft, by=by, edition=draft.edition, source=asked)
    assert changed.ready, changed.problems
    _job, there = simulated(administrator, changed)
    assert "分派 当时没有问这一项 3" in words_of(administrator.get(there))
    assert "缺少：路程" in words_of(administrator.get(f"{there}cases/", {"group": "unknown|routing|not-asked|"}))


def test_in_english_no_chinese_is_left_but_what_the_regime_says(administrator, draft, four_days_old):
    _job, there = simulated(administrator, draft)
    administrator.cookies["huiyin_language"] = "en"
    page = words_of(administrator.get(there))
    assert "3 cases were simulated: 3 would have gone otherwise, 0 exactly the same." in page
    for words in ("Decisions that change", "Newly late", "Due earlier", "Download XLSX", "2.0 days on average"):
        assert words in page
    assert "Late or in time" in words_of(administrator.get(f"{there}cases/", {"group": "late|feedback|in-time|late"}))


def test_only_cases_received_in_the_period_are_decided_again(administrator, draft, four_days_old):
    job, there = simulated(administrator, draft, since="2026-09-29")
    assert job.counts == {"cases": 0, "changed": 0}
    assert "这段时间没有收到案件" in words_of(administrator.get(there))


def test_a_period_that_ends_before_it_begins_is_told_at_the_field(administrator, draft):
    answer = ask_for(administrator, draft, since="2026-09-29", until="2026-09-01")
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in words_of(answer)
    assert not Job.objects.exists()


def test_the_draft_as_it_was_asked_for_is_what_is_decided_by(administrator, draft, four_days_old):
    there = ask_for(administrator, draft).headers["Location"]
    draft.delete()
    work()
    assert "改后有3件结果不同" in words_of(administrator.get(there))


def test_while_it_waits_the_page_says_how_far_it_is_and_asks_again(administrator, draft, four_days_old):
    there = ask_for(administrator, draft).headers["Location"]
    page = administrator.get(there)
    assert f'hx-get="{there}"' in page.content.decode()
    assert "等待后台开始" in words_of(page)
    assert administrator.get(f"{there}cases/", {"group": "changed"}).status_code == 404
    work()
    assert administrator.get(there, HTTP_HX_REQUEST="true").headers["HX-Refresh"] == "true"


def test_cancelled_half_way_it_goes_on_and_counts_every_case_once(administrator, draft, four_days_old, monkeypatch):
    monkeypatch.setattr(simulation_job, "BATCH", 1)
    there = ask_for(administrator, draft).headers["Location"]
    job = Job.objects.get()
    decided = simulation_job._decide_batch

    def then_cancel(run, world, said):
        decided(run, world, said)
        if run.done == 2:
            Job.objects.filter(pk=job.pk).update(cancelling=True)

    monkeypatch.setattr(simulation_job, "_decide_batch", then_cancel)
    work()
    assert "已取消，试算到第2件为止" in words_of(administrator.get(there))
    monkeypatch.setattr(simulation_job, "_decide_batch", decided)
    administrator.post(reverse("desk-job-again", args=[job.pk]))
    work()
    assert "试算了3件案件：改后有3件结果不同" in words_of(administrator.get(there))
    assert JobCase.objects.filter(job=job, group="changed").count() == 3


def test_a_draft_that_changes_nothing_is_said_in_so_many_words(administrator, draft, four_days_old):
    by = Staff.objects.get(person="he-wanyin", organisation=draft.organisation)
    save_draft(draft, by=by, edition=draft.edition, source=draft.source.replace("{within: 3 workdays, cite", "{within: 5 workdays, cite"))
    there = ask_for(administrator, draft).headers["Location"]
    work()
    page = words_of(administrator.get(there))
    assert "试算了3件案件：改后结果都相同。" in page
    assert "看这些案件" not in page


class PowerCut(BaseException):
    """The process ends here and now."""


def test_after_a_worker_died_another_one_goes_on(administrator, draft, four_days_old, monkeypatch):
    monkeypatch.setattr(simulation_job, "BATCH", 1)
    there = ask_for(administrator, draft).headers["Location"]
    entries = simulation_job._entries

    def die_at_the_third(case_id, compared):
        if Job.objects.get().done == 2:
            raise PowerCut
        yield from entries(case_id, compared)

    monkeypatch.setattr(simulation_job, "_entries", die_at_the_third)
    with pytest.raises(PowerCut):
        Runner().round()
    monkeypatch.setattr(simulation_job, "_entries", entries)
    Job.objects.update(lease_until=MONDAY)
    work()
    assert "试算了3件案件：改后有3件结果不同" in words_of(administrator.get(there))
    assert JobCase.objects.filter(group="late|feedback|in-time|late").count() == 3


def test_a_version_that_is_gone_is_told_in_a_sentence(administrator, draft, four_days_old, hospital):
    there = ask_for(administrator, draft).headers["Location"]
    job = Job.objects.get()
    job.put_parameters(hospital.pk, {**job.parameters, "before": "0.9"})
    job.save()
    work()
    assert "要比较的版本现在没有了" in words_of(administrator.get(there))


def test_a_published_version_is_compared_with_another(administrator, draft, four_days_old, hospital):
    only = administrator.get(reverse("desk-regime-simulate", args=[PACK]))
    assert "还没有别的版本可以比较" in words_of(only)
    publish_draft(
        draft, by=Staff.objects.get(organisation=hospital, person="he-wanyin"), effective_on=world_of(hospital).today,
        reason="缩短反馈时限", announcement="", today=world_of(hospital).today, edition=draft.edition,
    )  # fmt: skip
    there = reverse("desk-regime-simulate", args=[PACK])
    answer = administrator.post(f"{there}?version=1.1", {"before": "1.0", "since": "2026-09-01", "until": "2026-09-30"})
    work()
    assert "有3件次由按期变为超期" in words_of(administrator.get(answer.headers["Location"]))


def test_a_long_list_is_read_page_by_page_each_case_once(administrator, draft, four_days_old, monkeypatch):
    monkeypatch.setattr("huiyin.workbench.pages.library.simulations.PAGE", 2)
    _job, there = simulated(administrator, draft)
    first = administrator.get(f"{there}cases/", {"group": "changed"}).content.decode()
    more = unescape(re.search(r'href="([^"]+before=[^"]+)"', first)[1])
    second = administrator.get(more).content.decode()
    numbers = [re.findall(r"/desk/cases/([^/\"]+)/", page) for page in (first, second)]
    assert sorted(number for page in numbers for number in page) == sorted(each.number for each in four_days_old)
    assert [len(each) for each in numbers] == [2, 1]


def test_the_pages_ask_the_database_as_often_for_three_cases_as_for_one(administrator, draft, four_days_old, monkeypatch):
    _job, there = simulated(administrator, draft)

    def queries(page_size):
        monkeypatch.setattr("huiyin.workbench.pages.library.simulations.PAGE", page_size)
        kept.clear()
        with CaptureQueriesContext(connection) as asked:
            assert administrator.get(f"{there}cases/", {"group": "changed"}).status_code == 200
        return len(asked)

    queries(3)      # what is read once per process
    assert queries(1) == queries(3)


def test_who_is_no_administrator_may_not_simulate(desk_of, draft, administrator):
    Staff.objects.filter(person="he-wanyin").update(administrator=False)
    assert ask_for(administrator, draft).status_code == 403
    assert not Job.objects.exists()
