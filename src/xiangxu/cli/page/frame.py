"""What stands around the two sides: the choice of documents, the sentence that says how it stands, tabs and switches."""

from __future__ import annotations

from dataclasses import dataclass

from xiangxu.cli.page import wording
from xiangxu.cli.page.catalogue import Catalogue
from xiangxu.cli.page.lists import CHINESE, Panel, panels
from xiangxu.cli.page.markup import Child, Html, Words, element, void
from xiangxu.cli.page.transcript import transcript


@dataclass(frozen=True, slots=True)
class Frame:
    """The page of one or several readings; the first is shown first."""

    catalogues: tuple[Catalogue, ...]

    @property
    def title(self) -> str:
        """The title of the browser's window."""
        if len(self.catalogues) == 1:
            return f"{self.catalogues[0].title} · 原文与读取结果"
        return f"{len(self.catalogues)} 份文件 · 原文与读取结果"

    def top(self) -> Html:
        """The bar over everything: which document, which side, which language."""
        return element("header", self._chooser(), _views(), _language(), class_="top")

    def plans(self) -> list[Html]:
        """Each document with its reading."""
        return [_plan(catalogue, shown=i == 0) for i, catalogue in enumerate(self.catalogues)]

    def _chooser(self) -> Html:
        if len(self.catalogues) == 1:
            return element("span", Words("原文与读取结果", "Document and reading"), class_="where")
        options = [element("option", c.title, value=c.key, lang=CHINESE) for c in self.catalogues]
        count = len(self.catalogues)
        word = Words(f"文件（共 {count} 份）", f"Document ({count} in all)")
        return element("label", element("span", word), element("select", *options, id="chooser"), class_="where")


def _views() -> Html:
    """Which side is seen. A phone shows one at a time, so the first choice is not offered there."""
    choices = (
        ("both", Words("并排", "Side by side")),
        ("document", Words("原文", "Document")),
        ("reading", Words("读取结果", "Reading")),
    )
    buttons = [
        element("button", word, type="button", data_view=name, aria_pressed="true" if name == "both" else "false")
        for name, word in choices
    ]
    return element("div", *buttons, class_="views", role="group", aria_label=Words("显示哪一边", "Which side to show"))


def _language() -> Html:
    buttons = [
        element("button", label, type="button", data_language=code, lang=code, aria_pressed="true" if code == "zh" else "false")
        for code, label in (("zh", "中文"), ("en", "English"))
    ]
    return element("div", *buttons, class_="languages", role="group", aria_label=Words("界面语言", "Language of the interface"))


def _plan(catalogue: Catalogue, shown: bool) -> Html:
    lists = panels(catalogue)
    key = catalogue.key
    document = element(
        "section",
        element("h2", Words("原文", "Document"), class_="unseen"),
        element("div", transcript(catalogue), class_="sheet", lang=CHINESE),
        class_="document",
        id=f"{key}-document",
        tabindex=0,
        aria_label=Words("原文", "Document"),
    )
    reading = element(
        "section",
        element("h2", Words("读取结果", "Reading"), class_="unseen"),
        element("div", *(_tab(key, p, first=i == 0) for i, p in enumerate(lists)), class_="tabs", role="tablist"),
        *(_panel(key, p, first=i == 0) for i, p in enumerate(lists)),
        class_="reading",
        aria_label=Words("读取结果", "Reading"),
    )
    head = element("div", *_head(catalogue), class_="head")
    classes = "plan shown" if shown else "plan"
    return element("article", head, element("div", document, reading, class_="sides"), class_=classes, id=key)


def _head(catalogue: Catalogue) -> list[Html]:
    facts = catalogue.reading.doc
    issuer = Words(facts.issuer, facts.issuer) if facts.issuer else Words("发文机关未读出", "issuer not found")
    number = Words(facts.doc_number, facts.doc_number) if facts.doc_number else Words("无文号", "no document number")
    on = wording.issued(facts.issued_on)
    reading = catalogue.reading
    counts = (len(reading.sections), len(reading.tasks), len(reading.body_actions), len(reading.promises))
    zh = f"{issuer.zh}，{on.zh}，{number.zh}。读出标题 {counts[0]} 个、任务 {counts[1]} 项、正文行动 {counts[2]} 项、目标 {counts[3]} 条；"
    en = (
        f"{issuer.en}, {on.en}, {number.en}. Read: {counts[0]} headings, {counts[1]} tasks, "
        f"{counts[2]} body actions, {counts[3]} targets; "
    )
    return [
        element("h1", catalogue.title, lang=CHINESE),
        element("p", element("span", Words(zh, en)), _unsure(catalogue), class_="summary"),
    ]


def _unsure(catalogue: Catalogue) -> Html:
    doubtful, contradictions = len(catalogue.doubtful), len(catalogue.contradictions)
    zh = [f"{kind.list_name.zh}整体存疑" for kind, _, _ in catalogue.shared]
    en = [f"{kind.list_name.en} doubtful as a whole" for kind, _, _ in catalogue.shared]
    if doubtful:
        zh.append(f"{'另有' if zh else ''}存疑 {doubtful} 条")
        en.append(f"{doubtful} doubtful" + (" entries besides" if en else ""))
    if contradictions:
        zh.append(f"前后矛盾 {contradictions} 处")
        en.append(f"contradictions: {contradictions}")
    if not zh:
        return element("span", Words("没有存疑，也没有发现矛盾。", "nothing doubtful, no contradictions."))
    words = Words("▲ " + "，".join(zh) + "。", "▲ " + ", ".join(en) + ".")
    return element("a", words, href=f"#{catalogue.key}-doubts", class_="warning")


def _tab(key: str, panel: Panel, first: bool) -> Html:
    return element(
        "button",
        element("span", panel.title),
        " ",
        element("span", str(panel.count), class_="count"),
        type="button",
        role="tab",
        id=f"{key}-tab-{panel.name}",
        aria_controls=f"{key}-{panel.name}",
        aria_selected="true" if first else "false",
        tabindex=0 if first else -1,
    )


def _panel(key: str, panel: Panel, first: bool) -> Html:
    content: list[Child]
    if panel.content is None:
        content = [element("p", panel.empty, class_="empty")]
    else:
        nothing = element(
            "p",
            element("span", Words("没有符合条件的条目。", "Nothing matches.")),
            element("button", Words("清除筛选", "Clear the filter"), type="button", data_clear=True),
            class_="empty",
            hidden=True,
        )
        scroller = element("div", panel.content, nothing, class_="scroller", tabindex=0, role="region", aria_label=panel.title)
        note = element("p", panel.note, class_="note warning") if panel.note else None
        content = [_filter(panel), note, scroller]
    return element(
        "div",
        *content,
        class_="panel shown" if first else "panel",
        id=f"{key}-{panel.name}",
        role="tabpanel",
        aria_labelledby=f"{key}-tab-{panel.name}",
    )


def _filter(panel: Panel) -> Html:
    hint = Words("筛选：输入文字，空格隔开表示同时包含", "Filter: words separated by spaces must all occur")
    box = void("input", type="search", aria_label=hint, placeholder=Words("筛选本列表", "Filter this list"), autocomplete="off")
    only = None
    if panel.doubtful:
        word = Words(f"仅看存疑（{panel.doubtful}）", f"Doubtful only ({panel.doubtful})")
        only = element("label", void("input", type="checkbox"), element("span", word), class_="only")
    count = element("span", class_="found", role="status")
    return element("div", box, only, count, class_="filter", role="search")
