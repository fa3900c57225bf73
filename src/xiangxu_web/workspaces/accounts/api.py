"""The door of people, posts and signed links for whatever stands above."""

from xiangxu_web.workspaces.accounts.codes import Slip, first_code
from xiangxu_web.workspaces.accounts.links import LinkRefused, LinkRequest, make_link, open_link, purpose
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.people import change_person, end_post, give_post, register, set_rights
from xiangxu_web.workspaces.accounts.posts import actor_of, held_on, posts_of
from xiangxu_web.workspaces.accounts.staff_import import check as check_people
from xiangxu_web.workspaces.accounts.staff_import import store as store_people
from xiangxu_web.workspaces.accounts.staff_sheets import read as read_people

__all__ = [
    "LinkRefused",
    "LinkRequest",
    "Person",
    "Post",
    "Slip",
    "actor_of",
    "change_person",
    "check_people",
    "end_post",
    "first_code",
    "give_post",
    "held_on",
    "make_link",
    "open_link",
    "posts_of",
    "purpose",
    "read_people",
    "register",
    "set_rights",
    "store_people",
]
