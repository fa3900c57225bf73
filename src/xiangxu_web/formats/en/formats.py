"""Dates in English pages: the day first, the month as a word, so that nobody takes one for the other."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "m-d"
DATETIME_FORMAT = "j F Y H:i"
TIME_FORMAT = "H:i"
