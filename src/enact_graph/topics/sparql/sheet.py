"""The answer of a free query as a workbook, which no query engine writes."""

from starlette.concurrency import run_in_threadpool

from enact_graph.engine.protocol import Stream
from enact_graph.errors import AnswerTooLarge
from enact_graph.formats import XLSX
from enact_graph.present import workbook
from enact_graph.sparql.ask import Answer
from enact_graph.web.state import Serving


async def sheet(
    serve: Serving, query: str, address: str, lang: str, found: Answer | Stream
) -> Answer:
    """SPARQL results in JSON as a workbook; `address` is where it was asked for.

    AnswerTooLarge for one longer than those that are made whole, as a workbook is.
    """
    most = serve.settings.whole_bytes
    if not isinstance(found, Answer):
        found.close()
    if not isinstance(found, Answer) or len(found.body) > most:
        raise AnswerTooLarge(
            f"The answer is larger than {most} bytes, the limit for a workbook; ask for a part of"
            " it with ORDER BY, LIMIT and OFFSET, or for CSV.",
            limit=most,
        )
    about = workbook.About(
        "",
        "",
        address,
        serve.release.manifest.version,
        serve.release.manifest.issued,
        serve.licence or "",
        [("query", query)],
    )
    voice = serve.frame.voice(lang)
    body = await run_in_threadpool(workbook.write, found.body, about, voice, "")
    return Answer(body, XLSX, found.form)
