"""Sub-plans: asked for, written, handed in, checked, countersigned, returned, approved; and what approval does to the matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse
from PIL import Image

from xiangxu import clock
from xiangxu.monthly import Gap
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.kernel.models import AuditRow, Job
from xiangxu_web.kernel.permission import Refused, allowed
from xiangxu_web.workspaces.areas.api import Unit
from xiangxu_web.workspaces.areas.changing import Ground, close
from xiangxu_web.workspaces.plans.covered import choice_of, county_members, former
from xiangxu_web.workspaces.plans.jobs import read_sub_plan
from xiangxu_web.workspaces.plans.models import Mark, Opinion, Plan, SubPlan, SubPlanEdition, Target, Task
from xiangxu_web.workspaces.plans.pages.sub_plan_round import _by_state, lamp
from xiangxu_web.workspaces.plans.pages.unit_duties import sub_plans_of
from xiangxu_web.workspaces.plans.papers import own_words
from xiangxu_web.workspaces.plans.plan_state import _gaps
from xiangxu_web.workspaces.plans.splitting import ChangedMeanwhile
from xiangxu_web.workspaces.plans.sub_plan_check import NO_PLAN, NOT_READ, UNKNOWN, findings
from xiangxu_web.workspaces.plans.sub_plan_template import template_of
from xiangxu_web.workspaces.plans.sub_plans import ask, decide, give_opinion, hand_in, in_force, open_round, reopen, write

Who = Callable[[str], Actor]
Browser = Callable[[str], Client]
TEXT = "由分管负责人牵头，2026年12月底前完成3所学校直饮水改造，验收合格率100%。"


@pytest.fixture
def promise(plan: Plan) -> Target:
    """The promise that asks every town for a plan of its own."""
    found = Target.objects.get(plan=plan, dropped=None, evaluator="unit-plan-share", level="town")
    assert choice_of(found)
    return found


@pytest.fixture
def towns(actor: Who, plan: Plan, promise: Target) -> SubPlan:
    """The town's draft, of a round that was opened for this promise."""
    town = actor("town")
    open_round(actor("clerk"), plan.pk, promise.pk, [town.unit_id], clock.today() + timedelta(days=20))
    return SubPlan.objects.get(unit=town.unit_id, target=promise)


def written(actor: Actor, sub_plan: SubPlan) -> SubPlan:
    """The sub-plan with a text in every section, handed in."""
    write(actor, sub_plan.pk, sub_plan.title, [TEXT] * len(sub_plan.body), sub_plan.revision)
    return hand_in(actor, sub_plan.pk)


class TestTemplate:
    """Drawn from the plan, for this very unit."""

    def test_parts_with_their_quantities(self, plan: Plan, actor: Who) -> None:
        """A part that was sent down stands in the template with its quantity; a draft, or another unit's, does not."""
        town = actor("town")
        task = Task.objects.filter(plan=plan, kind="row").earliest("order")
        other = Unit.objects.filter(kind="town", area__path__startswith=town.county_path).exclude(pk=town.unit_id).earliest("pk")
        common = {"plan": plan, "kind": "part", "parent": task, "theme": "扩增资源", "uom": "所", "order": 1}
        Task.objects.create(**common, title="新建公办园", answerable_id=town.unit_id, quantity=1_200_000, sent="accepted")
        Task.objects.create(**common, title="未下达的事", answerable_id=town.unit_id, quantity=4, sent="draft")
        Task.objects.create(**common, title="别镇的事", answerable=other, quantity=5, sent="sent")
        body = template_of(plan, Unit.objects.get(pk=town.unit_id))
        section = next(each for each in body if each["heading"] == "扩增资源")
        assert any("新建公办园" in line and "1200000 所" in line for line in section["asks"])
        said = str(body)
        assert "未下达的事" not in said
        assert "别镇的事" not in said

    def test_it_names_the_promises_that_mean_the_unit(self, plan: Plan, actor: Who, promise: Target) -> None:
        """In the document's words; a school is not asked what towns are asked."""
        assert own_words(promise) in promise.quote
        assert own_words(promise) in str(template_of(plan, Unit.objects.get(pk=actor("town").unit_id)))
        assert own_words(promise) not in str(template_of(plan, Unit.objects.get(pk=actor("headteacher").unit_id)))


