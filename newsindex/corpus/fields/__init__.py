"""From a record with the field names that people use to an Article, and the language of an article."""
