"""The sweep, once a day."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from xiangxu_web.kernel.files.sweep import sweep
from xiangxu_web.kernel.jobs.kinds import every, job_kind
from xiangxu_web.kernel.jobs.work import Work


@job_kind("files.sweep", title=_("清理无主文件"))
def sweep_files(work: Work) -> dict[str, int]:
    """Removes bytes that no row needs, a day after they came."""
    return asdict(sweep())


every("files.sweep", days=1)
