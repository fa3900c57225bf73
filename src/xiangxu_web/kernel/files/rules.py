"""Who opens files."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.files.carriers import seen_by
from xiangxu_web.kernel.models import Attachment
from xiangxu_web.kernel.permission import rule


@rule("attachment.see", Attachment, _("打开附件：看得到一条记录，就看得到它的附件；撤下的附件不再打开"))
def attachments_seen(actor: Actor) -> Q:
    """Whoever sees the row sees its files."""
    return seen_by(actor)
