"""The workbench as people run it: real processes, real databases, real HTTP."""
