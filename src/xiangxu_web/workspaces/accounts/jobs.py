"""What the kernel is told about people: how a job finds the post it works for, and what audit and jobs call people, posts and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.names import named_by
from xiangxu_web.kernel.jobs.kinds import every, job_kind
from xiangxu_web.kernel.jobs.work import JobProblem, Work, actors_found_by
from xiangxu_web.kernel.languages import languages_found_by
from xiangxu_web.workspaces.accounts import staff_import
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.passwords import over
from xiangxu_web.workspaces.accounts.posts import actor_of, posts_of
from xiangxu_web.workspaces.areas.api import Unit


def actor_by_post(post_id: int) -> Actor | None:
    """The actor of a post that is held today by a person who may sign in; None otherwise."""
    post = Post.objects.select_related("person").filter(pk=post_id, person__is_active=True).first()
    if post is None:
        return None
    return next((actor_of(held) for held in posts_of(post.person, clock.today()) if held.pk == post_id), None)


def language_of(person_id: int) -> str:
    """The language that a person chose; empty where none."""
    return Person.objects.filter(pk=person_id).values_list("language", flat=True).first() or ""


@job_kind(staff_import.IMPORT_PEOPLE_JOB, title=gettext_lazy("导入人员"), attempts=1, lease=300)
def import_people(work: Work) -> dict[str, Any]:
    """Stores an upload of people that was looked at and confirmed, a portion at a time. A worker that is stopped leaves what is left to the
    next one."""
    kept = cache.get(work.arguments["upload"])
    if kept is None or work.actor is None:
        raise JobProblem(_("核对页已过期（保留 30 分钟），什么都没有导入。请重新上传。"))
    people, posts, shown = kept
    work.progress(0, 1, _("正在写入 %(rows)s 行") % {"rows": len(people) + len(posts)})

    def went(done: int, total: int, rest: staff_import.Rest) -> None:
        cache.set(work.arguments["upload"], rest, staff_import.KEPT_SECONDS)
        work.progress(done, total, _("已写入的保留；中途停止的，重新上传同一个文件即可接着导入"))

    try:
        plan = staff_import.store_in_portions(work.actor, people, posts, shown, went)
    except staff_import.Stopped as stopped:
        cache.delete(work.arguments["upload"])
        words = _("已写入 %(done)s 行后，人员或单位有了变动，其余没有导入。请重新上传同一个文件，核对后接着导入。")
        raise JobProblem(words % {"done": stopped.done}) from stopped
    if plan is None:
        raise JobProblem(_("在您核对期间人员或单位有了变动，什么都没有导入。请重新上传，再核对一次。"))
    cache.delete(work.arguments["upload"])
    return {"words": staff_import.told(plan), "url": reverse("people")}


@job_kind("people.former-passwords", title=gettext_lazy("删去过期的旧密码"))
def forget_passwords(work: Work) -> dict[str, int]:
    """Removes the hashes of former passwords that are kept no longer."""
    return {"removed": over().delete()[0]}


def _people(keys: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def _posts(keys: Iterable[int]) -> dict[int, str]:
    return {post.pk: post.title or post.get_role_display() for post in Post.objects.filter(pk__in=keys)}


def _units(keys: Iterable[int]) -> dict[int, str]:
    return {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=keys)}


every("people.former-passwords", days=1, when=lambda: over().exists())
actors_found_by(actor_by_post)
languages_found_by(language_of)
named_by("person", _people)
named_by("post", _posts)
named_by("unit", _units)
