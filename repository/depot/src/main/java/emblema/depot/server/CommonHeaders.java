package emblema.depot.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What every response says, that of an error of the library's own too. */
final class CommonHeaders extends Handler.Wrapper {
  CommonHeaders(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    add(response.getHeaders());
    return super.handle(request, response, callback);
  }

  static void add(HttpFields.Mutable headers) {
    headers.put("Server", "emblema");
    headers.put("X-Frame-Options", "SAMEORIGIN");
    headers.put("X-Xss-Protection", "1; mode=block");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Content-Security-Policy", "default-src 'self';");
  }
}
