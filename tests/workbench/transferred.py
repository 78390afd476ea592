"""A report that the health supervision institute of the rehearsal passes on to the institute of the next county."""

from dataclasses import dataclass

from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import Receipt, file_case
from huiyin.application.loading import Opened, open_case
from huiyin.application.running import Result, run
from huiyin.cases.commands import AddEvidence, Approve, Command, File, Perform, SendTransfer
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.files.storage import Upload
from huiyin.store.personal.data import PersonalData

OFFICE, LEADER, INSPECTOR = Actor("ou-xiaolu"), Actor("qin-zhengyi"), Actor("dai-lizhi")
CALLER = PersonalData(name="林晓雨", phone="13800005521")
PHOTO = ("小票.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
RECORDING = ("来电录音.mp3", b"ID3\x04" + b"\0" * 64)


@dataclass
class Report:
    """A report by telephone, on its way to the body it belongs to."""

    institute: Organisation
    receipt: Receipt

    @property
    def number(self) -> str:
        return self.receipt.number

    def do(self, who: Actor, command: Command, *files: tuple[str, bytes]) -> Result:
        """Carry out a command, with files where it brings some."""
        uploads = [Upload(name, content) for name, content in files]
        return run(self.institute, who, self.receipt.case_id, command, uploads=uploads)

    def opened(self, who: Actor = OFFICE) -> Opened:
        """The case, as somebody opens it."""
        return open_case(self.institute, who, self.receipt.case_id)

    def sent(self, *without: str) -> "Report":
        """Sent by the office, without the pieces of evidence of these titles."""
        keys = tuple(item.key for item in self.opened().case.evidence if item.title in without)
        self.do(OFFICE, SendTransfer(without=keys))
        return self


def passed_on() -> Report:
    """A report about a shop of the next county: assessed, approved by the leader, still to be sent."""
    institute = rehearsal_of("health-supervision")
    matter = {"target": "business", "business": "云岫县河口熟食店", "subject": "food", "account": "酱肉发酸，吃后腹泻。"}
    filing = File(kind="report", channel="phone", matter=matter)
    report = Report(institute, file_case(institute, "health-supervision", OFFICE, filing, personal=CALLER))
    report.do(OFFICE, AddEvidence(evidence=()), PHOTO, RECORDING)
    for step in ("register", "hand-in", "number"):
        report.do(OFFICE, Perform(work=step))
    found = {"area": "not-ours", "disposal": "pass-on", "area_opinion": "店在云岫县"}
    report.do(OFFICE, Perform(work="assess", fields=found))
    key = next(iter(report.opened().case.approvals))
    report.do(LEADER, Approve(key=key))
    return report
