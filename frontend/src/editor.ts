// The page to ask in SPARQL.

import "./editor/bench";
