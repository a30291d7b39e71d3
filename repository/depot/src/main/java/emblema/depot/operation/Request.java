package emblema.depot.operation;

import java.io.InputStream;
import java.util.Optional;

/**
 * What was asked.
 *
 * @param path as sent, still percent-encoded, beginning with a slash
 * @param query as sent, still encoded, without the question mark; empty if there is none
 * @param length of the body in bytes, or -1 if it is not known beforehand
 * @param body read once; empty where there is none
 */
public record Request(
    String method,
    String path,
    String query,
    Headers headers,
    long length,
    InputStream body,
    Caller caller) {

  /** One without a body, from this machine. */
  public static Request of(String method, String path, String query, Headers headers) {
    return new Request(
        method, path, query, headers, 0, InputStream.nullInputStream(), Caller.LOCAL);
  }

  public static Request get(String path) {
    return of("GET", path, "", Headers.NONE);
  }

  public Optional<String> header(String name) {
    return headers.first(name);
  }

  public boolean isGet() {
    return method.equals("GET");
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether it may carry something to store. */
  public boolean isUpload() {
    return method.equals("POST") || method.equals("PUT");
  }
}
