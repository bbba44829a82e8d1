"""Questions Q069 to Q112: figures worked out, dates, who says so, and where the sources differ."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from kaigraph.ontology.datatypes.edtf import bounds
from tests.questions.asking import ask, expected, sources_in

LOWER_BOUNDS = {"AT_LEAST", "MORE_THAN"}
DATE = "https://w3id.org/kaigraph/ontology#date"


def only(connection: Any) -> Any:  # noqa: ANN401  # JSON of any form
    """The one node of a connection: a second one would make the question ambiguous."""
    (node,) = connection["nodes"]
    return node


def carrier(data: object) -> str:
    """The one source that carries what is given."""
    (source,) = sources_in(data)
    return source


def plain(value: Decimal) -> int | float:
    """A number as JSON writes it in the list of answers: whole numbers without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


def is_before(first: str, second: str) -> bool:
    """Whether every reading of the first EDTF date ends before any reading of the second begins."""
    last, begin = bounds(first)[1], bounds(second)[0]
    return last is not None and begin is not None and last < begin


def check(question: str, answer: object, sources: set[str], rests_on: object) -> None:
    """The answer is the one on the list, and these sources and no others carry it."""
    assert answer == expected()[question]
    assert sources_in(rests_on) == sources


def check_rate(question: str, paid: Any, sources: set[str]) -> None:  # noqa: ANN401  # JSON of any form
    """The rate of the printed pair, to one decimal; the editors' own conversion must say the same."""
    amount, conversion = paid["amount"], only(paid["conversions"])
    values = {money["currency"]: Decimal(money["value"]) for money in (amount, amount["printedEquivalent"])}
    quote, base = conversion["quoteCurrency"], conversion["baseCurrency"]
    rate = (values[quote] / values[base]).quantize(Decimal("0.1"))
    assert rate == Decimal(conversion["rate"])
    check(question, {"value": plain(rate), "unit": f"{quote}/{base}"}, {*sources, "editors"}, paid)


def test_q069_ratio_of_starting_salaries() -> None:
    data = ask("Q069")
    overseas, korean = only(data["overseas"])["amount"], only(data["korean"])["amount"]
    assert overseas["currency"] == korean["currency"]
    ratio = Decimal(overseas["value"]) / Decimal(korean["value"])
    check("Q069", {"value": plain(ratio), "unit": "ratio"}, {"001"}, data)


def test_q070_rate_of_the_loan_pair() -> None:
    check_rate("Q070", only(ask("Q070")["loans"]), {"000"})


def test_q071_rate_of_the_stargate_pair() -> None:
    check_rate("Q071", only(ask("Q071")["projects"]), {"001"})


def test_q072_rate_of_the_eu_pair() -> None:
    check_rate("Q072", only(ask("Q072")["plans"]), {"001"})


def test_q073_rate_of_the_gpu_pair() -> None:
    check_rate("Q073", only(ask("Q073")["supports"]), {"004"})


def test_q074_won_per_gpu() -> None:
    acquisition = only(ask("Q074")["acquisitions"])
    (edge,) = acquisition["financedBy"]["edges"]
    amount = edge["node"]["amount"]
    each = Decimal(amount["value"]) / Decimal(acquisition["quantity"]["number"])
    nearest = (each / 10_000).to_integral_value() * 10_000
    check("Q074", {"value": plain(nearest), "unit": amount["currency"]}, {"001"}, edge)
    assert sources_in(acquisition["claims"]) == {"000", "001", "003"}


def test_q075_people_in_government_offices() -> None:
    people = ask("Q075")["people"]
    assert len({person["label"] for person in people["nodes"]}) == people["totalCount"]
    check("Q075", {"value": people["totalCount"], "unit": "person"}, {"000", "001", "002", "003", "004"}, people)


def test_q076_gpus_short_of_the_demand() -> None:
    demand = only(ask("Q076")["statements"])
    planned = only(demand["about"])
    assert demand["quantity"]["qualifier"] in LOWER_BOUNDS
    short = Decimal(demand["quantity"]["number"]) - Decimal(planned["quantity"]["number"])
    check("Q076", {"value": plain(short), "unit": demand["quantity"]["unit"]}, {"001"}, demand["claims"])
    assert sources_in(planned) == {"000", "001", "003"}


