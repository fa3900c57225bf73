"""What a few characters find. Run on both databases: the words expected here are the parity of the two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import member
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.models import SearchEntry
from xiangxu_web.kernel.permission import rows
from xiangxu_web.kernel.search.declare import SEARCHED, rebuild
from xiangxu_web.kernel.search.index import holding
from xiangxu_web.workspaces.areas.models import Unit, UnitAlias
from xiangxu_web.workspaces.plans.models import Plan, Task

pytestmark = pytest.mark.django_db

# Titles that hold what databases stumble over: one to three characters, punctuation inside, letters, signs of LIKE, wide forms.
TITLES = (
    "配备督导员",
    "督促指导学校",
    "义务教育，优质均衡",
    "义务教育优质均衡县创建",
    "建设 5G 智慧校园",
    "达标率 100%",
    "Ｗｉｆｉ全覆盖",
    "名师_工作室",
)
# Query → the titles that hold it. One, two, three and more characters; two words at once.
QUERIES = {
    "督": {0, 1},
    "督导": {0},
    "督导员": {0},
    "育，优": {2},
    "教育优": {3},
    "教育 优质": {2, 3},
    "均衡 创建": {3},
    "5g": {4},
    "G智": {4},
    "%": {5},
    "100%": {5},
    "wifi": {6},
    "ｗｉｆｉ": {6},
    "师_工": {7},
    "师工": set(),
    "_": {7},
    "没有的词": set(),
    "'": set(),
    '"督导': set(),
    "*": set(),
    "AND": set(),
    "   ": set(),
}


@pytest.fixture
def plan(db: None, world: World) -> Plan:
    """A plan with the titles above as its tasks."""
    clerk = member(world, "clerk")
    area = Unit.objects.get(pk=clerk.unit_id).area
    made = Plan.objects.create(area=area, title="检索用方案", made=clock.now())
    for order, title in enumerate(TITLES):
        Task.objects.create(plan=made, kind=Task.Kind.ROW, order=order, number=str(order), title=title)
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_the_same_rows_on_every_database(plan: Plan, query: str) -> None:
    """Exactly the rows that hold every word, whatever the database's own index makes of one character or of a sign."""
    found = holding(Task.objects.filter(plan=plan), query)
    assert set(found.values_list("order", flat=True)) == QUERIES[query]


def test_the_index_is_asked_and_not_the_whole_table(plan: Plan) -> None:
    """The query goes through the database's full-text index, so that it stays quick when tasks are many."""
    wanted = "search_pieces" if connection.vendor == "postgresql" else "search_full_text"
    assert wanted in str(holding(Task.objects.filter(plan=plan), "督导").query)


def test_a_changed_row_is_found_by_its_new_words_only(plan: Plan) -> None:
    """Saving a row moves its entry in the same transaction; an undone change leaves the old words."""
    task = Task.objects.get(plan=plan, order=0)

    def found(words: str) -> bool:
        return holding(Task.objects.filter(plan=plan), words).filter(pk=task.pk).exists()

    task.title = "改为家访"
    with transaction.atomic():
        task.save(update_fields=["title"])
        assert found("家访")
        transaction.set_rollback(True)
    assert found("督导")
    assert not found("家访")
    task.save(update_fields=["title"])
    assert found("家访")
    assert not found("督导")
    task.delete()
    assert not SearchEntry.objects.filter(table="task", row_id=task.pk or 0).exists()


def test_saving_what_holds_no_words_leaves_the_index_alone(plan: Plan, django_assert_num_queries: Any) -> None:
    """A report's word on a task costs one query, not a new entry."""
    task = Task.objects.get(plan=plan, order=0)
    with django_assert_num_queries(1):
        task.save(update_fields=["word"])


def test_everything_published_and_loaded_is_in_the_index(plan: Plan) -> None:
    """What was written many at once (the world, a published plan) has its entry too; rebuilding changes nothing."""
    for key, given in SEARCHED.items():
        keys = set(given.model._default_manager.values_list("pk", flat=True))
        assert set(SearchEntry.objects.filter(table=key).values_list("row_id", flat=True)) == keys, key

    def told() -> set[tuple[str, int, str, str]]:
        return set(SearchEntry.objects.values_list("table", "row_id", "words", "spaced"))

    before = told()
    rebuild()
    assert told() == before


def test_an_alias_finds_its_unit(actor: Callable[[str], Actor]) -> None:
    """A unit is found by what documents call it, as soon as the word is kept, and no longer once it is gone."""
    unit = Unit.objects.filter(kind=Unit.Kind.OFFICE).order_by("pk")[0]
    alias = UnitAlias.objects.create(unit=unit, words="墨池隐号科")
    seen = rows("unit.see", actor("clerk"))
    assert list(holding(seen, "隐号")) == [unit]
    alias.delete()
    assert not holding(seen, "隐号").exists()


@pytest.fixture
def hidden(plan: Plan, world: World) -> None:
    """The other county's task and a school's part, both with a word that nobody else's rows hold."""
    other = member(world, "other-clerk")
    theirs = Plan.objects.create(area=Unit.objects.get(pk=other.unit_id).area, title="墨池隐号方案", made=clock.now())
    Task.objects.create(plan=theirs, kind=Task.Kind.ROW, order=1, title="墨池隐号任务", answerable_id=other.unit_id)
    school = Unit.objects.filter(kind=Unit.Kind.SCHOOL, area__path__startswith=plan.area.path).exclude(
        pk=member(world, "headteacher").unit_id
    )[0]
    parent = Task.objects.get(plan=plan, order=0)
    Task.objects.create(
        plan=plan, kind=Task.Kind.PART, parent=parent, order=1, title="墨池隐号分解", answerable=school, sent="sent"
    )


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("clerk", {"墨池隐号分解"}),
        ("headteacher", set()),
        ("town", set()),
        ("other-clerk", {"墨池隐号任务", "墨池隐号方案"}),
        ("audit-admin", set()),
    ],
)
def test_a_post_finds_only_what_it_may_see(hidden: None, signed_in: Callable[[str], Client], who: str, finds: set[str]) -> None:
    """The other county's words are found by its own clerk alone, a school's part by the county's posts; administrators find no work."""
    answer = signed_in(who).get("/search/", {"q": "墨池"})
    told = answer.content.decode().replace("<mark>墨池</mark>", "墨池")
    for words in ("墨池隐号任务", "墨池隐号方案", "墨池隐号分解"):
        assert (f"{words}</a>" in told) == (words in finds), words


def test_the_page_marks_the_words_and_says_how_many(plan: Plan, signed_in: Callable[[str], Client]) -> None:
    """The words are marked where they stand; the box keeps them; an empty search says what to do."""
    client = signed_in("clerk")
    told = client.get("/search/", {"q": "督导"}).content.decode()
    assert "配备<mark>督导</mark>员" in told
    assert 'value="督导"' in told
    assert "可以找方案、任务、目标和单位" in client.get("/search/").content.decode()
    assert client.get("/search/", {"q": "督导", "kind": "task"}).status_code == 200
    assert client.get("/search/", {"q": "督导", "kind": "person"}).status_code == 404


def test_a_search_asks_little(plan: Plan, signed_in: Callable[[str], Client], django_assert_max_num_queries: Any) -> None:
    """However much is found: the bound for a page."""
    client = signed_in("clerk")
    client.get("/search/", {"q": "教育"})
    with django_assert_max_num_queries(26):
        client.get("/search/", {"q": "教育"})
