"""Guards of the audit: a sealed row cannot be changed, what a row says can never be changed, no row can be taken away."""

from __future__ import annotations

from xiangxu_web.kernel.audit.chain import CONTENT
from xiangxu_web.kernel.guards import Guard, Guards

_COLUMNS = ", ".join(f'"{name}"' for name in CONTENT)
GUARDS = Guards(
    "xiangxu_web_auditrow",
    "审计记录只能增加，不能修改或删除",
    "audit_refuse",
    (
        Guard("audit_sealed", "UPDATE", "OLD.position IS NOT NULL"),
        Guard("audit_content", f"UPDATE OF {_COLUMNS}"),
        Guard("audit_kept", "DELETE"),
    ),
)
