package emblema.core.io;

import java.io.IOException;
import java.io.OutputStream;

/** Turns the JDK's failures to write into ours, with the path. */
final class PlainOutput extends OutputStream {
  private final OutputStream out;
  private final String path;

  PlainOutput(OutputStream out, String path) {
    this.out = out;
    this.path = path;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  @Override
  public void write(int value) {
    guard(() -> out.write(value));
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    guard(() -> out.write(from, offset, length));
  }

  @Override
  public void flush() {
    guard(out::flush);
  }

  @Override
  public void close() {
    guard(out::close);
  }

  private void guard(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw DiskFailure.of("write", path, DiskFailure.errno(e), null, e);
    }
  }
}
