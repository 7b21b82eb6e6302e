"""Journeys through one office, which ends with them: a package's fixtures do."""
