"""Log lines without personal data: of a database error only what broke, not the values."""

import logging
import re

# PostgreSQL repeats the row or the key in these lines.
VALUES = re.compile(r"^\s*(DETAIL|CONTEXT|LINE \d+|HINT):?.*$\n?", re.MULTILINE)


class ImpersonalFormatter(logging.Formatter):
    """Format as usual, less the lines in which PostgreSQL quotes stored values."""

    def format(self, record: logging.LogRecord) -> str:
        return VALUES.sub("", super().format(record))
