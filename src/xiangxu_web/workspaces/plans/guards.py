"""Guards of bulletins: an issued one cannot be changed or taken away."""

from __future__ import annotations

from xiangxu_web.kernel.guards import Guard, Guards

GUARDS = Guards(
    "xiangxu_web_bulletin",
    "已印发的通报不能修改或删除，更正请另发一版",
    "bulletin_refuse",
    (Guard("bulletin_fixed", "UPDATE", "OLD.issued IS NOT NULL"), Guard("bulletin_kept", "DELETE", "OLD.issued IS NOT NULL")),
)
