"""Addresses of the health pages."""

from django.urls import path

from xiangxu_web.kernel.operation import views

urlpatterns = [path("health/", views.alive, name="alive"), path("system/health/", views.health, name="health")]
