"""The components' page: every component with invented content, for whoever builds pages and for the browser tests' photographs."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from xiangxu import clock
from xiangxu_web.front_end import ICONS
from xiangxu_web.kernel.components.confirm import ask
from xiangxu_web.kernel.components.figures import Share
from xiangxu_web.kernel.components.lamp import STATES
from xiangxu_web.kernel.components.sample import SAMPLE, document, events, matrix, schools


class SampleForm(forms.Form):
    """A form with a field of each kind."""

    name = forms.CharField(label=lazy("学校名称"), max_length=40, help_text=lazy("与办学许可证一致。"))
    area = forms.DecimalField(label=lazy("校舍建筑面积"), min_value=0)
    kind = forms.ChoiceField(label=lazy("办学类型"), choices=[("", "—"), ("a", lazy("小学")), ("b", lazy("教学点"))])
    day = forms.DateField(label=lazy("设立日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    rooms = forms.MultipleChoiceField(
        label=lazy("功能教室"),
        required=False,
        choices=[("a", lazy("科学")), ("b", lazy("音乐")), ("c", lazy("美术"))],
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=lazy("本月情况"),
        choices=[("a", lazy("正常")), ("b", lazy("滞后")), ("c", lazy("完成"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=lazy("说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(label=lazy("数据已由校长核对"))


JOBS = (
    {"state": "waiting", "words": lazy("前面还有 2 项")},
    {"state": "running", "done": 37, "total": 60, "words": lazy("正在核对第 37 所"), "cancel_url": "#jobs"},
    {"state": "done", "done": 60, "total": 60, "result_url": "#jobs"},
    {"state": "failed", "done": 41, "total": 60, "error": lazy("第 42 行“在校生”不是数字。请改正后重新导入。")},
)


def components(request: HttpRequest) -> HttpResponseBase:
    """All components on one page, with invented content."""
    today = clock.today()
    return SAMPLE.respond(
        request,
        schools(),
        title=lazy("组件"),
        standing=lazy("页面由这些组件拼成；内容均为虚构。"),
        lamps=list(STATES),
        icons=ICONS,
        near=today + timedelta(3),
        far=today + timedelta(40),
        late=today - timedelta(12),
        share=Share(40, 50),
        no_share=Share(3, 0),
        matrix=matrix(),
        events=events(),
        document=document(),
        jobs=JOBS,
    )


def components_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One invented school: a page of its own, or the drawer beside the list."""
    found = next((row for row in schools() if row.pk == pk), None)
    if found is None:
        raise Http404
    return render(
        request,
        "components/sample-detail.html",
        {
            "title": found.name,
            "school": found,
            "pairs": [
                (lazy("镇街"), found.town),
                (lazy("在校生"), found.pupils),
                (lazy("专任教师"), found.teachers),
                (lazy("电话"), None),
            ],
            "events": events(),
        },
    )


def components_form(request: HttpRequest) -> HttpResponse:
    """A form with errors in place when something is wrong; what is right is thanked for and kept nowhere."""
    form = SampleForm(request.POST or None, initial={"name": "青石小学", "area": 3200})
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("已保存（示例，不入库）。"))
        return redirect("components-form")
    return render(
        request, "components/sample-form.html", {"title": lazy("表单"), "form": form}, status=422 if form.errors else 200
    )


def components_confirm(request: HttpRequest) -> HttpResponse:
    """A question, as before something that cannot be undone; nothing happens."""
    if request.method == "POST":
        messages.success(request, _("已办理（示例，什么也没有发生）。"))
        return redirect("components")
    return ask(
        request,
        title=lazy("撤销青石小学？"),
        words=lazy("撤销后，学校不再出现在新的报表里；历史数据保留。"),
        lost=lazy("未交的本月报表会作废，不能找回。"),
        button=lazy("撤销学校"),
        back=reverse("components"),
    )
