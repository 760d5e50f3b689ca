"""The web: pages and JSON over one search service."""

import hashlib
from pathlib import Path

from flask import Flask, url_for
from flask_babel import Babel  # type: ignore[import-untyped]
from werkzeug.routing import BaseConverter

from indexer.model import SearchRequest
from indexer.schema import EXTRACTED
from indexer.search.service import SearchService
from webui import citing, errors, language, links, marking, params, wording
from webui.api import routes as api
from webui.middleware import headers
from webui.routes import exports, pages, profiles
from webui.routes import pictures as views
from webui.service import EXTENSION, service

_HERE = Path(__file__).parent
_YEAR = 365 * 24 * 3600


class ArticleId(BaseConverter):
    """Whatever a record calls itself, slashes included."""

    regex = ".+"
    part_isolating = False


def create_app(search: SearchService) -> Flask:
    """Return the application that shows the answers of ``search``."""
    app = Flask(__name__, template_folder=str(_templates()))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.url_map.merge_slashes = False  # they may belong to an article's id
    app.url_map.converters["article"] = ArticleId
    app.extensions[EXTENSION] = search
    Babel(app, default_locale=language.LANGUAGES[0], locale_selector=language.current)
    app.register_blueprint(pages.bp)
    app.register_blueprint(views.bp)
    app.register_blueprint(profiles.bp)
    app.register_blueprint(exports.bp)
    app.register_blueprint(api.bp)
    errors.register(app)
    app.after_request(headers.secure)
    app.after_request(headers.compress)
    _furnish(app)
    return app


def _templates() -> Path:
    """The templates' folder: in the wheel inside this package, in the repository beside it."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"


def _furnish(app: Flask) -> None:
    """Give templates what they ask for: names, links, marks."""
    versions = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        for file in (_HERE / "static").iterdir()
        if file.is_file()
    }

    def static(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    def font(name: str) -> str:
        return url_for("static", filename=f"fonts/{name}")  # as the style sheet calls it

    def source_name(id: str) -> str:
        return language.name_of(service().labels("sources", id), id, language.current())

    @app.context_processor
    def of_request() -> dict[str, object]:
        lang = language.current()
        return {
            "lang": lang,
            "direction": language.DIRECTIONS[lang],
            "to": links.Links(language.chosen()),
            "request_": SearchRequest(),
            "empty_request": SearchRequest(),
        }

    # After Babel has put in its own.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        language.looked_up, language.looked_up_for, newstyle=True
    )
    app.jinja_env.filters["printable"] = marking.printable
    app.jinja_env.globals.update(
        static=static,
        font=font,
        source_name=source_name,
        links=links,
        wording=wording,
        marking=marking,
        language=language,
        params=params,
        citing=citing,
        PICTURES=views.KINDS,
        EXTRACTED=EXTRACTED,
    )
