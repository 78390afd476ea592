"""A piece of evidence as the interface shows it: of what is sealed for others, only that it exists."""

from huiyin.api.schemas.cases import EvidenceOut, OpeningOut, SealOut
from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.evidence import suggested_force
from huiyin.cases.state import Evidence, Seal


def evidence_out(item: Evidence, opened: Opened) -> EvidenceOut:
    """One piece for whoever opened the case."""
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
    )


def _seal(seal: Seal) -> SealOut:
    openings = [OpeningOut(at=each.at, by=each.by, text=each.text, present=list(each.present)) for each in seal.openings]
    return SealOut(number=seal.number, at=seal.at, by=seal.by, present=list(seal.present), openings=openings)