def test_q077_upper_bound_of_gpus_in_the_country() -> None:
    data = ask("Q077")
    planned, present = only(data["planned"]), only(data["present"])
    assert present["quantity"]["qualifier"] == "UP_TO_ABOUT"
    total = Decimal(planned["quantity"]["number"]) + Decimal(present["quantity"]["number"])
    check("Q077", {"value": plain(total), "unit": present["quantity"]["unit"]}, {"001"}, present)
    assert sources_in(planned) == {"000", "001", "003"}


def test_q078_due_by_the_end_of_2025() -> None:
    data = ask("Q078")
    found = [only(data[field]) for field in ("tranches", "programmes", "facilities")]
    check("Q078", [thing["label"] for thing in found], {"000", "001", "002"}, data)
    assert [sources_in(thing) for thing in found] == [{"000", "001", "002"}, {"001"}, {"000"}]


def test_q079_gpu_targets_of_the_first_half_of_2026() -> None:
    found = ask("Q079")["acquisitions"]["nodes"]
    check("Q079", [thing["label"] for thing in found], {"000", "001", "003"}, found)
    assert [sources_in(thing) for thing in found] == [{"000", "001"}, {"000", "001", "003"}]


def test_q080_dated_2027() -> None:
    data = ask("Q080")
    found = [only(data[field]) for field in ("facilities", "targets", "funds")]
    check("Q080", [thing["label"] for thing in found], {"000", "001", "003"}, data)
    assert [sources_in(thing) for thing in found] == [{"000"}, {"001", "003"}, {"001"}]


def test_q082_latest_deadline() -> None:
    target, next_one = ask("Q082")["targets"]["nodes"]
    assert is_before(next_one["deadline"], target["deadline"])
    (edge,) = target["concerns"]["edges"]
    check("Q082", [edge["node"]["label"], target["deadline"]], {"000"}, target)


def test_q083_months_between_the_tranches() -> None:
    first, second = ask("Q083")["acquisitions"]["nodes"]
    early, late = (date.fromisoformat(tranche["deadline"]) for tranche in (first, second))
    months = (late.year - early.year) * 12 + late.month - early.month
    check("Q083", {"value": months, "unit": "month"}, {"000", "001", "002"}, [first, second])


def test_q084_selection_before_launch() -> None:
    launch = only(ask("Q084")["launches"])
    selections = only(launch["launches"])["selectionsMade"]
    assert selections["totalCount"] == len({row["selected"]["label"] for row in selections["nodes"]}) == 5
    before = all(is_before(row["date"], launch["date"]) for row in selections["nodes"])
    check("Q084", before, {"004"}, launch)


def test_q085_year_of_the_lab() -> None:
    lab = only(ask("Q085")["laboratories"])
    check("Q085", lab["established"], {"000", "003"}, lab)


def test_q086_the_dated_article() -> None:
    articles = ask("Q086")["sources"]["nodes"]
    (dated,) = [row for row in articles if re.fullmatch(r"\d{4}-\d\d-\d\d", row["published"])]
    check("Q086", dated["published"], {"000"}, {"source": dated})


def test_q087_days_meant_by_earlier_this_week() -> None:
    found = []
    for row in ask("Q087")["announcements"]["nodes"]:
        published = {claim["source"]["published"] for claim in row["claims"] if carrier(claim) == "000"}
        first, _, last = row["date"].partition("/")
        if published and last:
            found.append((row, date.fromisoformat(first), date.fromisoformat(last), published.pop()))
    ((row, monday, last_day, out),) = found
    assert monday.weekday() == 0
    assert (date.fromisoformat(out) - last_day).days == 1
    check("Q087", row["date"], {"000"}, row)


def test_q088_preferred_reading_of_the_26th() -> None:
    announcement = only(ask("Q088")["announcements"])
    ranks = [only(claim["ranking"])["rank"] for claim in announcement["claims"]]
    assert sorted(ranks) == ["DEPRECATED", "PREFERRED"]
    check("Q088", announcement["date"], {"001"}, announcement)


def test_q089_service_before_opening() -> None:
    center = only(ask("Q089")["computingCenters"])
    assert {claim["certainty"] for claim in center["claims"]} == {"PLANNED"}
    check("Q089", is_before(center["serviceStart"], center["opening"]), {"000"}, center)


