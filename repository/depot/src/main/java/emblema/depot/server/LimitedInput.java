package emblema.depot.server;

import emblema.core.error.MalformedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, which ends with an error where it is longer than allowed. */
final class LimitedInput extends FilterInputStream {
  private final long most;
  private long left;

  LimitedInput(InputStream in, long most) {
    super(in);
    this.most = most;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count(Math.max(0, n));
    return n;
  }

  private void count(int n) {
    left -= n;
    if (left < 0) {
      throw new MalformedException("the request has more than '" + most + "' bytes");
    }
  }
}
