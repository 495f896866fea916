"""Does an index survive whatever befalls its process, its disk and its bytes? See __main__.py."""
