"""Bytes to text: UTF-8 with and without a mark, UTF-16, and Windows-1252, which is told because it cannot be proven."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from types import MappingProxyType

from incentive_abm.errors import PlaceError

ENCODINGS = "UTF-8, UTF-16 or Windows-1252"
_UTF_16_SHARE = 0.3
_FOREIGN: Mapping[bytes, str] = MappingProxyType({
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls); save it as .xlsx",
    b"%PDF": "a PDF, whose tables cannot be read safely; export the table as .xlsx or CSV",
    b"\x89PNG": "a picture, not a table; export the table as .xlsx or CSV",
    b"\xff\xd8\xff": "a picture, not a table; export the table as .xlsx or CSV",
    b"GIF8": "a picture, not a table; export the table as .xlsx or CSV",
    b"PAR1": "a Parquet file; write it as CSV, for example with pandas: read_parquet(…).to_csv(…, index=False)",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"Rar!": "a compressed file; unpack it first",
    b"7z\xbc\xaf": "a compressed file; unpack it first",
    b"SQLite format 3": "a database; export the table as CSV",
    b"RDX": "an R data file; write it with write.csv(…, row.names = FALSE)",
})


def text_of_bytes(file: str, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises PlaceError for what is no text."""
    for beginning, what in _FOREIGN.items():
        if content.startswith(beginning):
            raise PlaceError(f"{file} is {what}")
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _strict(file, content[len(mark):], name), f"{name[:6].upper().rstrip('-')} with a mark"
    # A zero byte at every second place is UTF-16 without its mark, as some databases write it.
    sample = content[:4000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 3 and sample[first::2].count(0) > _UTF_16_SHARE * len(sample) and not sample[1 - first::2].count(0):
            return _strict(file, content[: len(content) // 2 * 2], name), "UTF-16 without a mark"
    if b"\0" in content:
        raise PlaceError(f"{file} is not a text file (it holds zero bytes); export the table as .xlsx or CSV")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PlaceError(f"{file}, line {line}: byte 0x{content[error.start]:02x} belongs to none of {ENCODINGS}; "
                         "save it as 'CSV UTF-8'") from None


def _strict(file: str, content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise PlaceError(f"{file} says that it is {name[:6].upper().rstrip('-')}, and is not from byte {error.start + 1} on; "
                         "save it as 'CSV UTF-8'") from None
