"""Addresses of this workspace."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
