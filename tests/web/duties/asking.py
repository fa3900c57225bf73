"""How the walk asks: the form of each address, filled in well enough to change something if it were let in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from tests.web.conftest import PASSWORD
from tests.web.duties.counties import picture
from tests.web.duties.papers import BLOCK
from tests.web.duties.table import Line
from tests.web.duties.things import BytesIOFile, Things
from xiangxu_web.workspaces.areas.models import Unit

SIGN_IN = "/account/login/"
# Where somebody who is signed in is asked once more who they are.
ONCE_MORE = ("/account/reauthenticate/", "/account/2fa/reauthenticate/")
DAY = "2026-11-20"
# A password that is not one of the last ones, and a plan of one sentence.
ANOTHER = "隐号-another-2026"
PLAN = "隐号县乡村教育方案\n一、主要任务\n（一）2026年底前新建公办幼儿园2所。（县教育局）\n"


def ask(things: Things, line: Line, letters: str) -> HttpResponse:
    """The site's answer to this role at this line of the table."""
    path, client = things.path(line.address, letters, line.at), things.client(letters)
    if line.method == "GET":
        return client.get(path)
    return client.post(path, form(things, line, letters))


def fits(answer: HttpResponse, cell: str) -> bool:
    """Whether the answer is what the cell says."""
    away = answer.get("Location", "").split("?")[0] if answer.status_code == 302 else ""
    elsewhere = away not in ("", SIGN_IN, *ONCE_MORE)
    match cell:
        case "200" | "401" | "403" | "404":
            return answer.status_code == int(cell)
        case "no":
            return answer.status_code in (403, 404)
        case "302":
            return away == SIGN_IN
        case "pw":
            return away in ONCE_MORE
        case "yes":
            return answer.status_code in (200, 204, 422) or elsewhere
        case "on":
            return elsewhere
    raise ValueError(cell)


def got(answer: HttpResponse) -> str:
    """The answer in a word, for the message."""
    return f"{answer.status_code} {answer.get('Location', '')}".strip()


def form(things: Things, line: Line, letters: str) -> dict[str, Any]:
    """What is sent with a POST."""
    who = letters if letters != "NO" else "CK"
    address, own = line.address, things.posts[who]
    if address == "/account/post/":
        return {"post": own.pk if line.at == "own" else things.counties["漱石"].post.pk}
    if address.startswith("/units/<int:key>/"):
        return _unit(things, line, who)
    if address in ("/units/new/", "/schools/new/"):
        return {
            "code": "2199721888", "name": "隐号新校", "kind": "school" if "schools" in address else "department", "school_type": "primary", "runner": "public", "day": DAY,
            "opened": DAY, "note": "隐号", "area": own.unit.area_id, "parent": own.unit_id,
        }  # fmt: skip
    if address.endswith("/<uuid:token>/"):
        return {"shown": things.shown[things.key(address, who, line.at)]}
    if address in ("/units/exchange/", "/people/import/"):
        return {"file": BytesIOFile(b"PK\x03\x04", "隐号.xlsx")}
    if address == "/tasks/<int:key>/report/":
        return {"word": "normal", "line": "隐号改写的进展", "quantity": "1", "source": "电话", "token": uuid4().hex}
    if address == "/reports/<int:key>/decide/":
        return {"accept": "1", "decision": "accept", "reason": "隐号"}
    if address in ("/people/new/", "/people/<int:pk>/post/"):
        unit = things.unit(who, line.at)
        return {
            "login": "yinhao",
            "name": "隐号新人",
            "phone": "19900700001",
            "unit": unit.pk,
            "role": "school",
            "title": "校长",
            "starts": DAY,
        }
    if address == "/reports/decide/":
        report = things.counties["漱石"].reports if line.at == "foreign" else things.county(who, "own").reports
        return {
            "report": [r.pk for r in report.values()],
            "reports": [r.pk for r in report.values()],
            "accept": "1",
            "decision": "accept",
        }
    if address.startswith("/plans/<int:key>/coverage/"):
        return _coverage(things, line, who)
    if address == "/plans/<int:key>/units/":
        draft = things.county(who, line.at).plan.versions.earliest("number").draft
        return {"on": next(iter(draft.current["units"])), "unit": ""}
    if address == "/sub-plans/<int:key>/ask/":
        return {"unit": [things.posts["LD" if who not in ("OC", "OH") else "OC"].unit_id]}
    if address == "/targets/bind/":
        return {"target": [things.county(who, "own").papers.covered.pk], "later": "1"}
    if address in ("/targets/seen/", "/tasks/seen/"):
        return {"target": [things.read_target.pk], "task": [things.read_task.pk]}
    if address == "/tasks/<int:key>/split/":
        unit = things.unit(who, line.at).pk
        return {
            "do": "save",
            "unit": unit,
            f"q{unit}": "3",
            "total": "3",
            "uom": "所",
            "edition": things.task(who, line.at).edition,
        }
    usual: dict[str, dict[str, Any]] = {
        "/account/login/": {"login": own.person.login, "password": PASSWORD},
        "/account/password/change/": {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER},
        "/drafts/new/": {"file": BytesIOFile(PLAN.encode(), "plan.txt")},
        "/people/slips/": {"person": [things.without_password[things.county(who, "own").word].pk]},
        "/people/awaited/": {"post": [things.awaited.pk]},
        "/tasks/<int:key>/answer/": {"answer": "accepted", "accept": "1", "dispute": "隐号"},
        "/tasks/<int:key>/instruct/": {"words": "隐号批示", "line": "隐号批示", "text": "隐号批示"},
        "/targets/<int:key>/milestone/": {"done": "yes", "day": DAY, "note": "隐号"},
        "/milestones/<int:key>/verify/": {"accept": "1", "decision": "yes", "reason": "隐号"},
        "/drafts/<int:key>/correct/": {"kind": "drop", "on": "t1"},
        "/drafts/<int:key>/answer/": {"key": things.finding, "answer": "kept", "reason": "隐号"},
        "/people/import/confirm/": {"token": things.staff.get(who, "")},
        "/bulletins/<int:key>/edit/": {"do": "write", "block": BLOCK, "revision": "0", "text": "隐号改写"},
        "/bulletins/<int:key>/head/": {
            "title": "隐号",
            "number": "10",
            "day": DAY,
            "mark": "隐号",
            "issuer": "隐号",
            "form": "brief",
        },
        "/bulletins/<int:key>/issue/": {"revision": "0", "in_spite": "on"},
        "/bulletins/<int:key>/refresh/": {"revision": "0"},
        "/bulletins/<int:key>/correct/": {"reason": "隐号"},
        "/plans/<int:key>/sub-plans/open/": {"group": "towns", "due_on": "2026-12-20"},
        "/sub-plans/<int:key>/write/": {"title": "隐号", "text": ["隐号"], "revision": "0"},
        "/sub-plans/<int:key>/file/": {"file": BytesIOFile(picture(), "隐号.png")},
        "/sub-plans/<int:key>/hand-in/": {"source": "电话"},
        "/sub-plans/<int:key>/decide/": {"approve": "1", "reason": "隐号"},
        "/sub-plans/<int:key>/reopen/": {"reason": "隐号"},
        "/opinions/<int:key>/": {"word": "agreed", "source": "11月18日电话"},
        "/tasks/<int:key>/owners/": {"leader": "隐号", "edition": "1"},
        "/tasks/<int:key>/amend/": {
            "title": "隐号改名",
            "goal": "",
            "measure": "",
            "due_words": "2026年12月",
            "reason": "隐号",
            "edition": things.read_task.edition,
        },
        "/targets/<int:key>/amend/": {
            "metric": "隐号改名",
            "op": "done",
            "due_words": "2026年12月",
            "reason": "隐号",
            "edition": things.read_target.edition,
        },
        "/plans/<int:key>/tasks/add/": {"quote": things.read_target.quote, "kind": "row", "title": "隐号漏读", "reason": "隐号"},
        "/plans/<int:key>/targets/add/": {
            "quote": things.read_target.quote,
            "metric": "隐号漏读",
            "op": "done",
            "reason": "隐号",
        },
        "/targets/<int:key>/bind/": {"later": "1"},
        "/targets/<int:key>/task/": {"task": ""},
        "/tasks/<int:key>/nodes/": {"due_on": DAY, "words": "隐号一步"},
        "/targets/<int:key>/nodes/": {"due_on": DAY, "words": "隐号一步"},
        "/nodes/<int:key>/": {"do": "reach", "note": "隐号"},
        "/nodes/<int:key>/verify/": {"confirm": "1"},
        "/people/<int:pk>/change/": {"name": "隐号改名", "phone": "19900700002"},
        "/people/post/<int:pk>/end/": {"ends": DAY},
        "/people/post/<int:pk>/rights/": {"may_open_child_files": "on", "may_act_for_others": "on"},
        "/language/": {"language": "en", "next": "/"},
        "/account/language/": {"language": "en", "next": "/"},
        "/list/<slug:table>/columns/": {"column": ["name"], "next": "/"},
    }
    return usual.get(address, {})


