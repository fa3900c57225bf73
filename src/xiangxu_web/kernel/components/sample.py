"""Invented content for the components' page. It is data, like the facts of a plan, and stays Chinese in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiangxu import clock
from xiangxu_web.kernel.components.document import Document, Linked, Part
from xiangxu_web.kernel.components.figures import Share
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.matrix import Edge, Held, Mark, Matrix
from xiangxu_web.kernel.components.table import Action, Column, Filter, Table
from xiangxu_web.kernel.components.timeline import Event

_NAMES = [
    "青石",
    "白杨",
    "石桥",
    "柳溪",
    "云台",
    "松岗",
    "南坪",
    "北岭",
    "东湾",
    "西河",
    "麦田",
    "杏林",
    "枣园",
    "槐树",
    "竹园",
    "桃源",
    "梨花",
    "稻香",
    "荷塘",
    "芦荡",
]
_TOWNS = ("河湾镇", "青石镇", "云台乡")
_STATES = ("met", "on-course", "behind", "waiting-data")


@dataclass(frozen=True)
class School:
    """An invented school."""

    pk: int
    name: str
    town: str
    pupils: int | None
    teachers: int
    trained: Share
    state: Lamp
    due: date
    opened: date


class Invented(list[School]):
    """Rows in the memory that answer what a table asks of rows in the database."""

    model = None

    def filter(self, wanted: Q) -> Invented:
        """The rows in which one of the fields contains the words."""
        asked = [cast(tuple[str, str], child) for child in wanted.children]
        return Invented(r for r in self if any(words in str(getattr(r, key.split("__")[0])) for key, words in asked))

    def order_by(self, *fields: str) -> Invented:
        """The rows in this order; no data comes last."""
        found = list(self)
        for name in reversed(fields):
            key = name.removeprefix("-")
            found.sort(key=lambda r: getattr(r, key) or 0, reverse=name.startswith("-"))
            found.sort(key=lambda r: getattr(r, key) is None)
        return Invented(found)

    def iterator(self, chunk_size: int) -> Iterator[School]:
        """One by one."""
        return iter(self)


def schools() -> QuerySet[Any]:
    """Sixty invented schools."""
    today = clock.today()
    made = Invented()
    for n in range(60):
        due = today + timedelta(days=(n * 7) % 50 - 12)
        # The lamp says what the day beside it says.
        state = ("missed", "met")[n % 2] if due < today else _STATES[n % 4]
        why = _("3 项中有 1 项未报") if state == "behind" else ""
        made.append(
            School(
                pk=n + 1,
                name=f"{_TOWNS[n % 3]}{_NAMES[n % 20]}{('小学', '教学点', '中学')[n // 20]}",
                town=_TOWNS[n % 3],
                pupils=None if n % 11 == 4 else 64 + 37 * n % 1400,
                teachers=6 + 5 * n % 80,
                trained=Share(5 + n % 7, 12) if n % 9 else Share(None, None),
                state=Lamp(state, why=why),
                due=due,
                opened=date(1958 + n % 50, 9, 1),
            )
        )
    return cast(QuerySet[Any], made)


def _sum(rows: Any) -> int:
    return sum(row.pupils or 0 for row in rows)


SAMPLE = Table(
    "components",
    columns=[
        Column("name", _("学校"), sort=("name",), url=lambda r: reverse("components-detail", args=[r.pk]), drawer=True),
        Column("town", _("镇街"), sort=("town",), kind="tag"),
        Column("pupils", _("在校生"), sort=("pupils",), kind="number", unit=_("人"), total=_sum),
        Column("teachers", _("专任教师"), sort=("teachers",), kind="number", unit=_("人")),
        Column("trained", _("参训比例"), share=True),
        Column("state", _("状态"), kind="lamp"),
        Column("due", _("期限"), sort=("due",), kind="date"),
        Column("opened", _("设立日期"), sort=("opened",), kind="date", chosen=False),
    ],
    filters=[
        Filter(
            "town",
            _("镇街"),
            lambda request: [(town, town) for town in _TOWNS],
            lambda rows, town: rows.filter(Q(town__icontains=town)),
        )
    ],
    search=("name",),
    search_hint=_("校名"),
    order=("pk",),
    template="components/page.html",
    actions=lambda r: [Action(_("查看"), reverse("components-detail", args=[r.pk]), "eye", drawer=True)],
)


def matrix() -> Matrix:
    """Who has what: twenty schools by eight promises."""
    promises = ("达标食堂", "直饮水", "科学教室", "心理教师", "法治副校长", "塑胶跑道", "图书达标", "校车通达")
    held = (Held.YES, Held.YES, Held.YES, Held.NO, Held.NOT_APPLICABLE, Held.WAITING)
    detail = reverse("components-detail", args=[1])
    return Matrix(
        title=_("逐校逐条"),
        corner=_("学校"),
        rows=[Edge(str(n), f"{name}小学") for n, name in enumerate(_NAMES)],
        columns=[Edge(words, words) for words in promises],
        cells={
            (str(n), words): Mark(held[(n * 5 + m * 3 + n * m) % 6], url=detail if m == 3 else "", hint="2026-11-18 现场核实")
            for n in range(len(_NAMES))
            for m, words in enumerate(promises)
        },
    )


def events() -> list[Event]:
    """The life of an invented ledger item."""
    today = clock.today()
    return [
        Event(today - timedelta(2), "退回", "照片看不清整改前后的对比，请重拍后再报。", "教育科 林晓", tone="red"),
        Event(today - timedelta(5), "申请销号", "护栏已更换，附照片 3 张。", "青石小学 周敏"),
        Event(today - timedelta(20), "进入办理", "", "青石小学 周敏"),
        Event(today - timedelta(26), "登记", "二楼走廊护栏松动。", "督导室 何平", tone="amber"),
    ]


def document() -> Document:
    """A page of an invented plan and what was read from it."""
    return Document(
        title=_("文件原文"),
        parts=[
            Part("1", "二、主要任务", heading=True),
            Part("2", "（一）优化学校布局。到2027年，全县小规模学校调整为41所左右，寄宿制学校食堂、宿舍全部达标。"),
            Part("3", "（二）补齐办学条件。2026年底前新建改扩建公办幼儿园20所，公办园在园幼儿占比达到80%以上。"),
            Part("4", "（三）建强教师队伍。每年招聘中小学教师不少于120名，其中乡村学校不低于60%；实施“县管校聘”改革。"),
            Part("5", "三、保障措施", heading=True),
            Part("6", "各镇街要把乡村教育振兴纳入重要议事日程，县教育局牵头，每月调度，每季度通报。"),
        ],
        rows=[
            Linked("2", "第 1 页", "小规模学校调整", "41 所左右 · 2027 年", state="on-course"),
            Linked("3", "第 1 页", "新建改扩建公办幼儿园", "20 所 · 2026 年底前", state="behind"),
            Linked("3", "第 1 页", "公办园在园幼儿占比", "80% 以上 · 2026 年底前", state="waiting-data"),
            Linked("4", "第 1 页", "每年招聘教师", "不少于 120 名", state="met"),
        ],
        at="3",
    )
