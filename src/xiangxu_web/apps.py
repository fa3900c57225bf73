"""The one Django app of the site: one migration line for all workspaces."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class XiangxuWeb(AppConfig):
    """All tables of the site belong here; the folders below hold their models."""

    name = "xiangxu_web"
    verbose_name = _("庠序")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Loads what the parts declare about themselves: permission rules, entries of the navigation, kinds of jobs."""
        here = Path(__file__).parent
        parts = ["kernel", "kernel.audit", "kernel.jobs", "kernel.files", "kernel.operation", "desk", "flows"]
        parts += [f"workspaces.{p.name}" for p in sorted((here / "workspaces").iterdir()) if (p / "__init__.py").exists()]
        for part in parts:
            for declared in ("rules", "navigation", "jobs"):
                name = f"xiangxu_web.{part}.{declared}"
                if find_spec(name) is not None:
                    import_module(name)
