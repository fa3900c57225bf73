"""The version of the site: on the health page, in backups."""

VERSION = "0.1.0"
