"""Coming in: by a printed code, as a member of the cast (demo only); whom to ask; the language."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xiangxu_web.workspaces.accounts import codes, rates
from xiangxu_web.workspaces.accounts.cast import member, members
from xiangxu_web.workspaces.accounts.forms import FirstSignIn
from xiangxu_web.workspaces.accounts.middleware import SESSION_KEY
from xiangxu_web.workspaces.accounts.models import Person


class SignIn(LoginView):  # type: ignore[misc]
    """Login name and password; the single sign-on where the installation has one; the cast in a demo."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """With what else the page offers."""
        configuration = settings.CONFIGURATION
        return {
            **super().get_context_data(**named),
            "outside_name": configuration.single_sign_on_name if configuration.single_sign_on else "",
            "cast": members() if configuration.demo else [],
        }


def back(request: HttpRequest, usual: str) -> str:
    """The address of this site that the form names, else the usual one."""
    wanted = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if fine else reverse(usual)


@login_not_required
def ask(request: HttpRequest) -> HttpResponseBase:
    """Whom to ask: there is no signing up and no password by e-mail."""
    return render(request, "accounts/ask.html", {"title": _("忘记密码或没有账号")})


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
def enter(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """The first sign-in with the code of a printed slip. Looking at the page uses nothing up: chat programs open every address."""
    form = FirstSignIn(request.POST or None, initial={"code": code})
    visitor = str(get_adapter().get_client_ip(request))
    if request.method == "POST" and form.is_valid():
        if rates.too_many(request, "entry_code", visitor):
            form.add_error(None, rates.wait_words(request, "entry_code", visitor))
            return _enter_page(request, form, 429)
        told = form.cleaned_data
        try:
            found = codes.find(told["code"], told["name"], told["phone_end"])
            if form.check_password(found.person):
                person = codes.redeem(found, told["password1"])
                record_authentication(request, person, method="slip")
                return perform_login(request, person, redirect_url=reverse("start"))  # type: ignore[no-any-return]
        except codes.CodeRefused as refused:
            rates.count(request, "entry_code", visitor)
            form.add_error(None, str(refused))
    return _enter_page(request, form, 200)


def _enter_page(request: HttpRequest, form: FirstSignIn, status: int) -> HttpResponseBase:
    return render(request, "accounts/enter.html", {"title": _("首次登录"), "form": form}, status=status)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """The language of the pages, kept with the person, and in this browser for the pages before signing in."""
    wanted = request.POST.get("language", "")
    answer = redirect(back(request, "start"))
    if wanted not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, Person):
        request.user.language = wanted
        request.user.save(update_fields=["language"])
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return answer


@login_not_required
@require_POST
def as_cast(request: HttpRequest) -> HttpResponseBase:
    """Signs in as a member of the invented cast. There is no such page outside a demo."""
    if not settings.CONFIGURATION.demo:
        raise Http404
    post = member(request.POST.get("who", ""))
    if request.user.is_authenticated:
        get_adapter().logout(request)
    answer: HttpResponseBase = perform_login(request, post.person, redirect_url=reverse("start"))
    request.session[SESSION_KEY] = post.pk
    return answer
