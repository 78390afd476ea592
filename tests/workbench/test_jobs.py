"""任务: exports, imports and rebuilds asked for at the desk, seen, fetched, cancelled."""

import re
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huiyin.application.world import world_of
from huiyin.documents import export_jobs
from huiyin.documents.register_lines import AT_ONCE
from huiyin.jobs.models import RESULT, Job, JobDownload, JobPart
from huiyin.jobs.running import Runner
from huiyin.organisations.models import Staff
from huiyin.store.models import AccessRow, CaseRow, TurnRow

MAPPING = """
regime: patient-relations
key: [编号]
kind: complaint
channel: phone
category: service
matter:
  account: {column: 内容}
  subject: service
name: {column: 姓名}
phone: {column: 电话}
"""
TABLE = "编号,内容,姓名,电话\n1,换药等了两小时,林晓雨,13800005521\n2,换药等了三小时,周远行,13800005522\n"


@pytest.fixture
def administrator(hospital, desk_of):
    """何婉吟, who looks after all complaints, as an administrator."""
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    return desk_of("he-wanyin")


def page(client):
    return client.get("/desk/jobs/").content.decode()


def work():
    while Runner().round():
        pass


def fetched(client, job, file=RESULT):
    answer = client.get(reverse("desk-job-file", args=[job.pk, file]))
    return b"".join(answer.streaming_content) if answer.status_code == 200 else answer.status_code


