"""XML from strangers: no document type, hence no entities; bounded depth and element count."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from workbench.files.problems import FileProblem, ProblemCode

# A handler's exception stops expat only at the end of the piece it was given.
_PIECE = 1 << 16
_NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


class _Guard:
    """Drives expat; a tree is built only when a builder is given."""

    def __init__(self, *, depth: int, elements: int, builder: TreeBuilder | None) -> None:
        self._depth_left = depth
        self._elements_left = elements
        self._builder = builder
        # With this separator a qualified name needs only its opening brace.
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        if builder is not None:
            self._parser.CharacterDataHandler = builder.data

    def feed(self, data: bytes) -> None:
        try:
            for at in range(0, len(data), _PIECE):
                self._parser.Parse(data[at : at + _PIECE], False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            raise FileProblem(ProblemCode.BROKEN, reason="markup") from error
        except (LookupError, ValueError) as error:
            raise FileProblem(ProblemCode.BROKEN, reason="markup") from error

    def _doctype(self, *_: object) -> None:
        raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth_left -= 1
        self._elements_left -= 1
        if self._depth_left < 0:
            raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="depth")
        if self._elements_left < 0:
            raise FileProblem(ProblemCode.UNSAFE_MARKUP, reason="elements")
        if self._builder is not None:
            qualified = {_qualified(key): value for key, value in attributes.items()}
            self._builder.start(_qualified(name), qualified)

    def _end(self, name: str) -> None:
        self._depth_left += 1
        if self._builder is not None:
            self._builder.end(_qualified(name))


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def check_markup(data: bytes, *, depth: int = 256, elements: int = 5_000_000) -> None:
    """Raises FileProblem (unsafe_markup, broken) unless `data` is well formed and bounded.

    For documents that another library is going to read: no tree is kept.
    """
    _Guard(depth=depth, elements=elements, builder=None).feed(data)


def parse_markup(data: bytes, *, depth: int = 256, elements: int = 5_000_000) -> Element:
    """The root element; names as ElementTree writes them, `{namespace}local`.

    Raises FileProblem: unsafe_markup (document type, depth, elements), broken.
    """
    builder = TreeBuilder()
    _Guard(depth=depth, elements=elements, builder=builder).feed(data)
    return builder.close()
