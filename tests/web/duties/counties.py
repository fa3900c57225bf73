"""The three counties that the walk goes through, each with one thing of each kind, named in marker words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from uuid import uuid4

from django.db.models import Count
from django.http import HttpResponse
from PIL import Image

from tests.web.duties.papers import Papers
from xiangxu import clock
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.models import Attachment, AuditRow
from xiangxu_web.workspaces.accounts.links import LinkRequest, hashed
from xiangxu_web.workspaces.accounts.models import Person, Post, SignedLink
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.plans.models import (
    Draft,
    Mark,
    Node,
    Plan,
    PlanVersion,
    Report,
    Target,
    Task,
)

PURPOSE = "duties.test"
# Eight digits, as five or six stand by chance in a key or a hash; they differ in the first six, as “%g” writes no more of them.
FIRST_FIGURE, NEXT_FIGURE = 98_760_137, 100
YANXI, MOCHI, SHUSHI = "砚溪", "墨池", "漱石"


def opened(request: LinkRequest) -> HttpResponse:
    """The page that a link of the walk opens."""
    return HttpResponse(request.actor.unit_name)


@dataclass
class County:
    """One county's things. ``tasks``, ``reports`` and ``links`` are by the key of the unit that answers. ``figure`` is what its target
    promises; each part has a figure of its own, and ``held_back`` is that of the parts which nobody was told yet."""

    word: str
    area: Area
    bureau: Unit
    plan: Plan
    root: Task
    target: Target
    draft: Draft
    post: Post
    guarded: Post
    audit: AuditRow
    mark: Mark
    papers: Papers
    node: Node
    stated_node: Node
    picture_at_draft: Attachment
    figure: int
    held_back: int
    token: str = ""
    tasks: dict[int, Task] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    pictures: dict[int, Attachment] = field(default_factory=dict)
    links: dict[int, SignedLink] = field(default_factory=dict)


def picture() -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (60, 40), (90, 120, 150)).save(out, "PNG")
    return out.getvalue()


def leader(word: str) -> Post:
    """The leader of a county's bureau."""
    return Post.objects.filter(unit__area__name=f"{word}县", role="leader").select_related("unit__area", "person")[0]


