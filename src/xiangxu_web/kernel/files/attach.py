"""Puts files at rows, lists them, withdraws them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files import File
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.record import action, values
from xiangxu_web.kernel.files.carriers import CARRIERS, carrier_of
from xiangxu_web.kernel.files.kinds import BY_MEDIA_TYPE
from xiangxu_web.kernel.files.store import path_of, plain_name, store
from xiangxu_web.kernel.models import Attachment, Blob
from xiangxu_web.kernel.permission import Refused, allowed, row, rows


class Stored(NamedTuple):
    """A file that is kept already and waits for its row, with the name that it has there."""

    blob: Blob
    name: str
    shows_children: bool = False


def stored(uploads: Iterable[File[bytes]], *, shows_children: bool = False) -> list[Stored]:
    """Keeps the uploads of a form. To be called before the action that puts them at a row, which holds the lock for writing."""
    return [Stored(store(each, each.name or ""), each.name or "", shows_children) for each in uploads]


def attach(blob: Blob, name: str, *, to: Model, actor: Actor, shows_children: bool = False) -> Attachment:
    """Puts a stored file at a row. Refused where the actor may not change the row.

    ``shows_children`` marks pictures and films of children: each opening is then written down, and no browser keeps a copy.
    """
    if not allowed(carrier_of(to).change, actor, to):
        raise Refused(_("您当前的岗位不能给这条记录添加附件。如确需办理，请切换岗位，或请记录所属单位添加。"))
    with action(actor, "file.attach") as record:
        made = Attachment.objects.create(
            blob=blob,
            name=_fitting(name, blob),
            table=to._meta.model_name or "",
            row_key=str(to.pk),
            unit_id=actor.unit_id,
            unit_path=actor.unit_path,
            area_path=actor.area_path,
            person_id=actor.person_id or None,
            post_id=actor.post_id or None,
            made=clock.now(),
            shows_children=shows_children,
        )
        record.made(made, size=blob.size, media_type=blob.media_type, shows_children=shows_children)
    return made


def attach_all(files: Iterable[Stored], *, to: Model, actor: Actor) -> None:
    """Puts the files that were kept for this row at it, in their order."""
    for file in files:
        attach(file.blob, file.name, to=to, actor=actor, shows_children=file.shows_children)


def attachments(actor: Actor, to: Model) -> QuerySet[Attachment]:
    """The files at a row that the actor may open, oldest first."""
    carrier_of(to)
    seen: QuerySet[Attachment] = rows("attachment.see", actor)
    return seen.filter(table=to._meta.model_name, row_key=str(to.pk)).select_related("blob").order_by("made", "pk")


@contextmanager
def carried(by: Model) -> Iterator[list[Path]]:
    """The files at a row under their own names, oldest first, in a folder that lasts as long as the context.

    For jobs, which work on behalf of whoever started them; pages use ``attachments``, which asks the rule.
    """
    carrier_of(by)
    found = Attachment.objects.filter(table=by._meta.model_name, row_key=str(by.pk), withdrawn__isnull=True)
    with tempfile.TemporaryDirectory(prefix="xiangxu-") as folder:
        paths = []
        for each in found.order_by("made", "pk"):
            path = Path(folder) / str(each.pk) / each.name
            path.parent.mkdir()
            path.symlink_to(path_of(each.blob_id).absolute())
            paths.append(path)
        yield paths


def withdraw(actor: Actor, attachment: Attachment) -> None:
    """Takes a file from its row. It is no longer shown; the bytes stay as long as the history needs them.

    Refused where the actor may not change the row.
    """
    found: Any = row("attachment.see", actor, pk=attachment.pk)
    its = CARRIERS[found.table]
    if not rows(its.change, actor).filter(pk=found.row_key).exists():
        raise Refused(_("您当前的岗位不能撤下这个附件。如确需办理，请切换岗位，或请上传的单位撤下。"))
    with action(actor, "file.withdraw") as record:
        before = values(found)
        found.withdrawn = clock.now()
        found.save(update_fields=["withdrawn"])
        record.changed(found, before)


def _fitting(name: str, blob: Blob) -> str:
    """The name with an ending that fits the bytes: a picture may have been written anew in another format."""
    kind = BY_MEDIA_TYPE[blob.media_type]
    stem, ending = os.path.splitext(plain_name(name))
    return f"{stem or _('附件')}{ending if ending.lower() in kind.endings else kind.endings[0]}"
