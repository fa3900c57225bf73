"""The five real plans, each from its file to the bulletin's Word file, through the addresses of the site and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from docx import Document

from tests.paths import PLANS, needs_plans
from tests.web.plans.importing import newest, sent, worked_off
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.plans.models import Bulletin, Draft, Plan, Report, Target, Task

pytestmark = [
    needs_plans,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="each step is tried on both databases by tests of its own"),
]
# Names for which the county has a unit that is called otherwise: the clerk types these words and takes the first that is found.
SAME_HERE = {"济南市教育局": "教育"}
# What is told of the file in the wizard, and what stands of the published plan.
TABS = ("tasks", "targets", "units", "check", "doc")
PAGES = ("", "document/", "coverage/", "sub-plans/")
LISTS = ("/tasks/", "/targets/", "/timeline/", "/chase/", "/calendar/", "/plans/terms/")


class Clerk:
    """The bureau's clerk at a browser. Whatever the site refuses is a failure, with the words of the refusal."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def open(self, address: str, given: dict[str, Any] | None = None) -> Any:
        """The page, its forms' context at hand."""
        answer = self.browser.get(address, given or {})
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    def send(self, address: str, given: dict[str, Any], **how: Any) -> Any:
        """A form, and the page that follows."""
        answer = self.browser.post(address, given, follow=True, **how)
        refusals = re.findall(r'message-error"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
        assert answer.status_code == 200, (address, given, answer.status_code)
        assert not refusals, (address, given, refusals)
        return answer

    def upload(self, name: str) -> tuple[Draft, str]:
        """The file taken in and read; the draft and its address."""
        address = self.browser.post("/drafts/new/", {"file": sent(PLANS / f"{name}.txt")})["Location"]
        return worked_off(newest()), address

    def correct(self, address: str, kind: str, tab: str, **given: Any) -> None:
        """A correction as the page's script sends it: the answer is the row or the list, not the whole page."""
        self.send(f"{address}correct/", {"kind": kind, "tab": tab, **given}, headers={"HX-Request": "true"})

    def look_through(self, address: str) -> None:
        """Every tab; what all rows share is settled at once, each other doubt by itself."""
        for tab in TABS:
            shown = self.open(address, {"tab": tab}).context
            for found in shown.get("shared", ()):
                self.correct(address, "seen", tab, refs=found["refs"])
            while waiting := self.open(address, {"tab": tab}).context.get("first"):
                for shape in waiting:
                    self.correct(address, "seen", tab, on=shape.ref)

    def bind(self, address: str) -> None:
        """What the program is sure of is confirmed at once; the rest is put off."""
        sure = self.open(address, {"tab": "targets", "binding": "1", "sure": "1"}).context
        refs = [*sure["elsewhere"], *(shape.ref for shape in (*sure["first"], *sure["rest"]) if shape.picked)]
        assert len(refs) == sure["sure"]
        self.correct(address, "bind", "targets", refs=refs)
        while left := self.open(address, {"tab": "targets", "binding": "1"}).context["rest"]:
            self.correct(address, "later", "targets", refs=[shape.ref for shape in left])

    def place_units(self, address: str) -> None:
        """A printed name that the county knows otherwise is looked for; of all that it has not the clerk says so at once."""
        unplaced = self.open(address, {"tab": "units"}).context["unplaced"]
        for printed in unplaced:
            found = self.open(f"{address}search/", {"printed": printed, "q": SAME_HERE.get(printed, printed)}).context["found"]
            if found:
                self.correct(address, "unit", "units", on=printed, unit=str(found[0].pk))
        if left := self.open(address, {"tab": "units"}).context["unplaced"]:
            self.correct(address, "unit", "units", on=left[0], names=left, unit="")

    def bulletin(self, plan: Plan) -> bytes:
        """The plan's first bulletin drafted and issued; its Word file."""
        made: Bulletin = self.send(f"/plans/{plan.pk}/bulletin/", {}).context["bulletin"]
        self.send(f"/bulletins/{made.pk}/issue/", {"revision": str(made.revision)})
        (file,) = self.open(f"/bulletins/{made.pk}/").context["files"]
        return b"".join(self.open(reverse("file", args=[file.pk, file.name])))


def _reported(clerk: Clerk, leader: Clerk, plan: Plan) -> Report:
    """A unit that answers for a task reports on it by the link in the text that the clerk pastes to it; the clerk accepts. Where the own
    bureau answers for everything nobody is sent a link: the clerk reports and its leader accepts."""
    asked = plan.tasks.exclude(answerable=None).filter(same_as=None).order_by("order")
    task = asked.exclude(answerable__kind=Unit.Kind.BUREAU).first()
    given = {"word": "behind", "line": "前期手续仍在办理"}
    decides = clerk
    if task is None:
        task, decides = asked[0], leader
        address = f"/tasks/{task.pk}/report/"
        clerk.send(address, given | {"token": clerk.open(address).context["form"]["token"].value()})
    else:
        _by_link(clerk, plan, task, given)
    report = Report.objects.get(task=task)
    decides.send(f"/reports/{report.pk}/decide/", {"accept": "1"})
    return report


def _by_link(clerk: Clerk, plan: Plan, task: Task, given: dict[str, str]) -> None:
    page = clerk.send("/chase/", {"plan": str(plan.pk), "task": str(task.pk), "links": "1"}).content.decode()
    link = re.search(r"https?://[^/]+(/link/[^/]+/)", page)
    assert link is not None
    owner = Clerk(Client())
    assert task.title in owner.open(link[1]).content.decode()
    form = owner.open(link[1], {"task": task.pk}).context["form"]
    owner.send(f"{link[1]}?task={task.pk}", given | {"token": form["token"].value()})


@pytest.mark.parametrize("name", ["qingzhou", "dongchangfu", "anqiu", "jinan", "yiyuan"])
def test_from_the_file_to_the_bulletin(plan: Plan, signed_in: Callable[[str], Client], name: str) -> None:
    """Uploaded, read, looked through, bound, units placed, published in less than two seconds, every page of it opened, reported on by an
    owner, and the first bulletin issued: no step is refused, and the Word file tells of the title, the tasks and what was reported."""
    clerk = Clerk(signed_in("clerk"))
    draft, address = clerk.upload(name)
    assert draft.state == Draft.State.OPEN, draft.failure
    clerk.look_through(address)
    clerk.bind(address)
    clerk.place_units(address)
    summary = clerk.open(f"{address}publish/").context
    assert (summary["doubtful"], summary["unmatched"], summary["by"]["proposed"]) == (0, [], 0)
    began = process_time()
    clerk.send(f"{address}publish/", {})
    assert process_time() - began < 2.5, "with the page that follows"
    made = Draft.objects.get(pk=draft.pk).plan
    assert made is not None
    assert made.tasks.count() == summary["tasks"]
    assert made.targets.filter(same_as=None).count() == summary["promises"], "the page counts as the plan will"
    assert not made.targets.filter(binding=Target.Binding.PROPOSED, same_as=None).exists()
    for page in (*(f"/plans/{made.pk}/{part}" for part in PAGES), *LISTS):
        clerk.open(page)
    report = _reported(clerk, Clerk(signed_in("bureau-leader")), made)
    document = Document(BytesIO(clerk.bulletin(made)))
    words = "\n".join(
        [*(p.text for p in document.paragraphs), *(c.text for t in document.tables for r in t.rows for c in r.cells)]
    )
    for told in (made.title, report.line, f"{made.tasks.filter(same_as=None).count()}项"):
        assert told in words
