"""Shows search results as HTML in notebooks and as pandas data frames."""

from newsindex.results import ResultViews, register_views

from .data_frame import data_frame
from .notebook_html import hit_html, results_html

register_views(ResultViews(hit_html, results_html, data_frame))
