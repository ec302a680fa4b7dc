"""How large a workbook may be. Every message about a limit states these."""

from __future__ import annotations

from skola_finance.problems import Text

MEBIBYTE = 1024 * 1024
MAX_FILE_BYTES = 64 * MEBIBYTE
"""Size of the file as it is stored."""
MAX_UNPACKED_BYTES = 512 * MEBIBYTE
"""Size of all its parts together, counted while unpacking."""
MAX_RATIO = 200
"""Unpacked size over stored size; real claims stay below 30. Judged above `RATIO_FROM_BYTES`."""
RATIO_FROM_BYTES = 8 * MEBIBYTE
MAX_PARTS = 2_000
"""Files inside the archive."""
MAX_ROWS = 150_000
"""Rows of one sheet. Rīga alone may need 40 000 a semester."""
MAX_COLUMNS = 128
"""Columns of one sheet (to DX): calamine reserves every cell of the rectangle."""
ANNOTATE_IN_PLACE_ROWS = 20_000
"""Above this an annotated workbook is written anew instead of being opened and changed."""

LIMITS = Text(
    lv=f"{MAX_UNPACKED_BYTES // MEBIBYTE} MB atspiestā veidā ({MAX_FILE_BYTES // MEBIBYTE} MB "
    f"saspiestā), {MAX_ROWS // 1000} 000 rindu un {MAX_COLUMNS} kolonnas (līdz DX) vienā lapā",
    en=f"{MAX_UNPACKED_BYTES // MEBIBYTE} MB unpacked ({MAX_FILE_BYTES // MEBIBYTE} MB packed), "
    f"{MAX_ROWS // 1000},000 rows and {MAX_COLUMNS} columns (to DX) in one sheet",
)
"""The limits in words."""
