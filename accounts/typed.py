"""What people type, send and upload, made fit to be looked up and stored."""

import re
import unicodedata

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
USERNAME_LIMIT = 64


def without_controls(text: str) -> str:
    """Return a text with each control character made visible; PostgreSQL refuses a NUL."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def clean_username(text: str) -> str:
    """Return the one spelling of a typed name: all that find the same account are counted as one.

    NFKC before and after the small letters, so that cleaning a second time changes nothing.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return without_controls(plain.strip())[:USERNAME_LIMIT].strip()


def decode(content: bytes) -> str:
    """Return the text of a CSV file in UTF-8 (with or without BOM) or GB 18030.

    UTF-8 first: its bytes decode as GB 18030 without an error, into nonsense.
    Raises ValueError with a message for the user.
    """
    if content.startswith((b"PK", b"%PDF")) or b"\0" in content:
        raise ValueError("不是CSV文件。在Excel中另存为“CSV UTF-8（逗号分隔）”再上传")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("文字编码认不出。在Excel中另存为“CSV UTF-8（逗号分隔）”再上传")
