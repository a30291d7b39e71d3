package emblema.publisher.receive;

import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.store.archive.ArchiveWriter;
import emblema.store.catalog.Catalog;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A package archive; written when all packages are there (spec pkgrecv, section 3.3). */
final class ArchiveDestination implements Destination {
  private final ArchiveWriter writer;
  private boolean empty = true;

  /** Refuses a file that exists. */
  ArchiveDestination(Path file) {
    this.writer = ArchiveWriter.create(file);
  }

  @Override
  public String verb() {
    return "Retrieving";
  }

  @Override
  public boolean has(Fmri name) {
    return false;
  }

  @Override
  public List<PayloadReference> missing(ReceivedPackage received) {
    return received.payloads();
  }

  @Override
  public void take(ReceivedPackage received, Origin source, DownloadCache payloads) {
    writer.add(new OnePackage(received, source, payloads), received.name());
    empty = false;
  }

  @Override
  public void finish() {
    if (!empty) {
      long ignored = writer.finish();
    }
  }

  @Override
  public void close() {
    writer.close();
  }

  /** What the writer asks for, from what was downloaded. */
  private record OnePackage(ReceivedPackage received, Origin source, DownloadCache payloads)
      implements Origin {
    @Override
    public String location() {
      return source.location();
    }

    @Override
    public List<String> publishers() {
      return received.name().publisherIfAny().stream().toList();
    }

    @Override
    public Catalog catalog(String publisher) {
      throw new NotFoundException("one package has no catalog");
    }

    @Override
    public byte[] manifest(Fmri fmri) {
      return received.manifest();
    }

    @Override
    public InputStream payload(String publisher, String sha1) {
      PayloadReference payload =
          received.payloads().stream()
              .filter(each -> each.sha1().equals(sha1))
              .findFirst()
              .orElseThrow(() -> new NotFoundException("there is no payload '" + sha1 + "'"));
      return payloads.open(source, received.publisher(), payload);
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
