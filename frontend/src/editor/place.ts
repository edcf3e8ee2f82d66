// Where in a pattern the cursor stands: what is wanted there goes first.

export type Role = "subject" | "predicate" | "object" | "class" | "other";

const TOKEN =
  /#[^\n]*|<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|@[A-Za-z-]+|\^\^|[?$][\p{L}\w]+|[\p{L}\w-]*:[\p{L}\w.-]*[\p{L}\w-]|[\p{L}\w-]*:|[\p{L}_][\p{L}\w]*|[\d.]+|[\s]+|./gsu;
const PATTERNS = /^(?:WHERE|OPTIONAL|UNION|MINUS|EXISTS|SELECT|CONSTRUCT|ASK|DESCRIBE|GRAPH)$/i;
const CLAUSES = /^(?:FILTER|BIND|ORDER|GROUP|HAVING|LIMIT|OFFSET|PREFIX|BASE|FROM)$/i;

/** The role in a triple of what would be written at the end of a text. */
export function roleAt(before: string): Role {
  // A pattern is short: what came long before says nothing of the role.
  const tokens = before.slice(-4000).match(TOKEN) ?? [];
  let depth = 0;
  let role = "other" as Role;
  let predicate = "";
  for (const token of tokens) {
    if (/^[#\s]/.test(token)) continue;
    if (token === "(") depth += 1;
    else if (token === ")") depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (/^[{.}]$/.test(token)) role = "subject";
    else if (token === ";" || token === "[") role = "predicate";
    else if (token === ",") role = predicate === "a" ? "class" : "object";
    else if (CLAUSES.test(token)) role = "other";
    else if (PATTERNS.test(token)) continue;
    else if (/^[/|^*+?]$/.test(token)) role = role === "object" || role === "class" ? "predicate" : role;
    else if (role === "subject") role = "predicate";
    else if (role === "predicate") {
      predicate = token;
      role = token === "a" ? "class" : "object";
    }
  }
  return depth > 0 ? "other" : role;
}