class Counties:
    """Makes the counties round the posts of the cast: 砚溪县 as the cast's own, 墨池县 beside it, and one that is foreign to all."""

    def __init__(self, posts: Mapping[str, Post], towns: Mapping[str, Area], school: Mapping[str, Unit]) -> None:
        self.posts, self.towns, self.school = posts, towns, school
        self.blob = store(picture(), "隐号.png")
        self.figures = count(FIRST_FIGURE, NEXT_FIGURE)
        self.second_clerks = {YANXI: self._second_clerk("CK"), MOCHI: self._second_clerk("OC")}

    def made(self) -> dict[str, County]:
        """All three, by the word that marks what is theirs."""
        return {YANXI: self._yanxi(), MOCHI: self._mochi(), SHUSHI: self._shushi()}

    def _yanxi(self) -> County:
        clerk = self.posts["CK"]
        guarded = Post.objects.select_related("person").filter(unit=clerk.unit, role="leader").exclude(pk=self.posts["BL"].pk)
        units = [self.posts[w].unit for w in ("OF", "LD", "TN", "EO", "HT")]
        units += [self.school["鱼脑镇"], *Unit.objects.filter(code__in=("990721-housing-bureau", "990721101-government"))]
        plan = Plan.objects.filter(area__name="砚溪县").order_by("pk")[0]
        return self._county(YANXI, clerk.unit.area, clerk.unit, plan, self._head("鱼脑镇"), guarded[0], units)

    def _mochi(self) -> County:
        bureau, plan = self.posts["OC"].unit, self._small_plan(MOCHI, self.posts["OC"].unit.area)
        # The school beside has no head entered yet; the walk enters one, under a name that is a marker.
        person = Person.objects.create_user("mochi-yinhao", "墨池隐号人", phone="19900600002")
        head = Post.objects.create(person=person, unit=self.school["临帖镇"], role="school", title="校长")
        return self._county(MOCHI, bureau.area, bureau, plan, head, leader(MOCHI), [self.posts["OH"].unit, self.school["临帖镇"]])

    def _shushi(self) -> County:
        """A county of another prefecture of the province: foreign to the supervisor too."""
        above = Area.objects.get(level="province")
        prefecture = Area.objects.create(
            code="990800000000", name="遥岭市", level="prefecture", parent=above, path=f"{above.path}990800000000/"
        )
        area = Area.objects.create(
            code="990821000000", name="漱石县", level="county", parent=prefecture, path=f"{prefecture.path}990821000000/"
        )
        bureau = Unit.objects.create(code="990821-edu-bureau", name="漱石县教育局", kind="bureau", area=area)
        bureau.path = f"{bureau.pk}/"
        bureau.save(update_fields=["path"])
        person = Person.objects.create_user("shushi", "漱石隐号人", phone="19900600001")
        post = Post.objects.create(person=person, unit=bureau, role="clerk", title="专干")
        return self._county(SHUSHI, area, bureau, self._small_plan(SHUSHI, area), post, post, [])

    def _small_plan(self, word: str, area: Area) -> Plan:
        plan = Plan.objects.create(area=area, title=f"{word}隐号方案", made=clock.now())
        published = Plan.objects.exclude(versions=None).order_by("pk")[0].versions.get(number=1).draft
        reading = {key: [] if isinstance(value, list) else value for key, value in published.as_read.items()}
        reading["doc"] = {**reading["doc"], "title": plan.title}
        draft = Draft.objects.create(
            area=area,
            name=f"{word}隐号底稿.docx",
            state=Draft.State.PUBLISHED,
            text=f"{word}隐号底稿",
            as_read=reading,
            current=reading,
            plan=plan,
            made=clock.now(),
        )
        PlanVersion.objects.create(plan=plan, number=1, draft=draft, published=clock.now())
        original = store(draft.text.encode(), f"{word}隐号底稿.txt")
        Attachment.objects.create(
            blob=original, name=draft.name, table="draft", row_key=str(draft.pk), area_path=area.path, made=clock.now()
        )
        return plan

    def _second_clerk(self, letters: str) -> Post:
        """A second clerk of the bureau: nobody accepts what they handed in themselves."""
        first = self.posts[letters]
        person = Person.objects.create_user(
            f"second-{letters}", "甲专干" if letters == "CK" else "乙专干", phone=f"199007000{1 if letters == 'CK' else 2}9"
        )
        return Post.objects.create(person=person, unit=first.unit, role=first.role, title=first.title)

    def _head(self, town: str) -> Post:
        """The head of a school of this town, who holds no other post."""
        held = Post.objects.values("person").annotate(n=Count("pk")).filter(n=1).values("person")
        heads = Post.objects.filter(unit__area__path__startswith=self.towns[town].path, role="school", ends=None, person__in=held)
        return heads.filter(unit__kind="school").select_related("person").order_by("pk")[0]

    def _county(self, word: str, area: Area, bureau: Unit, plan: Plan, post: Post, guarded: Post, units: list[Unit]) -> County:
        made, figure = {"made": clock.now()}, next(self.figures)
        root = self._task(plan, bureau, None, f"{word}隐号任务")
        target = Target.objects.create(
            plan=plan,
            task=root,
            order=999,
            quote=f"{word}隐号目标{figure}",
            metric=f"{word}隐号目标",
            op="ge",
            value=figure,
            evaluator_kind="milestone",
            binding="confirmed",
        )
        draft = Draft.objects.create(
            area=area, name=f"{word}隐号导入稿.docx", state=Draft.State.OPEN, text=f"{word}隐号原文", **made
        )
        published = plan.versions.order_by("-number").first()
        if published is not None:
            Draft.objects.filter(pk=draft.pk).update(as_read=published.draft.as_read, current=published.draft.as_read, edition=1)
        audit = AuditRow.objects.create(
            at=clock.now(),
            verb="unit.rename",
            table="unit",
            row_key=str(bureau.pk),
            area_path=area.path,
            post_id=post.pk,
            person_id=post.person_id,
            unit_id=bureau.pk,
        )
        mark = Mark.objects.create(
            target=target,
            unit=None,
            word="yes",
            day=date(2026, 11, 10),
            note=f"{word}隐号事项",
            person_id=post.person_id,
            post_id=post.pk,
            made=clock.now(),
        )
        papers = self._papers(word, plan, target, bureau, post, units)
        node = Node.objects.create(task=root, due_on=date(2026, 12, 1), words=f"{word}隐号节点")
        stated_node = Node.objects.create(
            target=target, due_on=date(2026, 11, 1), words=f"{word}隐号节点", note=f"{word}隐号依据", stated=clock.now(),
            stated_by_person=post.person_id, stated_by_post=post.pk,
        )  # fmt: skip
        county = County(
            word,
            area,
            bureau,
            plan,
            root,
            target,
            draft,
            post,
            guarded,
            audit,
            mark,
            papers,
            node,
            stated_node,
            self._picture(draft, bureau, f"{word}隐号稿图.png"),
            figure,
            next(self.figures),
        )
        self._about(county, root, "本县")
        for unit in units:
            office = unit if unit.kind == Unit.Kind.OFFICE else None
            task = self._task(plan, bureau if office else unit, root, f"{word}隐号分解任务{unit.pk}", next(self.figures))
            if office:
                Task.objects.filter(pk=task.pk).update(office=office)
            Task.objects.filter(pk=task.pk).update(sent=Task.Sent.SENT)
            county.tasks[unit.pk] = task
            held_back = self._task(plan, unit, root, f"{word}隐号未下达任务{unit.pk}", county.held_back)
            Task.objects.filter(pk=held_back.pk).update(sent=Task.Sent.DRAFT)
            self._about(county, task, f"分解{unit.pk}")
        for unit in {u.pk: u for u in (bureau, *units, *(p.unit for p in self.posts.values()))}.values():
            token = uuid4().hex
            county.links[unit.pk] = SignedLink.objects.create(
                hashed=hashed(token),
                unit=unit,
                purpose=PURPOSE,
                made=clock.now(),
                made_by_post=post.pk,
                expires=clock.now() + timedelta(days=9),
            )
            county.token = token
        return county

    def _papers(self, word: str, plan: Plan, target: Target, bureau: Unit, post: Post, units: list[Unit]) -> Papers:
        """The papers of the county's units. Asked for their word on the town's sub-plan: a section, a department, the town's office."""
        writing = [unit for unit in units if unit.kind != Unit.Kind.OFFICE] or [bureau]
        if word == YANXI:
            writing.append(self.school["眉纹镇"])
        own = {YANXI: Post.objects.filter(unit=self.school["眉纹镇"], role="school"), MOCHI: [self.posts["OH"]]}.get(word, [])
        heads = [*own[:1], post]
        known = {unit.pk for unit in (*writing, bureau, *self.school.values(), *(head.unit for head in heads))}
        asked = [self.posts[letters].unit for letters in ("OF", "LD", "EO")] if word == YANXI else []
        asked_on = self.posts["TN"].unit if word == YANXI else writing[0]
        papers = Papers(word, plan, target, self.second_clerks.get(word, post))
        return papers.made(writing, asked_on, [bureau, *asked], heads, sorted(known))

    def _task(self, plan: Plan, unit: Unit, parent: Task | None, title: str, quantity: int | None = None) -> Task:
        kind = Task.Kind.PART if parent else Task.Kind.ROW
        task = Task.objects.create(
            plan=plan,
            kind=kind,
            parent=parent,
            order=999,
            number="999",
            title=title,
            quantity=quantity,
            answerable=unit,
            sent=Task.Sent.ACCEPTED,
            due_on=date(2026, 12, 31),
        )
        task.path = f"{parent.path if parent else ''}{task.pk}/"
        task.save(update_fields=["path"])
        return task

    def _about(self, county: County, task: Task, words: str) -> None:
        """Reports of each state on the task, and a picture at it."""
        assert task.answerable is not None
        # Entered by another clerk than the one who decides, whom everybody may know, so that no head's name stands at another's task.
        author = self.second_clerks.get(county.word, county.post)
        for state, name in ((Report.State.ACCEPTED, "已收"), (Report.State.RETURNED, "退回"), (Report.State.HANDED_IN, "待审")):
            county.reports[task.pk] = Report.objects.create(
                task=task,
                unit=task.answerable,
                day=date(2026, 11, 10),
                word="normal",
                line=f"{county.word}隐号{name}进展{words}",
                state=state,
                reason="隐号理由" if name == "退回" else "",
                quantity=task.quantity,
                decided=None if name == "待审" else clock.now(),
                person_id=author.person_id,
                post_id=author.pk,
                made=clock.now(),
                token=uuid4().hex,
            )
        county.pictures[task.pk] = self._picture(task, task.answerable, f"{county.word}隐号图{words}.png")

    def _picture(self, row: Any, unit: Unit, name: str) -> Attachment:
        return Attachment.objects.create(
            blob=self.blob,
            name=name,
            table=row._meta.model_name,
            row_key=str(row.pk),
            unit_id=unit.pk,
            unit_path=unit.path,
            area_path=unit.area.path,
            made=clock.now(),
        )
