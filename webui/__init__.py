"""The web: pages and JSON over one search service."""

from pathlib import Path

from flask import Flask
from werkzeug.routing import BaseConverter

from indexer.indexing.editing import ProfileEditor
from indexer.search.service import SearchService
from webui import errors, language, templating
from webui.api import routes as api
from webui.limits import BODY
from webui.middleware.caching import vary
from webui.middleware.compression import compress
from webui.middleware.host_names import with_host_checked
from webui.middleware.security import secure
from webui.middleware.time_limit import limited
from webui.routes import counts, editing_profiles, exports, pages, pictures, profiles
from webui.service import EDITOR, EXTENSION, let_go

_HERE = Path(__file__).parent
_YEAR = 365 * 24 * 3600
_BLUEPRINTS = (pages.bp, pictures.bp, profiles.bp, exports.bp, counts.bp, api.bp)


class ArticleId(BaseConverter):
    """Whatever a record calls itself, slashes included."""

    regex = ".+"
    part_isolating = False


def create_app(
    search: SearchService,
    translations: Path = language.TRANSLATIONS,
    *,
    editor: ProfileEditor | None = None,
    host: str = "",
) -> Flask:
    """Return the application that shows the answers of ``search``.

    It speaks English and the languages in the folder of ``translations``. With an ``editor``
    readers may correct profiles, also those who call this machine ``host``.
    """
    app = Flask(__name__, template_folder=str(_templates()))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.config["MAX_CONTENT_LENGTH"] = BODY  # also where another server lets more in
    app.url_map.merge_slashes = False  # they may belong to an article's id
    app.url_map.converters["article"] = ArticleId
    app.extensions[EXTENSION] = search
    language.register(app, translations)
    templating.register(app)
    errors.register(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.wsgi_app = limited(app)  # type: ignore[assignment, method-assign]
    if editor:
        app.extensions[EDITOR] = editor
        editing_profiles.register(app, host)
    for middleware in (vary, secure, compress):  # the last one is the first to get an answer
        app.after_request(middleware)
    app.wsgi_app = with_host_checked(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.teardown_request(let_go)
    return app


def _templates() -> Path:
    """The templates' folder: in the wheel inside this package, in the repository beside it."""
    inside = _HERE / "templates"
    return inside if inside.is_dir() else _HERE.parent / "templates"
