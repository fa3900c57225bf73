"""The audit administrator's pages: the rows, one row, the state of the chain."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xiangxu import clock
from xiangxu_web.kernel.audit.names import SORTS, Names, Sort, names
from xiangxu_web.kernel.audit.record import action
from xiangxu_web.kernel.audit.rules import READ_AUDIT
from xiangxu_web.kernel.audit.state import chain_state, running_verification
from xiangxu_web.kernel.audit.verbs import ASK_VERIFY, VERIFY, verb_words
from xiangxu_web.kernel.audit.words import ROWS
from xiangxu_web.kernel.components.table import Column, Filter, Table
from xiangxu_web.kernel.jobs.alive import workers_alive
from xiangxu_web.kernel.jobs.queue import enqueue
from xiangxu_web.kernel.models import AuditRow
from xiangxu_web.kernel.permission import RULES, demand, row
from xiangxu_web.kernel.web import Request

# The columns of which all values are looked for: whose names a page may need, and what the filters offer.
_OCCURRING = ("person_id", "post_id", "unit_id", "acting_for", "verb")


@require_GET
def audit(request: Request) -> HttpResponseBase:
    """Every change of the county, newest first, by verb, person, unit and day."""
    demand(request.actor, READ_AUDIT)
    # The rule joins no table, so no row comes twice; to sort out doubles among years of rows would take seconds.
    seen = AuditRow.objects.filter(RULES["audit.see"].filter(request.actor))
    first, last = _day(request, "from"), _day(request, "to")
    found = seen
    if first:
        found = found.filter(at__gte=_midnight(first))
    if last:
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    there = {key for key in request.GET if key in ("q", "verb", "person", "unit") and request.GET[key]}
    context: dict[str, Any] = {"first": first, "last": last, "today": clock.today(), "more_filters": "audit/days.html"}
    if first or last or there:
        context["narrowed"] = True
    return _table(seen, request.actor.area_path).respond(
        request, found, title=_("审计记录"), standing=chain_state().sentence(), **context
    )


def _table(seen: QuerySet[AuditRow], area_path: str) -> Table:
    """The list with the names of everybody and every unit that occur in these rows, looked up once."""
    there = _occurring(seen, area_path)
    people = Names("person", there["person_id"])
    units = Names("unit", there["unit_id"])
    posts = Names("post", there["post_id"])
    acted_for = Names("unit", there["acting_for"])
    verbs = sorted(((str(name), verb_words(str(name))) for name in there["verb"]), key=lambda pair: pair[1])
    return Table(
        "audit",
        columns=[
            # What was done names the row: on a telephone it is the heading of the card.
            Column(
                "verb",
                _("动作"),
                value=lambda each: verb_words(each.verb),
                url=lambda each: reverse("audit-row", args=[each.pk]),
                drawer=True,
                sort=("verb", "-id"),
            ),
            Column("id", _("编号"), sort=("id",), narrow=True),
            # Rows are only ever added: their order is that of time, and needs no sorting of years of rows.
            Column("at", _("时间"), value=lambda each: _stamp(each.at), sort=("id",), telling=True, narrow=True),
            Column(
                "person",
                _("人员"),
                value=lambda each: people.of(each.person_id) or _by_whom(each),
                telling=True,
                narrow=True,
            ),
            Column("post", _("岗位"), value=lambda each: posts.of(each.post_id)),
            Column("unit", _("单位"), value=lambda each: units.of(each.unit_id)),
            Column("row", _("对象"), value=_object),
            Column("fields", _("涉及字段"), value=lambda each: "、".join(field_words(each.table, name) for name in each.fields)),
            Column("acting_for", _("代办单位"), value=lambda each: acted_for.of(each.acting_for)),
            Column("position", _("链上位置"), kind="number", sort=("position",), chosen=False),
            Column("request_id", _("请求编号"), chosen=False),
        ],
        filters=[
            Filter("verb", _("动作"), lambda request: verbs, lambda found, value: found.filter(verb=value)),
            Filter("person", _("人员"), lambda request: _choices(people), lambda found, value: found.filter(person_id=value)),
            Filter("unit", _("单位"), lambda request: _choices(units), lambda found, value: found.filter(unit_id=value)),
        ],
        search=("row_key", "request_id"),
        search_hint=_("对象编号、请求编号"),
        order=("-id",),
        most=10_000,
        empty=_("还没有审计记录。每次登录、修改、导出都会自动记在这里。"),
        template="audit/list.html",
    )


def _occurring(seen: QuerySet[AuditRow], area_path: str) -> dict[str, set[Any]]:
    """Which people, units and verbs occur: the choices of the filters, and all names of a page. Kept for some minutes, since all rows must
    be read for it; what the rows since then hold is added at each call."""
    key = f"audit-occurring:{area_path}"
    kept: tuple[int, dict[str, set[Any]]] | None = cache.get(key)
    if kept is None:
        # Asked first: what is added while the columns are read is then read twice rather than missed.
        last = AuditRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = {
            column: set(seen.exclude(**{column: None}).order_by().values_list(column, flat=True).distinct())
            for column in _OCCURRING
        }
        cache.set(key, (last, found), timeout=300)
        return found
    last, found = kept
    since = list(seen.filter(pk__gt=last).order_by().values(*_OCCURRING).distinct())
    return {column: found[column] | {each[column] for each in since} - {None} for column in _OCCURRING}


def _choices(named: Names) -> list[tuple[str, str]]:
    return sorted(((str(key), words) for key, words in named.known.items()), key=lambda pair: pair[1])


def _by_whom(each: AuditRow) -> str:
    """Who acted where no person is named."""
    return _("免登录链接") if each.link_id else _("系统")


def _object(each: AuditRow) -> str | None:
    if not each.table:
        return None
    return f"{ROWS.get(each.table, each.table)} {each.row_key}"


def field_words(table: str, name: str) -> str:
    """A field as its form calls it; one that stands on no form, as the table does."""
    try:
        words = str(apps.get_model("xiangxu_web", table)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError):
        return name
    # What Django makes of a field's name where nobody gave it a better one is no better than the name.
    return name if words == name.replace("_", " ") else words


def _stamp(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def _day(request: HttpRequest, key: str) -> date | None:
    """A day of the address; what is no day counts as not said."""
    try:
        return parse_date(request.GET.get(key, ""))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@require_GET
def audit_row(request: Request, pk: int) -> HttpResponse:
    """One row: who, when, what, which fields and how (set, changed, removed). What a field held is nowhere kept, so not shown."""
    demand(request.actor, READ_AUDIT)
    found: AuditRow = row("audit.see", request.actor, pk=pk)
    fields = [
        (field_words(found.table, name), _("填入") if before is None else _("清除") if after is None else _("改动"))
        for name, (before, after) in found.fields.items()
    ]
    target = next((_name(sort, int(found.row_key)) for sort in SORTS if sort == found.table and found.row_key.isdigit()), "")
    who = [
        (_("时间"), _stamp(found.at)),
        (_("人员"), _name("person", found.person_id) or _by_whom(found)),
        (_("岗位"), _name("post", found.post_id)),
        (_("单位"), _name("unit", found.unit_id)),
        (_("代办单位"), _name("unit", found.acting_for)),
    ]
    what = [
        (_("动作"), verb_words(found.verb)),
        (_("对象"), " ".join(filter(None, [_object(found), target]))),
        (_("请求编号"), found.request_id),
    ]
    chain = [
        (_("链上位置"), found.position or _("待封存（一分钟内）")),
        (_("摘要"), _grouped(found.digest)),
        (_("前一条摘要"), _grouped(found.previous)),
    ]
    title = verb_words(found.verb)
    context = {"title": title, "who": who, "what": what, "chain": chain, "fields": fields, "facts": found.facts.items()}
    return render(request, "audit/row.html", context)


def _name(sort: Sort, key: int | None) -> str | None:
    return names(sort, [key]).get(key) if key is not None else None


def _grouped(digest: str) -> str:
    """A digest in groups of eight, which a telephone can break over lines."""
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8))


@require_GET
def chain(request: Request) -> HttpResponse:
    """How the chain stands, what the last verification found, and the button for the next."""
    demand(request.actor, READ_AUDIT)
    state = chain_state()
    facts = [
        (_("链上位置"), state.head.position),
        (_("链头摘要"), _grouped(state.head.digest)),
        (_("最近锚点"), _("第 %(position)s 位") % {"position": state.anchor.position} if state.anchor else _("没有")),
        (_("待封存"), _("%(count)s 条") % {"count": state.unsealed}),
        (_("最早待封存"), _stamp(state.oldest_unsealed) if state.oldest_unsealed else None),
    ]
    context = {"title": _("审计链"), "state": state, "facts": facts, "standing": state.sentence(), "workers": workers_alive()}
    return render(request, "audit/chain.html", context)


@require_GET
def chain_progress(request: Request) -> HttpResponse:
    """The verification under way, for the page that waits; when it is over the page is loaded anew."""
    demand(request.actor, READ_AUDIT)
    job = running_verification()
    if job is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "audit/chain-progress.html", {"job": job})


@require_POST
def ask_verify(request: Request) -> HttpResponse:
    """Puts a verification into the line, unless one waits or runs."""
    demand(request.actor, READ_AUDIT)
    if running_verification() is None:
        with action(request.actor, ASK_VERIFY) as record:
            record.noted(enqueue(VERIFY, actor=request.actor, only_one=VERIFY))
    return redirect("audit-chain")
