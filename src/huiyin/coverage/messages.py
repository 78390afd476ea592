"""What is said of a `coverage.yaml`: Chinese and English, message and mend, under codes of their own."""

from collections.abc import Mapping
from typing import NamedTuple

from huiyin.regime.messages import MESSAGES
from huiyin.regime.problems import Problem, Severity
from huiyin.regime.source import Fault, Path, Place, Source, written


class _Words(NamedTuple):
    code: str
    zh: str
    mend_zh: str
    en: str
    mend_en: str


_WORDS: Mapping[str, _Words] = {
    "no-file": _Words(
        "C1", "没有 coverage.yaml。", "请在制度旁边写下每条要求由哪条规则执行、由哪个故事证明。",
        "There is no coverage.yaml.", "Say beside the regime which rule carries out each fact and which story shows it.",
    ),
    "bad-file": _Words("C2", "读不出来：{reason}", "", "Cannot be read: {reason}", ""),
    "unknown-key": _Words(
        "C2", "不认识“{key}”。", "这里可以写：{known}。", "Unknown key {key}.", "Known here: {known}.",
    ),
    "bad-shape": _Words("C2", "“{key}”应写成{shape}。", "", "{key} should be {shape_en}.", ""),
    "wrong-regime": _Words(
        "C3", "写的是制度“{named}”，旁边的制度却是“{regime}”。", "请把 regime 改成 {regime}。",
        "It is about {named}, but the regime beside it is {regime}.", "Write regime: {regime}.",
    ),
    "unknown-inventory": _Words(
        "C3", "没有编号为“{name}”的清单。", "请写 packs/inventories.yaml 里的编号，例如 S0-05。",
        "There is no inventory {name}.", "Use an id of packs/inventories.yaml, such as S0-05.",
    ),
    "fact-missing": _Words(
        "C4", "第{number}条要求（{clause}）没有写由什么执行。", "请补写：by 和 story，或 information，或 planned。",
        "Fact {number} ({clause}) has no entry.", "Add one: by and story, or information, or planned.",
    ),
    "no-such-number": _Words(
        "C5", "{section} 没有第{number}条，只有{most}条。", "请核对编号。",
        "{section} has no number {number}, only {most}.", "Check the number.",
    ),
    "one-of": _Words(
        "C6", "第{number}条应写 by、information、planned 三者之一。", "请只留一项。",
        "Number {number} needs exactly one of by, information, planned.", "Keep one.",
    ),
    "carrier-missing": _Words(
        "C7", "制度里没有 {path}。", "{near}", "The regime has no {path}.", "{near_en}",
    ),
    "carrier-is-text": _Words(
        "C7", "{path} 是条文，不会执行。", "请写执行它的规则；没有可执行的内容就写 information。",
        "{path} is text and carries out nothing.", "Name the rule that does, or write information.",
    ),
    "carrier-short": _Words(
        "C7", "“{path}”没有指明哪一条规则。", "请写到具体的一项，例如 flow.register。",
        "{path} does not name a rule.", "Name one, such as flow.register.",
    ),
    "unknown-feature": _Words(
        "C8", "没有名为“{name}”的平台功能。", "可用的：{known}。", "There is no feature {name}.", "There are: {known}.",
    ),
    "not-yet": _Words(
        "C9", "{path} 已读入，但本版还不执行（{what}）。", "请写 planned，或写已经执行的规则。",
        "{path} is loaded but not carried out yet ({what_en}).", "Write planned, or name a rule that is.",
    ),
    "no-proof": _Words(
        "C10", "第{number}条没有证明。", "请写 story（哪个故事）或 test（哪个测试）。",
        "Number {number} has no proof.", "Name a story or a test.",
    ),
    "feature-untested": _Words(
        "C10", "第{number}条由平台功能执行，要写测试。", "请写 test: tests/….py::test_…。",
        "Number {number} rests on a feature, which a test has to show.", "Write test: tests/….py::test_….",
    ),
    "story-missing": _Words(
        "C11", "没有题为“{title}”的故事。", "{near}", "There is no story titled {title}.", "{near_en}",
    ),
    "story-ambiguous": _Words(
        "C11", "以“{title}”开头的故事有{count}个。", "请把题目写长一些，直到只指一个。",
        "{count} stories begin with {title}.", "Write more of the title.",
    ),
    "story-failed": _Words(
        "C12", "故事“{title}”没有通过，不能作证明。", "请先运行 huiyin regime test。",
        "Story {title} fails and proves nothing.", "Run huiyin regime test first.",
    ),
    "story-idle": _Words(
        "C13", "故事“{title}”没有用到第{number}条所写的任何规则。", "{near}",
        "Story {title} never uses a rule named for number {number}.", "{near_en}",
    ),
    "carrier-idle": _Words(
        "C14", "第{number}条所写的故事都没有用到 {path}。", "请换一个故事，或写 test。{near}",
        "None of the stories of number {number} uses {path}.", "Name another story, or a test. {near_en}",
    ),
    "test-missing": _Words(
        "C15", "没有测试 {test}。", "请写成 tests/文件.py::函数名。",
        "There is no test {test}.", "Write tests/file.py::function.",
    ),
    "not-planned": _Words(
        "C16", "“{tag}”不是可以后做的功能。", "可写：{known}。", "{tag} may not wait.", "These may: {known}.",
    ),
    "planned-elsewhere": _Words(
        "C16", "第{number}条并不需要“{tag}”，它需要：{needs}。", "请写它需要的功能，或现在就执行它。",
        "Fact {number} does not need {tag} but {needs}.", "Name what it needs, or carry it out now.",
    ),
    "no-reason": _Words(
        "C17", "第{number}条写了 {key}，却没有写理由。", "请用一句话说明。",
        "Number {number} gives no reason for {key}.", "Say it in a sentence.",
    ),
}


def problem(name: str, source: Source, path: Path, /, *, at_key: bool = False, **values: object) -> Problem:
    """One finding about a place of the file."""
    return _problem(name, source.place(path, at_key=at_key), path, values, values)


def fault_problem(fault: Fault) -> Problem:
    """A finding about the file as YAML."""
    words = MESSAGES[fault.message]
    zh, en = words.zh.format(**fault.values), words.en.format(**fault.values)
    return _problem("bad-file", fault.place, fault.path, {"reason": zh}, {"reason": en})


def _problem(name: str, place: Place, path: Path, zh: Mapping[str, object], en: Mapping[str, object]) -> Problem:
    words = _WORDS[name]
    return Problem(
        code=words.code,
        severity=Severity.ERROR,
        file=place.file,
        line=place.line,
        column=place.column,
        message_zh=words.zh.format(**zh),
        message_en=words.en.format(**en),
        mend_zh=words.mend_zh.format(**zh),
        mend_en=words.mend_en.format(**en),
        path=written(path),
    )
