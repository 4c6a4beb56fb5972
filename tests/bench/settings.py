"""The portal as it is, with one more path beside each measured page: the same template with constant data."""

from seniorportal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
