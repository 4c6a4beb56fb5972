"""Numbers as the Kurzbericht prints them: «über 50.000», «ca. 80», «etwa 700», «158»."""

import enum


class Wording(enum.StrEnum):
    EXACT = "exakt"
    OVER = "ueber"
    CIRCA = "ca"
    ABOUT = "etwa"


WORDS = {Wording.OVER: "über", Wording.CIRCA: "ca.", Wording.ABOUT: "etwa"}


def german(number: int) -> str:
    """With the German thousands point."""
    return f"{number:,}".replace(",", ".")


def rounded(number: int, wording: Wording) -> str:
    """Two significant digits, below 100 whole tens; «über» rounds down, «ca.» and «etwa» to the nearest, half up.

    Below 10 nothing is left to round, and «über» is only said where it is more: both are printed as the bare number.
    """
    if wording == Wording.EXACT or number < 10:
        return german(number)
    unit = 10 ** max(len(str(number)) - 2, 1)
    near = number // unit * unit if wording == Wording.OVER else (number + unit // 2) // unit * unit
    if wording == Wording.OVER and near == number:
        return german(number)
    return f"{WORDS[wording]} {german(near)}"
