"""Keys of one installation: made at first start, kept in files outside the database and the repository."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32


class KeyFileError(RuntimeError):
    """A key file cannot be read, written, or is not what we wrote; the message says which and how to mend it."""


def key_folder(data_folder: Path) -> Path:
    """The folder of the key files below the data folder, made when missing (mode 0700)."""
    folder = data_folder / "keys"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise KeyFileError(
            f"无法建立密钥目录 {folder}：{error.strerror}。请检查 HUIYIN_DATA 指向的目录是否可写。"
            f" The key folder cannot be made; check that HUIYIN_DATA is writable."
        ) from error
    return folder


def load_or_create_key(data_folder: Path, name: str) -> bytes:
    """The 32 random bytes kept as keys/NAME.key; written at the first call (mode 0600, hexadecimal, synced to disk).

    Two processes starting at once get the same key: a finished temporary file is linked into place, and the one who
    comes second reads what the first one wrote.
    """
    path = key_folder(data_folder) / f"{name}.key"
    if not path.exists():
        _write_once(path, secrets.token_bytes(KEY_BYTES))
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyFileError(
            f"密钥文件 {path} 读不出来：{error}。请从备份恢复它；没有它，已加密的个人信息无法解读。"
            f" The key file cannot be read; restore it from a backup."
        ) from error
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            f"密钥文件 {path} 不完整（应为 {KEY_BYTES * 2} 个十六进制字符）。请从备份恢复它。"
            f" The key file is incomplete; restore it from a backup."
        )
    return key


def _write_once(path: Path, key: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise KeyFileError(
            f"无法写入密钥文件 {path}：{error.strerror}。请检查数据目录的权限和剩余空间。"
            f" The key file cannot be written; check permissions and free space of the data folder."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
