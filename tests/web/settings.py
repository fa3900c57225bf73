"""The site's settings for the tests: a home of their own, quick password hashes, no secret needed. `DATABASE_URL` chooses PostgreSQL."""

import os
import tempfile

os.environ.update(
    XIANGXU_DEBUG="1",
    XIANGXU_HOME=tempfile.mkdtemp(prefix="xiangxu-test-"),
    XIANGXU_TODAY="2026-11-20",
    XIANGXU_SECOND_FACTOR="0",
)

from xiangxu_web.settings import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
