"""The one Django app of the site: one migration line for all workspaces."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class XiangxuWeb(AppConfig):
    """All tables of the site belong here; the folders below hold their models."""

    name = "xiangxu_web"
    verbose_name = _("庠序")
    default_auto_field = "django.db.models.BigAutoField"
