"""The door for a web server (gunicorn)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from xiangxu_web.kernel.warm import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangxu_web.settings")
application = get_wsgi_application()
warm()
# What is loaded by now stays until the end: looking through it for garbage again and again would take a tenth of every page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
