"""People and their posts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from xiangxu import clock
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.outcome import refusal_at
from xiangxu_web.kernel.permission import allowed, demand, may, row, rows
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.accounts import codes, people
from xiangxu_web.workspaces.accounts.factor import has_factor
from xiangxu_web.workspaces.accounts.forms import EndPost, NewPerson, NewPost, PersonData, Rights
from xiangxu_web.workspaces.accounts.models import Person, Post
from xiangxu_web.workspaces.accounts.posts import AWAITED, held_on
from xiangxu_web.workspaces.accounts.rules import GRANT, IMPORT_PEOPLE, MAINTAIN_PEOPLE, SEE_LINKS, SEE_PEOPLE
from xiangxu_web.workspaces.accounts.views.slips import sheet


def _posts(person: Any) -> str:
    """The posts in words: 砚溪县教育局 专干、…"""
    return "；".join(f"{post.unit} {post.title or post.get_role_display()}" for post in person.seen_posts)


def _entry(person: Person) -> str:
    if not person.is_active:
        return _("已停用")
    return _("未设密码") if not person.has_usable_password() else _("可登录")


def _by_entry(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    # An unusable password begins with this sign in Django.
    return found.filter(password__startswith="!") if value == "waiting" else found.exclude(password__startswith="!")


def _by_service(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    serving = Post.objects.filter(held_on(clock.today())).values("person")
    return found.filter(pk__in=serving) if value == "serving" else found.exclude(pk__in=serving)


def _by_role(found: QuerySet[Any], value: str) -> QuerySet[Any]:
    return found.filter(pk__in=Post.objects.filter(held_on(clock.today()), role=value).values("person"))


PEOPLE = Table(
    "people",
    columns=[
        Column("name", gettext_lazy("姓名"), sort=("name",), url=lambda person: reverse("person", args=[person.pk])),
        Column("posts", gettext_lazy("岗位"), value=_posts, telling=True),
        Column("phone", gettext_lazy("手机"), telling=True),
        Column("login", gettext_lazy("登录名"), sort=("login",)),
        Column("entry", gettext_lazy("登录"), value=_entry),
        Column(
            "last_login",
            gettext_lazy("最近登录"),
            value=lambda p: p.last_login and localtime(p.last_login).date(),
            sort=("last_login",),
            kind="date",
        ),
    ],
    filters=[
        Filter("role", gettext_lazy("角色"), lambda request: Post.Role.choices, _by_role),
        Filter(
            "service",
            gettext_lazy("任职"),
            lambda request: [("serving", gettext_lazy("在任")), ("left", gettext_lazy("已离任"))],
            _by_service,
        ),
        Filter(
            "entry",
            gettext_lazy("登录"),
            lambda request: [("waiting", gettext_lazy("未设密码")), ("ready", gettext_lazy("可登录"))],
            _by_entry,
        ),
    ],
    search=("name", "login", "phone"),
    search_hint=gettext_lazy("姓名、登录名、手机"),
    order=("name",),
    empty=gettext_lazy("还没有登记人员。可逐个登记，或从表格导入。"),
    template="accounts/people.html",
)


def people_list(request: Request) -> HttpResponseBase:
    """The people whom the post knows, with those of their posts that it may know."""
    actor = request.actor
    demand(actor, SEE_PEOPLE)
    seen = rows("post.see", actor).filter(held_on(clock.today())).select_related("unit").order_by("pk")
    found = rows("person.see", actor).prefetch_related(Prefetch("posts", queryset=seen, to_attr="seen_posts"))
    return PEOPLE.respond(
        request,
        found,
        title=_("人员"),
        may_maintain=may(actor, MAINTAIN_PEOPLE),
        may_import=may(actor, IMPORT_PEOPLE),
        may_see_links=may(actor, SEE_LINKS),
    )


def person_page(request: Request, pk: int) -> HttpResponseBase:
    """One person: data, posts that the viewer may know, and what the viewer may do."""
    actor = request.actor
    demand(actor, SEE_PEOPLE)
    person: Person = row("person.see", actor, pk=pk)
    posts = list(rows("post.see", actor).filter(person=person).select_related("unit").order_by("ends", "pk"))
    changed = set(rows("post.change", actor).filter(person=person).values_list("pk", flat=True))
    granted = set(rows("post.rights", actor).filter(person=person).values_list("pk", flat=True))
    today = clock.today()
    return render(
        request,
        "accounts/person.html",
        {
            "title": person.name,
            "person": person,
            "entry": _entry(person),
            "posts": [(p, p.ends is None or p.ends > today, p.pk in changed, p.pk in granted, p.ends == AWAITED) for p in posts],
            "may_grant": may(actor, GRANT),
            "awaited": any(p.ends == AWAITED for p in posts),
            "may_change": allowed("person.change", actor, person),
            "may_appoint": allowed("person.appoint", actor, person),
            "may_clear": allowed("person.factor", actor, person) and has_factor(person.pk),
            "is_self": person.pk == actor.person_id,
        },
    )


def _asked(request: HttpRequest, form: Form, title: str, button: str, cancel: str, **more: Any) -> HttpResponseBase:
    return render(request, "accounts/form.html", {"title": title, "form": form, "button": button, "cancel": cancel, **more})


def new_person(request: Request) -> HttpResponseBase:
    """Enters a person with a first post."""
    actor = request.actor
    demand(actor, MAINTAIN_PEOPLE)
    form = NewPerson(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=ValidationError):
            person = people.register(actor, unit_id=form.cleaned_data.pop("unit").pk, **form.cleaned_data)
            messages.success(request, _("已登记。此人还没有密码：可在此发一次性登录码，或在“发放登录码”里成批打印。"))
            return redirect("person", person.pk)
    return _asked(request, form, _("登记人员"), _("登记"), reverse("people"))


def change_person(request: Request, pk: int) -> HttpResponseBase:
    """Corrects a person's data."""
    actor = request.actor
    person: Person = row("person.change", actor, pk=pk)
    form = PersonData(request.POST or None, initial={"name": person.name, "phone": person.phone, "email": person.email})
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=ValidationError):
            people.change_person(actor, pk, **form.cleaned_data)
            messages.success(request, _("已保存。"))
            return redirect("person", pk)
    return _asked(request, form, _("修改%(name)s的资料") % {"name": person.name}, _("保存"), reverse("person", args=[pk]))


