"""What a page says of a change, and what it takes for a key."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from xiangxu_web.kernel.outcome import outcome_told, refusal_at, typed_into, wrong_in
from xiangxu_web.kernel.permission import Refused
from xiangxu_web.kernel.web import keys_in, number_in


@pytest.fixture
def request_told() -> HttpRequest:
    """A request that keeps what it is told, in a session."""
    request = HttpRequest()
    request.session = SessionStore()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def _said(request: HttpRequest) -> list[tuple[str, str]]:
    return [(each.level_tag, each.message) for each in get_messages(request)]


class _Form(forms.Form):
    name = forms.CharField(error_messages={"required": "请填校名。"})
    day = forms.DateField(error_messages={"required": "请选日期。"})


def test_what_went_is_told(request_told: HttpRequest) -> None:
    """A change that went is told in the page's words, and nothing else."""
    with outcome_told(request_told, "已保存。"):
        pass
    assert _said(request_told) == [("success", "已保存。")]


def test_a_refusal_is_told_with_its_reason_only(request_told: HttpRequest) -> None:
    """A refused change is never told as done; the page goes on."""
    with outcome_told(request_told, "已保存。"):
        raise ValueError("这一期已经印发。")
    assert _said(request_told) == [("error", "这一期已经印发。")]


def test_what_was_typed_into_a_refused_form_stands_there_once_more(request_told: HttpRequest) -> None:
    """On the page that tells of the refusal, in the form that was refused and in no other; on the page after it no more."""
    request_told.path, request_told.POST = "/notes/3/", QueryDict("line=已到位&csrfmiddlewaretoken=x")
    with outcome_told(request_told):
        raise ValueError("请选日期。")
    told, later = HttpRequest(), HttpRequest()
    told.session = later.session = request_told.session
    assert typed_into(told, "/notes/4/") == {}
    assert dict(typed_into(told, "/notes/3/").lists()) == {"line": ["已到位"]}
    assert typed_into(later, "/notes/3/") == {}


def test_a_right_that_is_missing_is_no_refusal_of_the_change(request_told: HttpRequest) -> None:
    """What the page did not name as a refusal goes on to the page of errors, and nothing is told."""
    with pytest.raises(Refused), outcome_told(request_told, "已保存。"):
        raise Refused("无权办理")
    assert _said(request_told) == []


def test_a_refusal_stands_at_its_field() -> None:
    """What was refused stands in the form: at the field that the page names, or at all fields that the rule names."""
    form = _Form({"name": "青石小学", "day": "2026-11-20"})
    with refusal_at(form, "name"):
        raise ValueError("校名重复。")
    with refusal_at(form, refusals=ValidationError):
        raise ValidationError({"day": "日期在撤并之后。"})
    assert form.errors == {"name": ["校名重复。"], "day": ["日期在撤并之后。"]}


def test_all_that_is_wrong_in_one_line() -> None:
    """A page that does not show its form again tells everything that is wrong in it."""
    assert wrong_in(_Form({})) == "请填校名。；请选日期。"


@pytest.mark.parametrize("words", ["", "²", "一", "-1", "1.0", " 7", "9" * 19, "9" * 5000])
def test_what_is_no_key_names_no_row(words: str) -> None:
    """Whatever is typed into an address by hand is either a key or none; nothing of it breaks the page."""
    assert number_in(words) is None
    ticked = QueryDict(mutable=True)
    ticked.setlist("unit", [words, "7"])
    assert keys_in(ticked, "unit") == [7]