def test_q090_unicorns_and_opening_in_the_same_year() -> None:
    data = ask("Q090")
    target, center = only(data["targets"]), only(data["computingCenters"])
    check("Q090", target["deadline"][:4] == center["opening"][:4], {"000", "001", "003"}, data)
    assert (sources_in(target), sources_in(center)) == ({"001", "003"}, {"000"})


def test_q091_year_of_the_policy_financing() -> None:
    financing = only(ask("Q091")["policyFinancings"])
    check("Q091", financing["amount"]["period"], {"001", "003"}, financing)


def test_q095_documents_with_the_top_three_goal() -> None:
    goal = only(ask("Q095")["targets"])
    check("Q095", sorted(sources_in(goal)), {"000", "002", "003", "004"}, goal)


def test_q102_who_cites_data_security() -> None:
    people = ask("Q102")["people"]["nodes"]
    check("Q102", [person["label"] for person in people], {"002"}, people)


def test_q103_dates_of_the_third_meeting() -> None:
    dates = [fact for fact in only(ask("Q103")["meetings"])["facts"] if fact["property"] == DATE]
    given = sorted((carrier(claim), claim["paragraph"], fact["value"]) for fact in dates for claim in fact["claims"])
    answer: dict[str, list[str]] = {}
    for source, _, value in given:
        answer.setdefault(source, []).append(value)
    check("Q103", answer, {"000", "001", "003"}, dates)
    assert {fact["value"] for fact in dates if fact["current"]} == {"2025-02-20"}


def test_q105_names_of_the_committee() -> None:
    committee = only(ask("Q105")["committees"])
    names = {committee["prefLabel"]} | {name["value"] for name in committee["altLabel"]}
    assert names == set(expected()["Q105"])
    assert sources_in(committee) == {"000", "001", "003", "editors"}


def test_q106_two_sums_for_the_gpus() -> None:
    acquisition = only(ask("Q106")["acquisitions"])
    answer = []
    for holder in (only(acquisition["financedBy"]), only(acquisition["statements"])):
        amount = holder["amount"]
        bound = {"bound": "lower"} if amount["qualifier"] in LOWER_BOUNDS else {}
        answer.append({"value": plain(Decimal(amount["value"])), "unit": amount["currency"], **bound})
    check("Q106", answer, {"001"}, acquisition)


def test_q108_year_of_the_gpus_and_of_the_opening() -> None:
    center = only(ask("Q108")["computingCenters"])
    targets = center["targetsAndStatistics"]["nodes"]
    (housed,) = [row for row in targets if row["quantity"]["unit"] == "GPU"]
    assert Decimal(housed["quantity"]["number"]) == 10_000
    check("Q108", housed["deadline"] == center["opening"], {"000"}, center["openingClaims"])
    assert sources_in(housed) == {"002"}


def test_q109_two_institutions() -> None:
    universities = ask("Q109")["universities"]["nodes"]
    answer = {carrier(row["claims"]): row["label"] for row in universities}
    check("Q109", answer, {"001", "003", "editors"}, universities)
    (apart,) = [edge for row in universities for edge in row["differentFrom"]["edges"]]
    assert apart["node"]["label"] in answer.values()
    assert sources_in(apart) == {"editors"}


def test_q110_two_names_of_a_fund() -> None:
    match = only(ask("Q110")["candidateMatches"])
    funds = (match["candidate"], match["matches"])
    sums = {(fund["amount"]["currency"], Decimal(fund["amount"]["value"])) for fund in funds}
    assert sums == {("KRW", Decimal(3_000_000_000_000)), ("USD", Decimal(2_090_000_000))}
    answer = {carrier(fund): fund["label"] for fund in funds}
    check("Q110", answer, {"001", "002", "editors"}, match)


def test_q112_the_hundred_firms() -> None:
    groups = ask("Q112")["groups"]["nodes"]
    described = {carrier(row): {**row, "claims": None} for row in groups}
    check("Q112", described["002"] == described["003"], {"002", "003"}, groups)
    assert len(groups) == 2
    assert described["003"]["companyKind"] == ["SPECIALIST_FIRM"]
    assert described["002"]["companyKind"] == []
