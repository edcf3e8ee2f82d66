import { SparqlEndpointFetcher } from 'fetch-sparql-endpoint';
import { all, asked, line, tell } from './told.mjs';

const { endpoint, options, rows, yes, triples } = asked;
const fetcher = new SparqlEndpointFetcher(options);
const found = await all(await fetcher.fetchBindings(endpoint, rows));
tell({
  rows: found.map((row) => [row.member.value, row.name.value]),
  yes: await fetcher.fetchAsk(endpoint, yes),
  triples: (await all(await fetcher.fetchTriples(endpoint, triples))).map(line),
});
