"""The page and the API in a Flask application: ``flask --app examples.flask_app run``."""

from __future__ import annotations

from a2wsgi import ASGIMiddleware
from flask import Flask, Response, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from newsindex.web import create_app

from .sample import open_index

index = open_index()
app = Flask(__name__)
app.wsgi_app = DispatcherMiddleware(  # type: ignore[method-assign]  # as Flask's own manual has it
    app.wsgi_app, {"/presse": ASGIMiddleware(create_app(index))}
)


@app.get("/headlines")
def headlines() -> Response:
    """The newest headlines for the words in ?q=…"""
    results = index.search(request.args.get("q", ""), limit=5, sort="newest")
    return jsonify([hit.article.headline for hit in results])