class TestRound:
    """The clerk asks; nobody is asked twice."""

    def test_opened_once(self, actor: Who, plan: Plan, promise: Target) -> None:
        """A second round leaves those who have one."""
        clerk = actor("clerk")
        keys = [m.key for m in county_members(plan) if choice_of(promise).has(m)]
        assert open_round(clerk, plan.pk, promise.pk, keys[:3], None).done == 3
        again = open_round(clerk, plan.pk, promise.pk, keys[:4], None)
        assert (again.done, len(again.left)) == (1, 3)

    @pytest.mark.parametrize("who", ["town", "headteacher", "office", "other-clerk", "system-admin"])
    def test_only_the_countys_clerk(self, actor: Who, plan: Plan, promise: Target, who: str) -> None:
        """Others are refused; the other county's clerk does not find the plan."""
        with pytest.raises((Refused, Http404)):
            open_round(actor(who), plan.pk, promise.pk, [actor("town").unit_id], None)

    def test_a_day_that_has_passed_and_strange_units(self, actor: Who, plan: Plan, promise: Target) -> None:
        """Refused in words."""
        clerk, town = actor("clerk"), actor("town")
        with pytest.raises(ValueError, match="期限"):
            open_round(clerk, plan.pk, promise.pk, [town.unit_id], date(2020, 1, 1))
        with pytest.raises(ValueError, match="本县"):
            open_round(clerk, plan.pk, promise.pk, [actor("other-head").unit_id], None)

    def test_the_list_says_who_has_none(self, signed_in: Browser, plan: Plan, towns: SubPlan) -> None:
        """The clerk reads the names; the town does not read the others'."""
        page = signed_in("clerk").get(reverse("sub-plans", args=[plan.pk])).content.decode()
        assert str(towns.unit) in page
        assert "还没有布置的单位" in page
        assert "还没有布置的单位" not in signed_in("town").get(reverse("sub-plans", args=[plan.pk])).content.decode()


class TestWriting:
    """Autosave, two windows, files, the check."""

    def test_two_windows_do_not_overwrite(self, actor: Who, towns: SubPlan) -> None:
        """The second window is told; the first one's words stand."""
        town = actor("town")
        texts = ["甲"] + [""] * (len(towns.body) - 1)
        kept = write(town, towns.pk, towns.title, texts, 0)
        assert kept.revision == 1
        with pytest.raises(ChangedMeanwhile):
            write(town, towns.pk, towns.title, ["乙"] + [""] * (len(towns.body) - 1), 0)
        assert SubPlan.objects.get(pk=towns.pk).body[0]["text"] == "甲"

    def test_saved_while_typing(self, signed_in: Browser, towns: SubPlan) -> None:
        """htmx gets the time and the next revision; nothing is lost on leaving."""
        town = signed_in("town")
        address = reverse("sub-plan-write", args=[towns.pk])
        sent = {"revision": "0", "title": towns.title, "text": ["写了一半"] + [""] * (len(towns.body) - 1)}
        answer = town.post(address, sent, headers={"HX-Request": "true"}).content.decode()
        assert "已保存" in answer
        assert 'value="1"' in answer
        assert "写了一半" in town.get(address).content.decode()
        # Without script, from a window that is behind: told, and the words are still there.
        late = town.post(address, sent | {"text": ["另一扇窗写的"] + [""] * (len(towns.body) - 1)})
        assert late.status_code == 422
        assert "另一扇窗写的" in late.content.decode()
        assert SubPlan.objects.get(pk=towns.pk).body[0]["text"] == "写了一半"

    @pytest.mark.parametrize("who", ["headteacher", "lead-department", "other-clerk", "other-head", "inspector"])
    def test_nobody_else_sees_or_writes(self, actor: Who, signed_in: Browser, towns: SubPlan, who: str) -> None:
        """Another town's school, a department that was not asked, the other county: not found."""
        assert signed_in(who).get(reverse("sub-plan", args=[towns.pk])).status_code == 404
        with pytest.raises(Http404):
            write(actor(who), towns.pk, "", [""] * len(towns.body), 0)

    def test_empty_is_not_handed_in_but_a_file_is(self, actor: Who, signed_in: Browser, towns: SubPlan) -> None:
        """Whoever wrote it in WPS uploads it and copies nothing."""
        with pytest.raises(ValueError, match="还没有内容"):
            hand_in(actor("town"), towns.pk)
        paper = docx.Document()
        paper.add_paragraph(TEXT)
        kept = BytesIO()
        paper.save(kept)
        upload = SimpleUploadedFile("实施方案.docx", kept.getvalue())
        signed_in("town").post(reverse("sub-plan-file", args=[towns.pk]), {"file": upload})
        assert hand_in(actor("town"), towns.pk).state == SubPlan.State.HANDED_IN

    def test_entered_for_another(self, actor: Who, towns: SubPlan) -> None:
        """代录 names its source and is marked."""
        clerk = actor("clerk")
        write(clerk, towns.pk, "", [TEXT] * len(towns.body), 0)
        with pytest.raises(ValueError, match="代录"):
            hand_in(clerk, towns.pk)
        handed = hand_in(clerk, towns.pk, "镇里送来的盖章件")
        assert (handed.entered_for, handed.editions.get().source) == (True, "镇里送来的盖章件")

    def test_findings(self, towns: SubPlan) -> None:
        """An empty section is a finding; a slogan without figure, owner or day is one of the plan check's."""
        empty = findings(towns.body)
        assert [each["kind"] for each in empty] == ["empty"]
        vague = [
            {
                "heading": "重点任务",
                "asks": [],
                "text": "（一）加强学习。大力加强学习，不断提高认识。\n（二）推进工作。积极推进各项工作。",
            }
        ]
        assert "not-concrete" in {each["kind"] for each in findings(vague)}

    def test_a_sentence_that_says_who_and_when_is_believed(self) -> None:
        """由某某负责 and a day in another clause of the sentence are an owner and a day; a day that no calendar has and one before the plan
        itself are told, and not how short the time is since the plan was issued."""
        body = [
            {"heading": "办学条件", "asks": [], "text": "2026年8月底前完成旱厕改造3所，由镇教管办负责。"},
            {"heading": "监测评估", "asks": [], "text": "镇中心校牵头，请专家来校指导，2026年12月底前完成评估2次。"},
            {"heading": "教师队伍", "asks": [], "text": "2026年6月31日前完成教师培训120人次，责任人：分管副镇长。"},
            {"heading": "校园安全", "asks": [], "text": "2024年6月底前完成安全检查4次，由镇教管办组织。"},
        ]
        assert [each["kind"] for each in findings(body, since=date(2026, 7, 20))] == ["date-before-issue", "no-such-day"]
        body[2]["text"] = "2026年9月30日前完成教师培训120人次。"
        unowned = findings(body, since=date(2026, 7, 20))[0]
        assert unowned["kind"] == "no-owner"
        assert "教师队伍" in str(unowned["words"])
        assert "办学条件" not in str(unowned["words"])

    def test_where_the_unit_stands_is_no_task(self, towns: SubPlan) -> None:
        """基本情况 tells figures and is not missed an owner or a day; a section that sets a task is."""
        stands = "我镇有农村学校六所，在校生1200人，寄宿生300人。"
        task = TEXT.removeprefix("由分管负责人牵头，")
        named = str(findings([{**section, "text": stands if n == 0 else task} for n, section in enumerate(towns.body)]))
        assert "基本情况" not in named
        assert "责任单位" in named


