"""The matrix, the page of a promise, of a cell, of a unit: who sees what, how quick, the workbook out and in."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tests.web.duties.chinese import own
from tests.web.plans.conftest import MARKERS
from xiangxu import clock
from xiangxu.targets.status import Status
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.coverage_chasing import chase_text
from xiangxu_web.workspaces.plans.coverage_grid import Asked, grid_of
from xiangxu_web.workspaces.plans.coverage_sheets import read
from xiangxu_web.workspaces.plans.covered import cells, choice_of, county_members, tally_of
from xiangxu_web.workspaces.plans.covering import Wish, state, state_many, verify
from xiangxu_web.workspaces.plans.judging import verdicts
from xiangxu_web.workspaces.plans.models import Mark, Plan, Target
from xiangxu_web.workspaces.plans.split_sheets import cells_of_file

Who = Callable[[str], Actor]
Browser = Callable[[str], Client]


@pytest.fixture
def wide(plan: Plan) -> Plan:
    """Forty promises over all schools, every other cell stated: the size that must stay quick."""
    schools = [m for m in county_members(plan) if m.facts.is_school]
    Target.objects.filter(plan=plan, evaluator_kind="coverage").update(dropped=clock.now())
    made = Target.objects.bulk_create(
        Target(
            plan=plan, order=900 + n, quote=f"每校落实第{n}项", metric=f"第{n}项要求每校落实", op="all", evaluator_kind="coverage",
            evaluator="closed-campus-share", binding="confirmed", units={"group": "schools"},
        )
        for n in range(40)
    )  # fmt: skip
    now = clock.now()
    Mark.objects.bulk_create(
        Mark(target=target, unit=m.unit, word="yes", day=clock.today(), made=now, verified=now if n % 3 else None)
        for target in made
        for n, m in enumerate(schools)
        if n % 2
    )
    return plan


def test_sixty_schools_by_forty_promises(actor: Who, wide: Plan, signed_in: Browser, django_assert_max_num_queries: Any) -> None:
    """A bounded number of queries whatever the size; assembling takes well under the 300 ms of a page; small on the wire."""
    clerk = actor("clerk")
    with django_assert_max_num_queries(5):
        grid = grid_of(clerk, wide, Asked())
        assert (len(grid.rows), len(grid.columns)) == (60, 40)
    times = []
    for _round in range(3):
        began = time.process_time()
        _lines = grid_of(clerk, wide, Asked()).lines
        times.append(time.process_time() - began)
    assert min(times) < 0.25
    browser = signed_in("clerk")
    address = reverse("coverage", args=[wide.pk])
    # One of them tells the clerk what is in no matrix.
    with django_assert_max_num_queries(13):
        page = browser.get(address)
    times = []
    for _round in range(10):
        began = time.process_time()
        browser.get(address)
        times.append(time.process_time() - began)
    assert sorted(times)[8] < 0.3
    assert len(gzip.compress(page.content)) < 50_000
    assert page.content.count(b"<td class=") >= 2400


def test_a_head_comes_to_the_own_page(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """On the telephone: the own promises, one tap each, with a photo; what is open first."""
    browser, head = signed_in("headteacher"), actor("headteacher")
    page = browser.get(reverse("coverage", args=[plan.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("coverage-unit", args=[plan.pk, head.unit_id])
    assert promise.metric in page.content.decode()
    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "JPEG")
    cell = reverse("coverage-cell", args=[plan.pk, promise.pk, head.unit_id])
    photo = SimpleUploadedFile("直饮水.jpg", picture.getvalue(), "image/jpeg")
    answer = browser.post(cell, {"do": "yes", "from": "unit", "was": "0", "file": photo, "children": "on"})
    assert answer.status_code == 302
    mark = Mark.objects.get(target=promise, unit=head.unit_id)
    assert mark.word == "yes"
    kept = Attachment.objects.get(table="mark", row_key=str(mark.pk))
    assert kept.shows_children


def test_who_writes_for_a_school_below_says_on_what_ground(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """A school that belongs to the clerk's bureau still is not the bureau: its pages ask for the ground, as the change itself does."""
    clerk = actor("clerk")
    asked = choice_of(promise)
    school = next(m.unit for m in county_members(plan) if asked.has(m) and m.unit.path.startswith(clerk.unit_path))
    with pytest.raises(ValueError, match="代录须注明依据"):
        state(clerk, promise.pk, school.pk, "yes")
    for name, keys in (("coverage-cell", [plan.pk, promise.pk, school.pk]), ("coverage-unit", [plan.pk, school.pk])):
        assert "代录依据" in signed_in("clerk").get(reverse(name, args=keys)).content.decode()
    # Of many at once, refused because none was ticked: the word and the ground are still there.
    many = reverse("coverage-many", args=[plan.pk, promise.pk])
    refused = signed_in("clerk").post(many, {"word": "no", "note": "11月18日汇总"}, follow=True).content.decode()
    assert 'value="11月18日汇总"' in refused
    assert '<option value="no" selected>' in refused


