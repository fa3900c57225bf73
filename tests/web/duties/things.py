"""What the walk meets: in 砚溪县, in 墨池县 and in a county of another prefecture, one thing of each kind, named in marker words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from tests.web.browsers import browser_of, cast_post
from tests.web.duties.counties import MOCHI, SHUSHI, YANXI, Counties, County, leader
from tests.web.duties.papers import APPROVED, FIGURE_KEY, WAITING, WRITTEN
from tests.web.duties.table import roles
from xiangxu import clock
from xiangxu.world.county.world import World
from xiangxu_web.flows.demo import bind_some, publish_own_plan
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import Job
from xiangxu_web.workspaces.accounts.codes import hashed, plain
from xiangxu_web.workspaces.accounts.models import EntryCode, Person, Post
from xiangxu_web.workspaces.accounts.posts import AWAITED, actor_of
from xiangxu_web.workspaces.areas.models import Area, ClusterMember, Unit
from xiangxu_web.workspaces.plans.calendars import open_calendar
from xiangxu_web.workspaces.plans.drafting.checked import remarks_of
from xiangxu_web.workspaces.plans.importing import key_of
from xiangxu_web.workspaces.plans.models import Mark, Opinion, Plan, SubPlan, Target, Task

SCHOOLS = (Unit.Kind.SCHOOL, Unit.Kind.CAMPUS, Unit.Kind.TEACHING_POINT, Unit.Kind.KINDERGARTEN)
# The roles that see the whole county, for whom “beside” is still their own.
WIDE = ("CL", "BL", "CK", "OF", "IN", "SV", "SY", "AU", "SE", "OC")
# Codes of slips: one that lets in, one that never was.
GOOD_CODE, NO_CODE = "CCCC-DDDD-EEEE", "AAAA-BBBB-CCCC"
# What is done with a sub-plan by whoever decides; the rest its unit does.
DECIDING = ("/ask/", "/decide/", "/reopen/")


class Things:
    """Everything that the addresses of the table can name, by role and by whose it is."""

    def __init__(self, world: World) -> None:
        cache.clear()
        self.posts = {letters: cast_post(world, about["cast"]) for letters, about in roles().items() if about["cast"] != "nobody"}
        self.browsers: dict[str, Client] = {}
        # What each role must not know (secrets.py).
        self.known: dict[str, dict[str, tuple[str, ...]]] = {}
        self.cookies = {
            letters: {name: morsel.value for name, morsel in browser_of(post).cookies.items()}
            for letters, post in self.posts.items()
        }
        self.towns = {name: Area.objects.get(name=name) for name in ("眉纹镇", "鱼脑镇", "洗笔镇", "临帖镇")}
        self.school = {name: self._school(area) for name, area in self.towns.items()}
        if not Plan.objects.filter(area__name="砚溪县").exists():
            bind_some(world, publish_own_plan(world))
        self.counties = Counties(self.posts, self.towns, self.school).made()
        self.clusters = {word: self._cluster(county) for word, county in self.counties.items()}
        self.jobs = {letters: self._job(post) for letters, post in self.posts.items()}
        colleague = (
            Post.objects.filter(unit__kind=Unit.Kind.DEPARTMENT)
            .exclude(pk=self.posts["LD"].pk)
            .select_related("unit__area", "person")
        )
        self.job_beside = {
            YANXI: self._job(colleague[0]),
            MOCHI: self._job(leader(MOCHI)),
            SHUSHI: self._job(self.counties[SHUSHI].post),
        }
        self.closed = {
            unit.pk: self._closed(unit)
            for unit in {self.unit(who, at) for who in self.posts for at in ("own", "beside", "foreign")}
        }
        # Uploads and what their dry runs showed: only what was shown is taken in.
        self.shown: dict[str, str] = {}
        self.uploads = {
            letters: self._upload(letters, "/units/exchange/export/", "/units/exchange/", "简称")
            for letters in ("CK", "SY", "OC")
        }
        self.sheets = {
            letters: self._upload(letters, "/tasks/sheet/", "/tasks/sheet/import/", "责任领导") for letters in ("CK", "OC")
        }
        self.staff = {letters: self._staff(letters) for letters in ("CK", "OC")}
        self.without_password = {word: self._without_password(self.counties[word]) for word in (YANXI, MOCHI)}
        own = self.counties[YANXI]
        self.finding = next(key_of(made) for made, _now in remarks_of(own.plan.versions.get(number=1).draft.as_read))
        self.awaited = Post.objects.create(person=own.post.person, unit=own.bureau, role=Post.Role.LEADER, ends=AWAITED)
        self.read_task = Task.objects.filter(plan=own.plan, parent=None).exclude(pk=own.root.pk).order_by("order")[0]
        self.read_target = Target.objects.filter(plan=own.plan, seen=False).order_by("order")[0]
        self.calendars = {who: open_calendar(actor_of(post)) for who, post in self.posts.items() if who not in ("SY", "AU", "SE")}
        self._slip()

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

    def sub_plan(self, address: str, letters: str, at: str) -> SubPlan:
        """A sub-plan in the state that the address asks for: the unit's own, or what it or its county decides on."""
        papers, deciding = self.county(letters, at).papers, address.endswith(DECIDING)
        settled = at == "settled" or address.endswith("/reopen/")
        state = APPROVED if settled else WRITTEN if address.endswith(("/write/", "/file/", "/hand-in/")) else WAITING
        if at == "foreign":
            return next(each for (_unit, kept), each in papers.sub_plans.items() if kept == state)
        school = self.posts["OH" if letters in ("OC", "OH") else "HT"].unit
        if deciding and letters == "EO":
            unit = self.school["鱼脑镇" if at == "beside" else "眉纹镇"]
        elif at == "beside":
            unit = self.unit(letters, at, task=True)
        else:
            unit = school if letters in WIDE else self.posts[letters].unit
        return papers.sub_plans[unit.pk, state]

    def opinion(self, letters: str, at: str) -> Opinion:
        """What the role's unit was asked for; of another unit where it was asked for nothing."""
        opinions, own = self.county(letters, at).papers.opinions, self.posts[letters].unit_id
        others = [each for unit, each in opinions.items() if unit != own]
        return opinions[own] if at == "own" and own in opinions else others[-1 if len(others) > 1 else 0]

    def member(self, letters: str, at: str) -> int:
        """A school's place in the county's cluster; none where the cluster has no schools."""
        found = ClusterMember.objects.filter(cluster=self.clusters[self.county(letters, at).word]).order_by("pk").first()
        return found.pk if found else 0

    def mark(self, letters: str, at: str) -> Mark:
        """What a school stated: the county's, or of another town."""
        marks = list(self.county(letters, at).papers.marks.values())
        return marks[-1 if at == "beside" else 0]

    def key(self, address: str, letters: str, at: str) -> Any:
        """What stands in the address for this role."""
        who = letters if letters != "NO" else "CK"
        county = self.county(who, at)
        if address.startswith("/areas/"):
            return self._area(who, at).code
        if address.startswith("/units/exchange/"):
            mine = who if who in self.uploads else "CK"
            return self.uploads[mine if at == "own" else "CK" if mine == "OC" else "OC"]
        if address == "/units/<int:key>/reopen/":
            return self.closed[self.unit(who, at).pk].pk
        if address.endswith("/members/"):
            return self.clusters[county.word].pk
        if address == "/units/<int:key>/close/":
            # What has units below itself closes after them.
            unit = self.unit(who, at)
            return (Unit.objects.filter(parent=unit, closed=None).order_by("pk").first() or unit).pk
        if address.startswith("/units/"):
            return self.unit(who, at).pk
        if address.startswith("/tasks/sheet/"):
            mine = who if who in self.sheets else "CK"
            return self.sheets[mine if at == "own" else "CK" if mine == "OC" else "OC"]
        if address.startswith("/calendar/"):
            return self.calendars[who] if at == "own" else uuid4().hex
        if address.startswith("/sub-plans/"):
            return self.sub_plan(address, who, at).pk
        if address.startswith("/opinions/"):
            return self.opinion(who, at).pk
        if address.startswith("/bulletins/"):
            return (county.papers.draft if at == "draft" else county.papers.issued).pk
        if address == "/tasks/<int:key>/amend/" and at == "own" and county.word == YANXI:
            return self.read_task.pk
        if address == "/targets/<int:key>/amend/" and at == "own" and county.word == YANXI:
            return self.read_target.pk
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
            return county.token if at == "own" else uuid4().hex
        person = county.guarded if at == "guarded" else county.post
        simple = {
            "/plans/": county.plan,
            "/targets/": county.target,
            "/drafts/": county.draft,
            "/milestones/": county.mark,
            "/nodes/": county.stated_node if address.endswith("/verify/") else county.node,
            "/people/post/": person,
            "/people/": person.person,
            "/audit/": county.audit,
        }
        return next((thing.pk for start, thing in simple.items() if address.startswith(start)), 1)

    def path(self, address: str, letters: str, at: str) -> str:
        """The address with everything filled in."""
        filled = address
        for hole, make in _HOLES.items():
            if hole in filled:
                filled = filled.replace(hole, make(self, address, letters, at))
        return f"{filled}?key={FIGURE_KEY}" if address.endswith("/figure/") else filled

    def client(self, letters: str) -> Client:
        """A browser in which the role is signed in, with nothing carried over from the time before."""
        client = self.browsers.setdefault(letters, Client())
        client.raise_request_exception = True
        client.cookies.clear()
        if letters != "NO":
            client.cookies.load(self.cookies[letters])
        return client

    # Making ------------------------------------------------------------------------------------------------------------------------
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
        """The county's first cluster; one is made for a county that has none, with a school in it where there is one."""
        clusters = Unit.objects.filter(kind=Unit.Kind.CLUSTER, area__path__startswith=county.area.path)
        if (there := clusters.order_by("pk").first()) is not None:
            return there
        made = Unit.objects.create(
            code=f"cluster-{county.area.code}",
            name=f"{county.word}隐号学区",
            kind=Unit.Kind.CLUSTER,
            area=county.area,
            parent=county.bureau,
            path=f"{county.bureau.path}cluster/",
        )
        for school in Unit.objects.filter(kind=Unit.Kind.SCHOOL, area__path__startswith=county.area.path).order_by("pk")[:1]:
            ClusterMember.objects.create(cluster=made, school=school)
        return made

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

    def _job(self, post: Post) -> Job:
        job = enqueue("files.sweep", {}, actor_of(post))
        Job.objects.filter(pk=job.pk).update(words=f"{post.unit.area.name}隐号作业")
        return job

    def _staff(self, letters: str) -> str:
        """The key under which a workbook with one new person waits for its confirmation."""
        client = self.client(letters)
        book = load_workbook(BytesIO(client.get("/people/import/template/").content))
        told = {"登录名": f"sheet-{letters.lower()}", "姓名": "New Person", "单位": self.posts[letters].unit.code, "角色": "科室"}
        for sheet in (book["人员"], book["岗位"]):
            heads = [str(cell.value) for cell in sheet[1]]
            sheet.delete_rows(2, sheet.max_row)
            sheet.append([next((value for words, value in told.items() if head.startswith(words)), "") for head in heads])
        filled = BytesIO()
        book.save(filled)
        page = client.post("/people/import/", {"file": BytesIOFile(filled.getvalue(), "人员.xlsx")}).content.decode()
        return re.findall(r'name="token" value="(\w+)"', page)[0]

    def _without_password(self, county: County) -> Person:
        """Somebody of the bureau who has not come in yet."""
        person = Person.objects.create_user(
            f"waits-{county.area.code}", f"{county.word}隐号待码人", phone=f"19900{county.area.code[:6]}"
        )
        Post.objects.create(person=person, unit=county.bureau, role=Post.Role.OFFICE, title="科员")
        return person

    def _upload(self, letters: str, out: str, back: str, column: str) -> str:
        """The key under which a workbook that the site gave waits for its confirmation, with another word in the first row's column."""
        client = self.client(letters)
        answer = client.get(out)
        book = load_workbook(BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
        heads = (
            cell for sheet in book for row in sheet.iter_rows(max_row=6) for cell in row if str(cell.value).startswith(column)
        )
        head = next(heads)
        head.parent.cell(head.row + 1, head.column, "changed")
        changed = BytesIO()
        book.save(changed)
        answer = client.post(back, {"file": BytesIOFile(changed.getvalue(), "导入.xlsx")}, follow=True)
        token = str(answer.redirect_chain[-1][0]).rstrip("/").rsplit("/", 1)[1]
        (self.shown[token],) = re.findall(r'name="shown" value="(\w+)"', answer.content.decode())
        return token

    def _slip(self) -> None:
        """A printed slip that lets in."""
        day = clock.now()
        EntryCode.objects.create(
            person=self.posts["HT"].person, hashed=hashed(plain(GOOD_CODE)), made=day, expires=day + timedelta(days=9)
        )


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
        _key(things, address, letters, at) if "areas" in address else GOOD_CODE if at == "own" else NO_CODE
    ),
    "<str:name>": lambda *_: "x.png",
    "<slug:table>": lambda *_: "units",
    "<int:target>": lambda things, address, letters, at: str(
        things.county(letters if letters != "NO" else "CK", at).papers.covered.pk
    ),
    "<int:unit>": lambda things, address, letters, at: str(things.unit(letters if letters != "NO" else "CK", at).pk),
    "<int:number>": lambda *_: "1",
    "<slug:ref>": lambda *_: "task-1",
    "<provider>": lambda *_: "nobody",
}
