"""Reads the text of a formula into its tree; the one place that knows how a formula is spelled.

Lark does the reading. Brackets, commas, operators and quotes may be full-width: they mean the same. A name that is not a plain
word (brackets, 、 or % in it, or a word of the grammar) stands in backticks.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, v_args
from lark.visitors import Transformer_NonRecursive

from xiangxu.formula.fault import Fault, FormulaError
from xiangxu.formula.tree import (
    MAX_DEPTH,
    MAX_LENGTH,
    Arithmetic,
    Call,
    Comparison,
    Field,
    Logic,
    Named,
    Negative,
    Not,
    Number,
    Param,
    Span,
    Text,
    Tree,
    walk,
)

OPTIONS = ("by", "each", "latest", "where", "q")
"""Words that are named arguments when = follows."""
KEYWORDS = ("and", "or", "not")
_MAX_NESTING = 50
_MAX_DIGITS = 30
_MAX_REMEMBERED = 4096

_GRAMMAR = r"""
?start: either
?either: both | either OR both -> logic
?both: contrary | both AND contrary -> logic
?contrary: comparison | NOT contrary -> contrary
?comparison: total | total COMPARE total -> compare
?total: product | total (PLUS | MINUS) product -> arithmetic
?product: signed | product (TIMES | OVER) signed -> arithmetic
?signed: atom | MINUS signed -> negative
?atom: NUMBER -> number
     | STRING -> text
     | PARAM -> param
     | field
     | call
     | OPEN either CLOSE -> bracket
field: TABLE? (NAME | QUOTED)
call: NAME OPEN [argument (COMMA argument)*] CLOSE
?argument: either | OPTION either -> named

