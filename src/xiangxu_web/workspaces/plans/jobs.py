"""Long work on plans: reading a document, be it a plan or what a unit hands in as its sub-plan."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.files.attach import carried
from xiangxu_web.kernel.jobs.kinds import every, job_kind
from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.workspaces.plans.models import Draft, SubPlanEdition
from xiangxu_web.workspaces.plans.page_pictures import draw_ahead
from xiangxu_web.workspaces.plans.reading import read_into
from xiangxu_web.workspaces.plans.sub_plan_check import findings_of_files
from xiangxu_web.workspaces.plans.sub_plans import checked
from xiangxu_web.workspaces.plans.typesetting import JOB, ask_for_pages, set_pages, set_wanting_pages


@job_kind("plan.read", title=gettext_lazy("读取方案文件"), attempts=3, lease=120)
def read(work: Work) -> dict[str, Any]:
    """Reads the document of a draft, page by page; a scan takes some seconds a page. A draft that was given up meanwhile is left alone."""
    draft = Draft.objects.get(pk=work.arguments["draft"])
    with carried(draft) as paths:
        read_into(draft, paths, work.progress)
        # The files lie under their hashes.
        hashes = [path.resolve().name for path in paths]
    draft.refresh_from_db()
    draw_ahead(draft, hashes)
    ask_for_pages(draft)
    words = draft.failure if draft.state == Draft.State.FAILED else _("已读完，可以校对。")
    return {"words": words, "url": reverse("draft", args=[draft.pk])}


@job_kind(JOB, title=gettext_lazy("排出 Word 方案的页面"), attempts=2, lease=120)
def set_word_pages(work: Work) -> dict[str, Any]:
    """Sets the pages of the Word file of one draft; as it comes by itself, of all documents that have none yet."""
    if "draft" not in work.arguments:
        return {"set": set_wanting_pages()}
    draft = Draft.objects.get(pk=work.arguments["draft"])
    work.progress(0, 1, _("已读完，正在排出页面，可以先校对。"))
    set_pages(draft)
    return {"words": _("页面已排好。"), "url": reverse("draft", args=[draft.pk])}


every(JOB, days=1)


@job_kind("sub-plan.read", title=gettext_lazy("读取并检查分方案文件"), attempts=3, lease=120)
def read_sub_plan(work: Work) -> dict[str, Any]:
    """Reads the file that was handed in as a sub-plan, as a plan is read, and puts beside the edition what the check says of it."""
    edition = SubPlanEdition.objects.select_related("sub_plan__plan").get(pk=work.arguments["edition"])
    with carried(edition.sub_plan) as paths:
        found = findings_of_files(paths, edition.sub_plan.plan.issued_on)
    checked(edition.pk, found)
    words = _("已检查，有 %(n)s 条意见。") % {"n": len(found)} if found else _("已检查，没有发现问题。")
    return {"words": words, "url": reverse("sub-plan", args=[edition.sub_plan_id])}
