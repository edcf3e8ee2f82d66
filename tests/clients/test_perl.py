"""Perl's RDF::Query::Client."""

import json
from typing import Final

import pytest

from .programs import needed, run
from .questions import ABOUT, LONG, MADE, MEMBERS, NAMED, NAMES, NO, YES, triples

pytestmark = needed("RDF::Query::Client")

SCRIPT: Final = """
use strict; use warnings; use JSON::PP; use RDF::Query::Client; use RDF::Trine;
my ($endpoint, $method, $query) = @ARGV;
my $client = RDF::Query::Client->new($query);
my $found = $client->execute($endpoint, { QueryMethod => $method })
    or die $client->error;
binmode STDOUT, ':raw';
if ($found->is_graph) {
    print RDF::Trine::Serializer->new('ntriples')->serialize_iterator_to_string($found);
} elsif ($found->is_boolean) {
    print encode_json([$found->get_boolean ? 1 : 0]);
} else {
    my @rows;
    while (my $row = $found->next) {
        # It leaves UTF-8 as it is, whatever the endpoint says; its users decode it.
        utf8::decode(my $name = $row->{name}->literal_value);
        push @rows, [$row->{member}->uri_value, $name];
    }
    print encode_json(\\@rows);
}
"""


def perl(*arguments: str) -> str:
    return run("perl", "-e", SCRIPT, *arguments)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_it_asks_by_get_and_post(endpoint: str, described: set[str], method: str) -> None:
    assert json.loads(perl(endpoint, method, NAMES)) == NAMED
    assert json.loads(perl(endpoint, method, YES)) == [1]
    assert json.loads(perl(endpoint, method, NO)) == [0]
    assert triples(perl(endpoint, method, MEMBERS)) == MADE
    assert triples(perl(endpoint, method, ABOUT)) == described


def test_it_posts_a_long_query(endpoint: str) -> None:
    assert json.loads(perl(endpoint, "POST", LONG)) == NAMED
