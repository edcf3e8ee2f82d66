"""Every error this package raises, as one family; on the wire, problem documents (RFC 9457).

EnactGraphError
├── SourceError            the authored files cannot be read or do not hold
├── ReleaseError           a release is absent, incomplete or altered
│   ├── NoRelease          nothing has been built yet
│   └── CorruptRelease     a file is missing or its checksum differs
├── QueryError             a query was not answered
│   ├── QueryMissing       no query, or more than one
│   ├── QuerySyntax        the text is not SPARQL
│   ├── QueryRefused       SERVICE to a host not listed, LOAD, an update
│   ├── QueryTooLong       the text exceeds the limit
│   ├── QueryTooDeep       brackets nest beyond the limit
│   ├── QueryTimeout       the time limit was reached
│   ├── QueryMemory        the memory limit was reached
│   ├── AnswerTooLarge     the answer exceeds the limit
│   ├── TooManyQueries     one client asks too much at once
│   └── EngineBusy         the queue is full
├── ProposalError          a proposed correction was not checked
│   ├── ProposalRefused    it cannot be made, or rules object to it
│   ├── CheckLimit         its check reached the limit of time or memory
│   └── ChecksBusy         too many checks wait
├── EndpointError          a remote endpoint cannot be reached or answers no SPARQL
├── NotReady               the server cannot answer just now
└── RequestError           the HTTP request itself
    ├── NotFound           nothing at this address
    ├── UriTooLong         the address exceeds the limit
    ├── Misdirected        the host is none of those answered for here
    ├── RequestTimeout     the rest of the request did not come in time
    ├── TooManyConnections as many connections are open as may be
    ├── NotAcceptable      no offered format fits the Accept header
    ├── MethodNotAllowed   the address does not take this method
    ├── PreconditionFailed the representation is not the one the client insists on
    ├── RangeNotSatisfiable the byte range lies outside the file
    ├── UnsupportedMedia   the body is of a type that is not read here
    └── BadParameter       a parameter is missing, doubled or malformed
"""

from enact_graph.family import EnactGraphError, family

__all__ = ["EnactGraphError", "family"]


class SourceError(EnactGraphError):
    """The authored files cannot be read or do not hold."""

    slug = "source"
    title = "The authored files do not hold"


class ReleaseError(EnactGraphError):
    """A release is absent, incomplete or altered."""

    status = 503
    slug = "release"
    title = "The release cannot be used"


class NoRelease(ReleaseError):
    """Nothing has been built yet."""

    slug = "no-release"
    title = "There is no release"


class CorruptRelease(ReleaseError):
    """A file of the release is missing or its checksum differs."""

    slug = "corrupt-release"
    title = "The release is damaged"


class QueryError(EnactGraphError):
    """A query was not answered."""

    status = 400
    slug = "query"
    title = "The query was not answered"


class QueryMissing(QueryError):
    """There is no query, or more than one."""

    slug = "query-missing"
    title = "One query is needed"


class QuerySyntax(QueryError):
    """The text is not SPARQL; `line` and `column` say where, when the engine knows."""

    slug = "query-syntax"
    title = "The query is not valid SPARQL"


class QueryRefused(QueryError):
    """The query asks for something this endpoint never does."""

    status = 403
    slug = "query-refused"
    title = "The query asks for something refused here"


class QueryTooLong(QueryError):
    """The text of the query exceeds the limit."""

    status = 413
    slug = "query-too-long"
    title = "The query is too long"


class QueryTooDeep(QueryError):
    """The brackets of the query nest beyond the limit."""

    slug = "query-too-deep"
    title = "The query nests too deeply"


class QueryTimeout(QueryError):
    """The query reached the time limit and was ended."""

    status = 503
    slug = "query-timeout"
    title = "The query took too long"


class QueryMemory(QueryError):
    """The query reached the memory limit, or ended its process, and was stopped."""

    status = 503
    slug = "query-memory"
    title = "The query needed too much memory"


class AnswerTooLarge(QueryError):
    """The answer exceeds the limit of bytes or of rows."""

    status = 413
    slug = "answer-too-large"
    title = "The answer is too large"


class TooManyQueries(QueryError):
    """As many queries of one client as may do so run or wait already."""

    status = 429
    slug = "too-many-queries"
    title = "Too many queries at once"


class EngineBusy(QueryError):
    """Too many queries wait already."""

    status = 503
    slug = "engine-busy"
    title = "Too many queries are waiting"


class ProposalError(EnactGraphError):
    """A proposed correction was not checked."""

    status = 503
    slug = "proposal"
    title = "The proposal was not checked"


class ProposalRefused(ProposalError):
    """The correction cannot be made as proposed, or rules of the graph object to it.

    `faults` name the answers that cannot be used, `objections` place, message and cure.
    """

    status = 422
    slug = "proposal-refused"
    title = "The proposal does not hold"


class CheckLimit(ProposalError):
    """The check of the proposal reached the limit of time or memory and was ended."""

    slug = "check-limit"
    title = "The check took too much"


class ChecksBusy(ProposalError):
    """Too many proposals wait for their check; `retry_after` says when to come back."""

    slug = "checks-busy"
    title = "Too many proposals are being checked"


class EndpointError(EnactGraphError):
    """A remote endpoint cannot be reached, or what it answers is no SPARQL answer."""

    status = 502
    slug = "endpoint"
    title = "The endpoint did not answer"


class NotReady(EnactGraphError):
    """The server is about to end, or its query processes are being started anew."""

    status = 503
    slug = "not-ready"
    title = "The server is not ready"


class RequestError(EnactGraphError):
    """The HTTP request cannot be answered as it stands."""

    status = 400
    slug = "request"
    title = "The request cannot be answered"


class NotFound(RequestError):
    """There is nothing at this address."""

    status = 404
    slug = "not-found"
    title = "Nothing at this address"


class UriTooLong(RequestError):
    """The address of the request exceeds the limit."""

    status = 414
    slug = "uri-too-long"
    title = "The address is too long"


class Misdirected(RequestError):
    """The request names a host under which this server does not answer."""

    status = 421
    slug = "misdirected"
    title = "This server does not answer for that host"


class RequestTimeout(RequestError):
    """A part of the request came, and the rest of it not in time."""

    status = 408
    slug = "request-timeout"
    title = "The request did not come in time"


class TooManyConnections(RequestError):
    """As many connections are open, in all or of this client, as may be at the same time."""

    status = 503
    slug = "too-many-connections"
    title = "Too many connections at once"


class NotAcceptable(RequestError):
    """None of the formats offered here fits the Accept header."""

    status = 406
    slug = "not-acceptable"
    title = "No acceptable format"


class MethodNotAllowed(RequestError):
    """This address does not take this method."""

    status = 405
    slug = "method-not-allowed"
    title = "Method not allowed here"


class UnsupportedMedia(RequestError):
    """The body is of a type that is not read here."""

    status = 415
    slug = "unsupported-media"
    title = "Unsupported type of body"


class PreconditionFailed(RequestError):
    """The answer is not the one that If-Match or If-Unmodified-Since insists on."""

    status = 412
    slug = "precondition-failed"
    title = "The answer has changed"


class RangeNotSatisfiable(RequestError):
    """The range asked for lies beyond the end of the file; `size` is its length in bytes."""

    status = 416
    slug = "range-not-satisfiable"
    title = "The range lies beyond the end"


class BadParameter(RequestError):
    """A parameter is missing, doubled or malformed."""

    slug = "bad-parameter"
    title = "A parameter is wrong"
