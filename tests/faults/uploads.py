"""Files as a browser sends them."""

from collections.abc import Mapping

BOUNDARY = "----a-line-that-no-file-holds"


def multipart(
    fields: Mapping[str, str], name: str, files: Mapping[str, str]
) -> tuple[bytes, dict[str, str]]:
    """The body and its header: the fields, then every file under the one name."""
    parts = [f'name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts += [f'name="{name}"; filename="{title}"\r\n\r\n{text}' for title, text in files.items()]
    lines = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    header = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return f"{lines}--{BOUNDARY}--\r\n".encode(), header
