"""The portal's own paths, with its counters and its minimum time switched off; every form that is sent is a new one."""

import uuid

from seniorportal import limits
from seniorportal.public import forms
from seniorportal.urls import *  # noqa: F403

limits.used = lambda *what: 0
forms.QUICKEST = 0
# Else the second try would be led to the result of the first.
forms.read_stamp = lambda stamp: (uuid.uuid4(), "")
