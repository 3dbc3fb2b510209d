"""One call, one report: the whole way walked, and what is handed to people."""

from breachkit.report.assess import assess
from breachkit.report.assessment import Assessment
from breachkit.report.compare import compare
from breachkit.report.folder import purge
from breachkit.report.outputs import reopen

__all__ = ["Assessment", "assess", "compare", "purge", "reopen"]
