"""What `make run` uses: this machine only, debug off, a secret made on first use."""

import secrets
from pathlib import Path

from workbench.settings.base import *
from workbench.settings.base import VAR, env


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret(VAR / "secret")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SHOW_STYLEGUIDE = True
LOAD_DEMO = True
