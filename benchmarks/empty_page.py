"""A Django that answers one empty page and does nothing else: what the site's pages are compared with."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse("<!doctype html><title>empty</title>")


urlpatterns = [path("", empty)]
settings.configure(SECRET_KEY="empty-page", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
application = get_wsgi_application()
