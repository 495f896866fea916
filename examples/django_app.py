"""Serves the page and the API beside a Django site: ``uvicorn examples.django_app:application``."""

from __future__ import annotations

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from starlette.applications import Starlette
from starlette.routing import Mount

from examples.sample import open_index
from newsindex import QueryError, aio
from newsindex.web import create_app

settings.configure(SECRET_KEY="only an example's", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
index = open_index()


async def headlines(request: HttpRequest) -> JsonResponse:
    """Answer with the newest headlines for the words in ?q=…, from the day in &since=… on."""
    query, since = request.GET.get("q", ""), request.GET.get("since")
    try:
        await aio.refresh(index)  # shows what other processes have committed
        results = await aio.search(index, query, limit=5, since=since, sort="newest")
    except QueryError as error:
        return JsonResponse({"detail": str(error)}, status=422)
    return JsonResponse([hit.article.headline for hit in results], safe=False)


urlpatterns = [path("headlines", headlines)]
application = Starlette(routes=[Mount("/presse", create_app(index)), Mount("/", get_asgi_application())])
