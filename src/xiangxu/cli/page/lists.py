"""The reading's side of the page: outline, tasks, actions, promises and what is doubtful, each as a list with its filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from xiangxu.cli.page import wording
from xiangxu.cli.page.catalogue import Catalogue, Entry, Kind
from xiangxu.cli.page.markup import Child, Html, Words, element, joined
from xiangxu.model.plan import Promise, Task, UnitMention

CHINESE = "zh-CN"


@dataclass(frozen=True, slots=True)
class Panel:
    """One list: `name` is its part of the address, `content` the table or None where nothing was found, `note` concerns all of it."""

    name: str
    title: Words
    count: int
    content: Html | None
    empty: Words
    doubtful: int = 0
    note: Words | None = None


def panels(catalogue: Catalogue) -> list[Panel]:
    """The lists in the order of their tabs."""
    lists = {
        Kind.SECTION: _outline(catalogue),
        Kind.TASK: _tasks(catalogue),
        Kind.ACTION: _actions(catalogue),
        Kind.PROMISE: _promises(catalogue),
        Kind.DOUBTFUL: _doubts(catalogue),
    }
    for kind, _, doubts in catalogue.shared:
        reasons = [wording.doubt(doubt) for doubt in doubts]
        zh, en = "；".join(words.zh for words in reasons), "; ".join(words.en for words in reasons)
        lists[kind] = replace(lists[kind], note=Words(f"▲ 以下各条均：{zh}", f"▲ all entries: {en}"))
    return list(lists.values())


# -- the five lists


def _outline(catalogue: Catalogue) -> Panel:
    rows = [
        _row(
            entry,
            _cell(_NUMBER, _to_place(entry, str(entry.number)), class_="no"),
            _cell(
                Words("标题", "Heading"),
                element("span", section.no, class_="numeral") if section.no else None,
                section.title,
                _doubts_of(entry),
                class_=f"title level{min(max(section.level, 1), 6)}",
                lang=CHINESE,
            ),
            _cell(_PLACE, wording.line(section.place), class_="place"),
        )
        for entry, section in catalogue.sections
    ]
    return _panel(
        "outline",
        Kind.SECTION,
        rows,
        [_NUMBER, Words("标题", "Heading"), _PLACE],
        Words(
            "没有读出标题。文件可能没有编号标题，或标题与正文没有分开；请对照原文核对。",
            "No headings were found. The document may have no numbered headings; please compare with its text.",
        ),
        sum(1 for entry, _ in catalogue.sections if entry.doubts),
    )


def _tasks(catalogue: Catalogue) -> Panel:
    """The office's table. A column that is empty in every row is left out: the office's list did not have it."""
    texts: list[tuple[Words, str, list[str | None]]] = [
        (Words("项目", "Project"), "short", [t.project for _, t in catalogue.tasks]),
        (Words("行动", "Action"), "short", [t.action for _, t in catalogue.tasks]),
        (Words("目标", "Goal"), "long", [t.goal for _, t in catalogue.tasks]),
        (Words("措施", "Measure"), "long", [t.measure for _, t in catalogue.tasks]),
    ]
    shown = [column for column in texts if any(column[2])] or texts[:1]
    rows = []
    for i, (entry, task) in enumerate(catalogue.tasks):
        cells = [_cell(_NUMBER, _to_place(entry, entry.no), class_="no")]
        for word, width, column in shown:
            repeated = width == "short" and i > 0 and column[i] and column[i] == column[i - 1]
            # The last of these columns is the widest: it also holds what has no column of its own.
            last = word is shown[-1][0]
            beside = (_doubts_of(entry), _more(catalogue, task)) if last else ()
            classes = ("long" if last else width) + (" repeated" if repeated else "")
            cells.append(_cell(word, _long(column[i]), *beside, class_=classes, lang=CHINESE))
        cells += [
            _cell(_DUE, wording.due(task.due), class_="due"),
            _cell(_LEAD, _names(task.lead), _proposed(task), class_="names"),
            _cell(_TAKING_PART, _names(task.participants), class_="names"),
        ]
        rows.append(_row(entry, *cells))
    return _panel(
        "tasks",
        Kind.TASK,
        rows,
        [_NUMBER, *(word for word, _, _ in shown), _DUE, _LEAD, _TAKING_PART],
        Words(
            "没有读出任务清单。文件可能没有附任务清单或项目清单；若原文有，请对照原文核对表格。",
            "No task list was found. The document may have none attached; if it has, please compare with its tables.",
        ),
        sum(1 for entry, _ in catalogue.tasks if entry.doubts),
    )


def _actions(catalogue: Catalogue) -> Panel:
    rows = [
        _row(
            entry,
            _cell(_NUMBER, _to_place(entry, entry.no), class_="no"),
            _cell(
                Words("行动", "Action"),
                action.title,
                _doubts_of(entry),
                _resolved(action.units),
                class_="title",
                lang=CHINESE,
            ),
            _cell(_LEAD, _names(action.lead), class_="names"),
            _cell(_TAKING_PART, _names(action.participants), class_="names"),
            _cell(_PLACE, wording.line(action.place), class_="place"),
        )
        for entry, action in catalogue.actions
    ]
    return _panel(
        "actions",
        Kind.ACTION,
        rows,
        [_NUMBER, Words("行动", "Action"), _LEAD, _TAKING_PART, _PLACE],
        Words(
            "没有读出正文行动。正文可能没有编号的任务；请对照原文核对。",
            "No numbered actions were found in the body; please compare with its text.",
        ),
        sum(1 for entry, _ in catalogue.actions if entry.doubts),
    )


def _promises(catalogue: Catalogue) -> Panel:
    rows = []
    for entry, promise in catalogue.promises:
        per = wording.per(promise.per)
        rows.append(
            _row(
                entry,
                _cell(_NUMBER, _to_place(entry, str(entry.number)), class_="no"),
                _cell(
                    _QUOTE,
                    element("div", promise.quote, class_="quote"),
                    element("div", _measured(promise), class_="muted"),
                    _tellings(catalogue, entry),
                    _doubts_of(entry),
                    class_="long",
                    lang=CHINESE,
                ),
                _cell(_REQUIREMENT, wording.requirement(promise), class_="requirement"),
                _cell(_DUE, wording.due(promise.due), element("div", per) if per else None, class_="due"),
                _cell(_LEVEL, wording.level(promise.level), class_="level"),
                _cell(
                    _PLACE,
                    element("div", wording.where(promise.where)),
                    element("div", wording.line(promise.place), class_="muted"),
                    class_="place",
                ),
            )
        )
    return _panel(
        "promises",
        Kind.PROMISE,
        rows,
        [_NUMBER, _QUOTE, _REQUIREMENT, _DUE, _LEVEL, _PLACE],
        Words(
            "没有读出可检查的目标。文件可能只提要求、没有数字或清单；请对照原文核对。",
            "No checkable target was found. The document may state none; please compare with its text.",
        ),
        sum(1 for entry, _ in catalogue.promises if entry.doubts),
    )


def _doubts(catalogue: Catalogue) -> Panel:
    """Contradictions, then lists doubtful as a whole, notes, and every object with a doubt of its own, linked to its list."""
    text = catalogue.reading.text
    rows = [
        _row(
            entry,
            _cell(_KIND, _sign(Words(f"矛盾 {entry.number}", f"Contradiction {entry.number}")), class_="kind"),
            _cell(
                _WHAT,
                element("div", entry.label),
                *(
                    element("div", _to_place(entry, wording.line(place), index), " ", _excerpt(text, place.start, place.end))
                    for index, place in enumerate(entry.places)
                ),
                class_="long",
                lang=CHINESE,
            ),
            _cell(_WHY, Words("前后说法不一致", "two places say different things"), class_="why"),
        )
        for entry in catalogue.contradictions
    ]
    rows += [
        element(
            "tr",
            _cell(_KIND, _sign(kind.list_name), class_="kind"),
            _cell(_WHAT, Words(f"全部 {count} 条", f"all {count} entries"), class_="long"),
            _cell(_WHY, *(element("div", _sign(wording.doubt(doubt))) for doubt in doubts), class_="why"),
            id=f"{catalogue.key}w{index}",
            role="row",
        )
        for index, (kind, count, doubts) in enumerate(catalogue.shared)
    ]
    rows += [
        _row(
            entry,
            _cell(_KIND, _sign(Words("提示", "Note")), class_="kind"),
            _cell(
                _WHAT,
                element("div", entry.label),
                _to_place(entry, wording.line(entry.places[0])) if entry.places else None,
                class_="long",
                lang=CHINESE,
            ),
            _cell(_WHY, Words("读取说明", "note of the reader"), class_="why"),
        )
        for entry in catalogue.remarks
    ]
    rows += [
        _row(
            replace(entry, id=f"{catalogue.key}{Kind.DOUBTFUL.letter}{i}"),
            _cell(_KIND, element("a", entry.kind.word, href=f"#{entry.id}"), class_="kind"),
            _cell(
                _WHAT,
                element("div", _shortened(entry.label)),
                _to_place(entry, wording.line(entry.places[0])),
                class_="long",
                lang=CHINESE,
            ),
            _cell(_WHY, *_reasons(entry), class_="why"),
        )
        for i, entry in enumerate(catalogue.doubtful)
    ]
    return _panel(
        "doubts",
        Kind.DOUBTFUL,
        rows,
        [_KIND, _WHAT, _WHY],
        Words("没有存疑，也没有发现前后矛盾。", "Nothing is doubtful, and no contradictions were found."),
        0,
    )


# -- their parts

_NUMBER = Words("序号", "No.")
_PLACE = Words("出处", "Place")
_DUE = Words("时限", "Due")
_LEAD = Words("牵头", "Lead")
_TAKING_PART = Words("参与", "Participants")
_QUOTE = Words("原文与指标", "Wording and measure")
_REQUIREMENT = Words("要求", "Requirement")
_LEVEL = Words("检查对象", "Checked at")
_KIND = Words("类别", "Kind")
_WHAT = Words("内容", "What")
_WHY = Words("原因", "Why")

# Characters of a quotation, and links to other tellings, that a row may hold.
_EXCERPT = 80
_TELLINGS = 8


def _panel(name: str, kind: Kind, rows: list[Html], head: list[Words], empty: Words, doubtful: int) -> Panel:
    if not rows:
        return Panel(name, kind.list_name, 0, None, empty)
    cells = [element("th", word, scope="col", role="columnheader") for word in head]
    table = element(
        "table",
        element("thead", element("tr", *cells, role="row"), role="rowgroup"),
        element("tbody", joined(rows, "\n"), role="rowgroup"),
        class_=name,
        role="table",
        aria_label=kind.list_name,
    )
    return Panel(name, kind.list_name, len(rows), table, empty, doubtful)


def _row(entry: Entry, *cells: Html) -> Html:
    """A row that knows its places. Roles are spelled out: on a phone rows are laid out as cards and would lose them."""
    places = " ".join(f"{place.start}:{place.end}" for place in entry.places)
    return element("tr", *cells, id=entry.id, role="row", data_places=places or None, data_doubtful=bool(entry.doubts) or None)


def _cell(word: Words, *children: Child, class_: str, lang: str | None = None) -> Html:
    """A cell with its column's name, which shows where the table is laid out as cards."""
    return element("td", element("span", word, class_="column"), *children, class_=class_, role="cell", lang=lang)


