"""The samples of a case: what each is, through whose hands it went, what the testers found. As far as the reader may know."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.sample_words import keeper_words
from huiyin.application.story_words import Words
from huiyin.cases.recalled import recalls_in_sight
from huiyin.cases.samples.knowing import in_sight, is_origin_hidden, results_in_sight
from huiyin.cases.samples.sample import Result, Sample
from huiyin.regime.vocabulary import RECALL_STAGES, SEAL_STATES
from huiyin.site.components import Fact
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import person_name


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One thing that happened to the sample; `trouble` says what is wrong with it."""

    when: str
    what: str
    note: str
    trouble: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One tester's result."""

    who: str
    when: str
    code: str
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample. Of one whose origin is kept from the reader there is the code and what it is, and no `custody`."""

    title: str
    label: str
    word: str
    is_whole: bool
    facts: list[Fact]
    custody: list[CustodyLine]
    results: list[ResultLine]
    waits: str


def sample_rows(opened: Opened) -> list[SampleRow]:
    """The samples, in the order in which they were taken."""
    return [_row(opened, sample) for sample in in_sight(opened.case, opened.sight.hidden)]


def _row(opened: Opened, sample: Sample) -> SampleRow:
    hidden = is_origin_hidden(sample, opened.sight.hidden)
    lacking = sample.needs - len(sample.round_results)
    results = [_result(opened, each) for each in results_in_sight(sample, opened.actor.person)]
    waits = _("还差%(n)s份检验结果，交齐之前互不可见") % {"n": lacking} if sample.round and lacking > 0 else ""
    if hidden:
        facts = [Fact(_("样品"), sample.name), Fact(_("数量"), sample.quantity)]
        return SampleRow(sample.code, _("盲样"), "", True, facts, [], results, waits)
    kind = opened.regime.samples.get(sample.kind)
    return SampleRow(
        title=f"{sample.number} {sample.name}",
        label=kind.title if kind else sample.kind,
        word=_soundness(sample),
        is_whole=sample.intact,
        facts=_facts(opened, sample),
        custody=_custody(opened, sample),
        results=results,
        waits=waits,
    )


def _soundness(sample: Sample) -> str:
    """Whether seal and custody are whole, in words; of what was not to be sealed only custody is told."""
    if not sample.state:
        return _("交接不断") if sample.intact else _("交接有缺")
    return _("封样完好、交接不断") if sample.intact else _("封样破损或者交接有缺")


def _facts(opened: Opened, sample: Sample) -> list[Fact]:
    words = Words(opened.regime, opened.case, opened.world)
    rows = [Fact(_("数量"), sample.quantity), Fact(_("现由谁保管"), keeper_words(sample, sample.keeper, words))]
    if sample.seal:
        rows.append(Fact(_("封条编号"), sample.seal))
    if sample.code:
        rows.append(Fact(_("盲样编号"), sample.code))
    if sample.keep_until:
        rows.append(Fact(_("留样至"), moment_words(sample.keep_until, opened.world)))
    return rows


def _custody(opened: Opened, sample: Sample) -> list[CustodyLine]:
    """Taken, handed over, opened for coding, in the order of time."""
    world, words = opened.world, Words(opened.regime, opened.case, opened.world)
    present = _("、").join(opened.regime.role_title(role) for role in sample.present)
    taken = _("%(who)s在%(place)s采取") % {"who": person_name(sample.taken_by, world), "place": sample.place}
    witnesses = _("%(who)s在场") % {"who": present} if present else ""
    lines = [(sample.taken_at, taken, witnesses, _trouble(sample.state, gap=False))]
    for passage in sample.passages:
        giver = keeper_words(sample, passage.giver, words)
        what = _("%(giver)s交%(taker)s") % {"giver": giver, "taker": passage.taker}
        note = "，".join(filter(None, (passage.condition, _("%(who)s记录") % {"who": person_name(passage.by, world)})))
        lines.append((passage.at, what, note, _trouble(passage.state, gap=passage.gap)))
    for coding in sample.codings:
        what = _("%(who)s编为盲样%(code)s") % {"who": person_name(coding.by, world), "code": coding.code}
        lines.append((coding.at, what, "", _trouble(coding.state, gap=False)))
    lines.sort(key=lambda line: line[0])
    return [CustodyLine(moment_words(at, world), what, note, trouble) for at, what, note, trouble in lines]


def _trouble(state: str, *, gap: bool) -> str:
    broken = SEAL_STATES.get(state, "") if state not in ("", "whole") else ""
    missing = _("与上一保管人不符，其间没有交接记录") if gap else ""
    return "，".join(filter(None, (_("封样：%(state)s") % {"state": broken} if broken else "", missing)))


def _result(opened: Opened, result: Result) -> ResultLine:
    work = opened.regime.flow.get(result.work) or opened.regime.acts.get(result.work)
    words = Words(opened.regime, opened.case, opened.world, opened.sight.hidden)
    shown = words.fields(result.fields, work.fields if work else {}, "facts")
    return ResultLine(
        who=person_name(result.tester, opened.world),
        when=moment_words(result.at, opened.world),
        code=result.code,
        facts=[Fact(title, value) for title, value in shown.items()],
    )


@dataclass(frozen=True, slots=True)
class RecallRow:
    """A paper that is fetched back, how far it is, and when each stage was reached by whom."""

    title: str
    is_void: bool
    word: str
    notes: list[str]


def recall_rows(opened: Opened) -> list[RecallRow]:
    """The papers that are fetched back, or were."""
    rows = []
    for recall in recalls_in_sight(opened.case, opened.sight.hidden):
        notes = [
            _("，").join(
                filter(None, (moment_words(at, opened.world), person_name(by, opened.world), RECALL_STAGES[stage][0], text))
            )
            for stage, at, by, text in recall.steps
        ]
        title = f"《{recall.title}》{recall.number}" if recall.is_document else recall.number
        rows.append(RecallRow(title, recall.is_void, RECALL_STAGES[recall.steps[-1][0]][0], notes))
    return rows
