"""The look's own pages."""

PAGES = [
    ("clerk", "/", "start-clerk"),
    ("clerk", "/components/", "components"),
    ("clerk", "/components/form/", "components-form"),
    ("clerk", "/components/confirm/", "components-confirm"),
    ("clerk", "/components/detail/3/", "components-detail"),
]
