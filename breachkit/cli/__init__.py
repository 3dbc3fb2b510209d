"""The same verbs on the command line: results on stdout, progress on stderr, exit codes for scripts."""

from breachkit.cli import assessments, leaks, library, stations  # the verbs declare themselves
from breachkit.cli.run import main
from breachkit.cli.words import app

__all__ = ["app", "assessments", "leaks", "library", "main", "stations"]
