// The data of an answer, as the views draw them.

import { pageLanguage } from "../shared/texts";

/** A term of RDF as SPARQL results in JSON tell it. */
export interface Term {
  readonly type: "uri" | "literal" | "bnode";
  readonly value: string;
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

/** A solution: the variables that are bound. */
export type Row = Readonly<Record<string, Term>>;

/** What came of a query: a table, a yes or no, or a graph as rows of three terms. */
export interface Data {
  readonly form: "table" | "truth" | "graph";
  readonly query: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** The answer as it came. */
  readonly raw: string;
}

/** Thrown where an answer is larger than a browser should draw. */
export class TooLarge extends Error {}

/** Bytes of an answer that is drawn. */
const MOST = 16_000_000;
const RESULTS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name),
);
const DATES = new Set(["date", "dateTime", "gYear", "gYearMonth"].map((name) => XSD + name));

/** Asks for the data of a query. */
export async function fetchData(query: string): Promise<Data> {
  const reply = await post(query, `${RESULTS}, ${TRIPLES};q=0.9`);
  const raw = await upTo(MOST, reply);
  if (reply.headers.get("Content-Type")?.startsWith(TRIPLES)) {
    return { form: "graph", query, columns: ["s", "p", "o"], rows: triples(raw), raw };
  }
  const members = JSON.parse(raw) as {
    head: { vars?: string[] };
    boolean?: boolean;
    results?: { bindings: Row[] };
  };
  if (members.results) {
    return { form: "table", query, columns: members.head.vars ?? [], rows: members.results.bindings, raw };
  }
  return { form: "truth", query, columns: [], rows: [], raw };
}

/** The text of an answer, given up where it is longer than so many bytes. */
export async function upTo(most: number, reply: Response): Promise<string> {
  const reader = reply.body?.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > most) {
      await reader?.cancel();
      throw new TooLarge(`the answer has more than ${most} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The rows of a query of ours. */
export async function select(query: string): Promise<readonly Row[]> {
  const reply = await post(query, RESULTS);
  return ((await reply.json()) as { results: { bindings: Row[] } }).results.bindings;
}

/** The answer to a query in a format. */
export async function post(query: string, accept: string): Promise<Response> {
  const headers = { Accept: accept, "Content-Type": "application/sparql-query" };
  const reply = await fetch("/sparql", { method: "POST", body: query, headers });
  if (!reply.ok) throw new Error(`the query was answered with ${reply.status}`);
  return reply;
}

/** The names of some IRIs in the language of the page, as far as they have any. */
export async function namesOf(iris: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(iris)].filter((iri) => /^[^\s<>"{}|^`\\]+$/.test(iri));
  const found = new Map<string, string>();
  const ranks = new Map<string, number>();
  const languages = [pageLanguage(), "en", "fr", "de", ""];
  for (let start = 0; start < wanted.length; start += 200) {
    const values = wanted.slice(start, start + 200).map((iri) => `<${iri}>`).join(" ");
    const rows = await select(`PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?s ?name WHERE { VALUES ?s { ${values} } ?s ?p ?name FILTER(?p IN (skos:prefLabel, rdfs:label, dcterms:title)) }`);
    for (const { s, name } of rows) {
      if (!s || !name) continue;
      const at = languages.indexOf(name["xml:lang"] ?? "");
      const rank = at < 0 ? languages.length : at;
      if (rank >= (ranks.get(s.value) ?? Infinity)) continue;
      ranks.set(s.value, rank);
      found.set(s.value, name.value);
    }
  }
  return found;
}

/** The number that a term is; null of any other. */
export function numberOf(term: Term | undefined): number | null {
  if (!term || term.type !== "literal" || !NUMBERS.has(term.datatype ?? "")) return null;
  const value = Number(term.value);
  return Number.isFinite(value) ? value : null;
}

/** The moment that a term is, in milliseconds; null of any other. */
export function momentOf(term: Term | undefined): number | null {
  if (!term || term.type !== "literal" || !DATES.has(term.datatype ?? "")) return null;
  const value = Date.parse(term.value);
  return Number.isNaN(value) ? null : value;
}

/** The page of an IRI on this host, else the IRI itself; null where it is no address. */
export function addressOf(iri: string): string | null {
  const base = document.getElementById("bench")?.dataset["base"];
  if (!base) return /^https?:/.test(iri) ? iri : null;
  if (iri.startsWith(`${base}id/`)) return `/doc/${iri.slice(base.length + 3)}?lang=${pageLanguage()}`;
  if (iri.startsWith(base)) return `/${iri.slice(base.length)}`;
  return /^https?:/.test(iri) ? iri : null;
}

/** The last part of an IRI, to be shown where it has no name. */
export function tailOf(iri: string): string {
  return decodeURIComponent(/[^/#]+[/#]?$/.exec(iri)?.[0] ?? iri);
}

const TRIPLE =
  /^(?:<([^>]*)>|(_:\S+)) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([\w-]+))?) \.$/gm;

/** The triples of a graph in N-Triples as the server writes it: one a line, one blank between. */
function triples(text: string): Row[] {
  return [...text.matchAll(TRIPLE)].map(([, iri, blank, predicate, object, node, literal, datatype, language]) => ({
    s: iri !== undefined ? named(iri) : ({ type: "bnode", value: blank ?? "" } as const),
    p: named(predicate ?? ""),
    o:
      object !== undefined
        ? named(object)
        : node !== undefined
          ? ({ type: "bnode", value: node } as const)
          : {
              type: "literal" as const,
              value: unescape(literal ?? ""),
              ...(datatype ? { datatype } : {}),
              ...(language ? { "xml:lang": language } : {}),
            },
  }));
}

function named(iri: string): Term {
  return { type: "uri", value: unescape(iri) };
}

const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescape(text: string): string {
  return text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (_, short, long, sign: string) =>
    short || long ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : (ESCAPES[sign] ?? sign),
  );
}
