package emblema.flash.codec;

import java.io.IOException;
import java.io.OutputStream;

/** The content of one member after the other, each of exactly the announced length. */
final class MemberContent extends OutputStream {
  private final Sink sink;
  private String path = "";
  private long left;

  /** Takes bytes. */
  interface Sink {
    void put(byte[] bytes, int offset, int length) throws IOException;
  }

  MemberContent(Sink sink) {
    this.sink = sink;
  }

  void begin(String name, long size) {
    path = name;
    left = size;
  }

  void end() throws IOException {
    if (left > 0) {
      throw new IOException("'" + path + "' became shorter while it was read");
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > left) {
      throw new IOException("'" + path + "' grew while it was read");
    }
    left -= length;
    sink.put(bytes, offset, length);
  }
}
