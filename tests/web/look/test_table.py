"""The table: what a link shows, how long it takes, what the workbook holds."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Q
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails
from openpyxl import load_workbook

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.components.figures import Share
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.components.table import Bounded, Column, Filter, Table
from xiangxu_web.kernel.models import AuditRow, Preference
from xiangxu_web.workspaces.areas.models import Area

MANY = 10_000
VILLAGES = Table(
    "test-villages",
    columns=[
        Column("name", "村名", sort=("name",), url=lambda r: f"/village/{r.pk}/"),
        Column("code", "代码", sort=("code",)),
        Column("pk", "编号", kind="number", unit="号", total=lambda rows: rows.aggregate(n=Count("pk"))["n"]),
        Column("day", "日期", value=lambda r: date(2026, 9, 1), kind="date"),
        Column("share", "比例", value=lambda r: Share(2, 3), share=True),
        Column("state", "状态", value=lambda r: Lamp("behind", why="缺两所"), kind="lamp"),
        Column("parent.name", "上级", sort=("parent__name",), chosen=False),
    ],
    filters=[
        Filter("settlement", "城乡", lambda request: [("111", "主城区"), ("220", "村庄")], lambda r, v: r.filter(settlement=v))
    ],
    search=("name",),
    order=("code",),
)


@pytest.fixture
def villages(db: None) -> Any:
    """Ten thousand villages of a county that is not in the world."""
    top = Area.objects.create(code="880000", name="试验县", level="county", path="880000/")
    Area.objects.bulk_create(
        Area(
            code=f"88{n:010d}",
            name=f"试验村{n:05d}",
            level="village",
            parent=top,
            path=f"880000/88{n:010d}/",
            settlement="111" if n % 4 == 0 else "220",
        )
        for n in range(MANY)
    )
    return Area.objects.filter(parent=top).select_related("parent")


@pytest.fixture
def ask(villages: Any, actor: Callable[[str], Actor]) -> Callable[..., Any]:
    """Asks the table for an address, as the bureau's clerk."""

    def send(address: str = "/villages/", target: str = "", rows: Any = None) -> Any:
        request: Any = RequestFactory().get(address, headers={"HX-Request": "true", "HX-Target": target} if target else {})
        request.actor = actor("clerk")
        request.user = get_user_model().objects.get(pk=request.actor.person_id)
        request.htmx = HtmxDetails(request)
        return VILLAGES.respond(request, villages if rows is None else rows, title="村居：名单")

    return send


def names(answer: Any) -> list[str]:
    """The villages of the page, in order."""
    return re.findall(r"试验村\d{5}", answer.content.decode())


def cells(answer: Any) -> list[list[Any]]:
    """The workbook's rows."""
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_a_page_of_ten_thousand(ask: Callable[..., Any], django_assert_max_num_queries: Any) -> None:
    """Fifty rows and the count of all, in eight queries at most (two of them who asks, two where one is) and under half a second."""
    ask()
    started = time.process_time()
    with django_assert_max_num_queries(8):
        answer = ask("/villages/?page=120")
    assert time.process_time() - started < 0.5
    assert names(answer) == [f"试验村{n:05d}" for n in range(5950, 6000)]
    assert "10,000" in answer.content.decode()


def test_the_address_holds_filter_search_and_order(ask: Callable[..., Any]) -> None:
    """The same address gives the same rows; words that name nothing are passed over."""
    found = ["试验村00016", "试验村00012"]
    assert names(ask("/villages/?settlement=111&q=村0001&sort=-name")) == found
    assert names(ask("/villages/?settlement=111&q=村0001")) == found[::-1]
    assert names(ask("/villages/?settlement=999&sort=nothing&page=x")) == names(ask())