OPTION.5: /(?:by|each|latest|where|q)[ \t\r\n\u3000]*[=＝]/
TABLE.4: /(?:[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*|[^\W0-9]\w*)\.(?=[\w`])/
NUMBER.3: /[0-9]+(?:\.[0-9]+)?(?!\w)(?:[%％](?!\w))?/
NAME.2: /[0-9]*[^\W0-9]\w*/
QUOTED: /`[^`\r\n]+`/
PARAM: /[:：][^\W0-9]\w*/
STRING: /"(?:[^"\r\n]|"")*"|“[^”\r\n]*”/
AND.3: /and(?!\w)/
OR.3: /or(?!\w)/
NOT.3: /not(?!\w)/
COMPARE: /<=|>=|!=|<>|[=<>≤≥≠]|[＜＞！][=＝]|[<>!]＝|[＝＜＞]/
PLUS: /[+＋]/
MINUS: /[-－−]/
TIMES: /[*＊×]/
OVER: /[\/／÷]/
OPEN: /[(（]/
CLOSE: /[)）]/
COMMA: /[,，]/
%ignore /[ \t\r\n\u3000]+/
"""

_WIDE = str.maketrans("＝＜＞！＋－−＊×／÷", "=<>!+--**//")
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "<>": "!="}
_STARTS = frozenset({"NUMBER", "STRING", "PARAM", "NAME", "QUOTED", "TABLE"})


def _sign(token: Token) -> str:
    plain = str(token).translate(_WIDE)
    return _SIGNS.get(plain, plain)


@v_args(inline=True)
class _Build(Transformer_NonRecursive[Token, Tree]):
    """Turns what lark read into our own nodes."""

    def __init__(self, formula: str) -> None:
        super().__init__()
        self.formula = formula

    def _at(self, first: Token | Tree | Named, last: Token | Tree | Named | None = None) -> Span:
        start = first.start_pos or 0 if isinstance(first, Token) else first.at.start
        ending = first if last is None else last
        return Span(start, ending.end_pos or start if isinstance(ending, Token) else ending.at.end, self.formula)

    def number(self, token: Token) -> Tree:
        percent = token[-1] in "%％"
        return Number(Decimal(token[:-1] if percent else token), percent, self._at(token))

    def text(self, token: Token) -> Tree:
        return Text(token[1:-1] if token[0] == "“" else token[1:-1].replace('""', '"'), self._at(token))

    def param(self, token: Token) -> Tree:
        return Param(token[1:], self._at(token))

    def field(self, *tokens: Token) -> Tree:
        name = tokens[-1]
        table = str(tokens[0][:-1]) if len(tokens) == 2 else None
        return Field(name[1:-1] if name.type == "QUOTED" else str(name), table, self._at(tokens[0], name))

    def bracket(self, _open: Token, inner: Tree, _close: Token) -> Tree:
        return inner

    def negative(self, minus: Token, operand: Tree) -> Tree:
        return Negative(operand, self._at(minus, operand))

    def contrary(self, word: Token, operand: Tree) -> Tree:
        return Not(operand, self._at(word, operand))

    def arithmetic(self, left: Tree, op: Token, right: Tree) -> Tree:
        return Arithmetic(_sign(op), left, right, self._at(left, right))

    def compare(self, left: Tree, op: Token, right: Tree) -> Tree:
        return Comparison(_sign(op), left, right, self._at(left, right))

    def logic(self, left: Tree, op: Token, right: Tree) -> Tree:
        return Logic(str(op), left, right, self._at(left, right))

    def named(self, name: Token, value: Tree) -> Named:
        return Named(name[:-1].strip(" \t\r\n\u3000"), value, self._at(name, value))

    def call(self, name: Token, _open: Token, *rest: Any) -> Tree:
        given = [part for part in rest if part is not None and not isinstance(part, Token)]
        plain = tuple(part for part in given if not isinstance(part, Named))
        named = tuple(part for part in given if isinstance(part, Named))
        return Call(str(name), plain, named, self._at(name, rest[-1]))


_LARK = Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)


@lru_cache(maxsize=_MAX_REMEMBERED)
def parse(text: str) -> Tree:
    """The tree of a formula; raises FormulaError with a message that names the place.

    >>> parse("100 * sum(体质优良学生) ／ sum（参测学生）") == parse("100*sum(体质优良学生)/sum(参测学生)")
    True
    >>> parse("count(school-year.`6岁（含）以上` >= :min)").arguments[0].left
    Field(name='6岁（含）以上', table='school-year')
    >>> parse("sum(参测学生")
    Traceback (most recent call last):
    ...
    xiangxu.formula.fault.FormulaError: 第 9 列：公式到这里还没有写完，少了右括号 )。请补上。
      sum(参测学生
                  ^
    """
    if not text.strip():
        raise FormulaError([Fault(Span(0, 0, text), "公式是空的。请写一个公式，例如 sum(参测学生)。")])
    _measure(text)
    try:
        read = _LARK.parse(text)
    except UnexpectedInput as error:
        raise FormulaError([_misread(error, text)]) from None
    tree = _Build(text).transform(read)
    for level, node in walk(tree):
        if level > MAX_DEPTH:
            raise FormulaError([Fault(node.at, f"公式套得太深，超过 {MAX_DEPTH} 层。请拆成几个指标。")])
    return tree


def _measure(text: str) -> None:
    """Refuse what is too long before anything else looks at it."""
    if len(text) > MAX_LENGTH:
        end = Span(MAX_LENGTH, MAX_LENGTH, text)
        raise FormulaError([Fault(end, f"公式太长：有 {len(text)} 个字符，最多 {MAX_LENGTH} 个。请拆成几个指标。")])
    open_brackets = digits = 0
    for place, character in enumerate(text):
        open_brackets += (character in "(（") - (character in ")）")
        digits = digits + 1 if character in "0123456789" else 0
        if open_brackets > _MAX_NESTING:
            raise FormulaError([Fault(Span(place, place + 1, text), f"括号套得太深，超过 {_MAX_NESTING} 层。请拆成几个指标。")])
        if digits > _MAX_DIGITS:
            raise FormulaError([Fault(Span(place, place + 1, text), f"数字太长，超过 {_MAX_DIGITS} 位。请改短。")])


def _misread(error: UnexpectedInput, text: str) -> Fault:
    """What the reader stumbled over, in words."""
    end = Span(len(text), len(text), text)
    if isinstance(error, UnexpectedCharacters):
        start = error.pos_in_stream or 0
        return Fault(Span(start, start + 1, text), _strange(text[start]))
    if not isinstance(error, UnexpectedToken):
        return Fault(end, "公式没有写完。请补全。")
    token, expected = error.token, set(error.accepts or error.expected)
    if token.type == "$END":
        missing = "少了右括号 )。请补上" if "CLOSE" in expected else "后面还应有字段、数字或函数。请补上，或删去末尾的符号"
        return Fault(end, f"公式到这里还没有写完，{missing}。")
    return Fault(Span(token.start_pos or 0, token.end_pos or 0, text), _unexpected(token, expected))


def _strange(character: str) -> str:
    if character in "\"“”'‘’`":
        return f"引号 {character} 没有成对。文字请写在一对双引号里，特殊的字段名请写在一对反引号 ` 里。"
    if character in ":：":
        return "冒号后面应是参数名，例如 :stage。"
    if character == ".":
        return "小数点或表名的写法不对。小数写作 2.3，某张表的字段写作 表名.字段。"
    return f"不认识的符号“{character}”。名称中有标点时，请把整个名称写在反引号 ` 里。"


def _unexpected(token: Token, expected: set[str]) -> str:
    if token.type == "CLOSE" and "CLOSE" not in expected and not expected & _STARTS:
        return "多了一个右括号。请删去，或在前面补上左括号。"
    if token.type == "COMPARE" and "AND" in expected:
        return "比较不能连着写。请用 and 连接两个比较，例如 甲 >= 1 and 甲 <= 3。"
    if token.type == "OPTION":
        return f"“{token}”只能用在函数里，跟在逗号后面。如果是字段名，请写在反引号 ` 里。"
    if expected & _STARTS:
        return f"“{token}”的前面缺了字段、数字或函数。请补上，或删去“{token}”。"
    return f"“{token}”的前面缺了运算符号（+ - * / = and or）或逗号。请补上；名称中有空格时，请把整个名称写在反引号 ` 里。"
