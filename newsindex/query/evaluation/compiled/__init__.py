"""The way from query trees to plans of the compiled kernel."""
