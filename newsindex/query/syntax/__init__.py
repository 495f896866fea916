"""What a reader types becomes a query tree: lexer, grammar, clauses, filters."""
