"""Reading a stored text: parsed once per source, with the readings that were chosen."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from policy.engine import Stack, StackError, Text, TextErrors, load_text
from policy.engine.compiling import check_values
from policy.engine.reader import Reader


@lru_cache(maxsize=512)
def read_text(source: str, name: str = "文件") -> Text:
    """Return the text of a TOML source; raises TextErrors. Sources are kept, texts never change."""
    return load_text(source, name)


def with_options(text: Text, chosen: dict[str, str]) -> Text:
    """Return the text with the chosen readings as its own defaults."""
    return replace(
        text,
        provisions=tuple(
            replace(
                one,
                options=tuple(
                    replace(option, default=chosen.get(option.key, option.default))
                    for option in one.options
                ),
            )
            for one in text.provisions
        ),
    )


def option_mistakes(text: Text, chosen: dict[str, str]) -> list[str]:
    """Return what is wrong with the chosen readings of a text: unknown keys, values, numbers."""
    try:
        Stack.of([text], text.effective_from or date.min, chosen)
    except StackError as error:
        return [str(error)]
    reader = Reader(text.id)
    try:
        check_values(with_options(text, chosen), reader)
    except TextErrors as errors:
        return [str(error) for error in errors.errors]
    return [str(error) for error in reader.errors]


def own_subjects(text: Text) -> list[str]:
    """Return the subjects on which a text speaks for its authority, not only cites a superior."""
    return sorted(
        {
            one.subject.key
            for one in text.provisions
            if one.subject and one.computable and not one.superior
        }
    )