BULLETIN = (
    "关于2026年10月乡村教育提升行动进展情况的通报",
    "各镇街，县直有关部门：",
    "截至10月31日，42项任务中，按时推进35项，滞后5项，完成2项。",
    "一、主要进展",
    "县教育局新建幼儿园3所，已完成主体工程。青石镇完成12所学校厕所改造。",
    "二、下步打算",
    "请各责任单位加快进度。",
)
PLAN = (
    "青石镇落实乡村教育提升行动实施方案",
    "一、工作目标",
    "到2027年，教师本科率达到90%，体质健康优良率达到55%以上。",
    "二、主要措施",
    "（一）加强教师队伍建设。每学期组织校本教研不少于15次，由教导处负责。",
    "（二）改善办学条件。2026年12月底前完成3间功能教室改造，由总务处负责。",
    "（三）开展家校共育。2026年12月底前建成家长学校1所。",
)


class TestFile:
    """A sub-plan that comes as a file is read and checked like one that was typed."""

    @staticmethod
    def handed_in(town: Client, actor: Actor, sub_plan: SubPlan, lines: tuple[str, ...]) -> SubPlanEdition:
        """The edition after the file was uploaded under the name of a plan, handed in, and the job done as the worker does it."""
        paper, kept = docx.Document(), BytesIO()
        for line in lines:
            paper.add_paragraph(line)
        paper.save(kept)
        town.post(reverse("sub-plan-file", args=[sub_plan.pk]), {"file": SimpleUploadedFile("方案.docx", kept.getvalue())})
        hand_in(actor, sub_plan.pk)
        job = Job.objects.get(kind="sub-plan.read")
        read_sub_plan(Work(job.pk, job.kind, job.arguments, None, None, "", 1, lambda done, total, words: None))
        return sub_plan.editions.get()

    def test_a_bulletin_is_no_plan(self, actor: Who, signed_in: Browser, towns: SubPlan, promise: Target) -> None:
        """Whatever its name: both sides read that nothing in it is a plan; where the four are asked for nobody approves it, elsewhere
        nobody without saying why."""
        edition = self.handed_in(signed_in("town"), actor("town"), towns, BULLETIN)
        assert [each["kind"] for each in edition.findings] == [NO_PLAN]
        for who in ("town", "clerk"):
            assert "不像是一份方案" in signed_in(who).get(reverse("sub-plan", args=[towns.pk])).content.decode(), who
        with pytest.raises(ValueError, match="没有通过检查"):
            decide(actor("clerk"), towns.pk, approve=True)
        Target.objects.filter(pk=promise.pk).update(parameters={"specific": True})
        with pytest.raises(Refused, match="都具体"):
            decide(actor("clerk"), towns.pk, approve=True, reason="先批")

    def test_a_plan_is_checked(self, actor: Who, signed_in: Browser, towns: SubPlan) -> None:
        """What is in the file is found as if it had been typed, and the word that it was not read yet is gone."""
        edition = self.handed_in(signed_in("town"), actor("town"), towns, PLAN)
        kinds = {each["kind"] for each in edition.findings}
        assert not kinds & UNKNOWN
        assert kinds == {"no-owner"}
        assert decide(actor("clerk"), towns.pk, approve=True, reason="已口头定下责任人").state == SubPlan.State.APPROVED

    def test_before_it_was_read_nobody_takes_it_for_checked(self, actor: Who, towns: SubPlan, signed_in: Browser) -> None:
        """Between handing in and the job the panel says that the file has not been checked, and approving asks why."""
        paper, kept = docx.Document(), BytesIO()
        paper.add_paragraph(TEXT)
        paper.save(kept)
        upload = SimpleUploadedFile("方案.docx", kept.getvalue())
        signed_in("town").post(reverse("sub-plan-file", args=[towns.pk]), {"file": upload})
        hand_in(actor("town"), towns.pk)
        assert [each["kind"] for each in towns.editions.get().findings] == [NOT_READ]
        with pytest.raises(ValueError, match="还没有检查完"):
            decide(actor("clerk"), towns.pk, approve=True)


