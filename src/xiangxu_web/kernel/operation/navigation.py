"""The state of the system in the navigation and on the administrator's start page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.kernel.audit.lately import happened
from xiangxu_web.kernel.components.lamp import Lamp
from xiangxu_web.kernel.frame import Entry, navigation
from xiangxu_web.kernel.operation import health, settings_checks
from xiangxu_web.kernel.operation.findings import RUNNING, SETTINGS, wrong
from xiangxu_web.kernel.operation.rules import SEE_HEALTH
from xiangxu_web.kernel.permission import may, rows
from xiangxu_web.kernel.start import FEW, Line, Question, Section, Start, on_start

# Importing the two declares their checks.
__all__ = ["health", "settings_checks", "start"]

navigation(Entry(96, gettext_lazy("系统"), "health", "settings", lambda actor: may(actor, SEE_HEALTH), under=("/system/",)))


@on_start(90)
def start(actor: Actor) -> Start:
    """For the system administrator: what is not as it should be, and when the installation was last saved and verified."""
    if not may(actor, SEE_HEALTH):
        return Start()
    found = wrong(SETTINGS, RUNNING)
    lines = [Line(each.title, reverse("health"), f"{each.words} {each.remedy or ''}", lamp=Lamp(each.state)) for each in found]
    there = reverse("health")
    kept = happened(rows("health.lately", actor), lambda verb: there)
    return Start(
        "",
        [
            Section(
                Question.RED,
                _("系统运行"),
                len(found),
                lines,
                there,
                _("各项正常。磁盘、后台进程、备份、审计、系统设置出了问题，会列在这里。"),
            ),
            Section(
                Question.CHANGED,
                _("近 30 天的备份和核验"),
                len(kept),
                kept[:FEW],
                there,
                _("近 30 天没有。备份、恢复、审计核验，会列在这里。"),
            ),
        ],
    )
