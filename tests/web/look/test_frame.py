"""The frame: what stands around every page, the drawer, the form, the question."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from xiangxu_web.kernel.components.matrix import Edge, Held, Mark, Matrix


def test_a_detail_page_is_a_page_or_a_drawer(signed_in: Callable[[str], Client]) -> None:
    """The same address opens alone as a whole page and beside the list as the drawer's part; what is not there is told in either."""
    client = signed_in("clerk")
    page = client.get("/components/detail/3/").content.decode()
    drawer = client.get("/components/detail/3/", headers={"HX-Request": "true", "HX-Target": "drawer"}).content.decode()
    assert "<html" in page
    assert "<html" not in drawer
    assert "drawer-head" in drawer
    lost = client.get("/components/detail/999/", headers={"HX-Request": "true", "HX-Target": "drawer"})
    assert lost.status_code == 404
    assert "没有找到" in lost.content.decode()
    assert "<html" not in lost.content.decode()


def test_the_question_works_without_script(signed_in: Callable[[str], Client]) -> None:
    """As a page of its own with a form and a way back; as a dialog where the link asked for one."""
    client = signed_in("clerk")
    page = client.get("/components/confirm/").content.decode()
    assert "<html" in page
    assert 'method="post"' in page
    assert 'href="/components/" data-close="dialog"' in page
    dialog = client.get("/components/confirm/", headers={"HX-Request": "true", "HX-Target": "dialog"}).content.decode()
    assert "<html" not in dialog


def test_what_is_wrong_stands_at_its_field(signed_in: Callable[[str], Client]) -> None:
    """The message is tied to its field for the screen reader, the head of the form leads to each, and what was typed stays."""
    page = signed_in("clerk").post("/components/form/", {"name": "柳溪小学", "area": "很多"})
    assert page.status_code == 422
    words = page.content.decode()
    field = re.search(r'<input[^>]*name="area"[^>]*>', words)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert "id_area_error" in field[0]
    assert 'value="很多"' in field[0]
    assert 'id="id_area_error"' in words
    assert '<a href="#id_area">' in words
    assert 'value="柳溪小学"' in words
    assert '<label for="id_area">' in words


def test_nobody_sees_the_frame_unsigned(client: Client) -> None:
    """A visitor is sent to the sign-in; an error page for one has no navigation."""
    assert client.get("/components/").status_code == 302
    assert 'class="side"' not in client.get("/not-here/").content.decode()


@pytest.mark.parametrize(("who", "finds"), [("clerk", True), ("supervisor", True), ("audit-admin", False)])
def test_search_is_offered_where_it_can_find(signed_in: Callable[[str], Client], who: str, finds: bool) -> None:
    """A post that sees no row of any searched table has no field to search in."""
    assert ('class="find"' in signed_in(who).get("/").content.decode()) is finds


def test_no_inline_style_or_script(signed_in: Callable[[str], Client]) -> None:
    """The policy would block them, and the page would look different from what was meant."""
    words = signed_in("clerk").get("/components/").content.decode()
    assert " style=" not in words
    assert not re.search(r"<script(?![^>]* src=)", words)
    assert not re.search(r"\son\w+=", words)


def test_matrix_counts_yes_among_yes_and_no() -> None:
    """What does not apply and what is not known stay out of both parts of the share; a missing cell is no data."""
    rows, columns = [Edge("a", "甲校"), Edge("b", "乙校")], [Edge(str(n), f"承诺{n}") for n in range(4)]
    cells = {
        ("a", "0"): Mark(Held.YES),
        ("a", "1"): Mark(Held.NO, url="/x?a=1&b=2", hint='"'),
        ("a", "2"): Mark(Held.NOT_APPLICABLE),
    }
    matrix = Matrix("逐校逐条", rows, columns, cells)
    (_, shown, share), (_, _, empty) = matrix.lines
    assert (share.numerator, share.denominator, empty.value) == (1, 2, None)
    assert shown.count("<td") == 4
    assert 'href="/x?a=1&amp;b=2"' in shown
    assert 'title="&quot;"' in shown
    assert [str(foot) for foot in matrix.feet] == ["100.0%", "0.0%", "—", "—"]
    assert str(matrix.whole) == "50.0%"
