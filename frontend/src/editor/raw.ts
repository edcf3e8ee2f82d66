// The answer as it came: results in JSON, a graph in Turtle.

import { make } from "../shared/dom";
import { type Texts, pageLanguage } from "../shared/texts";
import { type Data, post, upTo } from "./data";

/** More than this is for a download, not for a page. */
const MOST = 200_000;
/** Turtle has hardly more bytes than the triples that were read before. */
const LARGEST = 32_000_000;

/** Writes the answer as text; of a long one the beginning. */
export async function drawRaw(data: Data, into: HTMLElement, texts: Texts): Promise<void> {
  const raw = data.form === "graph" ? await upTo(LARGEST, await post(data.query, "text/turtle")) : pretty(data.raw);
  const code = make("code", {}, raw.slice(0, MOST) + (raw.length > MOST ? " …" : ""));
  const region = { class: "code raw", tabindex: 0, role: "region", "aria-label": texts("editor.view.raw") };
  into.replaceChildren(make("pre", { ...region, lang: pageLanguage() }, code));
}

function pretty(json: string): string {
  return json.length > MOST ? json : JSON.stringify(JSON.parse(json), null, 1);
}
