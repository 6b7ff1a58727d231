"""The routes below /reviews, gathered from the files of their areas."""

from typing import TYPE_CHECKING

from fastapi import APIRouter

from assistant.pages.reviewing.answer_routes import answer_routes
from assistant.pages.reviewing.exposure_routes import exposure_routes
from assistant.pages.reviewing.item_routes import item_routes
from assistant.pages.reviewing.list_routes import list_routes
from assistant.pages.reviewing.make_or_buy_routes import make_or_buy_routes
from assistant.pages.reviewing.paste_routes import paste_routes
from assistant.pages.reviewing.people_routes import people_routes
from assistant.pages.reviewing.question_routes import question_routes
from assistant.pages.reviewing.register_routes import register_routes
from assistant.pages.reviewing.report_routes import report_routes
from assistant.pages.reviewing.setting_routes import setting_routes
from assistant.pages.reviewing.stress_routes import stress_routes

if TYPE_CHECKING:
    from tools.risk.store import Reviews


def reviews_router(reviews: "Reviews") -> APIRouter:
    """Return all routes of the review page."""
    router = APIRouter()
    # Those of the list come first: /reviews/join must not be read as the id of a review.
    for routes in (
        list_routes,
        people_routes,
        setting_routes,
        question_routes,
        answer_routes,
        report_routes,
        item_routes,
        paste_routes,
        exposure_routes,
        register_routes,
        stress_routes,
        make_or_buy_routes,
    ):
        router.include_router(routes(reviews), prefix="/reviews")
    return router
