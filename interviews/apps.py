from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        from interviews.domain.intakes.clearing import clear_intakes, clear_originals  # noqa: PLC0415
        from workbench.jobs.clearing import also_clear  # noqa: PLC0415

        also_clear(clear_intakes)
        also_clear(clear_originals)
