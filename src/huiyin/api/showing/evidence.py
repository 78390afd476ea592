"""A piece of evidence as the interface shows it: of what is sealed for others, only that it exists."""

from huiyin.api.schemas.around import FileOut
from huiyin.api.schemas.cases import EvidenceOut, OpeningOut, SealOut
from huiyin.application.attachments import attachments_of, evidence_seen
from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.evidence import may_read, suggested_force
from huiyin.cases.state import Evidence, Seal
from huiyin.store.models import AttachmentRow


def evidence_out(opened: Opened) -> list[EvidenceOut]:
    """Every piece that whoever opened the case may know of. One query, for the files."""
    seen = evidence_seen(opened)
    files = {row.evidence: row for row in attachments_of(opened)} if seen else {}
    return [_piece(item, opened, files.get(item.key)) for item in seen]


def _piece(item: Evidence, opened: Opened, file: AttachmentRow | None) -> EvidenceOut:
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden, opened.open_to())
    closed = item.for_some and item.key not in words.open_to
    rule = suggested_force(opened.regime, opened.case, opened.context(), item)
    return EvidenceOut(
        key=item.key,
        kind=item.kind,
        title=words.material(item),
        digest="" if closed else item.digest,
        sealed=item.sealed,
        data={} if closed else dict(item.data),
        place=item.place,
        force=item.force,
        suggested_force="" if closed or rule is None else rule.level,
        seals=[_seal(each) for each in item.seals],
        file=None if closed or file is None else _file(file, item, opened),
    )


def _file(file: AttachmentRow, item: Evidence, opened: Opened) -> FileOut:
    may = may_read(opened.regime, opened.case, opened.actor, opened.world.directory(opened.regime.id), item, opened.world.now)
    return FileOut(id=str(file.id) if may else "", name=file.name, type=file.type, size=file.size)


def _seal(seal: Seal) -> SealOut:
    openings = [OpeningOut(at=each.at, by=each.by, text=each.text, present=list(each.present)) for each in seal.openings]
    return SealOut(number=seal.number, at=seal.at, by=seal.by, present=list(seal.present), openings=openings)
