"""A number beside a link opens a list of as many rows: on the start pages, the page of a plan, the lists and the page of a town."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.test import Client
from lxml import html

from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import report_some
from xiangxu_web.flows.demo_work import work_some
from xiangxu_web.workspaces.areas.models import Unit
from xiangxu_web.workspaces.plans.models import Plan, Report, Target

SignIn = Callable[[str], Client]
# What a list says of itself: rows under its filters, cells of the matrix, units that lack something.
_ROWS, _CELLS, _UNITS = re.compile(r"共 (\d+) 条"), re.compile(r"待核验 (\d+) 格"), re.compile(r"还缺的单位 (\d+)")
# The lists that can be counted; a link to a single thing or a page of another kind is none.
_LISTS = re.compile(r"/(tasks|targets|reports)/\?|/plans/\d+/coverage/\?")
# Figures that are no count: days and dates.
_DAYS = re.compile(r"\d+ 天|\d+-\d+|\d+年|\d+月|\d+日")


def _words(client: Client, address: str) -> str:
    main = html.fromstring(client.get(address).content).xpath("//main")[0]
    return " ".join(main.text_content().split())


def _numbers(client: Client, address: str) -> Iterator[tuple[str, str, set[int]]]:
    """Each link to a list in or beside which a number stands: where it leads, the words, their numbers."""
    page = html.fromstring(client.get(address).content)
    for link in page.xpath("//main//a[@href][not(ancestor::table)][not(ancestor::details)]"):
        there = link.get("href")
        there = address + there if there.startswith("?") else there
        if not _LISTS.match(there) or "page=" in there:
            continue
        own = _DAYS.sub("", link.text_content())
        words = own if re.search(r"\d", own) else _DAYS.sub("", link.getparent().text_content())
        if numbers := {int(n) for n in re.findall(r"\d+", words)}:
            yield there, " ".join(words.split()), numbers


def test_a_number_opens_as_many_rows(world: World, plan: Plan, signed_in: SignIn) -> None:
    """Whoever clicks on a number finds so many rows behind it: clerk, leader, 科室, town and its 教管办, whatever waits, was accepted long
    ago, was confirmed with a doubt, or lies on another level of the matrix."""
    report_some(world, plan)
    work_some(world, plan)
    Report.objects.filter(pk__in=Report.objects.order_by("pk").values("pk")[:2]).update(decided=clock.now() - timedelta(days=80))
    settled = plan.targets.filter(same_as=None, dropped=None, binding=Target.Binding.CONFIRMED).order_by("pk")
    Target.objects.filter(pk__in=settled.values("pk")[:2]).update(doubts=["?"], seen=False)
    town = Unit.objects.get(name="砚溪县眉纹镇人民政府")
    for who in ("clerk", "county-leader", "office", "town", "education-office"):
        client, counted = signed_in(who), 0
        for address in ("/", f"/plans/{plan.pk}/", "/targets/", f"/units/{town.pk}/"):
            for there, words, numbers in _numbers(client, address):
                text = _words(client, there)
                told = {int(n.replace(",", "")) for way in (_ROWS, _CELLS, _UNITS) for n in way.findall(text)}
                assert numbers & told or numbers == {0}, (who, address, words, there, sorted(told))
                counted += 1
        assert counted > 12, who
