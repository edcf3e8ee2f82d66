import { createLens } from 'ldkit';
import { asked, tell } from './told.mjs';

const { endpoint, type, name, iri, language } = asked;
const options = { sources: [endpoint], language };
const lens = createLens({ '@type': type, name }, options);
tell({
  all: (await lens.find()).map((thing) => [thing.$id, thing.name]).sort(),
  one: (await lens.findByIri(iri)).name,
});
