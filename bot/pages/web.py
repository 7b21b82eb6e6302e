"""Templates and static files shared by the pages.

Why this file exists: one Jinja environment with autoescape and one static folder. It must not know any page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

HERE = Path(__file__).parent
templates = Jinja2Templates(HERE / "templates")
static = StaticFiles(directory=HERE / "static")


def page(request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
    """Render a template as an HTML response."""
    return templates.TemplateResponse(request, name, values, status_code=status)
