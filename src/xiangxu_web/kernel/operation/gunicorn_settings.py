"""How gunicorn runs the site. Read by gunicorn; what differs from place to place comes from the command line."""

from django.conf import settings

preload_app = True
# Else it opens a socket in the user's home folder through which it can be steered.
control_socket_disable = True
graceful_timeout = 30
timeout = 120
# The site writes its own line for each request; gunicorn's would hold addresses and query strings.
accesslog = None
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {
        **settings.LOGGING["loggers"],
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
# Uploads of many megabytes over slow lines are read by a thread each; a worker is renewed now and then.
worker_class = "gthread"
max_requests = 5000
max_requests_jitter = 500
