"""The template filter of the areas, built into every template like those of the components."""

from __future__ import annotations

from django import template

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.areas.own_level import here as said_here

register = template.Library()


@register.filter
def here(words: object, actor: Actor | None) -> str:
    """Our words as they hold where the post is: ``{% translate "列出全县学校" as words %}{{ words|here:actor }}``."""
    return said_here(words, actor.county_path if actor else "")
