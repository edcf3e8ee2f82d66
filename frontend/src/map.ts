// The map moves: buttons, wheel with a key held, keyboard; marks part as it is magnified; filters
// take effect without loading the page anew. The table beneath says the same, always.

import { textsOf, type Texts } from "./shared/texts";
import type { Stop } from "./map/clusters";
import { follow } from "./map/filters";
import { Sheet } from "./map/sheet";
import { Tiles } from "./map/tiles";

function start(figure: HTMLElement): void {
  const stage = figure.querySelector<HTMLElement>(".stage");
  if (!stage) return;
  const texts = textsOf(figure);
  const stops = JSON.parse(figure.dataset["stops"] ?? "[]") as Stop[];
  const template = figure.dataset["tiles"];
  const window = (figure.dataset["window"] ?? "").split(" ").map(Number);
  stage.classList.toggle("tiled", template !== undefined);
  const hint = hintOf(stage, texts);
  const sheets = [...stage.querySelectorAll<SVGSVGElement>(":scope > svg")].map(
    (svg) =>
      new Sheet(
        svg,
        stops,
        texts,
        template === undefined ? null : new Tiles(template, window),
        (is) => stage.classList.toggle("moved", is),
        hint,
      ),
  );
  const all = (act: (sheet: Sheet) => void) => () => sheets.forEach(act);
  const actions = {
    in: all((sheet) => sheet.scale(1.6)),
    out: all((sheet) => sheet.scale(1 / 1.6)),
    whole: all((sheet) => sheet.reset()),
  };
  stage.append(toolsOf(texts, actions));
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", texts("stage"));
  const keys: Readonly<Record<string, () => void>> = {
    "+": actions.in,
    "=": actions.in,
    "-": actions.out,
    "0": actions.whole,
    Escape: actions.whole,
    ArrowLeft: all((sheet) => sheet.move(-1, 0)),
    ArrowRight: all((sheet) => sheet.move(1, 0)),
    ArrowUp: all((sheet) => sheet.move(0, -1)),
    ArrowDown: all((sheet) => sheet.move(0, 1)),
  };
  stage.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    // The arrows scroll the page as long as there is nowhere to move to.
    const isWhole = sheets.every((sheet) => sheet.magnification === 1);
    if (isWhole && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    act();
  });
}

function toolsOf(texts: Texts, actions: Readonly<Record<"in" | "out" | "whole", () => void>>): HTMLElement {
  const tools = document.createElement("div");
  tools.className = "m-tools";
  const signs = { in: "+", out: "−", whole: "⤢" } as const;
  for (const key of ["in", "out", "whole"] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = signs[key];
    button.setAttribute("aria-label", texts(key));
    button.title = texts(key);
    button.addEventListener("click", actions[key]);
    tools.append(button);
  }
  return tools;
}

/** Says once how the wheel works, when somebody turns it over the map. */
function hintOf(stage: HTMLElement, texts: Texts): () => void {
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    const hint = document.createElement("p");
    hint.className = "m-hint";
    hint.textContent = texts("wheel");
    stage.append(hint);
    setTimeout(() => hint.remove(), 3000);
  };
}

const view = document.getElementById("map-view");
const form = document.querySelector<HTMLFormElement>("form.facets");
const begin = (within: HTMLElement): void => {
  const figure = within.querySelector<HTMLElement>("figure.map");
  if (figure) start(figure);
};
if (view) begin(view);
if (form) follow(form, begin);
