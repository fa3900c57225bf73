"""Uploading a document, and the draft that becomes a plan."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiangxu_web.kernel.files.fields import FileField
from xiangxu_web.kernel.files.store import store
from xiangxu_web.kernel.permission import demand, row
from xiangxu_web.kernel.web import Request
from xiangxu_web.workspaces.plans.api import CannotPublish, publish_draft, upload
from xiangxu_web.workspaces.plans.models import Draft
from xiangxu_web.workspaces.plans.rules import RUN_PLANS


class UploadForm(forms.Form):
    """The file, and whether it is a draft still to be issued."""

    file = FileField(
        label=gettext_lazy("方案文件"),
        help_text=gettext_lazy("Word、WPS、PDF、扫描件、照片都可以。读完后由您校对，不会直接生效。"),
    )
    is_draft = forms.BooleanField(label=gettext_lazy("这是还没有印发的征求意见稿"), required=False)


def new_draft(request: Request) -> HttpResponse:
    """The form, and the upload: the file is kept, a job reads it, the page of the draft shows how far it is."""
    demand(request.actor, RUN_PLANS)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"][0]
        draft = upload(request.actor, store(file, file.name), file.name, is_draft=form.cleaned_data["is_draft"])
        return redirect("draft", draft.pk)
    return render(request, "plans/new_draft.html", {"title": _("导入方案"), "form": form})


def draft(request: Request, key: int) -> HttpResponse:
    """The draft: what was read, row by row, to be corrected and published."""
    found: Draft = row("draft.see", request.actor, pk=key)
    return render(request, "plans/draft.html", {"title": found.name, "draft": found})


@require_POST
def publish(request: Request, key: int) -> HttpResponse:
    """Publishes the draft; what stands in the way is told on its page."""
    found: Draft = row("draft.see", request.actor, pk=key)
    try:
        plan = publish_draft(request.actor, found)
    except CannotPublish as problem:
        messages.error(request, str(problem))
        return redirect("draft", key)
    messages.success(request, _("方案已发布，任务已下达到各单位的首页。"))
    return redirect(reverse("plan", args=[plan.pk]))