class TestDeciding:
    """Approval feeds the matrix; a return keeps the edition."""

    def test_approved_marks_the_cell(self, actor: Who, towns: SubPlan, promise: Target) -> None:
        """Stated by who handed it in, verified by who approved it, the sub-plan as evidence."""
        town, clerk = actor("town"), actor("clerk")
        written(town, towns)
        decide(clerk, towns.pk, approve=True)
        mark = Mark.objects.get(target=promise, unit=town.unit_id, replaced=None)
        assert (mark.word, mark.person_id, mark.verified_by_person) == ("yes", town.person_id, clerk.person_id)
        assert mark.verified is not None
        assert "第 1 版" in mark.note

    def test_returned_and_handed_in_again(self, actor: Who, towns: SubPlan, promise: Target) -> None:
        """The town reads why; both editions stay as they were; no cell is marked by a return."""
        town, clerk = actor("town"), actor("clerk")
        written(town, towns)
        with pytest.raises(ValueError, match="理由"):
            decide(clerk, towns.pk, approve=False)
        back = decide(clerk, towns.pk, approve=False, reason="没有写到村")
        assert (back.state, back.edition, back.reason) == (SubPlan.State.RETURNED, 2, "没有写到村")
        assert not Mark.objects.filter(target=promise).exists()
        write(town, towns.pk, "", ["改过的" + TEXT] * len(back.body), back.revision)
        hand_in(town, towns.pk)
        first, second = towns.editions.order_by("number")
        assert (first.outcome, second.outcome) == ("returned", "")
        assert first.body[0]["text"] == TEXT
        assert second.body[0]["text"].startswith("改过的")

    @pytest.mark.parametrize("who", ["town", "office", "education-office", "headteacher", "bureau-leader", "other-clerk"])
    def test_nobody_else_decides(self, actor: Who, towns: SubPlan, who: str) -> None:
        """A town's plan is decided on by the bureau's clerk alone."""
        written(actor("town"), towns)
        with pytest.raises((Refused, Http404)):
            decide(actor(who), towns.pk, approve=True)

    def test_not_on_ones_own(self, actor: Who, towns: SubPlan) -> None:
        """Who entered it for the town does not approve it."""
        clerk = actor("clerk")
        write(clerk, towns.pk, "", [TEXT] * len(towns.body), 0)
        hand_in(clerk, towns.pk, "盖章件")
        with pytest.raises(Refused):
            decide(clerk, towns.pk, approve=True)

    def test_the_education_office_decides_on_its_schools(self, actor: Who, plan: Plan) -> None:
        """一校一案: the town's education office approves its own schools' and does not find another town's."""
        clerk, office, head = actor("clerk"), actor("education-office"), actor("headteacher")
        near = Unit.objects.filter(kind="school", closed=None, area__path__startswith=office.area_path).earliest("pk")
        open_round(clerk, plan.pk, None, [near.pk, head.unit_id], None)
        mine, far = SubPlan.objects.get(unit=near), SubPlan.objects.get(unit=head.unit_id)
        write(clerk, mine.pk, "", [TEXT] * len(mine.body), 0)
        hand_in(clerk, mine.pk, "盖章件")
        written(head, far)
        assert decide(office, mine.pk, approve=True).state == SubPlan.State.APPROVED
        with pytest.raises(Http404):
            decide(office, far.pk, approve=True)

    def test_where_the_promise_asks_for_the_concrete(self, actor: Who, towns: SubPlan, promise: Target) -> None:
        """With ``specific`` an edition whose aim, way, owner or effect is missing cannot be approved."""
        Target.objects.filter(pk=promise.pk).update(parameters={"specific": True})
        written(actor("town"), towns)
        towns.editions.update(findings=[{"kind": "not-concrete", "grade": "serious", "words": "", "mend": ""}])
        with pytest.raises(Refused, match="具体"):
            decide(actor("clerk"), towns.pk, approve=True)

    def test_what_has_to_be_mended_is_not_passed_over(self, actor: Who, towns: SubPlan) -> None:
        """With a finding 要改 on it an edition is approved only in words; notices ask for none."""
        written(actor("town"), towns)
        notice = {"kind": "overlap", "grade": "notice", "words": "", "mend": ""}
        towns.editions.update(findings=[notice, {**notice, "kind": "no-owner", "grade": "serious"}])
        with pytest.raises(ValueError, match="还有 1 条“要改”"):
            decide(actor("clerk"), towns.pk, approve=True)
        towns.editions.update(findings=[notice])
        assert decide(actor("clerk"), towns.pk, approve=True).state == SubPlan.State.APPROVED

    def test_word_out(self, signed_in: Browser, actor: Who, towns: SubPlan) -> None:
        """The Word file holds title, headings and text; it says that it is not approved yet, until it is."""
        written(actor("town"), towns)
        address = reverse("sub-plan-word", args=[towns.pk])
        words = "\n".join(p.text for p in docx.Document(BytesIO(signed_in("town").get(address).content)).paragraphs)
        assert TEXT in words
        assert "未批复稿" in words
        decide(actor("clerk"), towns.pk, approve=True)
        words = "\n".join(p.text for p in docx.Document(BytesIO(signed_in("clerk").get(address).content)).paragraphs)
        assert "未批复稿" not in words


