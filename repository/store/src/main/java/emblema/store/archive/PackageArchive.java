package emblema.store.archive;

import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PublisherPrefix;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A {@code .p5p} file as an origin (spec p5p-p5i, sections 1 to 5): read at random, never unpacked.
 * Any uncompressed tar file of the same tree is one too. The names of all members are held in
 * memory, nothing else.
 */
public final class PackageArchive implements Origin {
  /** Larger manifests or catalog parts than this are refused. */
  private static final int LARGEST_TEXT = 512 << 20;

  private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

  private final TarFile file;
  private final Map<String, Long> offsets;
  private final SortedMap<String, List<Fmri>> packages = new TreeMap<>();

  private PackageArchive(TarFile file, Map<String, Long> offsets) {
    this.file = file;
    this.offsets = offsets;
    offsets.keySet().forEach(this::note);
    packages.values().forEach(Collections::sort);
  }

  /**
   * Opens an archive.
   *
   * @throws MalformedException if the file is not one, or its index cannot be right
   */
  public static PackageArchive open(Path path) {
    TarFile file = TarFile.open(path);
    try {
      return new PackageArchive(file, ArchiveIndex.read(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Takes notice of publishers and packages. */
  private void note(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length < 2 || !parts[0].equals("publisher")) {
      return;
    }
    if (!PublisherPrefix.isValid(parts[1])) {
      throw file.corrupt("'" + parts[1] + "' is not a valid publisher prefix");
    }
    List<Fmri> of = packages.computeIfAbsent(parts[1], ignored -> new ArrayList<>());
    if (parts.length == 5 && parts[2].equals("pkg")) {
      try {
        of.add(Fmri.fromPathElements(parts[1], parts[3], parts[4]));
      } catch (MalformedException e) {
        throw file.corrupt("the member '" + name + "' does not name a package: " + e.reason());
      }
    }
  }

  /** The file. */
  public Path path() {
    return file.path();
  }

  @Override
  public String location() {
    return file.path().toAbsolutePath().normalize().toUri().toString();
  }

  @Override
  public List<String> publishers() {
    return List.copyOf(packages.keySet());
  }

  /** All packages of a publisher, sorted. */
  public List<Fmri> packages(String publisher) {
    List<Fmri> of = packages.get(publisher);
    if (of == null) {
      throw new NotFoundException(
          "no publisher matching '" + publisher + "' could be found in '" + file.path() + "'");
    }
    return Collections.unmodifiableList(of);
  }

  /**
   * The catalog that the archive holds, or one made from its manifests, as archives usually need
   * it. Then the time of the last change is that of the newest package, which two archives may
   * share: a copy of this catalog must be made anew each time.
   */
  @Override
  public Catalog catalog(String publisher) {
    List<Fmri> of = packages(publisher);
    String catalog = "publisher/" + publisher + "/catalog/";
    return offsets.containsKey(catalog + CatalogAttributes.FILE)
        ? CatalogSnapshot.read(publisher, files(catalog))
        : new ArchiveCatalog(this, publisher, of);
  }

  private CatalogFiles files(String directory) {
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        return text(directory + name);
      }

      @Override
      public String describe(String name) {
        return PackageArchive.this.describe(directory + name);
      }
    };
  }

  /** What the archive says about a publisher, if it says anything. */
  public Optional<P5i> publisherInformation(String publisher) {
    String name = "publisher/" + publisher + "/pub.p5i";
    return offsets.containsKey(name)
        ? Optional.of(P5i.read(new ByteArrayInputStream(text(name)), describe(name)))
        : Optional.empty();
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    String publisher = fmri.publisherIfAny().orElseGet(this::onlyPublisher);
    String name =
        "publisher/" + publisher + "/pkg/" + fmri.stemElement() + "/" + fmri.versionElement();
    if (!offsets.containsKey(name)) {
      throw new NotFoundException(
          "no package manifest for package '" + fmri + "' exists in archive '" + file.path() + "'");
    }
    return text(name);
  }

  private String onlyPublisher() {
    if (packages.size() != 1) {
      throw new NotFoundException(
          "the archive '" + file.path() + "' has several publishers: name one in the FMRI");
    }
    return packages.firstKey();
  }

  @Override
  public InputStream payload(String publisher, String sha1) {
    if (!SHA1.matcher(sha1).matches()) {
      throw new MalformedException(
          "'" + sha1 + "' is not the name of a payload", "payloads are named by 40 hex digits");
    }
    String tail = "/file/" + sha1.substring(0, 2) + "/" + sha1;
    String name = "publisher/" + publisher + tail;
    if (!offsets.containsKey(name)) {
      name =
          packages.keySet().stream()
              .map(other -> "publisher/" + other + tail)
              .filter(offsets::containsKey)
              .findFirst()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "package archive '"
                              + file.path()
                              + "' does not contain the requested package file '"
                              + sha1
                              + "'"));
    }
    return file.data(member(name));
  }

  private byte[] text(String name) {
    return file.content(member(name), LARGEST_TEXT);
  }

  private TarMember member(String name) {
    Long offset = offsets.get(name);
    if (offset == null) {
      throw new NotFoundException("'" + describe(name) + "' does not exist");
    }
    TarMember member =
        file.memberAt(offset).orElseThrow(() -> file.corrupt("'" + name + "' is not there"));
    if (!member.name().equals(name)) {
      throw new IntegrityException(
          file.path().toString(), "member at byte " + offset, name, member.name());
    }
    if (!member.isFile()) {
      throw file.corrupt("the member '" + name + "' is not a regular file");
    }
    return member;
  }

  String describe(String name) {
    return file.path() + ": " + name;
  }

  @Override
  public void close() {
    file.close();
  }
}
