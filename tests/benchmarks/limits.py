"""What the same work costs without us: the floor that the table is read against."""

import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path

import xlsxwriter


def saves(folder: Path, runs: int) -> list[float]:
    """Milliseconds of three inserts and a full commit, as one coding needs at the least."""
    samples = []
    with closing(sqlite3.connect(folder / "limit.sqlite3", isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, body TEXT)")
        for _ in range(runs):
            begun = time.perf_counter()
            base.execute("BEGIN IMMEDIATE")
            for _part in range(3):
                base.execute("INSERT INTO kept VALUES (?, ?)", (uuid.uuid4().hex, "x" * 300))
            base.execute("COMMIT")
            samples.append((time.perf_counter() - begun) * 1000)
    return samples


def page_of_codings(database: Path) -> float:
    """Milliseconds for the newest fifty codings with their words, counted and read in SQL."""
    with closing(sqlite3.connect(database)) as base:
        begun = time.perf_counter()
        base.execute("SELECT count(*) FROM coding_coding WHERE removed_at IS NULL").fetchone()
        base.execute(
            "SELECT c.id, p.quote FROM coding_coding c JOIN coding_placement p "
            "ON p.excerpt_id = c.excerpt_id WHERE c.removed_at IS NULL "
            "ORDER BY c.created_at DESC LIMIT 50"
        ).fetchall()
        return (time.perf_counter() - begun) * 1000


def document_codings(database: Path, document: uuid.UUID) -> float:
    """Milliseconds for one document's words and codings."""
    with closing(sqlite3.connect(database)) as base:
        begun = time.perf_counter()
        base.execute(
            "SELECT text FROM interviews_documentrevision WHERE document_id = ?", (document.hex,)
        ).fetchone()
        base.execute(
            "SELECT c.id, c.code_id, p.start, p.end FROM coding_coding c "
            "JOIN coding_placement p ON p.excerpt_id = c.excerpt_id "
            "WHERE c.document_id = ? AND c.removed_at IS NULL",
            (document.hex,),
        ).fetchall()
        return (time.perf_counter() - begun) * 1000


def workbook(folder: Path, rows: int, columns: int) -> float:
    """Seconds that the library alone takes for a sheet of that size, in constant memory."""
    words = "Nu ved jeg, hvem der har haft en dårlig nat, inden jeg går ind ad døren. " * 2
    begun = time.perf_counter()
    with xlsxwriter.Workbook(str(folder / "limit.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(rows):
            for column in range(columns):
                text = words if column in {14, 15} else f"value {number % 97} {column}"
                sheet.write_string(number, column, text)
    return time.perf_counter() - begun
