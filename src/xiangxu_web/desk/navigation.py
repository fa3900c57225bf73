"""The start page in the navigation."""

from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.frame import Entry, navigation

navigation(Entry(1, _("首页"), "start", "home", lambda actor: True, under=("/",)))
