"""Long work on units: storing a large import."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.jobs.kinds import job_kind
from xiangxu_web.kernel.jobs.work import JobProblem, Work
from xiangxu_web.workspaces.areas.exchange.reading import read_book
from xiangxu_web.workspaces.areas.exchange.storing import IMPORT_UNITS, Moved, store, told


@job_kind(IMPORT_UNITS, title=gettext_lazy("导入单位"), attempts=2, lease=300, known=(Moved,))
def import_units(work: Work) -> dict[str, Any]:
    """Stores an upload that was looked at and confirmed, whole or not at all. Done twice it finds nothing left to do, and says so."""
    content = cache.get(work.arguments["upload"])
    if content is None or work.actor is None:
        raise JobProblem(_("上传的文件已过期（保留一小时），什么都没有导入。请重新上传。"))
    work.progress(0, 2, _("正在读取文件"))
    book = read_book(content)
    work.progress(1, 2, _("正在写入 %(rows)s 行") % {"rows": len(book.rows)})
    counts = store(work.actor, book, work.arguments["shown"])
    return {"words": told(counts), "url": reverse("units")}
