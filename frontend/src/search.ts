// The search box in the head of every page: things by name or identifier, as you type.

import { combobox, type Choices, type Group, type Option, type Wording } from "./shared/combobox";
import { pageLanguage } from "./shared/texts";

interface Text {
  readonly text: string;
  readonly language?: string;
}

interface Hit {
  readonly page: string;
  readonly kind: string;
  readonly name: Text;
  readonly description: Text | null;
  readonly match: { readonly name?: Text; readonly identifier?: string };
}

interface Answer {
  readonly title: string;
  readonly status: string;
  readonly kinds: Readonly<Record<string, { readonly label: string; readonly icon: string }>>;
  readonly suggestions: readonly Hit[];
}

const input = document.querySelector<HTMLInputElement>("form.find input[type=search]");
if (input) combobox(input, { ask, take: (option) => location.assign(option.value) });

async function ask(text: string, signal: AbortSignal): Promise<Choices> {
  const address = `/suggest?${new URLSearchParams({ q: text, lang: pageLanguage() })}`;
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const answer = (await response.json()) as Answer;
  return { title: answer.title, status: answer.status, groups: groups(answer) };
}

// The kinds stand in the order of their best hits.
function groups(answer: Answer): Group[] {
  const found = new Map<string, Option[]>();
  for (const hit of answer.suggestions) {
    const options = found.get(hit.kind) ?? [];
    options.push(option(hit));
    found.set(hit.kind, options);
  }
  return [...found].map(([kind, options]) => ({
    label: answer.kinds[kind]?.label ?? kind,
    icon: answer.kinds[kind]?.icon,
    options,
  }));
}

function option(hit: Hit): Option {
  const language = pageLanguage();
  const { pathname, hash } = new URL(hit.page);
  const { name, description, match } = hit;
  const also = match.name ?? (match.identifier ? { text: match.identifier } : undefined);
  return {
    ...wording(name),
    also: also && also.text !== name.text ? wording(also) : undefined,
    note: description?.language === language ? description.text : undefined,
    value: `${pathname}?${new URLSearchParams({ lang: language })}${hash}`,
  };
}

function wording({ text, language }: Text): Wording {
  return { text, language: language === pageLanguage() ? undefined : language };
}
