"""What becomes of two attendances at one meeting when their organisations turn out to be one."""

from seniorenbuero.models import Attendance
from seniorportal.partners.merging import when_both

State = Attendance.State
WEIGHT = (State.INVITED, State.EXCUSED, State.PRESENT)


@when_both(Attendance)
def the_stronger(stays: Attendance, goes: Attendance) -> None:
    """Whoever was there was there, under whichever name."""
    stronger = max((stays.state, goes.state), key=lambda state: WEIGHT.index(State(state)))
    if stays.state != stronger:
        stays.state = stronger
        stays.save()
