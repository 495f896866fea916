"""The matches of a search become one page: order, proximity, decay, cursors, facets, collapsing."""
