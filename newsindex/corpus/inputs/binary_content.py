"""What the ending of a file's name promises, and the error for bytes that are no text, which names it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from newsindex.errors import CorpusError

_KINDS: Final = {
    "PDF": ".pdf",
    "Word document": ".docx .docm .dotx .doc .dot",
    "Excel workbook": ".xlsx .xlsm .xlsb .xls .xlt",
    "OpenDocument file": ".odt .ods .odp .ott",
    "PowerPoint presentation": ".pptx .ppt .pps",
    "RTF document": ".rtf",
    "EPUB book": ".epub",
    "Kindle book": ".mobi .azw .azw3",
    "Parquet file": ".parquet",
    "web archive": ".warc .wacz",
    "zip archive": ".zip",
    "tar archive": ".tar .tgz .tbz .tbz2 .txz",
    "gzip file": ".gz",
    "bzip2 file": ".bz2",
    "xz file": ".xz",
    "Zstandard file": ".zst",
    "7z archive": ".7z",
    "rar archive": ".rar",
    "Outlook message": ".msg",
    "Outlook mailbox": ".pst",
    "DjVu document": ".djvu",
    "image": ".png .jpg .jpeg .gif .tif .tiff .webp .bmp .heic .avif .ico",
    "audio file": ".mp3 .m4a .ogg .oga .wav .flac .aac .opus .wma",
    "video": ".mp4 .m4v .mkv .webm .avi .mov .wmv .mpg .mpeg .flv",
}
"""The kinds of files that are no texts, and the endings of their names."""
_KIND_OF_SUFFIX: Final = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()}
_PACKINGS: Final = (".gz", ".bz2", ".xz", ".zst")


def without_packings(name: str) -> PurePath:
    """Returns the path of a name in small letters, without the endings of its packings, such as ``.gz``."""
    path = PurePath(name.lower())
    while path.suffix in _PACKINGS:
        path = path.with_suffix("")
    return path


def not_a_text(name: str, *, is_unpacked: bool) -> CorpusError:
    """The error for a file of this name whose content is neither a text nor a known format of bytes.

    Of a packed file that was unpacked, the ending before those of the packing is what counts.
    """
    path = without_packings(name) if is_unpacked else PurePath(name.lower())
    kind = _KIND_OF_SUFFIX.get(path.suffix)
    return CorpusError(f"this is no {kind}, or it is damaged" if kind else "this is not a text file")