def sheet(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def upload(client, table=TABLE, mapping=MAPPING, **more):
    files = {"table_file": SimpleUploadedFile("来件.csv", table.encode())}
    if mapping:
        files["mapping_file"] = SimpleUploadedFile("来件.yaml", mapping.encode())
    return client.post("/desk/jobs/import/", {"trial": "no", **more, **files})


def test_the_case_list_is_exported_as_filtered_masked_and_logged_with_each_case(desk_of, complaint, monkeypatch):
    monkeypatch.setattr(export_jobs, "BATCH", 2)
    first, second, third = complaint(), complaint(), complaint()
    client = desk_of("he-wanyin")
    assert reverse("desk-export") in client.get("/desk/cases/").content.decode()
    client.post(reverse("desk-export") + "?" + urlencode({"state": "not-closed"}))
    assert "等待" in page(client)
    work()
    job = Job.objects.get()
    assert (job.state, job.counts, job.total) == ("done", {"cases": 3}, 3)
    rows = sheet(fetched(client, job))
    assert rows[2][1:4] == ["编号", "收到时间", "种类"]
    assert [row[1] for row in rows[3:]] == [first.number, second.number, third.number]
    text = str(rows)
    assert "林**" in text or "林*" in text
    assert "林晓雨" not in text
    for receipt in (first, second, third):
        assert AccessRow.objects.filter(case_id=receipt.case_id, person="he-wanyin", what="export").count() == 1
    assert JobDownload.objects.get().person == "he-wanyin"
    assert "下载文件" in page(client)


def test_filters_and_search_narrow_the_export(desk_of, complaint):
    complaint()
    second = complaint("停车场的道闸坏了", subject="service")
    client = desk_of("he-wanyin")
    client.post(reverse("desk-export") + "?" + urlencode({"q": "停车场的道闸"}))
    client.post(reverse("desk-export") + "?" + urlencode({"state": "closed"}))
    work()
    searched, closed = Job.objects.order_by("id")
    assert [row[1] for row in sheet(fetched(client, searched))[3:]] == [second.number]
    assert sheet(fetched(client, closed))[3:] == []


def test_an_export_holds_only_what_its_owner_may_see_and_nobody_else_can_fetch_it(administrator, desk_of, complaint):
    complaint()
    stranger = desk_of("bo-nanzhi")
    stranger.post(reverse("desk-export"))
    work()
    job = Job.objects.get()
    assert fetched(desk_of("jiang-xubai"), job) == 404  # not even seen
    assert fetched(administrator, job) == 404  # seen, not fetched
    assert str(job.pk) not in page(desk_of("jiang-xubai"))
    assert "导出案件清单" in page(administrator)
    assert "下载文件" not in page(administrator)
    assert sheet(fetched(stranger, job))[3:] == []


def test_who_has_left_gets_no_export(desk_of, complaint, hospital):
    complaint()
    desk_of("he-wanyin").post(reverse("desk-export"))
    Job.objects.update(asked_by="somebody-gone")
    work()
    assert Job.objects.get().state == "failed"
    assert "已经离职" in Job.objects.get().why


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_a_long_register_is_made_in_the_background_once(desk_of, complaint, monkeypatch, ending):
    monkeypatch.setitem(AT_ONCE, ending.upper(), 1)
    numbers = [complaint().number, complaint().number]
    client = desk_of("he-wanyin")
    address = reverse(f"desk-register-{ending}", args=["patient-relations", "cases"])
    assert client.get(address).url == "/desk/jobs/"
    client.get(address)  # impatient: it is the same job
    job = Job.objects.get()
    work()
    content = fetched(client, job)
    if ending == "pdf":
        assert content.startswith(b"%PDF")
    else:
        assert [row[1] for row in sheet(content)[3:]] == numbers
    reasons = AccessRow.objects.filter(what="export").values_list("reason", flat=True)
    assert list(reasons) == [f"《案件登记簿》全部，{ending.upper()}"] * 2


def test_an_administrator_tries_an_import_then_brings_it_in(administrator, hospital):
    assert upload(administrator, trial="yes").url == "/desk/jobs/"
    work()
    assert not CaseRow.objects.exists()
    tried = Job.objects.get()
    assert tried.counts["filed"] == 2
    into = reverse("desk-job-import", args=[tried.pk])
    assert into in page(administrator)
    administrator.post(into)
    work()
    assert CaseRow.objects.filter(regime="patient-relations").count() == 2
    assert Job.objects.order_by("-id").first().counts["filed"] == 2


def test_lines_that_were_not_taken_are_fetched_and_the_mapping_serves_again(administrator):
    upload(administrator, TABLE + "3,,吴清和\n")
    work()
    job = Job.objects.get()
    assert (job.counts["filed"], job.counts["refused"]) == (2, 1)
    assert fetched(administrator, job, "problems").decode("utf-8-sig").splitlines()[1].startswith("4,")
    assert "来件.yaml" in administrator.get("/desk/jobs/import/").content.decode()
    upload(administrator, mapping="", earlier=str(job.pk))
    work()
    again = Job.objects.order_by("-id").first()
    assert (again.counts["filed"], again.counts["already"]) == (0, 2)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"mapping": ""}, "请选择映射文件"),
        ({"mapping": MAPPING.replace("kind:", "knd:")}, "来件.yaml:4"),
        ({"mapping": MAPPING.replace("column: 姓名", "column: 称呼")}, "没有列：称呼"),
        ({"table": "编号,编号\n1,2\n"}, "重复的列名"),
    ],
)
def test_what_cannot_be_imported_is_told_on_the_form_and_makes_no_job(administrator, sent, said):
    answer = upload(administrator, **sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_the_sample_of_a_mapping_brings_a_table_of_its_columns_in(administrator, hospital):
    assert "/desk/jobs/import/patient-relations/" in administrator.get("/desk/jobs/import/").content.decode()
    sample = administrator.get("/desk/jobs/import/patient-relations/").content.decode()
    columns = re.findall(r"column: (.+)", sample)
    regime = world_of(hospital).in_force("patient-relations")
    fields = {field.title: next(iter(field.choices.values()), "换药等了两小时") for field in regime.intake.fields.values()}
    category = regime.categories["service"].title
    cells = fields | {"种类": regime.kinds["complaint"], "渠道": regime.intake.channels["phone"].title, "类别": category,
                      "收到时间": "2026-09-25 09:30", "姓名": "林晓雨", "电话": "13800005521"}  # fmt: skip
    columns = list(dict.fromkeys(columns))
    upload(administrator, ",".join(["编号", *columns]) + "\n" + ",".join(["1", *(cells[each] for each in columns)]) + "\n", sample)
    work()
    assert (Job.objects.get().counts, Job.objects.get().trouble) == ({"filed": 1, "already": 0, "played": 0, "refused": 0}, "")


def test_a_rebuild_restores_what_was_lost_and_is_one_for_the_whole_organisation(administrator, complaint):
    receipt = complaint()
    before = CaseRow.objects.filter(id=receipt.case_id).values().get()
    turns = TurnRow.objects.count()
    CaseRow.objects.filter(id=receipt.case_id).update(title="被改坏的标题", phase="nowhere")
    administrator.post("/desk/jobs/rebuild/")
    administrator.post("/desk/jobs/rebuild/")
    assert Job.objects.count() == 1
    work()
    assert Job.objects.get().counts == {"cases": 1}
    assert CaseRow.objects.filter(id=receipt.case_id).values().get() == before
    assert TurnRow.objects.count() == turns


def test_one_cancels_ones_own_job_and_tries_it_again(desk_of, complaint):
    complaint()
    client = desk_of("he-wanyin")
    client.post(reverse("desk-export"))
    job = Job.objects.get()
    cancelling, again = reverse("desk-job-cancel", args=[job.pk]), reverse("desk-job-again", args=[job.pk])
    assert desk_of("jiang-xubai").post(cancelling).status_code == 404
    client.post(cancelling)
    assert "已取消" in page(client)
    assert again in page(client)
    client.post(again)
    work()
    assert Job.objects.get().state == "done"
    assert "已经结束" in client.post(cancelling, follow=True).content.decode()


def test_the_list_asks_again_only_while_something_is_open(desk_of, complaint):
    complaint()
    client = desk_of("he-wanyin")
    assert "every 2s" not in page(client)
    client.post(reverse("desk-export"))
    part = client.get("/desk/jobs/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" in part
    assert "<html" not in part
    assert "任务结束" not in part
    asked = re.search(r'hx-get="([^"]+)"', part)[1]
    assert "任务结束" not in client.get(asked, headers={"HX-Request": "true"}).content.decode()
    work()
    assert "every 2s" not in page(client)
    assert re.search(r"任务结束：导出.* 已完成", client.get(asked, headers={"HX-Request": "true"}).content.decode())


def test_jobs_stand_among_what_happens_behind_the_scenes_and_in_the_figures(administrator, complaint, settings):
    complaint()
    administrator.post(reverse("desk-export"))
    assert "/desk/jobs/" in administrator.get("/desk/background/").content.decode()
    settings.HUIYIN_METRICS_TOKEN = "geheim-1"
    figures = administrator.get("/metrics", headers={"Authorization": "Bearer geheim-1"}).content.decode()
    assert 'huiyin_waiting{queue="jobs"} 1.0' in figures
    Job.objects.update(state="failed")
    figures = administrator.get("/metrics", headers={"Authorization": "Bearer geheim-1"}).content.decode()
    assert 'huiyin_failed{queue="jobs"} 1.0' in figures


def test_the_list_costs_the_same_number_of_queries_with_many_jobs(desk_of, complaint, django_assert_max_num_queries):
    complaint()
    client = desk_of("he-wanyin")
    for state in ("", "closed", "open", "waiting", "suspended"):
        client.post(reverse("desk-export") + f"?state={state}")
    work()
    assert JobPart.objects.count() >= 5
    with django_assert_max_num_queries(20):
        page(client)
