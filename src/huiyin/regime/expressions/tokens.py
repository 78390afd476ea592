"""Prepares the text of a condition for the reference.

Whole numbers become decimals; `given(x)` and `evidence('receipt').amount` become names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from huiyin.regime.expressions.problems import ConditionProblem

LONGEST = 300
"""Characters a condition may have; what is longer is hard to read and should name its parts as fields."""

GIVEN = "given"
EVIDENCE = "evidence"

_TOKEN = re.compile(
    r"""
    (?P<space>\s+|//[^\n]*)
  | (?P<string>(?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"))
  | (?P<number>(?:\d+\.\d+|\d+|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%!<>?:.,()\[\]{}=&|])
    """,
    re.VERBOSE | re.DOTALL,
)
_FULL_WIDTH = dict(zip("（）！＝＞＜，．｜＆“”‘’。：", "()!=><,.|&''''.:", strict=True))
_WORDS = {"and": "&&", "or": "||", "not": "!", "is": "=="}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, string or sign; `start` is its offset in the source."""

    what: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What goes to the reference, and the way back from its offsets to the author's text."""

    source: str
    text: str
    inserted: tuple[int, ...]
    """Offsets in `text` of each inserted `.0`."""

    def offset(self, position: int) -> int:
        """The offset in the author's text of an offset in the prepared one."""
        return max(0, min(position - 2 * bisect_left(self.inserted, position), len(self.source)))

    def place(self, position: int) -> tuple[int, int]:
        """Line and column, from 1, in the author's text of an offset in the prepared one."""
        return line_and_column(self.source, self.offset(position))


def line_and_column(source: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    before = source[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def prepare(source: str) -> tuple[Prepared, list[ConditionProblem]]:
    """Rewrite the source; the problems found are those that would make the reference stumble."""
    if len(source) > LONGEST:
        found = ConditionProblem(
            "E3",
            f"条件有误：长 {len(source)} 个字符，最多 {LONGEST} 个；",
            f"condition has {len(source)} characters, at most {LONGEST} are allowed",
            hint="请把其中的部分写成字段。",
        )
        return Prepared(source, source, ()), [found]
    tokens, problems = _tokens(source)
    problems += [problem for index in range(len(tokens)) if (problem := _misused(source, tokens, index))]
    if problems:
        return Prepared(source, source, ()), problems
    named, problems = _without_evidence(source, tokens)
    if problems:
        return Prepared(source, source, ()), problems
    if named != source:
        tokens, _ = _tokens(named)
    replaced, problems = _without_given(named, tokens)
    text, inserted = _decimals(replaced, tokens)
    return Prepared(source, text, inserted), problems


def _tokens(source: str) -> tuple[list[Token], list[ConditionProblem]]:
    tokens: list[Token] = []
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            return tokens, [_unreadable(source, place)]
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "", match[0], place))
        place = match.end()
    if not tokens:
        return tokens, [_problem(source, 0, "条件是空的；", "the condition is empty", "请写一个条件，或删去这个键。")]
    return tokens, []


def _unreadable(source: str, place: int) -> ConditionProblem:
    sign = source[place]
    if sign in _FULL_WIDTH:
        hint = f"请改用半角 {_FULL_WIDTH[sign]}"
        return _problem(source, place, f"不能用全角符号“{sign}”；", f"full-width sign {sign!r}", hint)
    if sign in "'\"":
        return _problem(source, place, "引号没有配对；", "unclosed quotation mark", "请补上另一个引号。")
    if ord(sign) > 127:
        hint = "名字只用英文字母、数字和下划线；中文内容请写在引号里。"
        return _problem(source, place, f"不认识“{sign}”；", f"unexpected character {sign!r}", hint)
    return _problem(source, place, f"不认识符号“{sign}”；", f"unexpected character {sign!r}", "请删去。")


def _misused(source: str, tokens: list[Token], index: int) -> ConditionProblem | None:
    """Signs and words of other languages, and kinds of number that this one does not have."""
    token = tokens[index]
    previous = tokens[index - 1].text if index else ""
    glued = index and token.start == _end(tokens[index - 1])
    if token.text in ("=", "&", "|"):
        meant = {"=": "==", "&": "&&", "|": "||"}[token.text]
        return _problem(source, token.start, f"不认识“{token.text}”；", f"unknown sign {token.text!r}", f"请写 {meant}")
    if token.what == "word" and token.text.lower() in _WORDS and previous != ".":
        meant = _WORDS[token.text.lower()]
        return _problem(source, token.start, f"不认识“{token.text}”；", f"unknown word {token.text!r}", f"请写 {meant}")
    if glued and token.what == "word" and tokens[index - 1].what == "number":
        hint = "数字请只用十进制写，时间长度请写在引号里，如 '90 days'。"
        return _problem(source, token.start, f"数字后面不能跟“{token.text}”；", "malformed number", hint)
    if glued and token.what == "string" and tokens[index - 1].what == "word" and previous != "in":
        en = "prefixed strings are not supported"
        return _problem(source, token.start, f"引号前不能有 {previous}；", en, f"请去掉引号前的 {previous}。")
    return None


def _without_evidence(source: str, tokens: list[Token]) -> tuple[str, list[ConditionProblem]]:
    """Turn `evidence('test-report').number` into the name `evidence.test_report.number`, columns kept as below."""
    letters = list(source)
    problems: list[ConditionProblem] = []
    for index, token in enumerate(tokens):
        followers = tokens[index + 1 : index + 6]
        if token.text != EVIDENCE or not followers or followers[0].text != "(":
            continue
        if [each.what for each in followers] != ["sign", "string", "sign", "sign", "word"] or (
            (followers[2].text, followers[3].text) != (")", ".")
        ):
            zh, hint = "evidence 后面须写材料的一项内容；", "如 evidence('receipt').amount。"
            problems.append(_problem(source, token.start, zh, "evidence(…) needs a field behind it", hint))
            continue
        kind = followers[1]
        letters[followers[0].start] = "."
        letters[kind.start : _end(kind)] = f" {kind.text[1:-1].replace('-', '_')} "
        letters[followers[2].start] = " "
    return "".join(letters), problems


def _without_given(source: str, tokens: list[Token]) -> tuple[str, list[ConditionProblem]]:
    """Turn `given(matter.x)` into the name `given.matter.x`, character for character, so that columns stay true."""
    letters = list(source)
    problems: list[ConditionProblem] = []
    for index, token in enumerate(tokens):
        if token.text != GIVEN or (index and tokens[index - 1].text == "."):
            continue
        inside = [follower.text for follower in tokens[index + 1 : index + 8]]
        parts = 3 if inside[1:2] == [EVIDENCE] else 2
        words, close = tokens[index + 2 : index + 2 * parts + 1], index + 2 * parts + 1
        dotted = [each.text == "." if place % 2 else each.what == "word" for place, each in enumerate(words)]
        closed = close < len(tokens) and tokens[close].text == ")"
        if inside[:1] != ["("] or len(words) != 2 * parts - 1 or not all(dotted) or not closed:
            hint = "如 given(matter.distance)。"
            problems.append(
                _problem(source, token.start, "given 的括号里只能写一个字段；", "given takes exactly one field", hint)
            )
            continue
        letters[tokens[index + 1].start] = "."
        letters[tokens[close].start] = " "
    return "".join(letters), problems


def _decimals(text: str, tokens: list[Token]) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    inserted: list[int] = []
    done = length = 0
    for token in tokens:
        if token.what == "number" and token.text.isdecimal():
            end = _end(token)
            pieces += [text[done:end], ".0"]
            length += end - done
            inserted.append(length)
            length += 2
            done = end
    return "".join([*pieces, text[done:]]), tuple(inserted)


def _end(token: Token) -> int:
    return token.start + len(token.text)


def _problem(source: str, offset: int, zh: str, en: str, hint: str) -> ConditionProblem:
    line, column = line_and_column(source, offset)
    return ConditionProblem("E3", f"条件有误：{zh}", en, line, column, hint)
