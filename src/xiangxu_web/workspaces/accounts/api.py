"""The door of people and posts for whatever stands above."""

from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import actor_of, posts_of

__all__ = ["Person", "Post", "actor_of", "posts_of"]
