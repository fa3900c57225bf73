"""Which posts a person holds on a day, and what an active post means for the rules."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from xiangxu import clock
from xiangxu.model.unit import Role
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.areas.api import county_path

# A post with power over others for which somebody was named, and which the security administrator has not given yet: it ended before
# anybody was born, so it is held on no day and gives nothing.
AWAITED = date(1, 1, 1)


def held_on(on: date, prefix: str = "") -> Q:
    """Posts held on this day: begun, and not yet ended (``ends`` is the first day on which a post is no more)."""
    begun = Q(**{f"{prefix}starts__isnull": True}) | Q(**{f"{prefix}starts__lte": on})
    return begun & not_ended(on, prefix)


def not_ended(on: date, prefix: str = "") -> Q:
    """Posts held on this day or given for a day to come."""
    return Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": on})


_OF_POST = ("role", "title", "starts", "ends", "may_open_child_files", "may_act_for_others")
_OF_UNIT = ("unit__name", "unit__short_name", "unit__path", "unit__kind", "unit__area")


def posts_of(person: Person, on: date) -> list[Post]:
    """The posts that the person holds on this day, oldest first."""
    held = Post.objects.filter(held_on(on), person=person).select_related("unit__area", "person")
    # Asked for with every page: no more columns than an actor and the menu of posts show.
    return list(held.only(*_OF_POST, *_OF_UNIT, "unit__area__path", "person__name").order_by("pk"))


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


def first_actor(person: Person) -> Actor | None:
    """The post with which the person begins: the one that was active last, else the first."""
    posts = posts_of(person, clock.today())
    post = next((p for p in posts if p.pk == person.last_post_id), posts[0] if posts else None)
    return actor_of(post) if post else None
