package emblema.core.sign;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The certificates that are believed without being vouched for by others.
 *
 * @param unusable files in which there was no certificate; told when a chain is broken
 * @param place where they come from, for hints
 */
public record TrustAnchors(List<Certificate> certificates, List<String> unusable, String place) {
  private static final int LARGEST = 16 << 20;

  public TrustAnchors {
    certificates = List.copyOf(certificates);
    unusable = List.copyOf(unusable);
  }

  public static TrustAnchors of(Collection<Certificate> certificates, String place) {
    return new TrustAnchors(List.copyOf(certificates), List.of(), place);
  }

  /** Every PEM file in a directory, which need not exist; links are not followed. */
  public static TrustAnchors read(Disk disk, SafePath directory) {
    List<Certificate> certificates = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
      for (Disk.Entry entry : disk.entries(directory)) {
        if (entry.stat().isFile()) {
          SafePath file = directory.resolve(entry.name());
          try {
            if (entry.stat().size() > LARGEST) {
              unusable.add(disk.describe(file));
            } else {
              certificates.addAll(Certificate.readAll(disk.readBytes(file), disk.describe(file)));
            }
          } catch (EmblemaException e) {
            unusable.add(disk.describe(file));
          }
        }
      }
    }
    return new TrustAnchors(certificates, unusable, disk.describe(directory));
  }

  /** These and some more. */
  public TrustAnchors with(Collection<Certificate> more) {
    List<Certificate> all = new ArrayList<>(certificates);
    all.addAll(more);
    return new TrustAnchors(all, unusable, place);
  }

  List<Certificate> named(X500Name subject) {
    return certificates.stream().filter(each -> each.subjectName().equals(subject)).toList();
  }
}
