// The page to ask in SPARQL: its editor comes when the page is there, so that a first visit waits
// for no more than the text area it takes the place of.

const begin = () => void import("./editor/bench");

if (document.readyState === "complete") begin();
else window.addEventListener("load", begin, { once: true });
