"""Every answer of the site carries its guards: pages, refusals, faults, fragments, redirects, files."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.paths import REPOSITORY

pytestmark = pytest.mark.django_db


def plain_addresses(of: Any = None) -> list[str]:
    """Every address of the site that needs no argument."""
    found: list[str] = []
    for each in (of or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            found += [str(each.pattern) + rest for rest in plain_addresses(each)]
        elif isinstance(each, URLPattern):
            found.append(str(each.pattern))
    return [a.removeprefix("^").removesuffix("$").removesuffix("\\Z") for a in found if "<" not in a and "(" not in a]


def guarded(answer: HttpResponse, where: str) -> None:
    """What must stand on each answer."""
    policy = answer.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, where
    assert "frame-ancestors 'none'" in policy, where
    assert "unsafe-eval" not in policy, where
    assert "http:" not in policy, where
    assert answer["X-Content-Type-Options"] == "nosniff", where
    assert answer["X-Frame-Options"] == "DENY", where
    assert answer["Referrer-Policy"] == "same-origin", where
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert len(answer["X-Request-Name"]) == 12, where
    # Nobody goes back to a page of the one who has signed out: the browser keeps no copy.
    assert "no-store" in answer["Cache-Control"], where


@pytest.mark.parametrize("who", ["clerk", "headteacher", "system-admin", ""])
def test_every_page_carries_its_guards(signed_in: Callable[[str], Client], who: str) -> None:
    """All addresses without arguments, with and without a sign-in, GET and (empty) POST, as page and as fragment."""
    addresses = [f"/{a}" for a in plain_addresses() if "logout" not in a]
    assert len(addresses) >= 10
    for address in addresses:
        client = signed_in(who) if who else Client()
        client.raise_request_exception = False
        guarded(client.get(address), f"GET {address}")
        guarded(client.get(address, headers={"HX-Request": "true"}), f"fragment {address}")
    client = signed_in(who) if who else Client()
    guarded(client.get("/no/such/page/"), "404")
    guarded(client.get("/health"), "redirect to the stroke")


def test_a_fault_and_a_forged_form_carry_them_too(signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a fault (500), the refusal of a forged form (403), a request that cannot be read (400)."""
    monkeypatch.setattr("xiangxu_web.kernel.operation.views.findings", lambda *_: 1 / 0)
    client = signed_in("system-admin")
    client.raise_request_exception = False
    answer = client.get(reverse("health"))
    assert answer.status_code == 500
    guarded(answer, "500")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post(reverse("account_login"), {"login": "x"})
    assert answer.status_code == 403
    guarded(answer, "403")


def test_scripts_of_our_own_only(signed_in: Callable[[str], Client]) -> None:
    """The site's policy allows scripts and styles from itself alone: no inline, no eval, no other host."""
    policy = dict(
        part.strip().split(" ", 1) for part in signed_in("clerk").get("/")["Content-Security-Policy"].split(";") if part.strip()
    )
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert "object-src" not in policy
    assert "frame-src" not in policy


def test_with_https_nothing_goes_in_the_clear(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose way is HTTPS leads every plain request there, tells browsers to keep to it for a year, and gives its cookies to
    encrypted connections alone; the proxy in front says which is which. No script of a page reads the session's cookie."""
    monkeypatch.setenv("XIANGXU_HTTPS", "1")
    monkeypatch.setenv("XIANGXU_HOSTS", "jy.example.gov.cn")
    told = runpy.run_path(str(REPOSITORY / "src" / "xiangxu_web" / "settings.py"))
    for name in ("SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS", "CSRF_COOKIE_SECURE", "ALLOWED_HOSTS"):
        setattr(settings, name, told[name])
    assert told["SESSION_COOKIE_SECURE"] is told["SESSION_COOKIE_HTTPONLY"] is True
    client, host = Client(), {"Host": "jy.example.gov.cn"}
    plain = client.get("/account/login/", headers=host)
    assert (plain.status_code, plain["Location"]) == (301, "https://jy.example.gov.cn/account/login/")
    safe = client.get("/account/login/", headers={**host, "X-Forwarded-Proto": "https"})
    assert safe.status_code == 200
    assert safe["Strict-Transport-Security"].startswith("max-age=31536000")
    assert safe.cookies["csrftoken"]["secure"]


def test_static_files_are_never_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Static files come before the pages' own guards, but their type is never guessed either."""
    (tmp_path / "a.css").write_text("body{}")
    monkeypatch.setattr(settings, "WHITENOISE_ROOT", str(tmp_path), raising=False)
    answer = Client().get("/a.css")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
