"""Hypothesis strategies for whole documents: facts, outlines, departments, task lists.

What is drawn is a `Paper`; nothing here knows how the reader works, only how offices write. Kept out is what a page cannot tell
even a person apart: a title as long as a line, a sentence with a number and 。 of its own at its start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, cycle

from hypothesis import strategies as st

from tests.generate import words
from tests.generate.paper import HAN, Facts, Heading, Owners, Paper, Row, TaskList

Draw = st.DrawFn


def sentences(least: int = 1, most: int = 3) -> st.SearchStrategy[str]:
    """A paragraph of plausible sentences."""
    return st.lists(st.sampled_from(words.SENTENCES), min_size=least, max_size=most, unique=True).map(
        lambda s: "。".join(s) + "。"
    )


@st.composite
def titles(draw: Draw) -> str:
    """An invented title of a theme or action."""
    return draw(st.sampled_from(words.VERBS)) + draw(st.sampled_from(words.OBJECTS))


@st.composite
def units(draw: Draw, prefix: str, most: int = 5) -> tuple[str, ...]:
    """One or more units; a group of places stands last."""
    names = draw(st.lists(st.sampled_from(words.DEPARTMENTS), min_size=1, max_size=most, unique=True))
    found = [name.format(prefix) for name in names]
    if len(found) > 1 and draw(st.integers(0, 3)) == 0:
        found[-1] = draw(st.sampled_from(words.GROUPS))
    return tuple(found)


# How a bracket or a line says who leads ({0}) and who takes part ({1}). Those with one place name units without dividing them.
DIVIDED = (
    "（{0}牵头，{1}配合）",
    "（{0}牵头，{1}按职责分工负责）",
    "〔牵头单位：{0}；配合单位：{1}〕",
    "（牵头单位：{0}；参与单位：{1}）",
    "【牵头部门：{0}；责任部门：{1}】",
    "牵头单位：{0}；配合单位：{1}",
)
_OPENING = "（〔【["
UNDIVIDED = ("（{0}负责）", "（责任单位：{0}）", "〔责任单位：{0}〕", "（{0}按职责分工负责）", "[责任部门：{0}]", "责任单位：{0}")


@st.composite
def owners(draw: Draw, prefix: str, bracketed: bool = False) -> Owners:
    """Departments in one of the styles in which documents print them; `bracketed`: not in a line that nothing closes."""
    names = draw(units(prefix))
    if len(names) > 1 and draw(st.booleans()):
        cut = draw(st.integers(1, len(names) - 1))
        lead, rest = names[:cut], names[cut:]
        styles = [style for style in DIVIDED if style[0] in _OPENING or not bracketed]
        printed = draw(st.sampled_from(styles)).format("、".join(lead), "、".join(rest))
    else:
        lead, rest = names, ()
        styles = [style for style in UNDIVIDED if style[0] in _OPENING or not bracketed]
        printed = draw(st.sampled_from(styles)).format("、".join(lead))
    line = printed[0] not in _OPENING
    return Owners(lead, rest, printed, line or draw(st.integers(0, 4)) == 0)


@st.composite
def _text(draw: Draw) -> tuple[str, ...]:
    return tuple(draw(st.lists(sentences(), min_size=1, max_size=2)))


@st.composite
def chapters(draw: Draw, prefix: str, items: bool = True) -> tuple[Heading, ...]:
    """The chapters of a plan: goals, tasks, safeguards, in one of the manners in which offices nest and number them."""
    shape = draw(st.sampled_from(("themes and actions", "actions", "themes", "theme chapters")))
    task_style, task_mark = draw(st.sampled_from((("bracket", ""), ("bracket", ""), ("task", "："), ("task", "　"))))
    dot = draw(st.sampled_from((".", "．", "、")))
    through, run_in, owned = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    running = count(1)
    found: list[Heading] = []

    def heading(style: str, ordinal: int, title: str, **more: object) -> Heading:
        mark = {"han": "、", "digit": dot, "task": task_mark}.get(style, "")
        return Heading(style, ordinal, mark, title, **more)  # type: ignore[arg-type]

    def action(style: str, ordinal: int, title: str) -> Heading:
        children: tuple[Heading, ...] = ()
        if items and style == "digit" and draw(st.integers(0, 5)) == 0:
            names = draw(st.lists(st.sampled_from(words.ITEMS), min_size=2, max_size=3, unique=True))
            children = tuple(
                heading("digit_bracket", k, name, text=(draw(sentences(1, 2)),), run_in=True) for k, name in enumerate(names, 1)
            )
        named = draw(owners(prefix, bracketed=bool(children))) if owned else None
        return heading(style, ordinal, title, text=draw(_text()), run_in=run_in, owners=named, children=children, is_action=True)

    def leaves(style: str, least: int, most: int, restart: bool) -> tuple[Heading, ...]:
        names = draw(st.lists(titles(), min_size=least, max_size=most, unique=True))
        numbers = count(1) if restart else running
        return tuple(action(style, next(numbers), name) for name in names)

    def add(title: str, **more: object) -> None:
        found.append(heading("han", len(found) + 1, title, **more))

    if draw(st.booleans()):
        themes = tuple(
            heading("bracket", k, name, text=draw(_text()), run_in=run_in) for k, name in enumerate(words.GOAL_THEMES, 1)
        )
        add(draw(st.sampled_from(words.GOAL_CHAPTERS)), children=themes)
    else:
        add(draw(st.sampled_from(words.GOAL_CHAPTERS)), text=draw(_text()))

    if shape == "theme chapters":
        style = draw(st.sampled_from(("bracket", "digit")))
        for name in draw(st.lists(titles(), min_size=2, max_size=3, unique=True)):
            add(name, children=leaves(style, 1, 3, restart=style == "bracket" or not through))
    elif shape == "themes and actions":
        names = draw(st.lists(titles(), min_size=1, max_size=3, unique=True))
        themes = tuple(heading(task_style, k, n, children=leaves("digit", 1, 3, not through)) for k, n in enumerate(names, 1))
        add(draw(st.sampled_from(words.TASK_CHAPTERS)), children=themes)
    else:
        style = "digit" if shape == "actions" else task_style
        add(draw(st.sampled_from(words.TASK_CHAPTERS)), children=leaves(style, 2, 5, restart=True))

    style = draw(st.sampled_from(("bracket", "digit", "none")))
    title = draw(st.sampled_from(words.SAFEGUARD_CHAPTERS))
    if style == "none":
        add(title, text=draw(_text()))
    else:
        names = draw(st.lists(st.sampled_from(words.SAFEGUARDS), min_size=1, max_size=4, unique=True))
        add(title, children=tuple(heading(style, k, n, text=draw(_text()), run_in=run_in) for k, n in enumerate(names, 1)))
    return tuple(found)


@st.composite
def facts(draw: Draw, place: tuple[str, str, str, str]) -> Facts:
    """Title, issuer, number, date in Arabic or Han figures, publicity, and perhaps a document cited as ground."""
    region, level, short, _ = place
    day = draw(st.dates(date(2021, 1, 1), date(2026, 12, 31)))
    style = draw(st.sampled_from(("arabic", "spaced", "han")))
    if style == "han":
        year = "".join("〇" if c == "0" else HAN[int(c)] for c in str(day.year))
        printed = f"{year}年{_han(day.month)}月{_han(day.day)}日"
    else:
        gap = " " if style == "spaced" else ""
        printed = f"{day.year}{gap}年{gap}{day.month}{gap}月{gap}{day.day}{gap}日".rstrip()
    number = None
    number_printed = ""
    if draw(st.integers(0, 3)):
        who, n = f"{short}政办{draw(st.sampled_from(('发', '字')))}", draw(st.integers(1, 120))
        number = f"{who}〔{day.year}〕{n}号"
        number_printed = draw(st.sampled_from(("{}〔{}〕{}号", "{}〔{}〕{} 号", "{}[{}]{}号", "{}（{}）{}号"))).format(
            who, day.year, n
        )
    years = draw(st.sampled_from(("", "", "（2024—2027年）")))
    return Facts(
        title=region + draw(st.sampled_from(words.PLAN_NAMES)) + years,
        issuer=region + draw(st.sampled_from(("人民政府办公室", "教育和体育局", "人民政府"))),
        issued_on=day,
        date_printed=printed,
        number=number,
        number_printed=number_printed,
        region=region,
        region_level=level,
        public=draw(st.booleans()),
        basis=(f"{short}委发〔{day.year - 1}〕{draw(st.integers(1, 40))}号",) if draw(st.booleans()) else (),
    )


def _han(number: int) -> str:
    return Heading("han", number, "", "").no


@st.composite
def task_lists(draw: Draw, prefix: str, title: str) -> TaskList:
    """A list in one of the orders of columns, with merged first columns, and a header that may stand again further down."""
    order = draw(st.sampled_from(words.COLUMN_ORDERS))
    names = {key: draw(st.sampled_from(choices)) for key, choices in words.COLUMN_NAMES.items()}
    if "action" in order:
        names["project"], names["action"] = draw(st.sampled_from(words.OUTER_INNER))
    columns = tuple(("lead" if key == "owners" else key, names[key]) for key in order)
    projects = draw(st.lists(titles(), min_size=2, max_size=4, unique=True))
    nested = "action" in order
    rows: list[Row] = []
    for project in projects:
        for _ in range(draw(st.integers(1, 3)) if nested or "no" in order else 1):
            lead = draw(units(prefix, 3))
            rest = tuple(u for u in draw(units(prefix, 4)) if u not in lead) if "participants" in order else ()
            printed, due = draw(st.sampled_from(words.DUES))
            rows.append(
                Row(
                    no=str(len(rows) + 1),
                    project=project,
                    action=draw(titles()) if nested else None,
                    goal=draw(st.sampled_from(words.GOALS)) if "goal" in order else None,
                    measure=draw(sentences(1, 2)) if "measure" in order else None,
                    due_printed=printed,
                    due=due,
                    lead=lead,
                    participants=rest,
                )
            )
    # A page break inside a project would print its name again: the header stands again where a project begins.
    starts = [k for k in range(1, len(rows)) if rows[k].project != rows[k - 1].project]
    repeated = draw(st.sets(st.sampled_from(starts), max_size=1))
    return TaskList(
        title=title,
        columns=columns,
        rows=tuple(rows),
        glue=draw(st.sampled_from(("、", "\n"))),
        repeat_before=frozenset(repeated),
    )


@st.composite
def papers(draw: Draw, with_list: bool | None = None, items: bool = True) -> Paper:
    """A whole document, with or without a notice before it and a list behind it."""
    place = draw(st.sampled_from(words.PLACES))
    prefix = place[0][-1]
    about = draw(facts(place))
    lines: tuple[str, ...] = ()
    if draw(st.booleans()):
        forwarded = draw(st.sampled_from(("关于印发《{}》的通知", "关于印发{}的通知"))).format(about.title)
        heads = (about.issuer, forwarded) if draw(st.booleans()) else (about.issuer + forwarded,)
        lines = (*heads, f"《{about.title}》已经研究同意，现印发给你们，请结合实际，认真组织实施。")
    preamble = draw(st.sampled_from(words.PREAMBLES))
    if about.basis:
        preamble = f"根据《{words.CITED}》（{about.basis[0]}）要求，" + preamble
    listed = draw(st.booleans()) if with_list is None else with_list
    listing = draw(task_lists(prefix, f"{place[0]}重点任务清单")) if listed else None
    return Paper(about, lines, place[3] if lines else "", preamble, draw(chapters(prefix, items)), listing)


def varied(paper: Paper) -> Paper:
    """The paper with the sentences under its headings told in turn, and a preamble of several lines.

    Drawn paragraphs are often all the same; on the pages of a PDF such a line stands at one height of every page, as only a
    running head does.
    """
    turn = cycle(words.SENTENCES)
    preamble = paper.preamble + "".join(words.PREAMBLES)
    return replace(paper, preamble=preamble, chapters=tuple(_varied(chapter, turn) for chapter in paper.chapters))


def _varied(heading: Heading, turn: Iterator[str]) -> Heading:
    text = tuple("。".join(next(turn) for _ in paragraph[:-1].split("。")) + "。" for paragraph in heading.text)
    return replace(heading, text=text, children=tuple(_varied(child, turn) for child in heading.children))
