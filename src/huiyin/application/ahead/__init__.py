"""Deciding ahead: while one portion of many filings is written, a helper process decides the next ones.

The process that writes (here: the writer) reads, seals and writes; the helper decides under the numbers that come next.
What the helper gives is a proposal: the writer takes it only in its transaction, and only where the people, the working
time, the regime, the lists and the number are still those it was decided with. Whatever the helper could not tell, since
it has no database, and whatever has gone stale, the writer decides itself, as if there were no helper.
"""
