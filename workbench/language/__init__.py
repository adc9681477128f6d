"""Tokens and sentences of the study's language, free of Django."""
