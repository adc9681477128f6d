from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "coding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only now.
        import coding.receivers  # noqa: F401, PLC0415
        from coding.models import ReviewStep  # noqa: PLC0415
        from workbench.history.nouns import NAMED_TODAY  # noqa: PLC0415

        NAMED_TODAY["review_step"] = lambda ids: dict(
            ReviewStep.objects.filter(pk__in=ids).values_list("pk", "reason")
        )