def _to_place(entry: Entry, label: str | Words, index: int = 0) -> Html:
    """The way into the document: a link to the line, which the script turns into a jump to the very words."""
    if not entry.places:
        return element("span", label)
    name = Words(f"在原文中查看{entry.kind.word.zh} {entry.no}", f"show {entry.kind.word.en} {entry.no} in the document")
    key = entry.id.rstrip("0123456789")[:-1]
    return element(
        "a", label, href=f"#{key}L{entry.places[index].line}", class_="go", data_place=index, aria_label=None if index else name
    )


def _long(text: str | None) -> Html:
    if not text:
        return element("span", wording.NONE)
    return element("div", text, class_="clamped")


def _names(names: Iterable[str]) -> Html:
    printed = list(names)
    return element("span", "、".join(printed), lang=CHINESE) if printed else element("span", wording.NONE)


def _proposed(task: Task) -> Html | None:
    if not task.proposed:
        return None
    names = "、".join(task.proposed)
    return element("div", Words(f"建议：{names}", f"proposed: {names}"), class_="muted")


def _more(catalogue: Catalogue, task: Task) -> Html | None:
    """What shows when the row is chosen: the body action that tells the same, who is asked, the list's further columns, and the
    units behind the printed names."""
    linked = None
    if task.linked_action is not None and 0 <= task.linked_action < len(catalogue.actions):
        entry, _ = catalogue.actions[task.linked_action]
        linked = element("div", Words("对应正文行动：", "same as body action: "), element("a", entry.label, href=f"#{entry.id}"))
    asked = element("div", Words("答复单位：", "answerable unit: "), task.answerable) if task.answerable else None
    details = [linked, asked, *(element("div", f"{head}：{said}") for head, said in task.others if said), _resolved(task.units)]
    return element("div", *details, class_="more") if any(details) else None


