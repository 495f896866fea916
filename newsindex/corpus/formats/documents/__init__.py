"""Documents of word processors and the like: DOCX, ODT, RTF, PDF, EPUB and Markdown."""
