"""Addresses that somebody typed by hand, or that a chat program mangled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from xiangxu_web.workspaces.plans.models import Plan

ODD = ("²", "一", "9" * 30, "-1", "")


@pytest.mark.parametrize("words", ODD)
def test_what_is_no_key_narrows_nothing_and_breaks_nothing(words: str, signed_in: Callable[[str], Client], plan: Plan) -> None:
    """A list that is asked for a plan, year, page or place that is none is shown all the same."""
    clerk = signed_in("clerk")
    for name, asked in (
        ("targets", ("plan", "page")),
        ("tasks", ("plan", "unit", "page")),
        ("reports", ("state", "page")),
        ("timeline", ("year", "month", "plan", "page")),
        ("chase", ("plan", "task", "unit")),
        ("units", ("kind", "page")),
        ("people", ("role", "page")),
        ("audit", ("person", "page")),
    ):
        for key in asked:
            who = signed_in("audit-admin") if name == "audit" else clerk
            assert who.get(reverse(name), {key: words}).status_code in (200, 302), (name, key)
    document = reverse("plan-document", args=[plan.pk])
    assert clerk.get(document, {"at": f"{words}-{words}"}).status_code == 200
