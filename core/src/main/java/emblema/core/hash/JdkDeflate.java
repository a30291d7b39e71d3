package emblema.core.hash;

import java.io.IOException;
import java.util.zip.Deflater;

/** The JDK's deflater: streams of any length in constant memory. */
final class JdkDeflate implements Deflate {
  private final Deflater deflater;
  private final byte[] out = new byte[64 << 10];

  JdkDeflate(int level) {
    this.deflater = new Deflater(level, true);
  }

  @Override
  public void begin(long sizeHint) {
    deflater.reset();
  }

  @Override
  public void write(byte[] bytes, int length, Sink to) throws IOException {
    deflater.setInput(bytes, 0, length);
    while (!deflater.needsInput()) {
      to.accept(out, deflater.deflate(out));
    }
  }

  @Override
  public void finish(Sink to) throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      to.accept(out, deflater.deflate(out));
    }
  }
}
