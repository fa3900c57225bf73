"""The log: one JSON object a line on the standard output. It says what was slow and what broke, and names nobody.

Written of a request: its name, method, the address as a pattern (``units/<int:pk>/``), status, milliseconds, queries, the post's number.
Never written: the address itself, what was asked or sent, names, addresses of machines, the words of an exception (they may quote what
somebody typed) or the values of variables. Lines of libraries appear as their bare pattern, without what would be filled in, but for the web server's own about its life.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

Event = MutableMapping[str, Any]
# What this one tells of its own life (where it listens, which process began or ended) names nobody, and is filled in.
_SERVER = "gunicorn.error"


def logging_settings(debug: bool) -> dict[str, Any]:
    """Django's ``LOGGING``: everything through one formatter. In debug mode, which no real data ever meets, lines are for the eye."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
    ]
    renderer: Any = structlog.dev.ConsoleRenderer() if debug else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared if debug else [*shared, bare],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *([] if debug else [frames_only]),
                    renderer,
                ],
                # Else the formatter would fill the words of a library's line before we see its pattern.
                "use_get_message": debug,
                "pass_foreign_args": not debug,
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # What it tells stands in our own line of the request and of the fault.
            "django.request": {"handlers": [], "level": "ERROR" if debug else "CRITICAL", "propagate": True},
            **({} if debug else {"django.server": {"handlers": [], "level": "CRITICAL", "propagate": False}}),
        },
    }


def bare(logger: Any, method: str, event: Event) -> Event:
    """A library's line: its pattern, and the place from which it came. A line without a pattern may name somebody: only its place."""
    record = event["_record"]
    event["at"] = f"{record.module}:{record.lineno}"
    told = event.pop("positional_args", ())
    if not told:
        event["event"] = event["at"]
    elif record.name == _SERVER and record.levelno == logging.INFO:
        event["event"] = event["event"] % told
    return event


def frames_only(logger: Any, method: str, event: Event) -> Event:
    """An exception as its type and the lines that it went through, with those that caused it; without its words and without values."""
    event.pop("stack_info", None)
    told = event.pop("exc_info", None)
    problem = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(problem, BaseException):
        event["exception"] = _causes(problem)
    return event


def _causes(problem: BaseException | None) -> list[dict[str, Any]]:
    chain: list[dict[str, Any]] = []
    while problem is not None and len(chain) < 5:
        chain.append(
            {
                "type": f"{type(problem).__module__}.{type(problem).__qualname__}",
                "frames": [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)],
            }
        )
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    return chain
