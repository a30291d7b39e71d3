package emblema.depot.operation;

/** Answers to publishers: no body, never kept. */
final class PublicationResponse {
  private PublicationResponse() {}

  /** Done; there is nothing to say. */
  static Response empty() {
    return Freshness.uncached(Response.of(200, "text/html;charset=utf-8", Body.none()));
  }

  /** Begun; the transaction's identifier follows. */
  static Response plain() {
    return Freshness.uncached(Response.of(200, VersionsOperation.CONTENT_TYPE, Body.none()));
  }
}
