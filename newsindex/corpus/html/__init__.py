"""Reading HTML: characters, tree, structured data, headline and boilerplate of a web page."""
