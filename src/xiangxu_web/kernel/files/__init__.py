"""Files by hash: nothing is lost, nothing is served without a permission check, nothing is served as a page."""
