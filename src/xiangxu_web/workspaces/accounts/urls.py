"""Addresses of people, posts and signing in."""

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.urls"))]
