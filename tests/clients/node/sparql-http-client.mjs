import ParsingClient from 'sparql-http-client/ParsingClient.js';
import SimpleClient from 'sparql-http-client/SimpleClient.js';
import StreamClient from 'sparql-http-client/StreamClient.js';
import { all, asked, line, tell } from './told.mjs';

const { endpoint, store, graph, operation, rows, yes, triples } = asked;
const named = (found) => found.map((row) => [row.member.value, row.name.value]);
const how = { operation };

const simple = new SimpleClient({ endpointUrl: endpoint });
const parsing = new ParsingClient({ endpointUrl: endpoint });
const stream = new StreamClient({ endpointUrl: endpoint, storeUrl: store });
const simply = await simple.query.select(rows, how);

tell({
  simple: {
    rows: named((await simply.json()).results.bindings),
    yes: (await (await simple.query.ask(yes, how)).json()).boolean,
    triples: [await (await simple.query.construct(triples,
      { ...how, headers: { accept: 'application/n-triples' } })).text()],
  },
  parsing: {
    rows: named(await parsing.query.select(rows, how)),
    yes: await parsing.query.ask(yes, how),
    triples: [...await parsing.query.construct(triples, how)].map(line),
  },
  stream: {
    rows: named(await all(stream.query.select(rows, how))),
    yes: await stream.query.ask(yes, how),
    triples: (await all(stream.query.construct(triples, how))).map(line),
  },
  graph: (await all(stream.store.get(stream.factory.namedNode(graph)))).map(line),
});
