"""Addresses of the pages that stand above the workspaces."""

from django.urls import path

from xiangxu_web.desk import views

urlpatterns = [path("", views.start, name="start"), path("search/", views.search, name="search")]
