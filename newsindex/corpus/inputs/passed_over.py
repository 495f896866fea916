"""Which files of a folder or an archive are passed over for their names, and the reason for each.

These are hidden files, documentation, style sheets, scripts, settings and the like, and the folder that
browsers put beside a page that they save with its pictures. A file that a user gives by its name is never
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

HIDDEN_FILE: Final = "hidden file"
HIDDEN_FOLDER: Final = "hidden folder"
SIDE_FOLDER_FILE: Final = "part of a saved page"
_DOCUMENTATION: Final = "documentation"
_DOCUMENTATION_NAMES: Final = re.compile(
    r"readme.*|lisez[-_]?moi(?:\..*)?|.*\.rst"
    r"|(?:change[-_]?log|contributing|licen[sc]e|copying|code[-_]of[-_]conduct)(?:[-_]\w+)?"
    r"(?:\.(?:md|markdown|txt|html?))?",
    re.I,
)
_DOCUMENTATION_CAPITALS: Final = re.compile(  # in small letters these are also names of articles
    r"(?:AUTHORS|CHANGES|CONTRIBUTORS|INSTALL|MAINTAINERS|NOTICE|SECURITY|TODO)(?:\.(?:md|txt))?"
)
_SUFFIXES_BY_REASON: Final = {
    "style sheet": ".css .scss .less",
    "script": ".js .mjs .ts .map .py .sh .rb .php .bat .ps1",
    "settings": ".yml .yaml .toml .ini .cfg .conf .lock",
    "shortcut": ".url .webloc .lnk .desktop",
    "temporary file": ".tmp .bak .part .crdownload .swp",
}
_REASON_BY_SUFFIX: Final = {
    suffix: reason for reason, suffixes in _SUFFIXES_BY_REASON.items() for suffix in suffixes.split()
}
_SYSTEM_NAMES: Final = ("__macosx", "thumbs.db", "desktop.ini", "table_of_contents")  # the last: Apple Mail
_SIDE_FOLDER: Final = re.compile(  # as browsers name it in the languages of Europe, in Arabic and Turkish
    r"(.+)[-_ .](?:files?|fichiers|dateien|archivos|arquivos|bestanden|ficheiros|filer|pliki|soubory|elemei"
    r"|fajlok|tiedostot|dosyalar|dosyalari|datoteke|fitxers|fitxategiak|failid|fails|faili|bylos|fajlovi"
    r"|subory|fisiere|файлы|файлове|файли|αρχεία|ملفات)",
    re.I,
)
_PAGE_SUFFIXES: Final = (".html", ".htm", ".xhtml", ".shtml", ".HTML", ".HTM")


def reason_to_pass_over(parts: Sequence[str], members: Collection[str]) -> str | None:
    """The reason to pass over a file of an archive; None for a file that is read.

    ``parts`` are the names on its path, and ``members`` the paths of all files of the archive.
    """
    for depth, name in enumerate(parts[:-1]):
        if name.startswith(".") or name.lower() in _SYSTEM_NAMES:
            return HIDDEN_FILE
        if (page := _page_of(name)) and any(
            "/".join([*parts[:depth], page + suffix]) in members for suffix in _PAGE_SUFFIXES
        ):
            return SIDE_FOLDER_FILE
    return reason_of_name(parts[-1]) if parts else None


def reason_of_name(name: str) -> str | None:
    """The reason to pass over a file for its own name; None for a file that is read."""
    if name.startswith((".", "~$")) or name.lower() in _SYSTEM_NAMES:  # Word locks a text with "~$"
        return HIDDEN_FILE
    if _DOCUMENTATION_NAMES.fullmatch(name) or _DOCUMENTATION_CAPITALS.fullmatch(name):
        return _DOCUMENTATION
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return _REASON_BY_SUFFIX.get(suffix)


def is_side_folder(name: str, beside: Collection[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a saved page, by the names beside it."""
    page = _page_of(name)
    return page is not None and any(page + suffix in beside for suffix in _PAGE_SUFFIXES)


def _page_of(folder: str) -> str | None:
    """The name of the page, without its suffix, that a folder would belong to."""
    match = _SIDE_FOLDER.fullmatch(folder)
    return match[1] if match else None
