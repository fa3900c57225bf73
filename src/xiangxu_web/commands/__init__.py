"""The site's commands. Importing one makes Django ready first; settings that are wrong are told in plain words."""

from __future__ import annotations

import os

import click
import django

from xiangxu_web.configuration import Misconfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangxu_web.settings")
try:
    django.setup()
except Misconfigured as problem:
    raise click.ClickException(str(problem)) from None