def give_post(request: Request, pk: int) -> HttpResponseBase:
    """Gives a person a further post."""
    actor = request.actor
    person: Person = row("person.appoint", actor, pk=pk)
    form = NewPost(actor, request.POST or None, initial={"starts": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=ValidationError):
            people.give_post(actor, pk, unit_id=form.cleaned_data.pop("unit").pk, **form.cleaned_data)
            messages.success(request, _("已设岗位。"))
            return redirect("person", pk)
    words = (
        _("重要岗位（领导、专干、上级督导、三类管理员）由安全管理员授予。")
        if may(actor, MAINTAIN_PEOPLE)
        else _("普通岗位由专干或系统管理员办理。")
    )
    return _asked(
        request, form, _("为%(name)s设岗位") % {"name": person.name}, _("设岗位"), reverse("person", args=[pk]), words=words
    )


def end_post(request: Request, pk: int) -> HttpResponseBase:
    """Ends a post from a day on; it stays in the history."""
    actor = request.actor
    post: Post = row("post.change", actor, pk=pk)
    form = EndPost(request.POST or None, initial={"ends": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusal_at(form, refusals=ValidationError):
            people.end_post(actor, pk, form.cleaned_data["ends"])
            messages.success(request, _("岗位已终止，记录保留。"))
            return redirect("person", post.person_id)
    words = _("%(name)s 自这一天起不能再以这个岗位办理事项；以前办理的事项和记录都保留。") % {"name": post.person.name}
    return _asked(
        request,
        form,
        _("终止岗位：%(unit)s %(title)s") % {"unit": post.unit, "title": post.title or post.get_role_display()},
        _("终止岗位"),
        reverse("person", args=[post.person_id]),
        words=words,
        danger=True,
    )


def post_rights(request: Request, pk: int) -> HttpResponseBase:
    """Gives or takes the rights apart from the role."""
    actor = request.actor
    demand(actor, GRANT)
    post: Post = row("post.rights", actor, pk=pk)
    now = {"may_open_child_files": post.may_open_child_files, "may_act_for_others": post.may_act_for_others}
    form = Rights(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        people.set_rights(actor, pk, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("person", post.person_id)
    words = _("可查看儿童个案的岗位必须使用两步验证，每次查看都留记录。代填代录的内容处处标明。")
    title = _("专项权限：%(name)s · %(title)s") % {"name": post.person.name, "title": post.title or post.get_role_display()}
    return render(
        request,
        "accounts/form.html",
        {"title": title, "form": form, "button": _("保存"), "cancel": reverse("person", args=[post.person_id]), "words": words},
    )


@never_cache
def reset_person(request: Request, pk: int) -> HttpResponseBase:
    """A new one-time code; the old password ends at once. The slip is shown once."""
    actor = request.actor
    person: Person = row("person.change", actor, pk=pk)
    if request.method == "POST":
        return sheet(request, [codes.reset(actor, pk)])
    words = (
        _("原密码立即作废，正在使用的登录会被退出。新登录码只显示一次，请当面交给本人。")
        if person.has_usable_password()
        else _("以前发的登录码作废。新登录码只显示一次，请当面交给本人。")
    )
    return render(
        request,
        "accounts/form.html",
        {
            "title": _("为%(name)s发新登录码") % {"name": person.name},
            "form": Form(),
            "button": _("发新登录码"),
            "cancel": reverse("person", args=[pk]),
            "words": words,
            "danger": person.has_usable_password(),
        },
    )


@require_POST
def clear_factor(request: Request, pk: int) -> HttpResponseBase:
    """Takes away a lost second factor."""
    people.clear_factor(request.actor, pk)
    messages.success(request, _("已解除两步验证。此人下次登录时须重新设置。"))
    return redirect("person", pk)
