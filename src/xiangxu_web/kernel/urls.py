"""Addresses of the kernel: jobs, files, audit, health, the components' page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
