"""What the walk meets: in 砚溪县, in 墨池县 and in a county of another prefecture, one thing of each kind, named in marker words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from tests.web.duties.table import roles
from xiangxu import clock
from xiangxu.monthly.content import BulletinContent, PlanState, to_data
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import publish_own_plan
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Attachment, AuditRow, Job
from xiangxu_web.workspaces.accounts.links import LinkRequest, hashed
from xiangxu_web.workspaces.accounts.models import Person, Post, SignedLink
from xiangxu_web.workspaces.accounts.posts import actor_of
from xiangxu_web.workspaces.areas.models import Area, Unit
from xiangxu_web.workspaces.plans.models import (
    Bulletin,
    Draft,
    Mark,
    Node,
    Opinion,
    Plan,
    PlanVersion,
    Report,
    SubPlan,
    Target,
    Task,
)

PURPOSE = "duties.test"
FIGURE = 98765
YANXI, MOCHI, SHUSHI = "砚溪", "墨池", "漱石"
SCHOOLS = (Unit.Kind.SCHOOL, Unit.Kind.CAMPUS, Unit.Kind.TEACHING_POINT, Unit.Kind.KINDERGARTEN)
# The roles that see the whole county, for whom “beside” is still their own.
WIDE = ("CL", "BL", "CK", "OF", "IN", "SV", "SY", "AU", "SE", "OC")


def opened(request: LinkRequest) -> HttpResponse:
    """The page that a link of the walk opens."""
    return HttpResponse(request.actor.unit_name)


@dataclass
class County:
    """One county's things. ``tasks``, ``reports`` and ``links`` are by the key of the unit that answers."""

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
    bulletin: Bulletin
    sub_plan: SubPlan
    opinion: Opinion
    node: Node
    stated_node: Node
    picture_at_draft: Attachment
    tasks: dict[int, Task] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    pictures: dict[int, Attachment] = field(default_factory=dict)
    links: dict[int, SignedLink] = field(default_factory=dict)


def _content(title: str) -> dict[str, Any]:
    """The content of a bulletin that says nothing but its title."""
    state = PlanState(plan_title=title, number=9, day=date(2026, 11, 1), issuer="隐号", mark="隐号")
    return to_data(BulletinContent(title=title, state=state, blocks=(), figures=()))


def picture() -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (60, 40), (90, 120, 150)).save(out, "PNG")
    return out.getvalue()


