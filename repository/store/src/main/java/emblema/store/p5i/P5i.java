package emblema.store.p5i;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The content of a {@code .p5i} file: publishers, and packages that are named without one (spec
 * p5p-p5i, section 6). {@link #read} and {@link #toText} are each other's inverse but for members
 * that nobody knows.
 *
 * @param packages patterns not tied to a publisher
 */
public record P5i(List<Publisher> publishers, List<String> packages) {
  /** The media type of such files. */
  public static final String MEDIA_TYPE = "application/vnd.pkg5.info";

  public P5i {
    publishers = List.copyOf(publishers);
    packages = List.copyOf(packages);
  }

  /**
   * @param prefix the publisher's name
   * @param packages names or FMRIs to install
   */
  public record Publisher(
      String prefix,
      Optional<String> alias,
      List<String> packages,
      Optional<Repository> repository) {
    public Publisher {
      packages = List.copyOf(packages);
    }

    /** Of which nothing but the name is known. */
    public static Publisher bare(String prefix) {
      return new Publisher(prefix, Optional.empty(), List.of(), Optional.empty());
    }
  }

  /**
   * @param collectionType {@code core} or {@code supplemental}
   * @param refreshSeconds how often clients look for changes
   */
  public record Repository(
      String collectionType,
      Optional<String> description,
      Optional<String> name,
      Optional<Long> refreshSeconds,
      Optional<String> registrationUri,
      List<String> legalUris,
      List<String> mirrors,
      List<String> origins,
      List<String> relatedUris) {
    public Repository {
      legalUris = List.copyOf(legalUris);
      mirrors = List.copyOf(mirrors);
      origins = List.copyOf(origins);
      relatedUris = List.copyOf(relatedUris);
    }

    /** One that is known by its addresses only. */
    public static Repository of(List<String> origins, List<String> mirrors) {
      return new Repository(
          "core",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          mirrors,
          origins,
          List.of());
    }
  }

  /**
   * Reads a file of at most a few megabytes; closes the stream.
   *
   * @param source named in errors
   * @throws emblema.core.error.MalformedException if it is not such a file, or of a newer version
   */
  public static P5i read(InputStream in, String source) {
    return new P5iReader(source).read(in);
  }

  /** The file's text, with a line end. */
  public String toText() {
    return P5iWriter.text(this);
  }
}
