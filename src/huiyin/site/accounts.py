"""Signing in and changing one's password, in our words."""

from typing import Any

from django.contrib.auth import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.AuthenticationForm):
    """Name and password; which of them is wrong is not told."""

    error_messages = {
        "invalid_login": _("用户名或密码不对。两者都分大小写，请再输一次。"),
        "inactive": _("这个账号已经停用，请找本单位的系统管理员。"),
    }


class PasswordForm(forms.PasswordChangeForm):
    """The old password, and a new one twice."""

    error_messages = {
        "password_incorrect": _("旧密码不对，请再输一次。"),
        "password_mismatch": _("两次输入的新密码不一样，请再输一次。"),
    }

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["new_password1"].help_text = _("至少10个字符，不要只用数字，不要用常见的密码，也不要和姓名、用户名相近。")
        self.fields["new_password2"].label = _("再输一次新密码")
        self.fields["new_password2"].help_text = ""