def _resolved(units: tuple[UnitMention, ...]) -> Html | None:
    known = dict.fromkeys(f"{u.printed} → {u.unit}" for u in units if u.unit and u.unit != u.printed)
    if not known:
        return None
    return element("div", Words("单位对应：", "resolved: "), "；".join(known), class_="more muted")


def _measured(promise: Promise) -> str:
    return f"{promise.metric} · {promise.scope}" if promise.scope else promise.metric


def _tellings(catalogue: Catalogue, entry: Entry) -> Html | None:
    told = catalogue.tellings.get(entry.id)
    if told is None:
        return None
    number, others = told
    links: list[Child] = []
    for other in others[:_TELLINGS]:
        place = wording.where(catalogue.reading.promises[other.number - 1].where)
        label = Words(f"目标 {other.number}（{place.zh}）", f"target {other.number} ({place.en})")
        links += [element("a", label, href=f"#{other.id}"), " "]
    if len(others) > _TELLINGS:
        links.append(Words(f"等 {len(others)} 处", f"and others, {len(others)} in all"))
    return element("div", Words(f"同一承诺 {number}，另见：", f"Same promise {number}, also: "), *links, class_="muted same")


def _doubts_of(entry: Entry) -> Html | None:
    if not entry.doubts:
        return None
    return element("div", *_reasons(entry), class_="doubt")


def _reasons(entry: Entry) -> list[Html]:
    return [element("div", _sign(wording.doubt(doubt))) for doubt in entry.doubts]


def _sign(words: Words) -> Html:
    return element("span", Words(f"▲ {words.zh}", f"▲ {words.en}"), class_="warning")


def _excerpt(text: str, start: int, end: int) -> Html:
    return element("span", "“" + _shortened("".join(text[start : min(end, start + 4 * _EXCERPT)].split())) + "”", class_="quote")


def _shortened(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
