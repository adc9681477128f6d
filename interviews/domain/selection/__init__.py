"""Verbs of choosing: criteria in versions, candidates, marks, the log of contact."""
