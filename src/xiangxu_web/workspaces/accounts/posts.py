"""Which posts a person holds on a day, and what an active post means for the rules."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.api import county_path


def posts_of(person: Person, on: date) -> list[Post]:
    """The posts that the person holds on this day, oldest first."""
    held = Q(starts__isnull=True) | Q(starts__lte=on)
    left = Q(ends__isnull=False, ends__lte=on)
    return list(Post.objects.filter(held, person=person).exclude(left).select_related("unit__area", "person").order_by("pk"))


def actor_of(post: Post) -> Actor:
    """The actor that this post makes of its person."""
    return Actor(
        person_id=post.person_id,
        person_name=post.person.name,
        post_id=post.pk,
        role=Role(post.role),
        title=post.title or post.get_role_display(),
        unit_id=post.unit_id,
        unit_name=str(post.unit),
        unit_path=post.unit.path,
        area_id=post.unit.area_id,
        area_path=post.unit.area.path,
        county_path=county_path(post.unit.area),
        may_open_child_files=post.may_open_child_files,
        may_act_for_others=post.may_act_for_others,
    )
