"""Notices on their way out: who is told over which channel, what the message says, and its delivery until it is accepted.

Everything told to somebody stands in the workbench or on the tracking page first (`huiyin.store.delivery`). Here copies of
it go out by e-mail, SMS, group robots and webhooks. The delivery table is the truth: a message is sent at least once,
under a key with which the other side can tell a second copy, until it is accepted or given up.
"""
