"""Questions over several hops, and the first sums: each is one operation, answered by following the graph."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.questions.asking import ask, expected, sources_in

Json = Any  # what an answer is made of

RESOURCE_NAMES = {"GPU_ACCESS": "GPUs"}  # the answers name the thing, the graph the access to it
NATIONALITIES = {"China": "Chinese"}  # the graph knows a country, the answers use its adjective


def only(connection: Json) -> Json:
    """The one node of a connection; more or fewer would be another answer."""
    (node,) = connection["nodes"]
    return node


def end(connection: Json) -> Json:
    """The node at the end of the one edge of a connection."""
    (edge,) = connection["edges"]
    return edge["node"]


def labels(connection: Json) -> list[str]:
    """The names of what a connection leads to, by nodes or by edges."""
    found = connection["nodes"] if "nodes" in connection else [edge["node"] for edge in connection["edges"]]
    return [node["label"] for node in found]


def told_by(source: str, items: list[Json]) -> list[Json]:
    """Those edges or nodes of which this source says something itself."""
    return [item for item in items if source in sources_in(item["claims"])]


def as_measure(number: str | Decimal, unit: str) -> dict[str, Decimal | str]:
    """A number and its unit, as the answers give them."""
    return {"value": Decimal(number), "unit": unit}


def money(amount: Json) -> dict[str, Decimal | str]:
    """An amount of money, as the answers give it."""
    return as_measure(amount["value"], amount["currency"])


def day_before(dates: str) -> str:
    """The day before a date, or before each end of an interval of dates."""
    return "/".join(str(date.fromisoformat(day) - timedelta(days=1)) for day in dates.split("/"))


def resource_name(kind: str) -> str:
    """A kind of resource as a reader calls it."""
    return RESOURCE_NAMES.get(kind, kind.replace("_", " ").capitalize())


def test_q025_state_bank_behind_the_gpus() -> None:
    data = ask("Q025")
    facility = end(only(data["acquisitions"])["allocatedTo"])
    lenders = end(facility["financedBy"])["lender"]["edges"]
    assert [edge["node"]["label"] for edge in lenders if edge["node"]["runBy"]["edges"]] == expected()["Q025"]
    assert sources_in(lenders) == {"000"}  # who lends, and that the state runs the bank
    assert sources_in(data) == {"000", "001", "002"}


def test_q026_deadline_of_the_tranche() -> None:
    data = ask("Q026")
    tranche = only(data["acquisitions"])
    assert tranche["deadline"] == expected()["Q026"]
    assert sources_in(tranche["claims"]) == {"000", "001", "002"}
    assert sources_in(tranche["allocatedTo"]) == {"000"}  # only 000 dates the opening


def test_q030_ceo_of_the_llm_developer() -> None:
    data = ask("Q030")
    named = [
        company
        for company in data["companies"]["nodes"]
        if told_by("001", company["worksOn"]["edges"]) and told_by("003", company["attendances"]["nodes"])
    ]
    assert [role["holder"]["label"] for company in named for role in company["rolesHere"]["nodes"]] == expected()[
        "Q030"
    ]
    assert sources_in(data) == {"000", "001", "003"}  # 000 has the office, 001 the model, 003 the guest


def test_q032_president_and_minister() -> None:
    data = ask("Q032")
    launch = only(data["launches"])
    eve = [each for each in data["announcements"]["nodes"] if each["date"] == day_before(launch["date"])]
    leaders = [role["holder"]["label"] for each in eve for role in only(each["announces"])["rolesHere"]["nodes"]]
    speaker = only(launch["occasions"])["speaker"]
    assert only(speaker["roles"])["office"]["label"].startswith("Minister")
    assert [*leaders, speaker["label"]] == expected()["Q032"]
    assert sources_in(data) == {"004"}


def test_q035_year_of_the_criticised_fund() -> None:
    data = ask("Q035")
    assert only(only(data["statements"])["about"])["deadline"] == expected()["Q035"]
    assert sources_in(data) == {"001"}


def test_q036_won_size_of_the_matched_fund() -> None:
    data = ask("Q036")
    fund = only(only(data["groups"])["financedBy"])
    match, conversion = only(fund["candidateMatches"]), only(fund["conversions"])
    assert money(match["matches"]["amount"]) == money(conversion["convertedTo"]) == expected()["Q036"]
    assert conversion["rateOrigin"] == "MATCHED_PAIR"
    assert sources_in(data) == {"001", "002", "editors"}  # that the two are one is the editors' word alone


def test_q037_won_amount_of_the_match() -> None:
    data = ask("Q037")
    (initiative,) = told_by("002", data["projects"]["nodes"])
    assert {claim["certainty"] for claim in initiative["claims"]} == {"UNDER_EVALUATION"}
    (candidate,) = told_by("003", [match["candidate"] for match in initiative["matchedBy"]["nodes"]])
    assert money(candidate["amount"]) == expected()["Q037"]
    assert sources_in(data) == {"002", "003", "editors"}


def test_q039_facility_and_year_of_its_semiconductors() -> None:
    data = ask("Q039")
    target = only(data["targets"])
    facility = only(target["concerns"])
    assert end(only(end(facility["financedBy"])["lender"])["runBy"])
    assert [facility["label"], target["deadline"]] == expected()["Q039"]
    assert sources_in(data) == {"000"}


def test_q041_purpose_and_fund_criticised_together() -> None:
    data = ask("Q041")
    statement = only(data["statements"])
    programme = only(statement["programmes"])
    assert [*(text["value"] for text in programme["purpose"]), *labels(statement["funds"])] == expected()["Q041"]
    assert sources_in(programme["claims"]) == {"001", "003"}
    assert sources_in(statement["claims"]) == {"001"}


def test_q043_measure_and_its_certainty() -> None:
    data = ask("Q043")
    measure = only(data["measures"])
    (certainty,) = {claim["certainty"] for claim in measure["claims"]}
    assert [measure["label"], certainty.lower().replace("_", "-")] == expected()["Q043"]
    assert sources_in(data) == {"001"}


def test_q045_model_and_company_of_one_name() -> None:
    data = ask("Q045")
    model = only(data["aiModels"])
    assert sources_in(model["comparisons"]) == {"001"}
    (company,) = [each for each in model["confusedWith"]["nodes"] if each["altLabel"] == model["altLabel"]]
    (field,), (kind,) = end(company["field"])["altLabel"], company["companyKind"]
    called = f"{NATIONALITIES[end(company['basedIn'])['label']]} {field['value']} {kind.lower()}"
    assert [model["origin"]["label"], called] == expected()["Q045"]
    assert sources_in(company) == {"003"}
    assert sources_in(model["claims"]) == {"001", "002"}


def test_q047_who_called_on_the_companies() -> None:
    data = ask("Q047")
    unveiled = only(only(data["committees"])["announcedIn"])["date"]
    (launch,) = [each for each in data["launches"]["nodes"] if day_before(each["date"]) == unveiled]
    assert labels(only(launch["statementsMade"])["heldBy"]) == expected()["Q047"]
    assert sources_in(data) == {"004"}


def test_q050_organisation_with_the_korean_system() -> None:
    data = ask("Q050")
    organization = only(data["organizations"])
    (claim,) = only(organization["productsDeveloped"])["claims"]
    assert labels(claim["attributedTo"]) == [only(organization["rolesHere"])["holder"]["label"]]
    assert [organization["label"]] == expected()["Q050"]
    assert sources_in(data) == {"004"}


def test_q051_office_with_one_title_in_two_articles() -> None:
    data = ask("Q051")
    (announcer,) = only(data["announcements"])["announcedBy"]["edges"]
    roles = [role for role in announcer["node"]["roles"]["nodes"] if len(role["printedTitle"]) == 1]
    shared = [role for role in roles if sources_in(role["claims"]) >= {"001", "003"}]
    assert [role["office"]["label"] for role in shared] == expected()["Q051"]
    assert sources_in(shared) == {"001", "003"}
    assert sources_in(announcer["claims"]) == {"002"}


def test_q052_resources_and_sectors_of_a_hundred_firms() -> None:
    data = ask("Q052")
    (designated,) = told_by("003", data["groups"]["nodes"])
    (funded,) = told_by("002", data["groups"]["nodes"])
    resources = [resource_name(kind) for kind in only(designated["supportReceived"])["resource"]]
    assert sorted([*resources, *labels(funded["field"])]) == sorted(expected()["Q052"])  # neither list has an order
    assert sources_in(designated) == {"003"}
    assert sources_in(funded) == {"002"}


def test_q053_budget_that_would_be_exceeded() -> None:
    data = ask("Q053")
    support = only(data["supports"])
    teams = Decimal(only(support["recipient"])["size"]["number"])
    implied = Decimal(support["amount"]["value"]) * teams
    exceeded = [each for each in data["budgets"]["nodes"] if Decimal(each["amount"]["value"]) < implied]
    names = [f"{each['label']} ({Decimal(each['amount']['value']) / 10**9:.0f} billion won)" for each in exceeded]
    assert names == expected()["Q053"]
    assert (sources_in(support), sources_in(exceeded)) == ({"004"}, {"001"})


def test_q054_deadlines_of_the_two_tranches() -> None:
    data = ask("Q054")
    role = only(only(data["people"])["roles"])
    plans = [edge["node"]["announces"]["nodes"] for edge in role["organization"]["announcements"]["edges"]]
    tranches = [edge["node"] for found in plans for plan in found for edge in plan["parts"]["edges"]]
    assert {tranche["label"]: tranche["deadline"] for tranche in tranches} == expected()["Q054"]
    assert {tranche["label"]: sources_in(tranche) for tranche in tranches} == {
        "10,000-GPU tranche": {"000", "001", "002"},
        "8,000-GPU tranche": {"000", "001"},
    }
    assert sources_in(role["claims"]) == {"004"}  # the only article in which he is minister


def test_q055_institute_and_university_of_the_professor() -> None:
    data = ask("Q055")
    institute = only(only(data["people"])["roles"])["organization"]
    assert [institute["label"], institute["unitOf"]["label"]] == expected()["Q055"]
    assert sources_in(data) == {"001"}


def test_q056_goal_of_the_body_and_the_speech() -> None:
    data = ask("Q056")
    body = only(only(data["leader"])["roles"])["organization"]
    speech = only(only(data["speaker"])["speeches"])
    assert [goal for goal in labels(body["pursues"]) if goal in labels(speech["pursues"])] == expected()["Q056"]
    assert (sources_in(body), sources_in(speech)) == ({"004"}, {"000"})


def test_q057_gpus_for_the_financed_facility() -> None:
    data = ask("Q057")
    loan = only(data["loans"])
    assert end(only(loan["lender"])["runBy"])
    tranche = end(end(loan["finances"])["allocations"])
    gpus = as_measure(tranche["quantity"]["number"], tranche["quantity"]["unit"])
    announced = only(only(tranche["partOf"])["announcedIn"])
    assert [gpus, tranche["deadline"], *labels(announced["announcedBy"])] == expected()["Q057"]
    assert sources_in(announced) == {"000"}
    assert sources_in(data) == {"000", "001", "002"}


def test_q058_resource_promised_everywhere() -> None:
    data = ask("Q058")
    said: dict[str, set[str]] = {}
    for support in (only(data["national"]), only(data["five"])):
        # Only facts say which source names which of several values; there a value is its IRI: `…#gpuAccess`.
        facts = [fact for fact in support["facts"] if fact["property"].endswith("#resource")]
        told = {fact["value"].rsplit("#", 1)[-1].lower(): sources_in(fact) for fact in facts}
        for kind in support["resource"]:
            said[kind] = said.get(kind, set()) | told[kind.lower().replace("_", "")]
    everywhere = [kind for kind, sources in said.items() if sources >= {"001", "003", "004"}]
    assert [resource_name(kind) for kind in everywhere] == expected()["Q058"]
    assert [said[kind] for kind in everywhere] == [{"001", "003", "004"}]


def test_q059_rival_with_an_investment_plan() -> None:
    data = ask("Q059")
    rivals = told_by("004", only(data["countries"])["rival"]["edges"])
    investing = [each for each in rivals if told_by("001", each["node"]["programmesPromoted"]["edges"])]
    assert [each["node"]["label"] for each in investing] == expected()["Q059"]
    assert sources_in(investing) == {"001", "004"}


def test_q060_similarly_named_lead() -> None:
    data = ask("Q060")
    (maker,) = [each for each in data["companies"]["nodes"] if told_by("001", each["worksOn"]["edges"])]
    assert told_by("000", only(maker["rolesHere"])["holder"]["attendances"]["nodes"])
    apart = [*maker["differentFrom"]["nodes"], *maker["confusedWith"]["nodes"]]
    leads = [each for each in apart if each["label"].startswith(maker["label"]) and each["roles"]["nodes"]]
    assert [name for each in leads for name in (each["label"], only(each["rolesHere"])["holder"]["label"])] == (
        expected()["Q060"]
    )
    assert sources_in(leads) == {"004"}
    assert sources_in(data) == {"000", "001", "004"}


def test_q061_sum_of_the_tranches() -> None:
    data = ask("Q061")
    (total,) = data["acquisitions"]["groups"]
    assert as_measure(total["sum"], total["quantityUnit"]) == expected()["Q061"]
    wholes = [only(tranche["partOf"])["quantity"] for tranche in data["acquisitions"]["nodes"]]
    assert [Decimal(whole["number"]) for whole in wholes] == [Decimal(total["sum"])] * 2  # and the whole says the same
    assert sources_in(data) == {"000", "001", "002"}


def test_q062_articles_with_the_total() -> None:
    data = ask("Q062")
    stating = sources_in(only(data["acquisitions"])["claims"])
    assert as_measure(str(len(stating)), "document") == expected()["Q062"]
    assert stating == {"000", "001", "003"}


def test_q063_articles_with_the_tranche() -> None:
    data = ask("Q063")
    stating = sources_in(only(data["acquisitions"])["claims"])
    assert as_measure(str(len(stating)), "document") == expected()["Q063"]
    assert stating == {"000", "001", "002"}


def test_q064_sum_of_the_won_amounts() -> None:
    data = ask("Q064")
    (total,) = data["financings"]["groups"]
    assert as_measure(total["sum"], total["amountCurrency"]) == expected()["Q064"]
    summed = data["financings"]["nodes"]
    assert told_by("001", summed) == summed  # every summand stands in 001, so the engine's sum is of 001 alone
    assert sources_in(data) == {"001", "003"}  # 003 repeats the policy financing


def test_q065_sum_of_the_dollar_amounts() -> None:
    data = ask("Q065")
    amounts = [each for each in data["amountsOfMoney"]["nodes"] if told_by("002", each["amountOf"]["edges"])]
    (currency,) = {each["currency"] for each in amounts}
    assert as_measure(sum((Decimal(each["value"]) for each in amounts), Decimal()), currency) == expected()["Q065"]
    assert [sources_in(each) for each in amounts] == [{"002"}, {"002"}]


def test_q066_won_if_for_each_team() -> None:
    data = ask("Q066")
    support = only(data["supports"])
    teams = Decimal(only(support["recipient"])["size"]["number"])
    assert support["amount"]["basis"] == "BASIS_UNCLEAR"
    assert as_measure(Decimal(support["amount"]["value"]) * teams, support["amount"]["currency"]) == expected()["Q066"]
    assert sources_in(data) == {"004"}


def test_q067_won_for_each_if_the_total() -> None:
    data = ask("Q067")
    support = only(data["supports"])
    teams = only(support["recipient"])["groupMember"]["totalCount"]
    assert support["amount"]["basis"] == "BASIS_UNCLEAR"
    assert as_measure(Decimal(support["amount"]["value"]) / teams, support["amount"]["currency"]) == expected()["Q067"]
    assert sources_in(data) == {"004"}


def test_q068_undisclosed_items() -> None:
    data = ask("Q068")
    assert as_measure(str(data["statements"]["totalCount"]), "item") == expected()["Q068"]
    assert {claim["paragraph"] for each in data["statements"]["nodes"] for claim in each["claims"]} == {5}
    assert sources_in(data) == {"001"}
