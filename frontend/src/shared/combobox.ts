// A text field with a list that opens below it, after the combobox pattern of the WAI-ARIA
// Authoring Practices: the focus stays in the field, `aria-activedescendant` names the option.

/** A text and its language, where that is not the page's. */
export interface Wording {
  readonly text: string;
  readonly language?: string | undefined;
}

/** One option: its name, what else it is called, a line about it, and where it leads. */
export interface Option extends Wording {
  readonly also?: Wording | undefined;
  readonly note?: string | undefined;
  readonly value: string;
}

/** Options under a heading, with the class of its sign. */
export interface Group {
  readonly label: string;
  readonly icon?: string | undefined;
  readonly options: readonly Option[];
}

/** What a text leads to: the name of the list, the groups, and what is said aloud of them. */
export interface Choices {
  readonly title: string;
  readonly status: string;
  readonly groups: readonly Group[];
}

/** What a field needs: where choices come from, and what happens to the one that is taken. */
export interface Wiring {
  readonly ask: (text: string, signal: AbortSignal) => Promise<Choices>;
  readonly take: (option: Option) => void;
}

const PAUSE = 120; // milliseconds without a key before anything is asked
const KEPT = 50;

let lists = 0;

/** Makes a combobox of a field; its form works as before where nothing is taken from the list. */
export function combobox(input: HTMLInputElement, { ask, take }: Wiring): void {
  const id = `choices-${++lists}`;
  const list = element("div", "complete");
  list.id = id;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const status = element("p", "vh");
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", id);
  input.autocomplete = "off";

  const known = new Map<string, Choices>();
  let options: { readonly option: Option; readonly node: HTMLElement }[] = [];
  let active = -1;
  let timer = 0;
  let request: AbortController | undefined;

  function close(): void {
    window.clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(place: number): void {
    options[active]?.node.setAttribute("aria-selected", "false");
    options[active]?.node.classList.remove("on");
    active = place;
    const node = options[place]?.node;
    if (!node) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    node.setAttribute("aria-selected", "true");
    node.classList.add("on");
    input.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  function show(choices: Choices): void {
    mark(-1);
    options = [];
    list.setAttribute("aria-label", choices.title);
    list.replaceChildren(
      ...choices.groups.map((group, place) => {
        const item = element("div");
        const heading = element("p", "kind");
        heading.id = `${id}-group-${place}`;
        if (group.icon) heading.append(element("span", `icon i-${group.icon}`));
        heading.append(group.label);
        item.setAttribute("role", "group");
        item.setAttribute("aria-labelledby", heading.id);
        item.append(heading, ...group.options.map(row));
        return item;
      }),
    );
    status.textContent = choices.status;
    const isOpen = options.length > 0;
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function row(option: Option): HTMLElement {
    const node = element("div");
    node.id = `${id}-${options.length}`;
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    node.append(wording("b", option));
    if (option.also) node.append(" ", wording("small", option.also));
    if (option.note) node.append(" ", wording("span", { text: option.note }));
    node.addEventListener("click", () => take(option));
    options.push({ option, node });
    return node;
  }

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    request?.abort();
    const text = input.value.trim();
    if (!text) {
      status.textContent = "";
      close();
      return;
    }
    const mine = (request = new AbortController());
    try {
      const found = known.get(text) ?? (await ask(text, mine.signal));
      if (mine.signal.aborted || document.activeElement !== input) return;
      if (known.size >= KEPT) known.clear();
      known.set(text, found);
      show(found);
      list.dataset["text"] = text; // what the list is of
    } catch {
      if (!mine.signal.aborted) close(); // the form still works
    }
  }

  input.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) return;
    window.clearTimeout(timer);
    request?.abort();
    timer = window.setTimeout(() => void look(), PAUSE);
  });
  input.addEventListener("compositionend", () => void look());
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const isOpen = !list.hidden;
    const last = options.length - 1;
    switch (event.key) {
      case "ArrowDown":
        if (!isOpen) void look();
        else mark(active >= last ? 0 : active + 1);
        break;
      case "ArrowUp":
        if (!isOpen) return;
        if (event.altKey) close();
        else mark(active <= 0 ? last : active - 1);
        break;
      case "Home":
      case "End":
        if (!isOpen || active < 0) return; // the caret moves, as in any field
        mark(event.key === "Home" ? 0 : last);
        break;
      case "Escape":
        if (isOpen) close();
        else input.value = "";
        break;
      case "Enter": {
        const taken = options[active];
        if (!isOpen || !taken) {
          close();
          return; // the form is sent
        }
        take(taken.option);
        close();
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  });
}

function element(name: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

function wording(name: string, { text, language }: Wording): HTMLElement {
  const made = element(name);
  made.textContent = text;
  if (language) made.lang = language;
  return made;
}