def test_what_is_unknown_comes_last(ask: Callable[..., Any], villages: Any) -> None:
    """Rising and falling, on both databases, where the address sorts and in the list's usual order."""
    found = Area.objects.filter(Q(name="试验县") | Q(pk__in=villages.values("pk")[:2]))
    for address in ("/villages/?sort=parent.name", "/villages/?sort=-parent.name"):
        shown = re.findall(r"/village/(\d+)/", ask(address, rows=found).content.decode())
        assert (len(set(shown)), shown[-1]) == (3, str(found.get(name="试验县").pk)), address
    for usual in (("parent__name",), ("-parent__name",)):
        rows, _filters = replace(VILLAGES, order=usual).narrowed(RequestFactory().get("/villages/"), found)
        assert [row.name for row in rows][-1] == "试验县", usual


def test_htmx_gets_the_table_alone(ask: Callable[..., Any]) -> None:
    """The part that htmx asks for is the page's table without the frame, and caches are told that the two differ."""
    part, page = ask(target="list"), ask()
    assert "<html" not in part.content.decode()
    assert names(part) == names(page)
    assert {"HX-Request", "HX-Target"} <= {word.strip() for word in page["Vary"].split(",")}


def test_an_empty_column_folds_away_until_it_is_chosen(
    villages: Any, actor: Callable[[str], Actor], django_assert_num_queries: Any
) -> None:
    """A column without a value in any row found is not shown; one row with a value, on whatever page, brings it for all; whoever chose
    columns sees what they chose. It costs one query, whatever the number of such columns."""
    table = replace(
        VILLAGES,
        columns=[
            VILLAGES.columns[0],
            Column("settlement", "城乡分类", filled=Max("settlement")),
            Column("level", "级别", filled=Max("level")),
        ],
    )
    request: Any = RequestFactory().get("/villages/")
    request.user = get_user_model().objects.get(pk=actor("clerk").person_id)

    def shown(rows: Any) -> tuple[list[str], list[str]]:
        columns, folded, _counted = table.shown(request, rows)
        return [c.key for c in columns], [c.key for c in folded]

    Area.objects.filter(pk__in=villages).update(settlement="")
    assert shown(villages) == (["name", "level"], ["settlement"])
    last = villages.order_by("-code")[0]
    Area.objects.filter(pk=last.pk).update(settlement="111")
    with django_assert_num_queries(2):
        assert shown(villages) == (["name", "settlement", "level"], [])
    assert shown(villages.exclude(pk=last.pk))[1] == ["settlement"]
    Preference.objects.create(person_id=request.user.pk, key="columns:test-villages", value={"shown": ["settlement"]})
    assert shown(villages.exclude(pk=last.pk)) == (["name", "settlement"], [])


def test_sums_are_over_all_rows_found(ask: Callable[..., Any]) -> None:
    """The foot counts what the filter left, not the page."""
    foot = re.search(r"<tfoot.*?</tfoot>", ask("/villages/?settlement=111").content.decode(), re.S)
    assert foot is not None
    assert "2,500" in foot[0]


def test_a_share_shows_its_parts_and_is_rounded(ask: Callable[..., Any]) -> None:
    """2/3 is 66.7 %, with both parts on hover."""
    assert 'title="2 / 3">66.7%' in ask().content.decode()


def test_workbook_holds_the_filtered_rows_in_their_kinds(ask: Callable[..., Any]) -> None:
    """Figures are figures, days are days, a share has its parts beside it, and the column not chosen is there too."""
    rows = cells(ask("/villages/?settlement=111&sort=-name&as=xlsx"))
    assert rows[0] == ["村名", "代码", "编号（号）", "日期", "比例", "比例：分子", "比例：分母", "状态", "上级"]
    assert len(rows) == 1 + MANY // 4
    assert rows[1][0] == "试验村09996"
    assert rows[1][1] == "880000009996"
    assert isinstance(rows[1][2], int)
    assert rows[1][3].date() == date(2026, 9, 1)
    assert rows[1][4:] == [pytest.approx(2 / 3), 2, 3, "滞后", "试验县"]


