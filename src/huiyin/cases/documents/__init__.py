"""Documents of a case: what a form says, composed when it is produced and never changed afterwards.

`composing.compose` makes a `content.Sheet` of regime, case and form. Sheets name people and personal data instead of
holding them, so that a reader sees only what is his to see and data can be erased without touching the sheet.
"""
