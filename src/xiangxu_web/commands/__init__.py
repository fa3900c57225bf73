"""The site's commands. Importing one makes Django ready first; settings that are wrong are told in plain words."""

from __future__ import annotations

import os
import sys

import click
import django

from xiangxu_web.configuration import Misconfigured, write_secret_if_new

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangxu_web.settings")
# Nothing can be read without a secret, and a new place has none yet: the commands that make an installation make it first.
if sys.argv[1:3] in (["site", "prepare"], ["site", "demo"]) or sys.argv[1:2] == ["restore"]:
    write_secret_if_new()
try:
    django.setup()
except Misconfigured as problem:
    raise click.ClickException(str(problem)) from None
