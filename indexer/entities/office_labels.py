"""Offices in words: «Foreign minister of Egypt», «وزير الخارجية المصري»."""

from indexer.entities.office_forms import HeldOffice, OfficeEntry, OfficeForms, OfficePlace
from indexer.facets.gazetteer import known_countries
from indexer.facets.gazetteer.known_organisations import KnownOrganisations

#: Where a country's adjective stands, if not at the end: «المندوب السعودي الدائم».
PLACE = "~"
_ADJECTIVE = "ي"
_ONTO = "ل"
_PLURAL = "يون"


class OfficeLabels:
    """The English and Arabic names of offices."""

    def __init__(self, forms: OfficeForms) -> None:
        self._forms = forms
        self._countries = known_countries.labels()
        self._adjectives = known_countries.adjectives()
        self._organisations = KnownOrganisations()

    def english(self, held: HeldOffice, feminine: bool = False) -> str:
        """An office in English: «Former president of Yemen», «Coach (Switzerland)»."""
        entry = self._forms.entries[held.office]
        text = self._forms.called.get((held.office, held.country), entry.en[feminine])
        for before in (held.deputy, held.state):
            if before:
                text = f"{self._before(before)} {self._small(text)}"
        thing = self._forms.things.get(held.body)
        local = thing is not None and bool(held.place and thing.of[0])
        if thing and local:
            text += f" of {held.place} {thing.en[1]}"
        elif held.body:
            text += f" of {self._body(held.body)[1]}"
        if held.place and entry.kind == "place":
            text += f" of {held.place}"
        elif not local and (held.place or (held.country and _is_apart(entry, held))):
            place = held.place or self._countries[held.country].name_en
            text += f" ({place.removeprefix('the ')})"
        elif held.country and not local and entry.kind != "unique":
            text += f" of {self._country(held.country)}"
        if held.to:
            text += f" to {self._country(held.to) or self._body(held.to)[1]}"
        return text

    def arabic(self, held: HeldOffice, feminine: bool = False) -> str:
        """An office in Arabic: «الرئيس اليمني السابق», «السفير السعودي لدى الأردن»."""
        entry = self._forms.entries[held.office]
        deputy = self._forms.entries[held.deputy].ar[feminine] if held.deputy else ""
        text = self._named(entry, held, feminine and not deputy)
        text = f"{deputy} {text}" if deputy else text
        if held.to:
            to = self._countries[held.to].name if held.to in self._countries else ""
            onto = "إلى" if entry.kind == "envoy" else "لدى"
            text += f" {onto} {to or self._body(held.to)[0]}"
        if held.state == "former":
            text += " السابقة" if feminine else " السابق"
        if held.state == "acting":
            text += " بالنيابة"
        return text

    def _named(self, entry: OfficeEntry, held: HeldOffice, feminine: bool) -> str:
        """An office with its body, place and country."""
        ar, of = entry.ar[feminine], entry.of[feminine]
        place = self._forms.places.get(held.place)
        thing = self._forms.things.get(held.body)
        if thing and place and thing.of[0]:
            return _joined(of or ar, f"{thing.of[0]} {place.name}")
        if held.body:
            name = self._body(held.body)[0]
            text = _joined(of or ar, name)
            if place:
                return f"{text} في {place.name}"
            woman = name.split()[0].endswith(("ة", "ات"))
            return self._of_country(text, "", held.country, woman) if held.country else text
        if place:
            return _in_place(of or ar, place)
        if entry.kind == "unique" or not held.country:
            return ar.replace(PLACE, "") or of
        return self._of_country(ar, of, held.country, feminine)

    def _of_country(self, ar: str, of: str, country: str, feminine: bool) -> str:
        """With the country's adjective where it has one; a country's name stands behind ``of``."""
        adjective = self._adjectives.get(country)
        if ar and adjective:
            words = known_countries.definite(adjective).split()
            ending = "ة" if feminine else ""
            agreed = " ".join(w + ending if w.endswith(_ADJECTIVE) else w for w in words)
            return ar.replace(PLACE, f" {agreed}") if PLACE in ar else f"{ar} {agreed}"
        name, ar = self._countries[country].name, ar.replace(PLACE, "")
        return _joined(of, name) if of else f"{ar} في {name}"

    def _body(self, id: str) -> tuple[str, str]:
        """The Arabic and the English name of an organisation."""
        if id in self._forms.things:
            thing = self._forms.things[id]
            return thing.ar[0], thing.en[0]
        label = self._organisations.label(id)
        if label is None:
            return id, id
        words = label.name_en.split()
        common = len(words) > 1 and not self._forms.words["the-bodies"].isdisjoint(words)
        return label.name, f"the {label.name_en}" if common else label.name_en

    def _country(self, id: str) -> str:
        if id not in self._countries:
            return ""
        name = self._countries[id].name_en
        return f"the {name}" if id in self._forms.words["the-countries"] else name

    def _before(self, id: str) -> str:
        """«Deputy», «Former», «Acting»."""
        return self._forms.entries[id].en[0] if id in self._forms.entries else id.capitalize()

    def _small(self, text: str) -> str:
        """An office behind another word: without its capital, unless that is a name's."""
        if text.split()[0] in self._forms.words["proper"]:
            return text
        return text[0].lower() + text[1:]


def _is_apart(entry: OfficeEntry, held: HeldOffice) -> bool:
    """Whether a country stands in brackets: a person's own, or that of a body."""
    return entry.kind == "calling" or bool(held.body)


def _joined(of: str, name: str) -> str:
    """A name behind what governs it: «الأمين العام للأمم المتحدة»."""
    if name.endswith(_PLURAL) and not name.endswith("تلفزيون"):
        name = name.removesuffix(_PLURAL) + "يين"  # «زعيم الحوثيين»
    if not of.endswith(" " + _ONTO):
        return f"{of} {name}"
    return of + (_ONTO + name[2:] if name.startswith("ال") else name)


def _in_place(of: str, place: OfficePlace) -> str:
    """«أمير منطقة عسير», but «أمير المنطقة الشرقية»."""
    if place.name.startswith("المنطقة"):
        return f"{of.removesuffix(' منطقة')} {place.name}"
    return f"{of} {place.name}"
