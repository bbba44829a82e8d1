from hypothesis import given, settings
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL


@settings(max_examples=30)
@given(graphs(SMALL))
def test_x(g):
    assert g.facts is not None
