import jsonld from 'jsonld';
import { asked, tell } from './told.mjs';

// It asks for JSON-LD by itself, and takes the context that comes along.
tell(await Promise.all(asked.addresses.map(
  (address) => jsonld.toRDF(address, { format: 'application/n-quads' }))));
