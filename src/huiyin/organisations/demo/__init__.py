"""The demo: an invented group with a branch for each pack, staff for every role, and a rehearsal beside it."""

from huiyin.organisations.demo.accounts import SignIn, close_accounts, open_accounts, password, sign_ins
from huiyin.organisations.demo.install import DEMO_SLUG, REHEARSAL_SLUG, add_pack, prepare

__all__ = [
    "DEMO_SLUG",
    "REHEARSAL_SLUG",
    "SignIn",
    "add_pack",
    "close_accounts",
    "open_accounts",
    "password",
    "prepare",
    "sign_ins",
]
