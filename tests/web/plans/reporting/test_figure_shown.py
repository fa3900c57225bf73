"""Whoever accepts a report accepts its figure, so it is seen first."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from xiangxu_web.kernel.actor import Actor
from xiangxu_web.workspaces.plans.models import Task
from xiangxu_web.workspaces.plans.reporting import hand_in


def test_the_figure_stands_where_it_is_decided_on(
    part: Task, actor: Callable[[str], Actor], signed_in: Callable[[str], Client]
) -> None:
    """On the part's page and in the list of reports: so many of so many, before the clerk accepts."""
    hand_in(actor("headteacher"), part.pk, {"word": "normal", "line": "已改造", "quantity": 3.0}, "z")
    clerk = signed_in("clerk")
    page = re.sub(r"<[^>]*>|\s+", "", clerk.get(reverse("task", args=[part.pk])).content.decode())
    assert "累计完成3/4间" in page
    listed = clerk.get(reverse("reports")).content.decode()
    assert "累计完成" in listed
