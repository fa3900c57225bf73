"""Addresses of people, posts and signing in.

Of allauth's addresses only those are here that make sense in an office: no signing up, no e-mail. Their names lead to the page that
says whom to ask, as allauth's pages name them.
"""

from allauth.account import views as account
from allauth.mfa import urls as factor
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import urls as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from xiangxu_web.workspaces.accounts.views import awaited, entrance, imports, links, own, people, slips

_ACCOUNT = [
    path("", own.my_account, name="my-account"),
    path("login/", entrance.SignIn.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", entrance.ask, name="account_reset_password"),
    path("signup/", entrance.ask, name="account_signup"),
    path("email/", entrance.ask, name="account_email"),
    path("2fa/", include(factor)),
    path("sessions/", own.OwnSessions.as_view(), name="usersessions_list"),
    path("outside/cancelled/", outside.login_cancelled, name="socialaccount_login_cancelled"),
    path("outside/error/", login_not_required(outside.login_error), name="socialaccount_login_error"),
    path("", include(openid)),
    path("post/", own.switch_post, name="post-switch"),
    path("language/", entrance.language, name="language"),
    path("cast/", entrance.as_cast, name="as-cast"),
]
urlpatterns = [
    path("account/", include(_ACCOUNT)),
    path("enter/", entrance.enter, name="enter"),
    path("enter/<str:code>/", entrance.enter, name="enter-code"),
    path("people/", people.people_list, name="people"),
    path("people/new/", people.new_person, name="person-new"),
    path("people/slips/", slips.choose, name="slips"),
    path("people/import/", imports.upload, name="people-import"),
    path("people/import/confirm/", imports.confirm, name="people-import-confirm"),
    path("people/import/template/", imports.template, name="people-import-template"),
    path("people/awaited/", awaited.awaited, name="people-awaited"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/change/", people.change_person, name="person-change"),
    path("people/<int:pk>/post/", people.give_post, name="post-give"),
    path("people/<int:pk>/code/", people.reset_person, name="person-reset"),
    path("people/<int:pk>/factor/", people.clear_factor, name="factor-clear"),
    path("people/post/<int:pk>/end/", people.end_post, name="post-end"),
    path("people/post/<int:pk>/rights/", people.post_rights, name="post-rights"),
    path("links/", links.link_list, name="links"),
    path("links/<int:pk>/revoke/", links.revoke_link, name="link-revoke"),
    path("link/<str:token>/", links.open_link, name="link"),
]
