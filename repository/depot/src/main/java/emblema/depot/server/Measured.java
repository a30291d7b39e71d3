package emblema.depot.server;

import emblema.depot.metrics.Metrics;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Counts requests, their time and their bytes. */
final class Measured extends Handler.Wrapper {
  private final Metrics metrics;

  Measured(Handler handler, Metrics metrics) {
    super(handler);
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    metrics.began();
    long start = System.nanoTime();
    Request.addCompletionListener(
        request,
        failure ->
            metrics.ended(
                response.getStatus(),
                System.nanoTime() - start,
                Request.getContentBytesRead(request),
                Response.getContentBytesWritten(response)));
    return super.handle(request, response, callback);
  }
}
