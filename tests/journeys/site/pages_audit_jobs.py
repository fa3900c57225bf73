"""The pages of the audit and of jobs."""

PAGES = [
    ("audit-admin", "/", "start-audit-admin"),
    ("audit-admin", "/audit/", "audit"),
    ("audit-admin", "/audit/1/", "audit-row"),
    ("audit-admin", "/audit/chain/", "audit-chain"),
    ("system-admin", "/jobs/", "jobs"),
]
