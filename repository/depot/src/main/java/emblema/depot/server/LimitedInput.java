package emblema.depot.server;

import emblema.core.error.MalformedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A request's body, which ends with an error where it is longer than allowed, or comes so slowly
 * that it keeps a transaction busy for nothing. Only time spent waiting for the client counts.
 */
final class LimitedInput extends FilterInputStream {
  private final long most;
  private final long slowest;
  private final long patience;
  private long waited;
  private long left;

  /**
   * @param slowest bytes a second
   * @param patience waited for altogether before the rate counts
   */
  LimitedInput(InputStream in, long most, long slowest, Duration patience) {
    super(in);
    this.patience = patience.toNanos();
    this.slowest = slowest;
    this.most = most;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    long begun = System.nanoTime();
    int b = super.read();
    count(b < 0 ? 0 : 1, System.nanoTime() - begun);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long begun = System.nanoTime();
    int n = super.read(buffer, offset, length);
    count(Math.max(0, n), System.nanoTime() - begun);
    return n;
  }

  private void count(int n, long nanos) {
    left -= n;
    waited += nanos;
    if (waited > patience && most - left < waited / 1_000_000_000L * slowest) {
      throw new MalformedException("the request came too slowly");
    }
    if (left < 0) {
      throw new MalformedException("the request has more than '" + most + "' bytes");
    }
  }
}
