"""The entry of people."""

from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.permission import may
from xiangxu_web.workspaces.accounts.rules import SEE_PEOPLE

navigation(Entry(90, _("人员"), "people", "users", lambda actor: may(actor, SEE_PEOPLE), under=("/people/", "/links/")))
