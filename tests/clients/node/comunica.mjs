import { QueryEngine } from '@comunica/query-sparql';
import { asked, line, tell } from './told.mjs';

const { kind, query, context } = asked;
const engine = new QueryEngine();
if (kind === 'rows') {
  const rows = await (await engine.queryBindings(query, context)).toArray();
  tell(rows.map((row) => [row.get('member').value, row.get('name').value]));
} else if (kind === 'yes') {
  tell(await engine.queryBoolean(query, context));
} else {
  tell((await (await engine.queryQuads(query, context)).toArray()).map(line));
}
