"""Cities and the places that are not covered: ``city.yml`` and ``places.yml``."""

from __future__ import annotations

from content.model import City
from content.reading.record import Record

_KEYS = (
    "name",
    "province",
    "aliases",
    "area_code",
    "lat",
    "lon",
    "radius_km",
    "districts",
    "ambiguous",
)


def read_city(root: Record, city_id: str) -> City | None:
    """The city of a ``city.yml``; None where the key ``city`` is missing."""
    record = root.only(("city",)).one("city")
    if record is None:
        root.fault("缺少 city")
        return None
    record.only(_KEYS)
    return City(
        id=city_id,
        name=record.text("name"),
        aliases=record.texts("aliases"),
        districts=record.texts("districts"),
        province=record.text("province"),
        area_code=record.text("area_code"),
        lat=record.real("lat"),
        lon=record.real("lon"),
        radius_km=record.real("radius_km"),
        ambiguous=record.texts("ambiguous"),
    )


def read_places(root: Record) -> tuple[str, ...]:
    """Names of the Chinese cities and provinces beside the covered ones, longest first."""
    record = root.only(("places",)).one("places")
    if record is None:
        root.fault("缺少 places")
        return ()
    record.only(("provinces", "cities"))
    names = list(record.texts("provinces"))
    for line in record.data.get("cities") or []:
        names += [str(name) for name in line]
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
