// What the scripts beside this one share: they are told what to ask as JSON, and tell JSON.

export const asked = JSON.parse(process.argv[2]);

export const tell = (answer) => console.log(JSON.stringify(answer));

/** One term in N-Triples. */
const written = (term) => term.termType === 'NamedNode' ? `<${term.value}>`
  : JSON.stringify(term.value)
    + (term.language ? `@${term.language}` : `^^<${term.datatype.value}>`);

/** One triple as a line of N-Triples. */
export const line = (quad) =>
  `${[quad.subject, quad.predicate, quad.object].map(written).join(' ')} .`;

/** All that a stream of Node gives. */
export const all = async (stream) => {
  const found = [];
  for await (const one of stream) found.push(one);
  return found;
};
