"""Signed links: opening one, and the list of those that are out."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu_web.kernel.components.table import Column, Table
from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.accounts import links, rates
from xiangxu_web.workspaces.accounts.links import PURPOSES, LinkRefused, LinkRequest
from xiangxu_web.workspaces.accounts.models import LinkUse, SignedLink
from xiangxu_web.workspaces.accounts.rules import SEE_LINKS


@login_not_required
@never_cache
def open_link(request: LinkRequest, token: str) -> HttpResponseBase:
    """What the link opens, as the visitor; whoever is signed in here acts as the visitor on this page too."""
    visitor = str(get_adapter().get_client_ip(request))
    if rates.too_many(request, "unknown_link", visitor):
        return _refused(request, rates.wait_words(request, "unknown_link", visitor), 429)
    try:
        link, actor = links.open_link(token, visitor)
    except LinkRefused as refused:
        rates.count(request, "unknown_link", visitor)
        return _refused(request, str(refused), 404)
    request.link, request.actor = link, actor
    answer = links.view_of(link)(request)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _refused(request: Request, words: str, status: int) -> HttpResponseBase:
    return render(request, "accounts/link_refused.html", {"title": _("链接打不开"), "words": words}, status=status)


# So many links can be revoked without looking for them.
_REVOCABLE = 50


def _state(link: SignedLink) -> str:
    if link.revoked:
        return _("已撤销")
    return _("已过期") if link.expires <= clock.now() else _("有效")


LINKS = Table(
    "links",
    columns=[
        Column("unit", gettext_lazy("单位"), value=lambda link: link.unit.name, sort=("unit__name",)),
        Column(
            "purpose",
            gettext_lazy("用途"),
            value=lambda link: PURPOSES[link.purpose].title if link.purpose in PURPOSES else link.purpose,
        ),
        Column("state", gettext_lazy("状态"), value=_state, telling=True),
        # Links are only ever added: their order is that of time, and needs no sorting of them all.
        Column("made", gettext_lazy("发放"), value=lambda link: localtime(link.made).date(), sort=("pk",), kind="date"),
        Column(
            "expires",
            gettext_lazy("有效至"),
            value=lambda link: localtime(link.expires).date(),
            sort=("expires",),
            kind="date",
            telling=True,
        ),
        Column("opened", gettext_lazy("打开次数"), value=lambda link: link.opened, sort=("opened",), kind="number"),
        Column(
            "last",
            gettext_lazy("最近打开"),
            value=lambda link: link.last and localtime(link.last).date(),
            sort=("last",),
            kind="date",
        ),
    ],
    search=("unit__name",),
    order=("-pk",),
    empty=gettext_lazy("还没有发过免登录链接。写催办文字时勾选“附免登录链接”，就给不登录的单位各发一个。"),
    template="accounts/links.html",
)


def link_list(request: Request) -> HttpResponseBase:
    """The links of the units that the post answers for, with how often each was opened."""
    demand(request.actor, SEE_LINKS)
    # Of the links on the page alone: to group all of them takes a second where there are many.
    uses = LinkUse.objects.filter(link=OuterRef("pk")).order_by().values("link")
    found = (
        rows("link.see", request.actor)
        .select_related("unit")
        .annotate(
            opened=Coalesce(Subquery(uses.annotate(number=Count("pk")).values("number")), 0),
            last=Subquery(uses.annotate(latest=Max("at")).values("latest")),
        )
    )
    # What can be revoked: the newest, and by the list's own search any other.
    live, _filters = LINKS.narrowed(request, found.filter(revoked__isnull=True, expires__gt=clock.now()))
    return LINKS.respond(request, found, title=_("免登录链接"), live=live.order_by("-pk")[:_REVOCABLE], purposes=PURPOSES)


@require_POST
def revoke_link(request: Request, pk: int) -> HttpResponseBase:
    """Ends a link."""
    demand(request.actor, SEE_LINKS)
    links.revoke(request.actor, pk)
    messages.success(request, _("链接已撤销，再打开时会提示已撤销。"))
    return redirect("links")
