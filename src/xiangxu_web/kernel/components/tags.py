"""The template tags of the components. They are built into every template: no ``{% load %}``. How to use each: the components' page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu_web.front_end import ICONS
from xiangxu_web.kernel.components import figures
from xiangxu_web.kernel.components.lamp import Lamp, day_left
from xiangxu_web.kernel.components.reasons import worded
from xiangxu_web.kernel.frame import where_one_is
from xiangxu_web.kernel.outcome import typed_into

register = template.Library()

_JOB_LAMPS = {
    "waiting": Lamp("none", lazy("排队中")),
    "running": Lamp("none", lazy("进行中")),
    "done": Lamp("good", lazy("已完成")),
    "failed": Lamp("bad", lazy("未完成")),
    "cancelled": Lamp("none", lazy("已取消")),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the site's sprite; for the eye only, so a word or a label stands beside it."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon {name}: add it to xiangxu_web.front_end.ICONS")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), name)


@register.simple_tag
def lamp(state: str | Lamp | None, words: str = "", why: str = "") -> SafeString:
    """A state by shape, word and colour; ``why`` is the line of explanation beside it."""
    if state is None or state == "":
        return format_html("{}", figures.NO_DATA)
    shown = state if isinstance(state, Lamp) else Lamp(state, words, why)
    look, word, reason = shown.look, escape(str(shown)), escape(str(shown.why))
    beside = f'<small class="why">{reason}</small>' if reason else ""
    return SafeString(f'<span class="lamp lamp-{look.tone}"><span aria-hidden="true">{look.shape}</span> {word}</span>{beside}')


register.filter("worded", worded)


@register.simple_tag(takes_context=True)
def typed(context: Context, address: str, name: str) -> str:
    """What was typed into this field of the form that is sent to this address, where it was refused just now; else nothing."""
    return typed_into(context["request"], address).get(name, "")


@register.simple_tag(takes_context=True)
def ticked(context: Context, address: str, name: str, value: object) -> SafeString:
    """The same for a box of that form: `` checked``, where it was ticked."""
    return SafeString(" checked" if str(value) in typed_into(context["request"], address).getlist(name) else "")


@register.simple_tag(takes_context=True)
def stands(context: Context) -> list[str]:
    """The words beside the site's name that say where one is: place, plan, period."""
    return where_one_is(context.get("actor"), cast("dict[str, Any]", context.flatten()))


@register.simple_tag
def today() -> date:
    """The day on which the page is read."""
    return clock.today()


@register.filter
def figure(value: Any, places: int | None = None) -> SafeString:
    """A figure: grouped, "—" for no data; a share shows its numerator and denominator on hover."""
    words = figures.figure(value, places)
    if isinstance(value, figures.Share) and value.value is not None:
        return format_html('<span class="figure" title="{}">{}</span>', value.parts, words)
    return format_html('<span class="figure">{}</span>', words)


@register.filter
def day(value: date | datetime | None, manner: str = "") -> SafeString:
    """A day: 2026年11月20日; ``|day:"short"`` for lists: 11-20."""
    if value is None:
        return format_html("{}", figures.NO_DATA)
    # Nothing here but figures and the words of days: nothing to escape.
    whole = figures.day(value)
    if manner == "short":
        return SafeString(f'<time datetime="{value.isoformat()}" title="{whole}">{figures.day(value, short=True)}</time>')
    return SafeString(f'<time datetime="{value.isoformat()}">{whole}</time>')


@register.filter
def left(value: date | None) -> SafeString:
    """What is left until a day, as a small mark beside it: 还剩 3 天, 时限已过 12 天."""
    if value is None:
        return SafeString("")
    found = figures.left(value, clock.today())
    return format_html('<span class="left {}">{}</span>', f"left-{found.pressing}" if found.pressing else "", found.words)


@register.filter
def left_beside(value: date | None, lamp: Lamp | str) -> SafeString:
    """The same beside a lamp, or the name of a state: only of what is owed and open, and in red only of what is judged."""
    return left(day_left(value, lamp if isinstance(lamp, str) else lamp.state))


@register.simple_tag
def tag(words: Any, tone: str = "") -> SafeString:
    """A quiet mark: a kind, a level, 代录. Not for states: these are lamps. ``tone="blue"`` lifts it."""
    return format_html('<span class="tag {}">{}</span>', f"tag-{tone}" if tone else "", words)


@register.simple_block_tag
def panel(content: str, title: str = "", count: Any = None, url: str = "", more: str = "") -> SafeString:
    """A part of a detail or start page with its heading: ``{% panel "基本情况" %}…{% endpanel %}``; ``url`` leads to all of it."""
    return render_to_string(
        "components/panel.html", {"content": content, "title": title, "count": count, "url": url, "more": more or _("全部")}
    )


@register.inclusion_tag("components/facts.html")
def facts(pairs: Any) -> dict[str, Any]:
    """What is known of one thing: pairs of (title, value); a mapping does too. None shows as "—"."""
    return {"pairs": list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)}


