"""The web server: the pages with its headers, its owner cookie and the routes of its side bar."""

import contextlib
import os
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from assistant.history import HistoryError, NotFoundError
from assistant.pages.chat import ChatPage
from assistant.pages.classifying.form import forms_html
from assistant.pages.classifying.page import ClassifyPage
from assistant.pages.conversations import NoOwnerError, conversations_router, problem
from assistant.pages.frame import PAGES, Frame
from assistant.pages.learning.page import LearnPage
from assistant.pages.learning.routes import learning_router
from assistant.pages.metric_form import metric_list
from assistant.pages.metrics import MetricsPage
from assistant.pages.quizzing.page import QuizPage
from assistant.pages.quizzing.routes import quizzes_router
from assistant.pages.rendered import formula_library
from assistant.pages.reviewing.page import ReviewPage
from assistant.pages.reviewing.router import reviews_router
from assistant.pages.runs import Runs
from assistant.pages.theme import theme
from assistant.quiet import go_quiet
from assistant.shield import Shield

if TYPE_CHECKING:
    from assistant.chat import Chat

STATIC = Path(__file__).parent / "pages" / "static"


def build_app(chat: "Chat") -> FastAPI:
    """Return the web server of a chat."""
    go_quiet()
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # or each event sums up all others with pandas
    runs = Runs(chat, chat.settings.concurrency)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        runs.close()

    app = FastAPI(title="SCM Assistant", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.include_router(conversations_router(chat, runs))
    app.include_router(reviews_router(chat.reviews))
    app.include_router(learning_router(chat))
    app.include_router(quizzes_router(chat.quizzes, chat.vault))
    app.mount("/pages", StaticFiles(directory=STATIC))

    @app.get("/favicon.ico")
    def favicon() -> RedirectResponse:
        return RedirectResponse("/pages/logo.svg", status_code=301)

    for kind in (NoOwnerError, NotFoundError, HistoryError):
        app.add_exception_handler(kind, _sentence)

    page = ChatPage(chat, runs).build()
    MetricsPage(chat).build(page)
    ClassifyPage(chat).build(page)
    ReviewPage(chat).build(page)
    LearnPage(chat).build(page)
    QuizPage(chat).build(page)
    page.queue(default_concurrency_limit=None, api_open=False)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "SSR mode is not supported")  # it is off, and told so below
        gr.mount_gradio_app(
            app,
            page,
            path="/",
            server_name=chat.settings.host,
            server_port=chat.settings.port,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            show_error=False,
            max_file_size=1,
            allowed_paths=[],
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=theme(),
        )
    parts = {
        "/metrics": {"metrics": metric_list()},
        "/classify": {"forms": forms_html()},
        "/quiz": {"formulas": formula_library()},
    }
    model = chat.settings.model
    frames = {page.address: Frame(STATIC, model, page, parts.get(page.address, {})) for page in PAGES}
    app.add_middleware(Shield, frames=frames)
    return app


def _sentence(_request: Request, error: Exception) -> Response:
    status, text = problem(error)
    return JSONResponse({"detail": text}, status_code=status)
