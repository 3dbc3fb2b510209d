"""What each missing safeguard cost: the same way walked again without one failing."""

from breachkit.whatif.description import Range, Safeguard, Server, load_safeguards, load_server
from breachkit.whatif.walk import what_if
from breachkit.whatif.whatif import WhatIf

__all__ = ["Range", "Safeguard", "Server", "WhatIf", "load_safeguards", "load_server", "what_if"]
