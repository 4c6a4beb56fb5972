"""Chapter 3 of the Kurzbericht: Seniorenbüros, their round tables and their Nachbarschaftshelfer. One noun a file."""

from .closed_month import ClosedMonth
from .helper import Helper
from .office import OFFICES, Office
from .round_table import Attendance, RoundTable, RoundTableMeeting

__all__ = ["OFFICES", "Attendance", "ClosedMonth", "Helper", "Office", "RoundTable", "RoundTableMeeting"]
