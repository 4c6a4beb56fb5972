"""Telephone numbers that ring nowhere: the blocks the Bundesnetzagentur keeps free for film and fiction."""

import re

# (030) 23125 000-999, (040) 66969 000-999, (069) 90009 000-999, (089) 99998 000-999, (0221) 4710 000-999
BLOCKS = ("030 23125", "040 66969", "069 90009", "089 99998", "0221 4710")
FICTIONAL = re.compile(r"(030 23125|040 66969|069 90009|089 99998|0221 4710)\d{3}")


def number(at: int) -> str:
    """The at-th number; after 5,000 they begin again."""
    return f"{BLOCKS[at // 1000 % len(BLOCKS)]}{at % 1000:03}"
