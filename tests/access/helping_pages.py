"""Rows of the matrix for the pages of the Nachbarschaftshilfe."""

from seniorenbuero.models import Helper, HelpRequest, Match
from seniorportal.access import Right
from seniorportal.models import Consultation
from tests.access.pages import FORM, Page, of_rows, of_rows_sent, whoever


def at_the_desk(post: set[int] | None = None) -> Page:
    return whoever(Right.ADD, Consultation, post=post)


HELPING_PAGES: dict[str, Page] = {
    "desk:helping": at_the_desk(),
    "desk:helpers": at_the_desk(),
    "desk:helpers_print": at_the_desk(),
    "desk:helper_new": at_the_desk(post=FORM),
    "desk:helper": of_rows(Helper),
    "desk:helper_information": of_rows(Helper, changes=None),
    "desk:help_requests": at_the_desk(),
    "desk:help_requests_print": at_the_desk(),
    "desk:help_request_new": at_the_desk(post=FORM),
    "desk:help_request": of_rows(HelpRequest),
    "desk:help_request_propose": of_rows_sent(HelpRequest),
    "desk:help_request_settle": of_rows_sent(HelpRequest),
    "desk:help_request_information": of_rows(HelpRequest, changes=None),
    "desk:match": of_rows(Match),
    "desk:helper_letters": at_the_desk(post=FORM),
    "desk:stop_post": at_the_desk(post=FORM),
}
