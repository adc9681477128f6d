"""The one seam to the task engine: start long work, watch it, cancel it, pick up what died."""

from workbench.jobs.clearing import also_clear, clear, clearing_daily
from workbench.jobs.sweep import sweep
from workbench.jobs.work import Cancelled, Running, cancel_job, perform, start_job
from workbench.jobs.workers import ATTEMPTS, living, requeue_lost

__all__ = [
    "ATTEMPTS",
    "Cancelled",
    "Running",
    "also_clear",
    "cancel_job",
    "clear",
    "clearing_daily",
    "living",
    "perform",
    "requeue_lost",
    "start_job",
    "sweep",
]
