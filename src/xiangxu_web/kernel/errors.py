"""Pages for what went wrong: what happened, what to do next, and the request's name for whoever looks into it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xiangxu_web.kernel.permission import Refused


def _page(request: HttpRequest, status: int, title: str, words: str, remedy: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "words": words, "remedy": remedy}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request could not be understood."""
    return _page(
        request,
        400,
        _("请求无法处理"),
        _("提交的内容不完整或格式不对。"),
        _("请返回上一页重试；仍不行时，把下面的编号告诉系统管理员。"),
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The post may not do this, or the form was too old."""
    words = (
        str(exception)
        if isinstance(exception, Refused) and str(exception)
        else _("您当前的岗位不能打开这个页面，或页面停留过久已失效。")
    )
    return _page(request, 403, _("无权办理"), words, _("可在右上角切换岗位，或返回首页。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that this post may know of: the same words for both."""
    return _page(request, 404, _("没有找到"), _("没有找到，或不在您的岗位可见范围内。"), _("请核对地址，或从首页重新进入。"))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(
        request,
        500,
        _("系统出错"),
        _("这是系统的问题，您填的内容没有提交。"),
        _("请稍后再试；仍不行时，把下面的编号告诉系统管理员。"),
    )
