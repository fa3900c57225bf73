"""Dates as the offices write them."""

DATE_FORMAT = "Y年n月j日"
SHORT_DATE_FORMAT = "m-d"
DATETIME_FORMAT = "Y年n月j日 H:i"
TIME_FORMAT = "H:i"
