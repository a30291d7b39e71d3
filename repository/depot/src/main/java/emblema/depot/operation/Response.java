package emblema.depot.operation;

/**
 * What the depot answers. The length of the body, and headers that belong to the connection, are
 * the server's to add.
 *
 * @param status of HTTP
 */
public record Response(int status, Headers headers, Body body) {

  public static Response of(int status, String contentType, Body body) {
    return new Response(status, Headers.of("Content-Type", contentType), body);
  }

  public static Response text(String contentType, String text) {
    return of(200, contentType, Body.text(text));
  }

  /** With one header more. */
  public Response with(String name, String value) {
    return new Response(status, headers.plus(name, value), body);
  }

  public Response withBody(Body other) {
    return new Response(status, headers, other);
  }

  public Response withStatus(int other) {
    return new Response(other, headers, body);
  }
}
