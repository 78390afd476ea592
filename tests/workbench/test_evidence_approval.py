"""Evidence that needs a yes: its files wait, are seen by whoever decides, and join the case only then."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.workbench.rehearsal import rehearsal_of, variant_of
from tests.workbench.test_core_acts import HE, desk, filed

from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.upkeep import verify
from huiyin.cases.commands import Record
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow

GUARDED = {"add-evidence": {"approval": "hospital-leader", "fields": {"source": {"title": "材料来源"}},
                            "required": ["source"], "cite": "二(1)"}}  # fmt: skip


@pytest.fixture
def guarded(db, tmp_path):
    """The hospital under a variant in which material is added only with the consent of 分管院领导."""
    return rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, acts=GUARDED))


@pytest.fixture
def handed_in(guarded):
    """A case to which 何婉吟 has handed in a recording's transcript."""
    receipt = filed(guarded)
    there = reverse("desk-act", args=[receipt.number, "add-evidence.add-evidence"])
    file = SimpleUploadedFile("谈话笔录.txt", "谈话经过".encode())
    assert desk("he-wanyin").post(there, {"files": file, "f-source": "病区提供"}).status_code == 302
    return receipt


def titles(organisation, receipt):
    return [item.title for item in open_case(organisation, HE, receipt.case_id).case.evidence]


def approve(receipt, decision, **data):
    client = desk("shen-huaijin")
    listed = client.get(reverse("desk-approvals")).content.decode()
    assert "谈话笔录.txt" in listed
    row = AttachmentRow.objects.get(name="谈话笔录.txt")
    handed_out = client.get(reverse("desk-evidence", args=[receipt.number, str(row.id)]))
    assert b"".join(handed_out.streaming_content).decode() == "谈话经过"
    there = re.search(r'action="([^"]*/do/approve[^"]*)"', listed)[1]
    assert client.post(there, {"decision": decision, **data}).status_code == 302
    return row


def test_the_files_join_the_case_when_they_are_approved(guarded, handed_in):
    assert titles(guarded, handed_in) == ["换药收据"]
    assert verify(guarded) == []
    row = approve(handed_in, "approve")
    assert titles(guarded, handed_in) == ["换药收据", "谈话笔录.txt"]
    shown = desk("he-wanyin").get(reverse("desk-case", args=[handed_in.number])).content.decode()
    assert reverse("desk-evidence", args=[handed_in.number, str(row.id)]) in shown
    assert verify(guarded) == []


def test_files_that_were_turned_down_are_handed_out_to_nobody(guarded, handed_in):
    row = approve(handed_in, "reject", text="与本案无关")
    assert titles(guarded, handed_in) == ["换药收据"]
    there = reverse("desk-evidence", args=[handed_in.number, str(row.id)])
    assert desk("he-wanyin").get(there).status_code == 404
    assert verify(guarded) == []


def test_files_with_another_command_need_no_consent_and_keep_their_own_keys(guarded, handed_in):
    photo = Upload("现场.txt", "现场情况".encode())
    run(guarded, HE, handed_in.case_id, Record(kind_of_act="contact", text="已去电"), uploads=[photo])
    approve(handed_in, "approve")
    assert titles(guarded, handed_in) == ["换药收据", "现场.txt", "谈话笔录.txt"]
    assert len(set(AttachmentRow.objects.values_list("evidence", flat=True))) == 2
    assert verify(guarded) == []
