package emblema.flash.create;

import emblema.core.event.EventSink;
import emblema.flash.codec.CpioWriter;
import emblema.flash.codec.LzwOutputStream;
import emblema.flash.codec.MeasuredOutput;
import emblema.flash.codec.MemberWriter;
import emblema.flash.codec.PaxWriter;
import emblema.flash.tree.MemberSource;
import emblema.flash.tree.Packing;
import emblema.flash.tree.TreeSource;
import java.io.IOException;
import java.io.OutputStream;

/** Members as one stream, hashed on the way if wanted, compressed if the form says so. */
final class PayloadWriter {
  private PayloadWriter() {}

  static PayloadFacts write(
      MemberSource source, PayloadForm form, boolean isHashed, OutputStream out, EventSink events)
      throws IOException {
    CountedOutput stored = new CountedOutput(out);
    LzwOutputStream compressed = form.isCompressed() ? new LzwOutputStream(stored) : null;
    MeasuredOutput stream = new MeasuredOutput(compressed == null ? stored : compressed, isHashed);
    MemberWriter writer = form.isCpio() ? new CpioWriter(stream) : new PaxWriter(stream);
    TreeSource.Size size = new Packing(writer, form.isCpio(), events).run(source);
    writer.finish();
    if (compressed != null) {
      compressed.finish();
    }
    return new PayloadFacts(stream.md5(), stream.count(), stored.count(), size);
  }
}
