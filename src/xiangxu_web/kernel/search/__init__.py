"""Search in the office's own words: one folded text a row, found by one, two or more characters, on SQLite and PostgreSQL alike."""