class TestOpenedAgain:
    """What was approved is opened again by who approved it; the edition in force keeps its words until another one is approved."""

    @pytest.fixture
    def approved(self, actor: Who, towns: SubPlan) -> SubPlan:
        """The town's sub-plan, approved by the clerk: its cell is yes."""
        written(actor("town"), towns)
        return decide(actor("clerk"), towns.pk, approve=True)

    def test_a_new_edition_in_place_of_the_old(self, actor: Who, approved: SubPlan, promise: Target) -> None:
        """The approved edition stays as it was; the cell tells that it rests on it, until the second edition is approved."""
        clerk, town = actor("clerk"), actor("town")
        with pytest.raises(ValueError, match="理由"):
            reopen(clerk, approved.pk, " ")
        found = reopen(clerk, approved.pk, "县里调整了布局")
        first = found.editions.get(number=1)
        assert (found.state, found.edition, first.outcome) == (SubPlan.State.REOPENED, 2, "approved")
        assert (first.reopen_reason, first.reopened_by_post) == ("县里调整了布局", clerk.post_id)
        mark = Mark.objects.get(target=promise, unit=approved.unit_id, replaced=None)
        assert (mark.word, mark.fed_by, former(mark)) == ("yes", first, 1)
        write(town, found.pk, found.title, ["改过的。" + TEXT] * len(found.body), found.revision)
        assert in_force(found) == first
        hand_in(town, found.pk)
        decide(clerk, found.pk, approve=False, reason="再具体些")
        assert former(Mark.objects.get(pk=mark.pk)) == 1
        hand_in(town, found.pk)
        decide(clerk, found.pk, approve=True)
        mark = Mark.objects.get(target=promise, unit=approved.unit_id, replaced=None)
        assert mark.fed_by is not None
        assert (mark.fed_by.number, former(mark)) == (3, 0)
        assert found.editions.get(number=1).body[0]["text"] == TEXT, "nothing handed in is lost"
        assert [each.number for each in found.editions.order_by("number")] == [1, 2, 3]

    @pytest.mark.parametrize(
        "who", ["town", "office", "education-office", "bureau-leader", "headteacher", "supervisor", "other-clerk"]
    )
    def test_nobody_else_opens_it(self, actor: Who, approved: SubPlan, who: str) -> None:
        """The bureau approved it: neither the town, nor its education office, nor anybody above opens it."""
        with pytest.raises((Refused, Http404)):
            reopen(actor(who), approved.pk, "理由")
        approved.refresh_from_db()
        assert approved.state == SubPlan.State.APPROVED

    def test_what_the_education_office_approved_is_its_own(self, actor: Who, plan: Plan) -> None:
        """A school's plan that the town's education office approved is opened by it, not by the bureau; nor is a draft opened by anybody."""
        clerk, office = actor("clerk"), actor("education-office")
        near = Unit.objects.filter(kind="school", closed=None, area__path__startswith=office.area_path).earliest("pk")
        open_round(clerk, plan.pk, None, [near.pk], None)
        mine = SubPlan.objects.get(unit=near)
        with pytest.raises(Refused):
            reopen(office, mine.pk, "理由")
        write(clerk, mine.pk, "", [TEXT] * len(mine.body), 0)
        hand_in(clerk, mine.pk, "盖章件")
        decide(office, mine.pk, approve=True)
        with pytest.raises(Refused):
            reopen(clerk, mine.pk, "理由")
        assert reopen(office, mine.pk, "学校有变动").state == SubPlan.State.REOPENED

    def test_who_reads_what(self, actor: Who, signed_in: Browser, approved: SubPlan, plan: Plan, promise: Target) -> None:
        """The town writes on, and finds the approved words; everybody else reads those alone, above the county too; the cell says why."""
        clerk, page = signed_in("clerk"), reverse("sub-plan", args=[approved.pk])
        assert reverse("sub-plan-reopen", args=[approved.pk]) in clerk.get(page).content.decode()
        assert reverse("sub-plan-reopen", args=[approved.pk]) not in signed_in("town").get(page).content.decode()
        sent = clerk.post(reverse("sub-plan-reopen", args=[approved.pk]), {"reason": "县里调整了布局"}, follow=True)
        assert "仍然有效" in sent.content.decode()
        approved.refresh_from_db()
        writing = signed_in("town").get(reverse("sub-plan-write", args=[approved.pk])).content.decode()
        assert "重新打开的理由：县里调整了布局" in writing
        assert "退回理由" not in writing
        new = "全新的话。" + TEXT
        write(actor("town"), approved.pk, approved.title, [new] * len(approved.body), approved.revision)
        town = signed_in("town").get(page).content.decode()
        assert "全新的话" in town
        assert "县里调整了布局" in town
        assert "第 1 版已批复，仍然有效" in town
        assert "全新的话" not in signed_in("town").get(page + "?edition=1").content.decode()
        for who in ("office", "supervisor", "bureau-leader"):
            told = signed_in(who).get(page).content.decode()
            assert TEXT in told, who
            assert "全新的话" not in told, who
        hand_in(actor("town"), approved.pk)
        assert "全新的话" in clerk.get(page).content.decode()
        above = signed_in("supervisor")
        for address in (page, page + "?edition=2", reverse("sub-plans", args=[plan.pk])):
            assert "全新的话" not in above.get(address).content.decode(), address
        word = docx.Document(BytesIO(above.get(reverse("sub-plan-word", args=[approved.pk])).content))
        assert not any("全新的话" in p.text for p in word.paragraphs)
        cell = reverse("coverage-cell", args=[plan.pk, promise.pk, approved.unit_id])
        assert "依据的是已批复的第 1 版分方案" in clerk.get(cell).content.decode()
        assert "依据原版分方案" in clerk.get(reverse("coverage-promise", args=[plan.pk, promise.pk])).content.decode()


