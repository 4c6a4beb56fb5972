"""Chapter 3 of the Kurzbericht: Seniorenbüros, their round tables and their Nachbarschaftshelfer. One noun a file."""

from .closed_month import ClosedMonth
from .consultation_count import ConsultationCount
from .helper import Help, Helper
from .helping import HelperRecord, HelpRequest, Match, Milestone
from .office import OFFICES, Office
from .referral import Referral, UnmetNeed
from .report_remark import ReportRemark
from .round_table import Attendance, RoundTable, RoundTableMeeting
from .round_table_minutes import AgendaItem, TableDecision, TableTask
from .working_week import WorkingWeek

__all__ = [
    "OFFICES",
    "AgendaItem",
    "Attendance",
    "ClosedMonth",
    "ConsultationCount",
    "Help",
    "HelpRequest",
    "Helper",
    "HelperRecord",
    "Match",
    "Milestone",
    "Office",
    "Referral",
    "ReportRemark",
    "RoundTable",
    "RoundTableMeeting",
    "TableDecision",
    "TableTask",
    "UnmetNeed",
    "WorkingWeek",
]
