"""The public face: what we promise, filing, receipt, tracking, published regimes. Phone first, works without scripts.

No rule lives here: views build commands, call the application and show what it gives back.
"""
