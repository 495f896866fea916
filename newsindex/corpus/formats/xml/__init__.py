"""The formats of the press that are XML: exports of sites, wire formats, news sitemaps and texts in TEI."""
