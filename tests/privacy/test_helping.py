"""What is kept of the Nachbarschaftshilfe goes in time: helpers, what they learned, and those who asked."""

import datetime as dt

import pytest
from django.utils import timezone

from seniorenbuero.models import HelperRecord, HelpRequest, Match, Milestone
from seniorportal.models import Deletion
from seniorportal.privacy import retention
from tests.seniorenbuero.neighbours import Office

pytestmark = pytest.mark.usefixtures("owner_db")


def test_what_is_kept_goes_in_time():
    office, today = Office(), timezone.localdate()
    begun = dt.date(2020, 1, 6)
    gone = office.helper(
        state="ausgeschieden", active_from=begun, active_until=today - dt.timedelta(days=800)
    )
    lately = office.helper(
        state="ausgeschieden", active_from=begun, active_until=today - dt.timedelta(days=5)
    )
    paper = {"kind": "fuehrungszeugnis", "day": dt.date(2026, 2, 2)}
    for helper in (gone, lately):
        office.learned(helper, **paper)
        office.learned(helper, "demenz", dt.date(2026, 2, 2))
    retention.apply(today)
    assert list(HelperRecord.objects.values_list("helper", flat=True)) == [lately.pk]
    assert [(one.helper_id, one.kind) for one in Milestone.objects.all()] == [(lately.pk, "demenz")]
    gone.refresh_from_db()
    assert gone.number == f"x{gone.pk}"


def test_a_request_that_nobody_settles_goes_and_no_backup_brings_it_back():
    office, today = Office(), timezone.localdate()
    old = office.request(answer_by=today - dt.timedelta(days=HelpRequest.KEPT_DAYS + 1))
    fresh = office.request(answer_by=today - dt.timedelta(days=HelpRequest.KEPT_DAYS))
    helped = office.request(answer_by=today - dt.timedelta(days=400))
    helper = office.helper()
    Match.objects.create(helper=helper, request=helped, kind=helper.kind)
    assert retention.apply(today)["Bitten um Hilfe aus der Nachbarschaft"] == 1
    assert set(HelpRequest.objects.all()) == {fresh, helped}
    assert Deletion.objects.filter(label="seniorenbuero.HelpRequest", number=str(old.pk)).exists()
    office.request(id=old.pk)  # a backup came back
    assert retention.replay() == 1
    assert set(HelpRequest.objects.all()) == {fresh, helped}
