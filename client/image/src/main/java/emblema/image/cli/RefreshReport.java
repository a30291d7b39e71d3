package emblema.image.cli;

import emblema.core.error.PartialException;
import emblema.core.error.UnreachableException;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.Refreshed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What went wrong with a refresh, publisher by publisher. */
final class RefreshReport {
  private RefreshReport() {}

  /**
   * @throws UnreachableException if no publisher could be refreshed
   * @throws PartialException if some could
   */
  static void failUnlessComplete(Refreshed refreshed, Collection<PublisherConfig> wanted) {
    if (refreshed.isComplete()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (PublisherConfig publisher : wanted) {
      List<Refreshed.Failure> failed =
          refreshed.failures().getOrDefault(publisher.prefix(), List.of());
      if (!failed.isEmpty()) {
        lines.add(
            failed.size()
                + "/"
                + publisher.enabledOrigins().size()
                + " repositories for publisher '"
                + publisher.prefix()
                + "' could not be reached for catalog refresh.");
        for (Refreshed.Failure failure : failed) {
          lines.add("  " + failure.uri() + ": " + Refreshed.reason(failure.cause()));
        }
      }
    }
    String message =
        refreshed.succeeded().size() + "/" + wanted.size() + " catalogs successfully updated";
    String detail = String.join("\n", lines);
    List<String> hints = List.of("'pkg publisher' shows where packages are looked for");
    if (refreshed.succeeded().isEmpty()) {
      throw new UnreachableException(message, detail, hints, null);
    }
    throw new PartialException(message, detail, hints, null);
  }
}
