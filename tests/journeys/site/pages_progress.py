"""Progress: the list where reports are decided, the page of texts for chasing."""

PAGES = [
    ("clerk", "/reports/", "reports"),
    ("clerk", "/chase/", "chase"),
    ("town", "/chase/", "chase-town"),
]
