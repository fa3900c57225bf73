"""Addresses of files."""

from django.urls import path

from xiangxu_web.kernel.files import views

urlpatterns = [
    path("files/<int:key>/thumbnail/", views.thumbnail, name="file_thumbnail"),
    path("files/<int:key>/<str:name>", views.file, name="file"),
]
