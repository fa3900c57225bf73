"""Key posts for which somebody was named, as the security administrator gives them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.kernel.web import Request, keys_in
from xiangxu_web.workspaces.accounts.people import drop_awaited, grant_awaited
from xiangxu_web.workspaces.accounts.posts import AWAITED
from xiangxu_web.workspaces.accounts.rules import GRANT


def awaited(request: Request) -> HttpResponseBase:
    """Who was named for which key post, to be given or not; and who has been given one and waits for a code to sign in with."""
    actor = request.actor
    demand(actor, GRANT)
    if request.method == "POST":
        chosen = keys_in(request.POST, "post")
        if "drop" in request.POST:
            messages.success(request, _("已去掉 %(n)s 个提名。") % {"n": drop_awaited(actor, chosen)})
        else:
            given, refused = grant_awaited(actor, chosen)
            for words in refused:
                messages.warning(request, words)
            messages.success(request, _("已授予 %(n)s 个岗位。还没有密码的人，在下面发登录码。") % {"n": len(given)})
        return redirect("people-awaited")
    waiting = rows("person.change", actor).filter(is_active=True, password__startswith="!").order_by("name")
    named = rows("post.change", actor).filter(ends=AWAITED).select_related("person", "unit").order_by("role", "pk")
    return render(request, "accounts/awaited.html", {"title": _("授予重要岗位"), "named": named, "waiting": waiting})
