"""Django looks here for the admin classes of the shared model; they live with the staff rooms, one noun a file."""

from seniorportal.staff import (  # noqa: F401
    account,
    consultation,
    deletion,
    feedback,
    importing,
    jobs,
    offering,
    page,
    search,
    taking_part,
    venue,
    visit,
    vocabulary,
    volunteer,
)
