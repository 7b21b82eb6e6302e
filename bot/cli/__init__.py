"""The command line of the service: ``scripts/newcitizen``."""
