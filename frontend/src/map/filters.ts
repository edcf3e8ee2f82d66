// Filters that take effect at once: the server draws the new view, and only that part is replaced.

/** Follow the form; `drawn` is told when another view stands on the page. */
export function follow(form: HTMLFormElement, drawn: (view: HTMLElement) => void): void {
  let last = 0;
  const status = document.createElement("p");
  status.className = "vh";
  status.setAttribute("role", "status");
  form.append(status);

  const update = async (): Promise<void> => {
    const turn = ++last;
    const address = addressOf(form);
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (turn !== last) return;
    if (!answer.ok) return form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const view = page.getElementById("map-view");
    const here = document.getElementById("map-view");
    const counts = [...page.querySelectorAll(".facets .count")];
    if (turn !== last) return;
    if (!view || !here) return form.submit();
    const next = document.importNode(view, true);
    here.replaceWith(next);
    form.querySelectorAll(".count").forEach((count, i) => {
      count.textContent = counts[i]?.textContent ?? "";
    });
    const reset = page.querySelector(".facets .actions a");
    const old = form.querySelector(".actions a");
    if (old === null && reset) form.querySelector(".actions")?.append(document.importNode(reset, true));
    else if (old !== null && !reset) old.remove();
    for (const link of document.querySelectorAll<HTMLAnchorElement>(".langs a")) {
      const other = new URL(address, location.href);
      other.searchParams.set("lang", link.lang);
      link.href = other.pathname + other.search;
    }
    history.replaceState(null, "", address);
    status.textContent = next.querySelector("figcaption strong")?.textContent ?? "";
    drawn(next);
  };

  const start = (): void => {
    // A network that fails: the form still works as it does without this.
    update().catch(() => form.submit());
  };
  form.addEventListener("change", (event) => {
    const changed = event.target;
    if (changed instanceof HTMLInputElement && changed.type !== "checkbox") return;
    start();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
}

function addressOf(form: HTMLFormElement): string {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") fields.append(name, value);
  }
  return `${new URL(form.action).pathname}?${fields}`;
}
