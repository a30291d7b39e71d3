package emblema.depot.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes connections whose client takes too long over the head of a request, a byte at a time,
 * which no idle timeout notices. Asked to look every second or so.
 */
final class HeaderDeadline implements Connection.Listener {
  private final long most;
  private final Map<Connection, Progress> watched = new ConcurrentHashMap<>();

  /** What was seen of a connection when it was last between requests. */
  private static final class Progress {
    private long requests;
    private long bytes;
    private long since;
  }

  HeaderDeadline(Duration most) {
    this.most = most.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      Progress progress = new Progress();
      progress.since = System.nanoTime();
      watched.put(connection, progress);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    watched.remove(connection);
  }

  /** Looks at all connections once. */
  void look() {
    long now = System.nanoTime();
    watched.forEach((connection, progress) -> look(connection, progress, now));
  }

  private void look(Connection connection, Progress progress, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean answering = requests > connection.getMessagesOut();
    if (answering || requests != progress.requests) {
      progress.requests = requests;
      progress.bytes = bytes;
      progress.since = 0;
    } else if (bytes > progress.bytes || requests == 0) {
      // the first request counts from the connection, later ones from their first byte
      if (progress.since == 0) {
        progress.since = now;
      } else if (now - progress.since > most) {
        connection.getEndPoint().close();
      }
    }
  }
}
