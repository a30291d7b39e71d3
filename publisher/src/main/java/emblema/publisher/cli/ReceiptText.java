package emblema.publisher.cli;

import emblema.cli.Output;
import emblema.cli.Quantity;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.PartialException;
import emblema.publisher.receive.Receipt;
import java.util.ArrayList;
import java.util.List;

/** What came of receiving packages, for people (spec pkgrecv, section 6). */
final class ReceiptText {
  private ReceiptText() {}

  static void print(Receipt receipt, boolean verbose, Output out) {
    if (!verbose) {
      return;
    }
    out.line("");
    out.line("%27s %d".formatted("Packages to add:", receipt.received().size()));
    out.line("%27s %d".formatted("Files to retrieve:", receipt.payloads()));
    out.line("%27s %s".formatted("Estimated transfer size:", Quantity.bytes(receipt.bytes())));
    out.line("");
    out.line("Packages to transfer:");
    receipt.received().forEach(fmri -> out.line(fmri.toString()));
    out.line("");
  }

  /** Status 3 if some packages were received, else that of the failure. */
  static void requireNoFailures(Receipt receipt) {
    if (receipt.failures().isEmpty()) {
      return;
    }
    if (receipt.received().isEmpty() && receipt.failures().size() == 1) {
      throw receipt.failures().firstEntry().getValue();
    }
    List<String> lines = new ArrayList<>();
    receipt
        .failures()
        .forEach(
            (name, failure) -> {
              lines.add(name);
              lines.add("  " + failure.getMessage());
              failure.detail().ifPresent(text -> text.lines().forEach(l -> lines.add("  " + l)));
            });
    String detail = String.join("\n", lines);
    EmblemaException all =
        receipt.received().isEmpty()
            ? new ConflictException("no package could be received", detail, List.of(), null)
            : new PartialException("some packages could not be received", detail, List.of(), null);
    throw all;
  }
}
