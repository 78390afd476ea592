"""The staff face at /desk/: my day, cases, quick intake, approvals, ledgers, regimes.

Views hold no rules: they build commands, call the application and show what it gives. Read `urls` first, then `desk`
(who is signed in), `views` (one file for each page) and `pages` (what a page shows).
"""
