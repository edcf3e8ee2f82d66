"""Strategies for hypothesis: terms, datasets, and TriG texts in all the ways people write them."""

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

XSD = "http://www.w3.org/2001/XMLSchema#"
HEAD = (
    "@prefix id: <https://w3id.org/enact-graph/id/> .\n"
    "PREFIX org: <http://www.w3.org/ns/org#>\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    "prefix : <http://example.org/>\n"
    "@base <http://example.org/a/b> .\n"
)

_chars = st.characters(codec="utf-8")
texts = st.text(_chars, max_size=12)
_slugs = st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z0-9]{1,3})?", fullmatch=True)
_names = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["id", "org", ""]), _slugs),
    st.sampled_from(
        ["id:a.b", "id:é", ":a:b", ":%41x", r":a\,b", "id:1", ":", "<c>", "<#f>", "<//h/p>", "<>"]
    ),
    st.sampled_from(
        [
            r"<http://example.org/\u00e9>",
            "<http://example.org/é>",
            "<?q>",
            "<../x/./y>",
            "<http://example.org/a/./b/..>",
        ]
    ),
)
_short = st.text(st.sampled_from("ab é'\U0001f600\t#.;"), max_size=6)
_strings = st.one_of(
    st.builds('"{}"'.format, _short),
    st.builds('"""{}"""'.format, st.text(st.sampled_from("ab \n;.}#"), max_size=8)),
    st.sampled_from(["'a\"b'", "'''a'b''c\n'''", r'"\t\n\\\"\u00E9\U0001F600"', '""', "''''''"]),
    st.sampled_from(['"""a"b""c\\""""', r"'\''"]),
)
_literals = st.one_of(
    _strings,
    st.builds("{}@{}".format, _strings, st.sampled_from(["fr", "en", "de-at", "EN-GB"])),
    st.builds("{}^^{}".format, _strings, st.sampled_from(["xsd:date", f"<{XSD}integer>", ":t"])),
    st.sampled_from(
        ["1", "-2", "+3", "1.5", "-.5", "1e6", "1.E3", ".5e-1", "true", "false", "007"]
    ),
)
_blanks = st.sampled_from(["_:a", "_:b1", "_:x.y", "_:é", "[]", "[ ]"])


def _nested(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("( {} )".format, st.lists(values, max_size=3).map(" ".join)),
        st.builds("[ {} ]".format, _properties(values)),
    )


def _properties(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    verbs = st.one_of(st.just("a"), _names)
    objects = st.lists(values, min_size=1, max_size=3).map(" , ".join)
    pairs = st.lists(st.builds("{} {}".format, verbs, objects), min_size=1, max_size=3)
    return st.builds("{}{}".format, pairs.map(" ;\n ".join), st.sampled_from(["", " ;", " ; ;"]))


_values = st.recursive(st.one_of(_names, _literals, _blanks), _nested, max_leaves=4)
_subjects = st.one_of(_names, _blanks, st.just("( 1 :a )"))
_statements = st.one_of(
    st.builds("{} {}".format, _subjects, _properties(_values)),
    st.builds("[ {} ]".format, _properties(_values)),
)
_bodies = st.builds("{}{}".format, st.lists(_statements, max_size=3).map(" .\n".join), st.just(""))
_blocks = st.one_of(
    st.builds("{} .\n".format, _statements),
    st.builds("GRAPH {} {{ {} }}\n".format, st.one_of(_names, st.just("_:g")), _bodies),
    st.builds("{} {{ {} }}\n".format, _names, _bodies),
    st.builds("{{ {} }}\n".format, _bodies),
    st.just("# comment }.;\n"),
)
#: Valid TriG texts in every form the grammar allows.
trig_texts = st.lists(_blocks, max_size=5).map(lambda blocks: HEAD + "".join(blocks))

_iris = st.one_of(
    st.builds("https://w3id.org/enact-graph/id/{}".format, _slugs),
    st.builds("http://www.w3.org/ns/org#{}".format, _slugs),
    st.sampled_from(
        ["http://example.org/é", "urn:x:1", "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"]
    ),
).map(NamedNode)
_types = st.sampled_from(["integer", "decimal", "double", "boolean", "date", "float"])
_typed = st.builds(
    lambda value, name: Literal(value, datatype=NamedNode(XSD + name)),
    st.one_of(st.sampled_from(["1", "10", "9", "1.0", "1e2", "NaN", "-INF", "true", "x"]), texts),
    _types,
)
_tagged = st.builds(
    lambda value, tag: Literal(value, language=tag),
    texts,
    st.sampled_from(["fr", "en", "de", "ja"]),
)
_nodes = st.one_of(_iris, st.sampled_from("abc").map(BlankNode))
_objects = st.one_of(_nodes, texts.map(Literal), _typed, _tagged)
_graphs = st.one_of(st.just(DefaultGraph()), _iris)
_predicates = st.one_of(
    _iris,
    st.sampled_from(
        ["http://www.w3.org/ns/shacl#select", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
    ).map(NamedNode),
)
#: Datasets of a few quads, with what makes writing hard.
datasets = st.lists(st.builds(Quad, _nodes, _predicates, _objects, _graphs), max_size=8)