def test_workbook_has_a_chinese_name_and_is_noted(ask: Callable[..., Any]) -> None:
    """The file is called by the list's title and the day, in the way that all browsers read (RFC 5987); the audit knows of it."""
    answer = ask("/villages/?q=0001&as=xlsx")
    held = re.search(r"filename\*=utf-8''(\S+)", answer["Content-Disposition"])
    assert held is not None
    assert unquote(held[1]) == "村居：名单 2026-11-20.xlsx"
    row = AuditRow.objects.latest("pk")
    assert (row.verb, row.facts["list"], row.facts["rows"]) == ("list.export", "test-villages", len(cells(answer)) - 1)


def test_words_in_a_workbook_are_never_formulas(ask: Callable[..., Any], villages: Any) -> None:
    """A name that begins like a formula stays a name."""
    for n, name in enumerate(["=1+1", '=HYPERLINK("http://x")', "+86 139", "-5", "@SUM(A1)"]):
        Area.objects.filter(code=f"88{n:010d}").update(name=name)
    book = load_workbook(BytesIO(b"".join(ask("/villages/?as=xlsx").streaming_content)))
    first = [(cell.value, cell.data_type) for cell in book.worksheets[0]["A"][1:6]]
    assert first == [("=1+1", "s"), ('=HYPERLINK("http://x")', "s"), ("+86 139", "s"), ("-5", "s"), ("@SUM(A1)", "s")]


def test_ten_thousand_rows_go_into_a_workbook_quickly(ask: Callable[..., Any]) -> None:
    """Within what one waits for without a job."""
    started = time.process_time()
    b"".join(ask("/villages/?as=xlsx").streaming_content)
    assert time.process_time() - started < 10


def test_a_filter_that_leaves_nothing_says_so(ask: Callable[..., Any]) -> None:
    """And offers the way back to all rows."""
    words = ask("/villages/?q=没有这样的村").content.decode()
    assert "没有符合条件的内容" in words
    assert "<table" not in words


def test_chosen_columns_are_remembered_for_the_person(signed_in: Callable[[str], Client], actor: Callable[[str], Actor]) -> None:
    """The choice holds for this person and list alone; the first column always stands; 恢复默认 forgets it."""
    client = signed_in("clerk")
    there = "/list/components/columns/"
    assert client.post(there, {"column": ["opened"], "next": "/components/?q=a"}).headers["Location"] == "/components/?q=a"

    def heads(who: Client) -> list[str]:
        head = re.search(r"<thead.*?</thead>", who.get("/components/").content.decode(), re.S)
        assert head is not None
        return re.findall(r"(?<=>)[一-鿿]+(?=<)", head[0])

    assert heads(client)[:2] == ["学校", "设立日期"]
    # Rows that are in no database sort as well.
    assert client.get("/components/?sort=-opened").status_code == 200
    assert "在校生" in heads(signed_in("headteacher"))
    client.post(there, {"usual": "1", "next": "/components/"})
    assert "在校生" in heads(client)
    assert not Preference.objects.filter(person_id=actor("clerk").person_id).exists()


def test_column_choice_leads_to_no_other_site(signed_in: Callable[[str], Client]) -> None:
    """A foreign address to go back to is passed over; nonsense is refused."""
    client = signed_in("clerk")
    assert client.post("/list/x/columns/", {"column": ["a"], "next": "https://example.org/"}).headers["Location"] == "/"
    assert client.post("/list/x/columns/", {"column": ["<script>"], "next": "/"}).status_code == 400
    assert client.get("/list/x/columns/").status_code == 405


@pytest.mark.django_db
def test_a_very_long_list_is_counted_to_its_bound() -> None:
    """Up to the bound the number is right; beyond it the list says that there are more and leafs through what the bound allows, by one
    query that reads no further."""
    villages = Area.objects.filter(level="village").order_by("pk")
    there = villages.count()
    for most, counted, more in (
        (there + 1, there, False),
        (there, there, False),
        (there - 1, there - 1, True),
        (None, there, False),
    ):
        pages = Bounded(villages, 50, most)
        assert (pages.count, pages.more) == (counted, more)
    pages = Bounded(villages, 50, 120)
    assert pages.num_pages == 3
    assert len(list(pages.get_page(9))) == 20
