from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class WorkbenchConfig(AppConfig):
    name = "workbench"
    verbose_name = "Workbench"

    def ready(self) -> None:
        # Registering checks is an import's side effect; the module needs the app registry.
        from workbench import checks  # noqa: F401, PLC0415


class WorkbenchAdminConfig(AdminConfig):
    default_site = "workbench.admin_site.ReadOnlySite"


class WorkbenchStaticFilesConfig(StaticFilesConfig):
    # Unused extensions whose comments name modules that are not shipped; hashing trips on them.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]
