"""Serves the page and the API in a Flask application: ``flask --app examples.flask_app run``."""

from __future__ import annotations

from a2wsgi import ASGIMiddleware
from flask import Flask, Response, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from examples.sample import open_index
from newsindex import QueryError
from newsindex.web import create_app

index = open_index()
app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]  # as Flask's own manual has it
    app.wsgi_app, {"/presse": ASGIMiddleware(create_app(index))}
)


@app.get("/headlines")
def headlines() -> Response | tuple[Response, int]:
    """Answer with the newest headlines for the words in ?q=…, from the day in &since=… on."""
    query, since = request.args.get("q", ""), request.args.get("since")
    try:
        index.refresh()  # shows what other processes have committed
        results = index.search(query, limit=5, since=since, sort="newest")
    except QueryError as error:
        return jsonify(detail=str(error)), 422
    return jsonify([hit.article.headline for hit in results])
