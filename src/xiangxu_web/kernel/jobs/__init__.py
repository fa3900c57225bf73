"""Long work: a queue in the database, with lease, heartbeat, attempts, progress and cancel."""
