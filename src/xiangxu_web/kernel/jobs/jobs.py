"""The kernel's own kinds of jobs: loaded when the site starts."""

from xiangxu_web.kernel.jobs import periodic

__all__ = ["periodic"]