@pytest.mark.parametrize("who", ["headteacher", "town", "education-office", "lead-department"])
def test_one_sees_only_the_own_rows(who: str, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """A school of another town is on no page, cell or workbook of this post."""
    mine = actor(who)
    seen = Unit.objects.filter(kind="school", closed=None, area__path__startswith=mine.county_path)
    other = (
        seen.exclude(area__path__startswith=mine.area_path if who != "lead-department" else "-")
        .exclude(pk=mine.unit_id)
        .latest("pk")
    )
    browser = signed_in(who)
    page = browser.get(reverse("coverage", args=[plan.pk]) + "?level=school").content.decode()
    assert reverse("coverage-unit", args=[plan.pk, other.pk]) not in page
    assert browser.get(reverse("coverage-cell", args=[plan.pk, promise.pk, other.pk])).status_code == 404
    assert browser.post(reverse("coverage-cell", args=[plan.pk, promise.pk, other.pk]), {"do": "yes"}).status_code == 404
    assert browser.get(reverse("coverage-unit", args=[plan.pk, other.pk])).status_code == 404
    assert not Mark.objects.filter(unit=other).exists()


@pytest.mark.parametrize("name", ["coverage", "coverage-sheet", "coverage-import", "sub-plans"])
def test_the_other_county_finds_nothing(name: str, signed_in: Browser, plan: Plan, other_plan: Plan) -> None:
    """Neither its clerk here nor ours there; no marker word of theirs on our pages."""
    assert signed_in("other-clerk").get(reverse(name, args=[plan.pk])).status_code == 404
    assert signed_in("clerk").get(reverse(name, args=[other_plan.pk])).status_code == 404
    page = signed_in("clerk").get(reverse("coverage", args=[plan.pk])).content.decode()
    assert not any(marker in page for marker in MARKERS)


def test_the_supervisor_sees_what_it_comes_to(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """Above the county: each promise with its verified share, no school by name."""
    head = actor("headteacher")
    verify(actor("office"), [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
    page = signed_in("supervisor").get(reverse("coverage", args=[plan.pk])).content.decode()
    assert promise.metric in page
    assert "1 / " in page
    assert str(Unit.objects.get(pk=head.unit_id)) not in page


def test_typed_in_the_matrix(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """A key press gets the cell back as it truly stands; a refusal says why and shows what stands."""
    clerk, head = signed_in("clerk"), actor("headteacher")
    cell = reverse("coverage-cell", args=[plan.pk, promise.pk, head.unit_id])
    typed = {"from": "matrix", "do": "yes", "was": "0"}
    refused = clerk.post(cell, {**typed, "note": ""}, headers={"HX-Request": "true"}).content.decode()
    assert 'class="c-w"' in refused
    assert "data-said" in refused
    taken = clerk.post(cell, {**typed, "note": "电话"}, headers={"HX-Request": "true"}).content.decode()
    assert 'class="c-s"' in taken
    assert "data-said" not in taken


def test_a_page_opened_before_the_cell_was_verified(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """It asked for the ground of entering and for no reason: nothing is changed, the page as it stands now asks for one, and what is said
    with it counts. The word that is verified already changes nothing and says so."""
    clerk, head = signed_in("clerk"), actor("headteacher")
    cell = reverse("coverage-cell", args=[plan.pk, promise.pk, head.unit_id])
    mark = state(head, promise.pk, head.unit_id, "yes")
    typed = {"do": "no", "was": str(mark.pk), "note": "11月18日电话"}
    verify(actor("office"), [mark.pk], accept=True)
    page = clerk.post(cell, typed, follow=True).content.decode()
    assert "已经核验" in page
    assert 'name="verified"' in page
    assert "没有改动" in clerk.post(cell, {**typed, "do": "yes", "verified": "1"}, follow=True).content.decode()
    assert list(Mark.objects.filter(target=promise, unit=head.unit_id)) == [mark]
    clerk.post(cell, {**typed, "verified": "1"})
    assert Mark.objects.get(target=promise, unit=head.unit_id, replaced=None).word == "no"


def test_one_reckoning(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """Verified, stated, denied, refused, out, stated as out, silent: of the same cells the matrix, the promise's page, the target's page, the
    sentence beside the lamp and the verified share tell the same numbers; each is a link to just these cells; a word that nobody has verified
    moves no figure but the one that says how many wait."""
    clerk, office = actor("clerk"), actor("office")
    meant = [m.key for m in county_members(plan) if choice_of(promise).has(m) and m.facts.is_school]
    words = {"v": ("yes", 3), "s": ("yes", 2), "n": ("no", 1), "r": ("na", 1), "o": ("na", 2), "p": ("na", 1)}
    units = iter(meant)
    for code, (word, count) in words.items():
        marks = [state(clerk, promise.pk, next(units), word, note="电话").pk for _n in range(count)]
        if code in "vor":
            verify(office, marks, accept=code != "r", reason="照片看不清")
    silent = len(list(units))
    (foot,) = grid_of(clerk, plan, Asked(level="school", promise=str(promise.pk))).feet
    assert (foot.share.numerator, foot.share.denominator, foot.waiting) == (3, len(meant) - 2, 3)
    counted = tally_of(promise, county_members(plan), cells(Mark.objects.filter(target=promise)))
    assert (counted.verified_share.numerator, counted.verified_share.denominator) == (3, len(meant) - 2)
    assert "3 个已核验，2 个填√待核验，1 个填×，1 个核验未通过，2 个不适用，1 个填不适用待核验" in str(
        verdicts([promise])[promise.pk].why
    )
    numbers = {code: count for code, (_word, count) in words.items()} | {"w": silent}
    for address in (reverse("coverage-promise", args=[plan.pk, promise.pk]), reverse("target", args=[promise.pk])):
        states = signed_in("clerk").get(address).context["states"]
        assert [each.count for each in states] == [numbers[code] for code in "vsnropw"]
        for each in states:
            (link,) = each.links
            assert len(signed_in("clerk").get(link.url).context["grid"].rows) == link.count == each.count
    page = signed_in("clerk").get(reverse("coverage", args=[plan.pk]) + f"?promise={promise.pk}").content.decode()
    assert "另有 3 待核验</small>" in page


def test_the_text_for_the_group() -> None:
    """Who is silent and who was refused, with the day and what is left of it; in the language of the interface; nobody: no text."""
    due, on, address = date(2026, 8, 31), date(2026, 11, 20), "https://x/1/"
    assert chase_text("每校配备直饮水", ["甲校", "乙校"], ["丙校"], due, address, on).splitlines() == [
        "【催办】每校配备直饮水（2026年8月31日到期，时限已过 81 天）",
        "还没有填报的 2 个单位：甲校、乙校。",
        "核验未通过、需要补充的 1 个单位：丙校。",
        "请尽快填√、×或不适用，并附一张照片或材料：https://x/1/",
    ]
    with translation.override("en"):
        told = chase_text("water", ["school"], [], None, address, on)
    assert not own(told), told
    assert chase_text("每校配备直饮水", [], [], due, address, on) == ""


def test_who_is_missing(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """The page of a promise names who has said nothing, and has a text for the chat group with names and address."""
    head = actor("headteacher")
    page = signed_in("clerk").get(reverse("coverage-promise", args=[plan.pk, promise.pk])).content.decode()
    name = str(Unit.objects.get(pk=head.unit_id))
    assert "【催办】" in page
    assert name in page.split("【催办】")[1]
    state(head, promise.pk, head.unit_id, "yes")
    page = signed_in("clerk").get(reverse("coverage-promise", args=[plan.pk, promise.pk])).content.decode()
    assert name not in page.split("【催办】")[1].split("</textarea>")[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("在册、没有到期的共同体（结对、集团、合作）的牵头或成员单位", "近一学期共同活动的记录")),
        (
            "en",
            (
                "belongs to a registered community (pairing, group, cooperation)",
                "records of what was done together in the last term",
            ),
        ),
    ],
)
def test_what_yes_means_is_told_where_it_is_asked(
    language: str, words: tuple[str, str], signed_in: Browser, actor: Who, plan: Plan, promise: Target
) -> None:
    """The card's sentence for √ and its evidence stand, in the reader's language, on the unit's own page, in the cell, on the promise's page
    and in the chasing text; while nobody has confirmed how the promise is computed, nothing is asked and nothing told."""
    unit = actor("headteacher").unit_id
    pages = {
        ("headteacher", reverse("coverage-unit", args=[plan.pk, unit])): 1,
        ("headteacher", reverse("coverage-cell", args=[plan.pk, promise.pk, unit])): 1,
        ("clerk", reverse("coverage-promise", args=[plan.pk, promise.pk])): 2,
    }

    def told(who: str, address: str) -> tuple[int, int]:
        browser = signed_in(who)
        browser.cookies["django_language"] = language
        page = browser.get(address).content.decode()
        return page.count(words[0]), page.count(words[1])

    Target.objects.filter(plan=plan, evaluator=promise.evaluator).exclude(pk=promise.pk).update(dropped=clock.now())
    assert {page: told(*page) for page in pages} == {page: (n, n) for page, n in pages.items()}
    Target.objects.filter(pk=promise.pk).update(binding=Target.Binding.PROPOSED)
    assert {told(*page) for page in pages} == {(0, 0)}


def test_the_lamp_is_the_whole_countys(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """A head whose own school has it does not read that the promise is met."""
    head = actor("headteacher")
    verify(actor("office"), [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
    page = signed_in("headteacher").get(reverse("coverage-promise", args=[plan.pk, promise.pk])).content.decode()
    assert "待数据" in page
    assert "已达成" not in page
    assert signed_in("supervisor").get(reverse("coverage-promise", args=[plan.pk, promise.pk])).status_code == 302


def test_verified_from_the_page(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """The 科室 verifies the ticked ones; the target is met when all are."""
    clerk = actor("clerk")
    keys = [m.key for m in county_members(plan) if choice_of(promise).has(m)]
    state_many(clerk, promise.pk, [Wish(key, "yes") for key in keys], note="汇总表")
    Target.objects.filter(pk=promise.pk).update(binding="confirmed")
    promise.refresh_from_db()
    assert verdicts([promise])[promise.pk].status is Status.WAITING_DATA
    marks = [str(pk) for pk in Mark.objects.filter(target=promise, replaced=None).values_list("pk", flat=True)]
    answer = signed_in("office").post(
        reverse("coverage-verify", args=[plan.pk]), {"mark": marks, "accept": "1", "target": str(promise.pk)}, follow=True
    )
    assert f"已核验 {len(keys)} 个单位" in answer.content.decode()
    assert verdicts([promise])[promise.pk].status is Status.MET


def test_filters_live_in_the_address(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """只看缺的 leaves out whoever has everything; the town narrows; a level that is not there is passed over."""
    clerk = actor("clerk")
    head = actor("headteacher")
    grid = grid_of(clerk, plan, Asked(promise=str(promise.pk), only="missing"))
    assert head.unit_id in {m.key for m in grid.rows}
    state(head, promise.pk, head.unit_id, "yes")
    grid = grid_of(clerk, plan, Asked(promise=str(promise.pk), only="missing"))
    assert head.unit_id not in {m.key for m in grid.rows}
    grid = grid_of(clerk, plan, Asked(town="眉纹镇"))
    assert {m.town for m in grid.rows} == {"眉纹镇"}
    assert signed_in("clerk").get(reverse("coverage", args=[plan.pk]) + "?level=moon&town=x&promise=y").status_code == 200


class TestWorkbook:
    """Out and in in the same shape; a dry run first; locked cells refused."""

    def book(self, browser: Client, plan: Plan) -> Any:
        answer = browser.get(reverse("coverage-sheet", args=[plan.pk]) + "?level=school")
        return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]

    def test_unchanged_comes_back_without_a_change(self, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
        """What went out is understood whole and changes nothing. What was entered for a school says so, there and in the matrix; what it
        said itself does not."""
        head, clerk = actor("headteacher"), actor("clerk")
        state(head, promise.pk, head.unit_id, "yes")
        other = next(m.unit for m in county_members(plan) if choice_of(promise).has(m) and m.key != head.unit_id)
        state(clerk, promise.pk, other.pk, "no", note="11月18日电话")
        book = self.book(signed_in("clerk"), plan)
        written = {cell.value for row in book.worksheets[0] for cell in row}
        assert {"(√)", "×（代录）"} <= written, "what nobody has verified stands in brackets, as on the page"
        assert not {"√（代录）", "×", "√"} & written
        kept = BytesIO()
        book.save(kept)
        found = read(clerk, plan, cells_of_file(kept.getvalue()))
        assert (found.changes, found.refused, found.problems, found.same) == ([], [], [], 2)
        page = signed_in("clerk").get(reverse("coverage", args=[plan.pk]) + "?level=school").content.decode()
        assert page.count("×<sup>代</sup></a>") == page.count("<sup>代</sup></a>") == 1
        page = signed_in("clerk").get(reverse("coverage-promise", args=[plan.pk, promise.pk])).content.decode()
        assert f"{other}（代录）</a>" in page

    def test_filled_shown_confirmed(self, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
        """Changed cells are listed before anything is written; a verified one is refused with the reason; nonsense is named."""
        browser, head = signed_in("clerk"), actor("headteacher")
        verify(actor("office"), [state(head, promise.pk, head.unit_id, "yes").pk], accept=True)
        book = self.book(browser, plan)
        sheet = book.worksheets[0]
        heads = {cell.value: cell.column for cell in sheet[1]}
        column = heads[f"{promise.order}. {promise.metric}"]
        codes = {sheet.cell(n, heads["单位代码"]).value: n for n in range(2, sheet.max_row + 1)}
        locked = codes[Unit.objects.get(pk=head.unit_id).code]
        school = Unit.objects.filter(kind="school", closed=None, area__path__startswith=actor("town").area_path).earliest("pk")
        sheet.cell(locked, column).value = "×"
        sheet.cell(codes[school.code], column).value = "✓"
        strange = next(n for n in codes.values() if n not in (locked, codes[school.code]) and not sheet.cell(n, column).value)
        sheet.cell(strange, column).value = "大概"
        kept = BytesIO()
        book.save(kept)
        upload = SimpleUploadedFile("覆盖.xlsx", kept.getvalue())
        page = browser.post(reverse("coverage-import", args=[plan.pk]), {"file": upload}).content.decode()
        assert "已核验" in page
        assert "大概" in page
        assert not Mark.objects.filter(unit=school).exists()
        packed = f"{promise.pk}:{school.pk}:yes:0"
        assert packed in page
        browser.post(reverse("coverage-import", args=[plan.pk]), {"change": packed, "note": "11月汇总表"})
        mark = Mark.objects.get(unit=school, target=promise)
        assert (mark.word, mark.note, mark.entered_for) == ("yes", "11月汇总表", True)

    def test_a_column_nobody_knows_is_told(self, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
        """A filled column whose head was touched is named; the columns that the sheet itself adds are not."""
        book = self.book(signed_in("clerk"), plan)
        sheet = book.worksheets[0]
        column = {cell.value: cell.column for cell in sheet[1]}[f"{promise.order}. {promise.metric}"]
        sheet.cell(1, column).value = "改了的表头"
        sheet.cell(2, column).value = "×"
        kept = BytesIO()
        book.save(kept)
        problems = read(actor("clerk"), plan, cells_of_file(kept.getvalue())).problems
        assert any("“改了的表头”：没有认出" in problem for problem in problems)

    def test_a_column_that_stands_twice_is_told_once(self, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
        """Of a promise with two columns the first is read and the second named, not each of its cells."""
        head = actor("headteacher")
        lines = [["单位", f"{promise.order}. 甲", f"{promise.order}. 乙"], [str(Unit.objects.get(pk=head.unit_id)), "√", "×"]]
        found = read(actor("clerk"), plan, lines)
        assert [change.word for change in found.changes] == ["yes"]
        (problem,) = found.problems
        assert "第 3 列" in problem
        assert "第 2 列" in problem

    def test_the_page_is_not_believed(self, signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
        """Who sends back other cells than were shown still writes only what the post may write."""
        other = Unit.objects.filter(kind="school", closed=None, area__path__startswith=actor("town").area_path).earliest("pk")
        packed = f"{promise.pk}:{other.pk}:yes:0 {promise.pk}:x:yes:0 1:2 {promise.pk}:{other.pk}:maybe:0"
        browser = signed_in("headteacher")
        browser.post(reverse("coverage-import", args=[plan.pk]), {"change": packed.split()[0], "note": "我"})
        assert not Mark.objects.filter(target=promise).exists()
        assert browser.post(reverse("coverage-import", args=[plan.pk]), {"change": packed, "note": "我"}).status_code == 302
        assert not Mark.objects.filter(target=promise).exists()


def test_a_column_tells_what_it_asks_and_who_lacks_most_comes_first(
    actor: Who, signed_in: Browser, plan: Plan, promise: Target
) -> None:
    """Of each promise the document's own words and what √ means stand at its head and in the key; a telephone names first the unit that
    lacks most, and none that lacks nothing."""
    clerk = actor("clerk")
    meant = [m for m in county_members(plan) if choice_of(promise).has(m)]
    state_many(clerk, promise.pk, [Wish(m.key, "yes") for m in meant[:3]], note="电话")
    page = signed_in("clerk").get(reverse("coverage", args=[plan.pk]))
    shown = page.content.decode()
    assert shown.count(promise.quote) == 2
    assert all(shown.count(column.meaning.yes) >= 2 for column in page.context["grid"].columns)
    alone = grid_of(clerk, plan, Asked(promise=str(promise.pk)))
    assert {gap.member.key for gap in alone.gaps} == {m.key for m in meant[3:] if m.facts.is_school}
    lacking = [len(gap.missing) for gap in page.context["grid"].gaps]
    assert lacking == sorted(lacking, reverse=True)
    assert lacking[0] > lacking[-1]
