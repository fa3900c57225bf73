"""A short plan, an upload as a browser sends it, and the job that reads it as the worker does."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from xiangxu_web.kernel.jobs.work import Work
from xiangxu_web.workspaces.plans.jobs import read
from xiangxu_web.workspaces.plans.models import Draft

# A plan that is read in a moment.
TEXT = """云溪县乡村教育提升方案

一、总体目标
到2025年，全县义务教育学校专任教师本科率达到85%以上。
二、主要任务
1.优化学校布局。新建幼儿园3所。（牵头单位：县教育局；配合单位：县财政局）
2.改善办学条件。改造农村厕所20处。（牵头单位：县教育局；配合单位：县住建局）
"""


def sent(path: Path) -> SimpleUploadedFile:
    """The file at this place, under its own name."""
    return SimpleUploadedFile(path.name, path.read_bytes())


def worked_off(draft: Draft) -> Draft:
    """Does the job that waits for the draft, as the worker does it."""
    assert draft.job_id is not None
    read(Work(draft.job_id, "plan.read", {"draft": draft.pk}, None, None, "", 1, lambda done, total, words: None))
    draft.refresh_from_db()
    return draft


def newest() -> Draft:
    """The draft that was uploaded last."""
    return Draft.objects.latest("pk")
