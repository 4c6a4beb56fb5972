"""The portal as it is for somebody who tries to break it: nothing counts, nothing waits, every try reaches the code.

A scanner sends the same form thousands of times within a second; the limits would answer in place of what is tested.
"""

from seniorportal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.scan.urls"
ACCOUNT_RATE_LIMITS = False