class TestCountersigning:
    """会商: asked, agreed or objected with a line, seen before anybody approves."""

    def asked(self, actor: Who, towns: SubPlan) -> Opinion:
        written(actor("town"), towns)
        ask(actor("clerk"), towns.pk, [actor("lead-department").unit_id], clock.today() + timedelta(days=5))
        return towns.opinions.get()

    def test_asked_and_answered(self, actor: Who, signed_in: Browser, towns: SubPlan) -> None:
        """The department that is asked now sees the sub-plan, and objects with a line; approval then says how that was met."""
        opinion = self.asked(actor, towns)
        finance, clerk = actor("lead-department"), actor("clerk")
        assert signed_in("lead-department").get(reverse("sub-plan", args=[towns.pk])).status_code == 200
        with pytest.raises(ValueError, match="没有答复"):
            decide(clerk, towns.pk, approve=True)
        with pytest.raises(ValueError, match="什么意见"):
            give_opinion(finance, opinion.pk, "objected")
        give_opinion(finance, opinion.pk, "objected", "资金来源没有落实")
        with pytest.raises(ValueError, match="怎样采纳"):
            decide(clerk, towns.pk, approve=True)
        assert decide(clerk, towns.pk, approve=True, reason="已与财政局商定列入明年预算").state == SubPlan.State.APPROVED

    @pytest.mark.parametrize("who", ["town", "bureau-leader", "office", "headteacher", "other-clerk"])
    def test_only_who_was_asked(self, actor: Who, towns: SubPlan, who: str) -> None:
        """Nobody speaks for the department; and it speaks once."""
        opinion = self.asked(actor, towns)
        with pytest.raises(Http404):
            give_opinion(actor(who), opinion.pk, "agreed", source="11月18日电话")
        give_opinion(actor("lead-department"), opinion.pk, "agreed")
        with pytest.raises(Http404):
            give_opinion(actor("lead-department"), opinion.pk, "objected", "又想了想")

    def test_entered_for_a_department(self, actor: Who, signed_in: Browser, towns: SubPlan) -> None:
        """The clerk enters what a department answered on paper: not without its source; marked with source and paper for whoever reads
        it, written down as done for the department, and counted like its own word. A clerk without that right cannot."""
        opinion = self.asked(actor, towns)
        with pytest.raises(Http404):
            give_opinion(replace(actor("clerk"), may_act_for_others=False), opinion.pk, "agreed", source="电话")
        clerk, page, address = (
            signed_in("clerk"),
            reverse("sub-plan", args=[towns.pk]),
            reverse("opinion-give", args=[opinion.pk]),
        )
        assert address in clerk.get(page).content.decode()
        sent = {"word": "objected", "line": "资金来源没有落实"}
        # Refused: what was typed stands there again, unfolded, and on no later page.
        refused = clerk.post(address, sent, follow=True).content.decode()
        assert "代录须写明来源" in refused
        assert "资金来源没有落实</textarea>" in refused
        assert "<details open><summary>代录" in refused
        assert "资金来源没有落实" not in clerk.get(page).content.decode()
        assert not Opinion.objects.get(pk=opinion.pk).word
        picture = BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        sent |= {"source": "预算股11月18日盖章复函", "evidence": SimpleUploadedFile("复函.png", picture.getvalue())}
        assert "意见已代录" in clerk.post(address, sent, follow=True).content.decode()
        for who in ("town", "lead-department"):
            told = signed_in(who).get(page).content.decode()
            assert all(words in told for words in ("资金来源没有落实", ">代录<", "预算股11月18日盖章复函", "复函.png")), who
            assert address not in told, who
        done = AuditRow.objects.get(verb="sub-plan.opinion")
        assert (done.acting_for, done.facts["entered_for"]) == (actor("lead-department").unit_id, True)
        with pytest.raises(ValueError, match="怎样采纳"):
            decide(actor("clerk"), towns.pk, approve=True)

    def test_not_the_unit_itself_nor_twice(self, actor: Who, towns: SubPlan) -> None:
        """Who wrote it is not asked about it; who was asked is not asked again."""
        self.asked(actor, towns)
        with pytest.raises(ValueError, match="会商"):
            ask(actor("clerk"), towns.pk, [actor("town").unit_id, actor("lead-department").unit_id], None)


