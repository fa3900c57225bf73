"""Search: the same answers on SQLite and PostgreSQL, only what a post may see, always in step with the rows."""
