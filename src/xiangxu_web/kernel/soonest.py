"""The order in which things fall due, the same on both databases: SQLite would put first what has no deadline, PostgreSQL last."""

from django.db.models import F

SOONEST = F("due_on").asc(nulls_last=True)