def test_the_bulletin_blames_nobody_who_handed_in(actor: Who, plan: Plan, promise: Target, towns: SubPlan) -> None:
    """Whose sub-plan lies with the office is named so; a unit that was never asked, and one whose day to hand in has not come, is not
    called silent; one whose day is over is."""
    other = next(m for m in county_members(plan) if choice_of(promise).has(m) and m.key != towns.unit_id)
    open_round(actor("clerk"), plan.pk, promise.pk, [other.key], clock.today())
    written(actor("town"), towns)

    def told(on: date) -> Gap:
        return next(gap for gap in _gaps(plan, [promise], on) if gap.key == str(promise.uid))

    asked = [m for m in county_members(plan) if choice_of(promise).has(m)]
    third = next(m for m in asked if m.key not in (towns.unit_id, other.key))
    Mark.objects.create(target=promise, unit_id=third.key, word="no", day=clock.today(), made=clock.now())
    now = told(clock.today())
    assert (now.in_review, now.unanswered, now.unasked) == ((str(towns.unit),), (), len(asked) - 3)
    assert now.missing == (str(third.unit),)
    assert told(clock.today() + timedelta(days=1)).unanswered == (str(other.unit),)


class TestClosing:
    """Units close while their sub-plans are under way."""

    @pytest.fixture
    def successor(self, plan: Plan, towns: SubPlan) -> Unit:
        """Another town of the county."""
        found = Unit.objects.filter(kind="town", area__path__startswith=plan.area.path, closed=None)
        return found.exclude(pk=towns.unit_id).earliest("pk")

    def merged(self, actor: Actor, unit: Unit, successor: Unit) -> None:
        """The unit closes today, and the other takes its place."""
        close(actor, unit.pk, unit.edition, Ground(clock.today(), "隐号发〔2026〕1号"), successor)

    def test_what_is_under_way_ends(self, actor: Who, towns: SubPlan, successor: Unit, signed_in: Browser) -> None:
        """The closed unit's paper is nobody's work any more: it is not written on, decided on, nor counted as its successor's; the list
        says who took over."""
        written(actor("town"), towns)
        self.merged(actor("clerk"), towns.unit, successor)
        assert SubPlan.objects.get(pk=towns.pk).unit == towns.unit
        assert not any(
            allowed(rule, actor(who), towns) for rule in ("sub-plan.write", "sub-plan.decide") for who in ("clerk", "town")
        )
        page = signed_in("clerk").get(reverse("sub-plans", args=[towns.plan_id])).content.decode()
        assert f"已撤销，由{successor}接续" in page

    def test_two_do_not_become_one(self, actor: Who, plan: Plan, promise: Target, towns: SubPlan, successor: Unit) -> None:
        """Where the successor has its own, the closed unit's stays, is asked of nobody and counted nowhere; its words are still read, also
        from the successor's page."""
        clerk, unit = actor("clerk"), towns.unit
        open_round(clerk, plan.pk, promise.pk, [successor.pk], None)
        assert allowed("sub-plan.write", clerk, towns)
        before = _by_state(SubPlan.objects.filter(plan=plan))
        self.merged(clerk, unit, successor)
        towns.refresh_from_db()
        assert towns.unit == unit
        assert not allowed("sub-plan.write", clerk, towns)
        assert allowed("sub-plan.see", clerk, towns)
        after = _by_state(SubPlan.objects.filter(plan=plan))
        assert sum(count for _words, count in after) == sum(count for _words, count in before) - 1
        assert lamp(towns).words == "单位已撤销"
        shown = sub_plans_of(clerk, successor)
        assert shown is not None
        assert [each for each, _lamp in shown["taken_over"]] == [towns]
        assert towns not in [each for each, _lamp in shown["open"]]

    def test_what_was_approved_stays(self, actor: Who, towns: SubPlan, successor: Unit) -> None:
        """An approved sub-plan is the closed unit's for ever."""
        written(actor("town"), towns)
        decide(actor("clerk"), towns.pk, approve=True, reason="")
        self.merged(actor("clerk"), towns.unit, successor)
        assert SubPlan.objects.get(pk=towns.pk).unit == towns.unit


