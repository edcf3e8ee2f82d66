"""The faults of a query that have a sentence of their own, and this sentence in English.

The pages have the same in three languages, under `sparql.wrong` and the key.
"""

from typing import Final

SAID: Final = {
    "as": "AS is missing before {found}; write (… AS {found})",
    "back-reference": "{found} refers back to a group, which the engine cannot do; compare parts of"
    " the text with SUBSTR, STRBEFORE or STRAFTER instead",
    "bare": "an expression in SELECT stands in brackets, with a name; write {instead}",
    "bare-iri": "an IRI stands between < and >; write <{found}>",
    "behind": "{found} stands before what it sorts by; write {instead}",
    "blank": "{code} {name} is no blank of SPARQL; write a plain space",
    "block": "{found} names a block of Unicode, which the engine does not know; write the range of"
    " its characters, or a category such as \\p{{L}}",
    "bound": "{found} has a value already where this {clause} gives it one; take another name",
    "brackets": "a variable stands in no brackets here; write {found}",
    "closing": "“{found}” closes nothing; take it out, or look for the bracket it should close",
    "colon": "a colon is missing after the prefix; write {found}:",
    "condition": "the condition of {clause} stands in brackets; write {clause}(…)",
    "empty-match": "“{found}” finds the empty text, too, which REPLACE must not; write + for *, or"
    " name what is at least there",
    "flags": "“{found}” are no flags of a pattern; there are s, m, i, x and q",
    "foreign": "{code} {name} is no sign of SPARQL; take it out",
    "iri": "“{found}” may not stand in an IRI; write {instead}",
    "letter": "{code} {name} is no letter of a keyword; keywords are written with A to Z",
    "longest": "{found} is one IRI, since the longest token counts; put a space behind <",
    "lookalike": "{code} {name} is no sign of SPARQL; write {instead}",
    "missing": "“{found}” is missing before {other}",
    "nameless": "the expression has no name; write (… AS ?name)",
    "needless": "“{found}” does not belong here; take it out",
    "no-term": '“{found}” is no term; write ?{found} for a variable or "{found}" for a text',
    "open-iri": "the IRI that starts here never ends; write > behind it",
    "order": "{found} goes before {other}; change their order",
    "pattern": "“{found}” is no pattern that the engine can read; XPath has no look-around, each"
    " bracket is closed, and counts must not multiply beyond measure",
    "row": "this row has values for {found} of {other} variables; write UNDEF where there is none",
    "sign": "“{found}” is not written so in SPARQL; write {instead}",
    "starred": "SELECT * cannot stand over groups; name the variables",
    "subject": "“{found}” cannot be the subject of a triple term in an expression; write an IRI or"
    " a variable",
    "turtle": "{found} is Turtle; write {instead} and no full stop at the end",
    "unclosed": "the “{found}” in line {opened_line}, column {opened_column} is open; close it",
    "ungrouped": "{found} is neither in GROUP BY nor in an aggregate; add it to GROUP BY, or write"
    " (SAMPLE({found}) AS ?name)",
    "unseen": "{code} {name} is a character that nobody sees; take it out",
    "word": "“{found}” is no word of SPARQL; write {instead}",
}
