"""Who may what: the table written from the roles' duties, and the walk that holds the site to it."""
