"""Words as PostgreSQL compares them: the text of a tsquery, always one that it accepts."""

from collections.abc import Iterable, Sequence


def exactly(word: str) -> str:
    """A lexeme; words are letters and digits only, the quotes are for the parser."""
    return f"'{word}'"


def starting(word: str) -> str:
    return f"'{word}':*" if len(word) > 2 and not word.isdigit() else f"'{word}'"


def all_of(words: Iterable[str]) -> str:
    return both([exactly(word) for word in words])


def any_of(parts: Sequence[str]) -> str:
    parts = unique(parts)
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def both(parts: Sequence[str]) -> str:
    parts = unique(parts)
    return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"


def unique(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts))
