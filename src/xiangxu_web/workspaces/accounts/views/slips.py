"""One-time codes on paper: choose the people, print the slips, cut, hand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import segno
from django.contrib import messages
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiangxu import clock
from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.permission import demand, rows
from xiangxu_web.kernel.web import Request, keys_in
from xiangxu_web.workspaces.accounts import codes
from xiangxu_web.workspaces.accounts.models import EntryCode, Post
from xiangxu_web.workspaces.accounts.posts import held_on
from xiangxu_web.workspaces.accounts.rules import MAINTAIN_PEOPLE

# More slips than a training day needs would take long to draw.
MOST = 300
# So many people are listed, as many as one sheet takes; more than these are narrowed by role, name and unit.
SHOWN = MOST


@dataclass(frozen=True)
class Printed:
    """A slip as it is printed."""

    slip: codes.Slip
    unit: str
    drawing: str


def _named(words: str) -> Q:
    """Posts of a person, a unit or a superior of this name."""
    return Q(person__name__icontains=words) | Q(unit__name__icontains=words) | Q(unit__parent__name__icontains=words)


@never_cache
def choose(request: Request) -> HttpResponseBase:
    """The people without a password, by unit; those chosen get new codes and a sheet to print."""
    actor = request.actor
    demand(actor, MAINTAIN_PEOPLE)
    if request.method == "POST":
        chosen = keys_in(request.POST, "person")[:MOST]
        slips = codes.issue(actor, chosen)
        if slips:
            return sheet(request, slips)
        messages.warning(request, _("没有选中可发登录码的人员。已设密码的人请在其个人页发新登录码。"))
        return redirect("slips")
    role, words = request.GET.get("role", ""), request.GET.get("q", "").strip()
    held = Post.objects.filter(held_on(clock.today()), role=role) if role else Post.objects.filter(held_on(clock.today()))
    last = EntryCode.objects.filter(person=OuterRef("pk"), used__isnull=True, expires__gt=clock.now()).order_by("-pk")
    waiting = (
        rows("person.change", actor)
        .filter(password__startswith="!", is_active=True, pk__in=held.filter(_named(words)).values("person"))
        .annotate(
            code_until=Subquery(last.values("expires")[:1]),
            place=Subquery(held.filter(person=OuterRef("pk")).order_by("pk").values("unit__path")[:1]),
        )
        .prefetch_related(Prefetch("posts", queryset=held.select_related("unit__parent").order_by("pk"), to_attr="held_posts"))
        .order_by("place", "name")
    )
    listed = list(waiting[: SHOWN + 1])
    groups: dict[str, list[object]] = {}
    for person in listed[:SHOWN]:
        unit = person.held_posts[0].unit
        groups.setdefault(str(unit.parent or unit), []).append(person)
    return render(
        request,
        "accounts/slips_choose.html",
        {
            "title": _("发放登录码"),
            "groups": sorted(groups.items()),
            "role": role,
            "words": words,
            "shown": SHOWN if len(listed) > SHOWN else 0,
            "roles": Post.Role.choices,
            "most": MOST,
            "guarded": _of_the_security_administrator(actor),
            "days": codes.DAYS,
        },
    )


def _of_the_security_administrator(actor: Actor) -> int:
    """How many people without a password get their code from the security administrator: those of posts with power over others."""
    found = rows("person.appoint", actor).filter(password__startswith="!", is_active=True)
    return int(found.exclude(pk__in=rows("person.change", actor).values("pk")).count())


def sheet(request: HttpRequest, slips: Sequence[codes.Slip]) -> HttpResponseBase:
    """The sheet to print. It is the only time that the codes are seen, so no browser keeps it."""
    units: dict[int, str] = {}
    people = [slip.person.pk for slip in slips]
    for post in Post.objects.filter(held_on(clock.today()), person__in=people).select_related("unit").order_by("-pk"):
        units[post.person_id] = post.unit.name
    printed = [
        Printed(
            slip, units.get(slip.person.pk, ""), _drawing(request.build_absolute_uri(reverse("enter-code", args=[slip.code])))
        )
        for slip in slips
    ]
    answer = render(
        request,
        "accounts/slips_sheet.html",
        {
            "title": _("登录码条子"),
            "printed": printed,
            "address": request.build_absolute_uri(reverse("enter")),
            "until": clock.now() + timedelta(days=codes.DAYS),
        },
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _drawing(address: str) -> str:
    """The address as a square code that a telephone reads, as a picture inside the page."""
    return str(segno.make(address, error="m").svg_data_uri(scale=3, border=2))
