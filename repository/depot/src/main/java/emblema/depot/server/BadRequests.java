package emblema.depot.server;

import emblema.depot.operation.Body;
import emblema.depot.operation.ErrorPage;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Pages for requests that the library refuses before they reach us. */
final class BadRequests extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] page = page(status);
    CommonHeaders.add(response.getHeaders());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.length);
    boolean bodiless = request.getMethod().equals("HEAD");
    response.write(true, bodiless ? ByteBuffer.allocate(0) : ByteBuffer.wrap(page), callback);
    return true;
  }

  private static byte[] page(int status) {
    String message =
        switch (status) {
          case 408 -> "The request came too slowly.";
          case 413 -> "The request is too large.";
          case 414, 431 -> "The head of the request is too large.";
          case 503 -> "The depot is about to stop.";
          case 500 -> "The server cannot answer this request.";
          default -> "The request is not one that HTTP allows.";
        };
    return ErrorPage.of(status, message).body() instanceof Body.Bytes(byte[] bytes)
        ? bytes
        : new byte[0];
  }
}
