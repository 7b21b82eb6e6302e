"""Journeys through one service, which ends with them: a package's fixtures do."""