def test_every_page_of_the_way(signed_in: Browser, actor: Who, plan: Plan, promise: Target) -> None:
    """By hand, through the pages: opened, written, handed in, asked, answered, approved."""
    clerk, town, finance = signed_in("clerk"), signed_in("town"), signed_in("lead-department")
    opened = {"target": promise.pk, "group": "", "due_on": "2026-12-20"}
    assert "已布置给 13 个单位" in clerk.post(reverse("sub-plans-open", args=[plan.pk]), opened, follow=True).content.decode()
    mine = SubPlan.objects.get(unit=actor("town").unit_id)
    sent = {"revision": "0", "title": mine.title, "text": [TEXT] * len(mine.body)}
    town.post(reverse("sub-plan-write", args=[mine.pk]), sent)
    assert "等待审核" in town.post(reverse("sub-plan-hand-in", args=[mine.pk]), follow=True).content.decode()
    asked = {"unit": [actor("lead-department").unit_id], "due_on": "2026-11-30"}
    assert "已请 1 个单位" in clerk.post(reverse("sub-plan-ask", args=[mine.pk]), asked, follow=True).content.decode()
    opinion = mine.opinions.get()
    assert (
        "意见已提交" in finance.post(reverse("opinion-give", args=[opinion.pk]), {"word": "agreed"}, follow=True).content.decode()
    )
    assert "已批复" in clerk.post(reverse("sub-plan-decide", args=[mine.pk]), {"approve": "1"}, follow=True).content.decode()
    cell = reverse("coverage-cell", args=[plan.pk, promise.pk, mine.unit_id])
    assert mine.title in clerk.get(cell).content.decode()
    assert signed_in("supervisor").get(reverse("sub-plan", args=[mine.pk])).status_code == 200