def _coverage(things: Things, line: Line, who: str) -> dict[str, Any]:
    unit, covered = things.unit(who, line.at).pk, things.county(who, line.at).papers.covered.pk
    if line.address.endswith("/import/"):
        mark = things.mark(who, line.at)
        return {"change": f"{covered}:{mark.unit_id}:no:{mark.pk}", "note": "隐号"}
    if line.address.endswith("/verify/"):
        return {"mark": [things.mark(who, line.at).pk], "accept": "1"}
    if line.address.endswith("/units/"):
        return {"group": "keys", "unit": [unit]}
    return {"unit": [unit], "word": "yes", "do": "yes", "note": "隐号"}


def _unit(things: Things, line: Line, who: str) -> dict[str, Any]:
    unit = things.unit(who, line.at)
    if line.address.endswith("/reopen/"):
        return {"edition": 1, "day": DAY, "note": "隐号"}
    if line.address.endswith("/members/"):
        return {"do": "leave", "member": things.member(who, line.at), "day": DAY}
    # The form is sent a second time, after it was asked whether it is meant so; another school of the same town joins in.
    town = unit.area if unit.area.level == "town" else unit.area.parent
    of_town = Unit.objects.filter(area__path__startswith=town.path, kind="school", closed=None).order_by("pk")
    other = of_town.exclude(pk=unit.pk).first() or unit
    return {
        "sure": "1", "area": unit.area_id, "parent": unit.parent_id or "",
        "edition": unit.edition, "editions": f"{unit.pk}:{unit.edition},{other.pk}:{other.edition}", "day": DAY, "note": "隐号", "name": "隐号改名小学",
        "short_name": "隐号改名", "aliases": "", "runner": "public", "phone": "19900700003", "address": "隐号路", "kind": "school",
        "school_type": "nine-year", "schools": [other.pk], "into": unit.pk,
        "name1": "隐号分校", "code1": "2199721889", "type1": "primary", "name2": "隐号分校二", "code2": "2199721890", "type2": "primary", "stays": "on",
    }  # fmt: skip
