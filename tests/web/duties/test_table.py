"""The table names every address of the site, and none that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.duties.table import Line, lines, roles


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address of the urlconf as the table writes it."""
    for each in resolver.url_patterns:
        here = before + re.sub(r"\(\?P<(\w+?)(_id)?>[^)]*\)", r"<\1>", str(each.pattern).replace("^", ""))
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from addresses(each, here)


def test_every_address_is_in_the_table() -> None:
    """A new page without a line here, or a line for a page that is gone, stops the build."""
    site, table = set(addresses(get_resolver())), {line.address for line in lines()}
    assert sorted(site - table) == [], "addresses without a line in duties.yaml"
    assert sorted(table - site) == [], "lines of duties.yaml whose address is gone"


def test_every_line_speaks_of_every_role() -> None:
    """No cell is left out, no line stands twice."""
    assert all(list(line.expected) == list(roles()) for line in lines())
    assert len({str(line) for line in lines()}) == len(lines())


def test_addresses_with_an_object_have_both_lines() -> None:
    """Who may open or change an object says too what happens with one that is foreign, and what with one's own."""
    without = {"/components/detail/<int:pk>/", "/list/<slug:table>/columns/"}
    named: dict[tuple[str, str], set[str]] = {}
    for line in lines():
        named.setdefault((line.method, line.address), set()).add(line.at)
    assert [key for key, at in named.items() if "<" in key[1] and key[1] not in without and "foreign" not in at] == []
    # Where nobody has one of their own, a refusal proves nothing: the page might not be there at all. No provider is configured.
    nobodys = {"/account/oidc/<provider>/login/", "/account/oidc/<provider>/login/callback/"}
    assert [key for key, at in named.items() if at == {"foreign"} and key[1] not in nobodys] == []


def test_separate_powers() -> None:
    """三权分立: none of the three administrators sees the office's work; only one of them each gives rights, reads the audit, sees to
    the machine; and nobody else does."""
    work = [line for line in lines() if line.address.startswith(("/plans", "/tasks", "/targets", "/reports", "/drafts"))]
    assert all(line.expected[who] in ("403", "404", "no") for line in work for who in ("SY", "AU", "SE"))
    for start, who in (("/audit/", "AU"), ("/people/post/<int:pk>/rights/", "SE"), ("/system/health/", "SY")):
        may = {w for line in _starting(start) for w, cell in line.expected.items() if cell in ("200", "yes")}
        assert may == {who}, start


def _starting(start: str) -> list[Line]:
    return [line for line in lines() if line.address.startswith(start)]
