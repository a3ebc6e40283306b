"""Run Django's commands one after the other in one process: Django's own start is half of each."""

import json
import sys
import traceback

from django.core.management import execute_from_command_line


def main() -> None:
    """End with the number of the command that failed, from 1."""
    for number, words in enumerate(json.loads(sys.argv[1]), 1):
        try:
            execute_from_command_line(["manage.py", *words])
        except SystemExit as end:
            if end.code:
                sys.exit(number)
        except Exception:
            traceback.print_exc()
            sys.exit(number)


if __name__ == "__main__":
    main()
