"""Makes an installation for the walks, with the invented county in it, and prints who is signed in by which session.

Run in a process of its own, with XIANGXU_HOME naming an empty folder. The installation is as on a server: no debugging, static files
compressed and named by their contents.
"""

from __future__ import annotations

import json
import sys

import django
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from xiangxu.world.county import county  # noqa: E402
from xiangxu_web.flows.world import load_world  # noqa: E402
from xiangxu_web.workspaces.accounts.api import Post  # noqa: E402


def main() -> None:
    """Database, static files, county, sessions."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    world = county()
    load_world(world, "yanxi-demo-2026")
    sessions = {}
    for who, (login, held) in world.cast.items():
        post = Post.objects.select_related("person").get(person__login=login, unit__code=held.unit, role=held.role)
        session = SessionStore()
        session[SESSION_KEY] = str(post.person_id)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = post.person.get_session_auth_hash()
        session["post"] = post.pk
        session.create()
        sessions[who] = session.session_key
    json.dump(sessions, sys.stdout)


if __name__ == "__main__":
    main()
