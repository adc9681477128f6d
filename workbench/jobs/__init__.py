"""The one seam to the task engine: start long work, watch it, cancel it, pick up what died."""

from workbench.jobs.sweep import sweep
from workbench.jobs.work import Cancelled, Running, cancel_job, perform, start_job

__all__ = ["Cancelled", "Running", "cancel_job", "perform", "start_job", "sweep"]
