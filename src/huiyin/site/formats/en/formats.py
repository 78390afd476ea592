"""1 Jul 2026, 1 Jul, 1 Jul 2026, 9:05: the month by name, because 1/7 is read as two different days."""

DATE_FORMAT = "j M Y"
MONTH_DAY_FORMAT = "j M"
YEAR_MONTH_FORMAT = "F Y"
DATETIME_FORMAT = "j M Y, G:i"
SHORT_DATETIME_FORMAT = "j M, G:i"
