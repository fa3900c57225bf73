"""How formulas are spelled, and that one tree has one text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangxu.formula import explain, names, parse, write
from xiangxu.formula.tree import (
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

_NAMES = st.sampled_from(["甲", "x1", "3至6岁人口", "每百名学生（含）%、", "and", "by", "a b", "12", "本科及以上", "_x"])
_TABLES = st.none() | st.sampled_from(["school-year", "t", "表"])
_LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.builds(Number, st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False), st.booleans()),
    st.builds(Text, st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=6)),
    st.builds(Param, st.sampled_from(["stage", "级别"])),
    st.builds(Field, _NAMES, _TABLES),
)


def _more(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    named = st.builds(Named, st.sampled_from(["by", "each", "where", "q"]), inner)
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Not, inner),
        st.builds(Arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(Logic, st.sampled_from(["and", "or"]), inner, inner),
        st.builds(
            Call, st.sampled_from(["sum", "求和"]), st.lists(inner, max_size=2).map(tuple), st.lists(named, max_size=2).map(tuple)
        ),
    )


TREES = st.recursive(_LEAVES, _more, max_leaves=12)


@given(TREES)
def test_a_tree_written_and_read_is_the_same(tree: Tree) -> None:
    """The canonical text loses nothing, and is its own canonical text."""
    text = write(tree)
    again = parse(text)
    assert again == tree
    assert write(again) == text


@given(TREES)
def test_every_tree_has_a_sentence(tree: Tree) -> None:
    """A formula can be said in words even where it makes no sense."""
    said = explain(tree)
    assert said.zh
    assert said.en


@given(TREES)
def test_every_node_keeps_its_place(tree: Tree) -> None:
    """A node's place holds its text; a node lies within its parent."""
    text = write(tree)
    for _, node in walk(parse(text)):
        assert node.at.text == text
        assert 0 <= node.at.start < node.at.end <= len(text)
        if isinstance(node, Param):
            assert text[node.at.start : node.at.end] == f":{node.name}"


@pytest.mark.parametrize(
    ("wide", "plain"),
    [
        ("sum（甲）÷sum（乙）×100", "sum(甲)/sum(乙)*100"),
        ("count（甲＞＝3 and 乙≠4）", "count(甲 >= 3 and 乙 != 4)"),
        ("count(甲≥3 or 乙≤4 or 丙<>5)", "count(甲 >= 3 or 乙 <= 4 or 丙 != 5)"),
        ("quantile（甲，q＝50％）", "quantile(甲, q=50%)"),
        ("count(类别＝“示范校” and 级别 ＝ ：level)", 'count(类别 = "示范校" and 级别 = :level)'),
        ("sum(甲)＋sum(乙)－1＊2／3", "sum(甲) + sum(乙) - 1 * 2 / 3"),
        ("sum(甲)　+\n sum(乙)", "sum(甲)+sum(乙)"),
        ("count(甲＜3 and 乙！＝4 and 丙＜＝1)", "count(甲<3 and 乙!=4 and 丙<=1)"),
    ],
)
def test_full_width_signs_mean_the_same(wide: str, plain: str) -> None:
    """Brackets, commas, quotes and operators typed in Chinese are read as their plain forms."""
    assert parse(wide) == parse(plain)


@pytest.mark.parametrize(
    ("formula", "tree"),
    [
        ("3至6岁人口", Field("3至6岁人口")),
        ("school-year.在校生", Field("在校生", "school-year")),
        ("school-year.`6岁（含）、%`", Field("6岁（含）、%", "school-year")),
        ("pupils-county-year", Arithmetic("-", Arithmetic("-", Field("pupils"), Field("county")), Field("year"))),
        ("在校生-county-year.人口", Arithmetic("-", Field("在校生"), Field("人口", "county-year"))),
        ("85%", Number(Decimal(85), True)),
        ("2.50", Number(Decimal("2.5"))),
        ('"他说""好"""', Text('他说"好"')),
        ("android", Field("android")),
        ("not 甲 = 1", Not(Comparison("=", Field("甲"), Number(Decimal(1))))),
        ("甲 or 乙 and 丙", Logic("or", Field("甲"), Logic("and", Field("乙"), Field("丙")))),
        ("-甲 * 2", Arithmetic("*", Negative(Field("甲")), Number(Decimal(2)))),
        ("f(甲 = 1, by=乙)", Call("f", (Comparison("=", Field("甲"), Number(Decimal(1))),), (Named("by", Field("乙")),))),
        ("units()", Call("units")),
    ],
)
def test_spelling(formula: str, tree: Tree) -> None:
    """Names hold digits anywhere and anything in backticks; signs bind as in school."""
    assert parse(formula) == tree


def test_canonical_text() -> None:
    """No bracket too many, but a mixture of and and or shows its brackets."""
    assert write(parse("((甲)) + (乙 * 丙) - (丁 - 戊)")) == "甲 + 乙 * 丙 - (丁 - 戊)"
    assert write(parse("甲 and 乙 or 丙 and (丁 and 戊)")) == "(甲 and 乙) or (丙 and (丁 and 戊))"


def test_places_count_characters_of_the_text() -> None:
    """A call reaches from its name to its bracket."""
    assert parse(" 1 + sum（甲）").right.at == Span(5, 11, " 1 + sum（甲）")  # type: ignore[union-attr]


def test_names_of_a_formula() -> None:
    """Fields with tables, parameters, functions and tiers, each once."""
    used = names(parse("share(sum(t.甲, where=乙 = :k) > :k, each=镇街) + max(sum(甲), each=学段)"))
    assert used.fields == (("t", "甲"), (None, "乙"), (None, "甲"), (None, "学段"))
    assert (used.params, used.functions, used.groups) == (("k",), ("share", "sum", "max"), ("镇街",))
