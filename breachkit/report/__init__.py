"""One call, one report: the whole way walked, and what is handed to people."""

from breachkit.report.assess import assess
from breachkit.report.assessment import Assessment
from breachkit.report.folder import purge

__all__ = ["Assessment", "assess", "purge"]