class Things:
    """Everything that the addresses of the table can name, by role and by whose it is."""

    def __init__(self, world: World) -> None:
        cache.clear()
        self.blob = store(picture(), "隐号.png")
        self.posts = {
            letters: self._cast(world, about["cast"]) for letters, about in roles().items() if about["cast"] != "nobody"
        }
        self.browsers: dict[str, Client] = {}
        self.cookies = {letters: self._signed_in(post) for letters, post in self.posts.items()}
        self.towns = {name: Area.objects.get(name=name) for name in ("眉纹镇", "鱼脑镇", "洗笔镇", "临帖镇")}
        self.school = {name: self._school(area) for name, area in self.towns.items()}
        if not Plan.objects.filter(area__name="砚溪县").exists():
            publish_own_plan(world)
        self.tokens: dict[str, str] = {}
        self.second_clerks = {YANXI: self._second_clerk("CK"), MOCHI: self._second_clerk("OC")}
        self.counties = {YANXI: self._yanxi(), MOCHI: self._mochi(), SHUSHI: self._shushi()}
        self.clusters = {word: self._cluster(county) for word, county in self.counties.items()}
        self.jobs = {letters: self._job(post) for letters, post in self.posts.items()}
        colleague = (
            Post.objects.filter(unit__kind=Unit.Kind.DEPARTMENT)
            .exclude(pk=self.posts["LD"].pk)
            .select_related("unit__area", "person")
        )
        self.job_beside = {
            YANXI: self._job(colleague[0]),
            MOCHI: self._job(self._leader(MOCHI)),
            SHUSHI: self._job(self.counties[SHUSHI].post),
        }
        self.closed = {
            unit.pk: self._closed(unit)
            for unit in {self.unit(who, at) for who in self.posts for at in ("own", "beside", "foreign")}
        }
        self.uploads = {letters: self._upload(letters) for letters in ("CK", "SY", "OC")}

    # Whose is what -----------------------------------------------------------------------------------------------------------------
    def county(self, letters: str, at: str) -> County:
        """The county that is the role's own, or the one that is foreign to it."""
        own = MOCHI if letters in ("OC", "OH") else YANXI
        if at != "foreign":
            return self.counties[own]
        return self.counties[SHUSHI if letters == "SV" else YANXI if own == MOCHI else MOCHI]

    def unit(self, letters: str, at: str, *, task: bool = False) -> Unit:
        """A unit: of the county, the town or one's own; beside it; foreign. ``task``: the unit to which the role's task was handed."""
        if at == "foreign":
            return (
                self.school["鱼脑镇"]
                if letters in ("OC", "OH")
                else self.counties[SHUSHI].bureau
                if letters == "SV"
                else self.school["洗笔镇"]
            )
        if at == "beside":
            if letters in ("OC", "OH"):
                return self.school["临帖镇"]
            if task and letters == "LD":
                return Unit.objects.get(code="990721-housing-bureau")
            if task and letters != "HT":
                return Unit.objects.get(code="990721101-government")
            return self.school["鱼脑镇"]
        if letters in ("LD", "HT", "OH") or (task and letters in ("TN", "EO")):
            return self.posts[letters].unit
        if letters == "OC":
            return self.school["临帖镇"]
        return self.school["眉纹镇"]

    def task(self, letters: str, at: str) -> Task:
        """A task: handed to the role's unit (or the county's where it sees all), to another unit, of a foreign county."""
        county = self.county(letters, at)
        if at == "foreign":
            return county.root
        if at == "own" and letters in WIDE and letters != "OF":
            return county.root
        if at == "own" and letters == "OF":
            return county.tasks[self.posts["OF"].unit_id]
        return county.tasks[self.unit(letters, at, task=True).pk]

    def key(self, address: str, letters: str, at: str) -> Any:
        """What stands in the address for this role."""
        who = letters if letters != "NO" else "CK"
        county = self.county(who, at)
        if address.startswith("/areas/"):
            return self._area(who, at).code
        if address.startswith("/units/exchange/"):
            mine = who if who in self.uploads else "CK"
            return self.uploads[mine if at == "own" else "CK" if mine == "OC" else "OC"]
        if address.endswith("/reopen/"):
            return self.closed[self.unit(who, at).pk].pk
        if address.endswith("/members/"):
            return self.clusters[county.word].pk
        if address.startswith("/units/"):
            return self.unit(who, at).pk
        if address.startswith("/tasks/sheet/"):
            return uuid4()
        if address.startswith("/tasks/"):
            return self.task(who, at).pk
        if address.startswith("/reports/"):
            return county.reports[self.task(who, at).pk].pk
        if address.startswith("/files/"):
            return (county.picture_at_draft if at == "draft" else county.pictures[self.task(who, at).pk]).pk
        if address.startswith("/jobs/"):
            return self.jobs[who].pk if at == "own" else self.job_beside[county.word].pk
        if address.startswith("/links/"):
            unit = (
                self.posts[who].unit_id
                if at == "own"
                else self.unit(who, at, task=True).pk
                if at == "beside"
                else county.bureau.pk
            )
            return county.links[unit].pk
        if address.startswith("/link/"):
            return self.tokens[county.word] if at == "own" else uuid4().hex
        person = county.guarded if at == "guarded" else county.post
        simple = {
            "/plans/": county.plan,
            "/targets/": county.target,
            "/drafts/": county.draft,
            "/milestones/": county.mark,
            "/nodes/": county.stated_node if address.endswith("/verify/") else county.node,
            "/bulletins/": county.bulletin,
            "/sub-plans/": county.sub_plan,
            "/opinions/": county.opinion,
            "/people/post/": person,
            "/people/": person.person,
            "/audit/": county.audit,
        }
        return next((thing.pk for start, thing in simple.items() if address.startswith(start)), 1)

    def path(self, address: str, letters: str, at: str) -> str:
        """The address with everything filled in."""
        for hole, make in _HOLES.items():
            if hole in address:
                address = address.replace(hole, make(self, address, letters, at))
        return address

    def client(self, letters: str) -> Client:
        """A browser in which the role is signed in, with nothing carried over from the time before."""
        client = self.browsers.setdefault(letters, Client())
        client.raise_request_exception = True
        client.cookies.clear()
        if letters != "NO":
            client.cookies.load(self.cookies[letters])
        return client

    # Making ------------------------------------------------------------------------------------------------------------------------
    def _cast(self, world: World, who: str) -> Post:
        login, post = world.cast[who]
        return Post.objects.select_related("unit__area", "person").get(person__login=login, unit__code=post.unit, role=post.role)

    def _second_clerk(self, letters: str) -> Post:
        """A second clerk of the bureau: nobody accepts what they handed in themselves."""
        first = self.posts[letters]
        person = Person.objects.create_user(
            f"second-{letters}", "甲专干" if letters == "CK" else "乙专干", phone=f"199007000{1 if letters == 'CK' else 2}9"
        )
        return Post.objects.create(person=person, unit=first.unit, role=first.role, title=first.title)

    def _signed_in(self, post: Post) -> dict[str, str]:
        client = Client()
        client.force_login(post.person)
        session = client.session
        session["post"] = post.pk
        session.save()
        return {name: morsel.value for name, morsel in client.cookies.items()}

    def _school(self, area: Area) -> Unit:
        own = [post.unit_id for post in self.posts.values()]
        found = Unit.objects.filter(area__path__startswith=area.path, kind="school", closed=None, school_type="primary")
        return found.exclude(pk__in=own).order_by("pk")[0]

    def _closed(self, like: Unit) -> Unit:
        """A closed school of the same owner."""
        name, code = f"{like.name}旧校", f"{like.code}-closed"
        closed = Unit.objects.create(
            code=code, name=name, kind="school", school_type="primary", area=like.area, parent=like, closed=date(2025, 7, 1)
        )
        closed.path = f"{like.path}{closed.pk}/"
        closed.save(update_fields=["path"])
        return closed

    def _cluster(self, county: County) -> Unit:
        """The county's first cluster; one is made for a county that has none."""
        clusters = Unit.objects.filter(kind=Unit.Kind.CLUSTER, area__path__startswith=county.area.path)
        return clusters.order_by("pk").first() or Unit.objects.create(
            code=f"cluster-{county.area.code}",
            name=f"{county.word}隐号学区",
            kind=Unit.Kind.CLUSTER,
            area=county.area,
            parent=county.bureau,
            path=f"{county.bureau.path}cluster/",
        )

    def _area(self, letters: str, at: str) -> Area:
        if at == "foreign":
            return (
                self.counties[SHUSHI].area if letters == "SV" else self.towns["鱼脑镇" if letters in ("OC", "OH") else "洗笔镇"]
            )
        if at == "beside":
            return self.towns["临帖镇" if letters in ("OC", "OH") else "鱼脑镇"]
        if letters in ("TN", "EO", "HT", "OH"):
            return self.posts[letters].unit.area
        return self.county(letters, at).area

    def _leader(self, word: str) -> Post:
        return Post.objects.filter(unit__area__name=f"{word}县", role="leader").select_related("unit__area", "person")[0]

    def _job(self, post: Post) -> Job:
        job = enqueue("files.sweep", {}, actor_of(post))
        Job.objects.filter(pk=job.pk).update(words=f"{post.unit.area.name}隐号作业")
        return job

    def _upload(self, letters: str) -> str:
        client = self.client(letters)
        book = client.get("/units/exchange/export/").content
        answer = client.post("/units/exchange/", {"file": BytesIOFile(book, "导入.xlsx")})
        return answer["Location"].rstrip("/").rsplit("/", 1)[1] if answer.status_code == 302 else str(uuid4())

    def _county(self, word: str, area: Area, bureau: Unit, plan: Plan, post: Post, guarded: Post, units: list[Unit]) -> County:
        made = {"made": clock.now()}
        root = self._task(plan, bureau, None, f"{word}隐号任务")
        target = Target.objects.create(
            plan=plan,
            task=root,
            order=999,
            quote=f"{word}隐号目标{FIGURE}",
            metric=f"{word}隐号目标",
            op="ge",
            value=FIGURE,
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
        bulletin = Bulletin.objects.create(
            plan=plan,
            number=9,
            day=date(2026, 11, 1),
            title=f"{word}隐号通报",
            content=_content(f"{word}隐号通报"),
            made=clock.now(),
            issued=clock.now(),
            post_id=post.pk,
        )
        sub_plan = SubPlan.objects.create(
            plan=plan, unit=units[-1] if units else bureau, title=f"{word}隐号子方案", state="handed-in", made=clock.now()
        )
        node = Node.objects.create(task=root, due_on=date(2026, 12, 1), words=f"{word}隐号节点")
        stated_node = Node.objects.create(
            target=target, due_on=date(2026, 11, 1), words=f"{word}隐号节点", note=f"{word}隐号依据", stated=clock.now(),
            stated_by_person=post.person_id, stated_by_post=post.pk,
        )  # fmt: skip
        opinion = Opinion.objects.create(sub_plan=sub_plan, unit=bureau, edition=1, asked=clock.now())
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
            bulletin,
            sub_plan,
            opinion,
            node,
            stated_node,
            self._picture(draft, bureau, f"{word}隐号稿图.png"),
        )
        self._about(county, root, "本县")
        for unit in units:
            office = unit if unit.kind == Unit.Kind.OFFICE else None
            task = self._task(plan, bureau if office else unit, root, f"{word}隐号分解任务{unit.pk}")
            if office:
                Task.objects.filter(pk=task.pk).update(office=office)
            Task.objects.filter(pk=task.pk).update(sent=Task.Sent.SENT)
            county.tasks[unit.pk] = task
            held_back = self._task(plan, unit, root, f"{word}隐号未下达任务{unit.pk}")
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
            self.tokens[word] = token
        return county

    def _task(self, plan: Plan, unit: Unit, parent: Task | None, title: str) -> Task:
        kind = Task.Kind.PART if parent else Task.Kind.ROW
        task = Task.objects.create(
            plan=plan,
            kind=kind,
            parent=parent,
            order=999,
            number="999",
            title=title,
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
        return self._county(
            MOCHI, bureau.area, bureau, plan, head, self._leader(MOCHI), [self.posts["OH"].unit, self.school["临帖镇"]]
        )

    def _head(self, town: str) -> Post:
        """The head of a school of this town, who holds no other post."""
        held = Post.objects.values("person").annotate(n=Count("pk")).filter(n=1).values("person")
        heads = Post.objects.filter(unit__area__path__startswith=self.towns[town].path, role="school", ends=None, person__in=held)
        return heads.filter(unit__kind="school").select_related("person").order_by("pk")[0]

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
        return plan


class BytesIOFile(BytesIO):
    """Bytes with a name, as a form takes them."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def _key(things: Things, address: str, letters: str, at: str) -> str:
    return str(things.key(address, letters, at))


_HOLES: dict[str, Callable[[Things, str, str, str], str]] = {
    "<int:key>": _key,
    "<int:pk>": _key,
    "<uuid:pk>": _key,
    "<uuid:token>": _key,
    "<str:token>": _key,
    "<str:code>": lambda things, address, letters, at: (
        _key(things, address, letters, at) if "areas" in address else "AAAA-BBBB-CCCC"
    ),
    "<str:name>": lambda *_: "x.png",
    "<slug:table>": lambda *_: "units",
    "<int:target>": lambda things, address, letters, at: str(things.county(letters if letters != "NO" else "CK", at).target.pk),
    "<int:unit>": lambda things, address, letters, at: str(things.unit(letters if letters != "NO" else "CK", at).pk),
    "<int:number>": lambda *_: "1",
    "<slug:ref>": lambda *_: "task-1",
    "<provider>": lambda *_: "nobody",
}
