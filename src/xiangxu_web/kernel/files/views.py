"""Files over the web: opened through the rule of the row at which they lie, each opening of a child's picture written down."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.files.kinds import BY_MEDIA_TYPE
from xiangxu_web.kernel.files.serve import sent
from xiangxu_web.kernel.files.store import path_of, thumbnail_of
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.kernel.permission import row
from xiangxu_web.kernel.web import Request


def _opened(request: Request, key: int) -> Attachment:
    if request.actor is None:
        raise Http404
    found: Attachment = row("attachment.see", request.actor, pk=key)
    if not path_of(found.blob_id).exists():
        raise Http404(_("附件的内容不在服务器上，可能恢复备份时没有带上。请联系系统管理员。"))
    return found


@require_safe
def file(request: Request, key: int, name: str) -> HttpResponseBase:
    """One attachment. The name in the address is for people; the key counts."""
    found = _opened(request, key)
    kind = BY_MEDIA_TYPE[found.blob.media_type]
    if found.shows_children:
        with action(request.actor, "file.open") as record:
            record.noted(found, shows_children=True)
    return sent(
        request,
        path_of(found.blob_id),
        media_type=kind.media_type,
        name=found.name,
        etag=found.blob_id[:32],
        shown=kind.shown,
        kept=not found.shows_children,
    )


@require_safe
def thumbnail(request: Request, key: int) -> HttpResponseBase:
    """The small picture of an attachment. Pictures of children have none: they are seen only when opened, and that is written down."""
    found = _opened(request, key)
    if found.shows_children or not BY_MEDIA_TYPE[found.blob.media_type].picture:
        raise Http404
    return sent(
        request,
        thumbnail_of(found.blob),
        media_type="image/jpeg",
        name=f"{key}.jpg",
        etag="t" + found.blob_id[:31],
        shown=True,
        kept=True,
    )