@register.inclusion_tag("components/empty.html")
def empty(why: str, do: str = "", url: str = "", button: str = "", icon: str = "info-circle") -> dict[str, Any]:
    """Nothing here: why, what to do, and the button to do it."""
    return {"why": why, "do": do, "url": url, "button": button, "icon_name": icon}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], target: str = "") -> dict[str, Any]:
    """The way to the other pages of a list; ``target`` is the part of the page that takes another one's place, where there is one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "pages": numbers, "target": target}


@register.inclusion_tag("components/progress.html", takes_context=True)
def progress(context: Context, job: Any, poll: str = "", cancel: str = "", back: str = "") -> dict[str, Any]:
    """A job's course. ``poll`` gives this same fragment again, ``cancel`` takes the POST that ends it, ``back`` is where its fruit lies."""
    read = job.get if isinstance(job, Mapping) else lambda key, usual=None: getattr(job, key, usual)
    state = str(read("state") or "waiting")
    done, total = int(read("done") or 0), int(read("total") or 0)
    return {
        "state": state,
        "lamp": _JOB_LAMPS[state],
        "done": done,
        "total": total,
        "words": read("words") or "",
        "error": read("error") or "",
        "running": state in ("waiting", "running"),
        "cancel_asked": bool(read("cancel_asked")),
        "poll": poll or read("poll_url") or "",
        "cancel": cancel or read("cancel_url") or "",
        "back": back or read("result_url") or "",
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/field.html")
def field(bound: Any, unit: str = "", source: str = "") -> dict[str, Any]:
    """One field of a form: label above, unit behind, hint below, what is wrong in place. ``source`` says where a prefilled value is from."""
    kind = getattr(bound.field.widget, "input_type", "select" if hasattr(bound.field.widget, "choices") else "text")
    many = kind in ("radio", "checkbox") and hasattr(bound.field.widget, "choices")
    style = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    # A group of boxes gets no class: Django would give it to the frame around them too.
    worn = [bound.field.widget.attrs.get("class", ""), "" if many else style, "is-invalid" if bound.errors else ""]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, worn))}
    told = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    told += [f"{bound.auto_id}_source"] if source else []
    told += [f"{bound.auto_id}_error"] if bound.errors else []
    if told and bound.auto_id:
        attrs["aria-describedby"] = " ".join(told)
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attrs),
        "hidden": bound.is_hidden,
        "kind": kind,
        "many": many,
        "unit": unit or getattr(bound.field, "unit", ""),
        "source": source or getattr(bound.field, "source", ""),
    }


@register.inclusion_tag("components/form.html", takes_context=True)
def form(
    context: Context, form: Any, button: str = "", cancel: str = "", action: str = "", danger: bool = False
) -> dict[str, Any]:
    """A whole form in one column with its buttons. For a form with parts of its own: ``{% field %}`` for each, inside your own <form>."""
    return {
        "form": form,
        "button": button or _("保存"),
        "cancel": cancel,
        "action": action,
        "danger": danger,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole, at its head, with a link to each field that is wrong."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("components/matrix.html")
def matrix(matrix: Any) -> dict[str, Any]:
    """Rows × columns with √ × 不适用 — (``kernel.components.matrix.Matrix``)."""
    return {"matrix": matrix}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """What happened, newest first as given (``kernel.components.timeline.Event``)."""
    return {"events": events}


@register.inclusion_tag("components/document.html")
def document(document: Any) -> dict[str, Any]:
    """The issued text at the left, what was read from it at the right (``kernel.components.document.Document``)."""
    return {"document": document}


@register.simple_tag
def show(cell: Any) -> Any:
    """A cell of a table by its column's kind."""
    value = cell.value
    if value is None or value == "":
        return figures.NO_DATA
    if isinstance(value, Lamp) or cell.column.kind == "lamp":
        return lamp(value)
    if isinstance(value, date):
        return day(value, "short" if cell.column.kind == "date" else "")
    if cell.column.kind == "tag":
        return tag(value)
    if isinstance(value, figures.Share | int | float | Decimal):
        return figure(value)
    return value


# So many characters stand in two lines of a list's first column at its narrowest.
_TWO_LINES = 28


@register.simple_tag
def cells(row: Any) -> SafeString:
    """The cells of a table's row, the first as the row's name.

    Put together here and not in the template: a page has 500 cells, and the template's own language takes three times as long.
    """
    return SafeString("".join(_cell(cell, first=n == 0) for n, cell in enumerate(row.cells)))


@register.simple_tag
def unfold() -> SafeString:
    """The last cell of a row on a telephone, which opens what its card folds away; the same in every row."""
    mark = '<td role="cell" class="rest"><details><summary aria-label="{}">{}</summary></details></td>'
    return format_html(mark, _("更多"), _drawing("chevron-down"))


@register.simple_tag
def options(choices: Any, chosen: str = "") -> SafeString:
    """The choices of a field, (value, words), of which one is chosen. For the same reason put together here: a county has 200 units."""
    told = (
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(words)}</option>' for key, words in choices
    )
    return SafeString("".join(told))


def _cell(cell: Any, *, first: bool) -> str:
    column = cell.column
    shown: str = conditional_escape(show(cell))
    if cell.url:
        url = escape(cell.url)
        beside = f' hx-get="{url}" hx-target="#drawer" hx-push-url="true" hx-indicator="body"' if column.drawer else ""
        # The name of a row stands in two lines; longer ones are told whole on hovering.
        whole = f' title="{escape(cell.value)}"' if first and isinstance(cell.value, str) and len(cell.value) > _TWO_LINES else ""
        shown = f'<a href="{url}"{beside}{whole}>{shown}</a>'
    worn = f"{cell.worn} nothing".lstrip() if shown == figures.NO_DATA else cell.worn
    side = f' class="{worn}"' if worn else ""
    if first:
        return f'<th scope="row" role="rowheader"{side}>{shown}</th>'
    return f'<td role="cell" data-title="{cell.title}"{side}>{shown}</td>'


@register.inclusion_tag("components/confirm-link.html")
def confirm(url: str, button: str, icon: str = "", danger: bool = True) -> dict[str, Any]:
    """The button that leads to a question (``kernel.components.confirm.ask``): a dialog, or without script a page."""
    return {"url": url, "button": button, "icon_name": icon, "danger": danger}
