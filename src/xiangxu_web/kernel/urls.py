"""Addresses of the kernel: jobs, files, audit, health, the components' page."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from xiangxu_web.kernel.components.preference import choose_columns
from xiangxu_web.kernel.components.views import components, components_confirm, components_detail, components_form

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("xiangxu_web.kernel.files.urls")),
    path("", include("xiangxu_web.kernel.operation.urls")),
    path("", include("xiangxu_web.kernel.audit.urls")),
    path("", include("xiangxu_web.kernel.jobs.urls")),
    path("language/", login_not_required(set_language), name="language"),
    path("list/<slug:table>/columns/", choose_columns, name="choose-columns"),
    path("components/", components, name="components"),
    path("components/form/", components_form, name="components-form"),
    path("components/confirm/", components_confirm, name="components-confirm"),
    path("components/detail/<int:pk>/", components_detail, name="components-detail"),
]
