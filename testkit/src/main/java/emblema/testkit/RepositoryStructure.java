package emblema.testkit;

import static emblema.testkit.RepositoryStructure.Problem.require;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.hash.Digest;
import emblema.core.manifest.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a repository directory is what the specification says, down to the bytes, without any
 * of the code that writes repositories: catalog files in canonical form and signed, attributes that
 * agree with the parts, parts that agree with the manifests, update logs that lead to the present
 * state, payloads that are what the manifests promise, modes, and no debris.
 */
public final class RepositoryStructure {
  private final Path store;
  private final String publisher;
  private long packages;
  private long payloads;

  private RepositoryStructure(Path store, String publisher) {
    this.store = store;
    this.publisher = publisher;
  }

  /** What is wrong. */
  static final class Problem extends AssertionError {
    private static final long serialVersionUID = 1;

    Problem(String message) {
      super(message);
    }

    static void require(boolean holds, String message) {
      if (!holds) {
        throw new Problem(message);
      }
    }
  }

  /**
   * How much was checked.
   *
   * @param packages versions that a catalog lists
   * @param payloads payload actions of these
   */
  public record Checked(long packages, long payloads) {}

  /** Checks all publishers of a version 4 repository. */
  public static Checked check(Path repository) throws IOException {
    long packages = 0;
    long payloads = 0;
    Path publishers = repository.resolve("publisher");
    if (Files.exists(publishers)) {
      for (Path each : list(publishers)) {
        Checked checked = checkStore(each, each.getFileName().toString());
        packages += checked.packages();
        payloads += checked.payloads();
      }
    }
    return new Checked(packages, payloads);
  }

  /** Checks one publisher's store; in version 3 that is the repository. */
  public static Checked checkStore(Path store, String publisher) throws IOException {
    RepositoryStructure structure = new RepositoryStructure(store, publisher);
    structure.check();
    return new Checked(structure.packages, structure.payloads);
  }

  private void check() throws IOException {
    Path catalog = store.resolve("catalog");
    Map<String, Object> attributes = read(catalog.resolve("catalog.attrs"));
    require(
        attributes
            .keySet()
            .containsAll(
                List.of(
                    "created",
                    "last-modified",
                    "package-count",
                    "package-version-count",
                    "parts",
                    "updates",
                    "version")),
        "catalog.attrs lacks members: " + attributes.keySet());
    Map<String, Object> parts = members(attributes, "parts");
    Map<String, Object> updates = members(attributes, "updates");
    Set<String> files = new TreeSet<>();
    for (Path file : list(catalog)) {
      files.add(file.getFileName().toString());
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      require(mode.equals("rw-r--r--"), file + " has the mode " + mode);
    }
    Set<String> listed = new TreeSet<>(parts.keySet());
    listed.addAll(updates.keySet());
    listed.add("catalog.attrs");
    require(files.equals(listed), "the catalog has " + files + " and lists " + listed);
    String newest = "";
    Map<String, Map<String, Object>> contents = new HashMap<>();
    for (Map<String, Object> group : List.of(parts, updates)) {
      for (String name : group.keySet()) {
        Map<String, Object> content = read(catalog.resolve(name));
        contents.put(name, content);
        Map<String, Object> facts = members(group, name);
        require(
            Objects.equals(
                facts.get("signature-sha-1"), members(content, "_SIGNATURE").get("sha-1")),
            "catalog.attrs has another signature of " + name);
        String time = time(facts.get("last-modified"));
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    require(
        newest.isEmpty() || time(attributes.get("last-modified")).compareTo(newest) >= 0,
        "catalog.attrs is older than " + newest);
    Map<String, Map<String, Object>> entries = entries(contents, parts.keySet());
    Set<String> stems = new TreeSet<>();
    for (Map.Entry<String, Map<String, Object>> each : entries.entrySet()) {
      checkPackage(each.getKey(), each.getValue());
      stems.add(each.getKey().substring(0, each.getKey().indexOf('@')));
    }
    require(
        Objects.equals(attributes.get("package-count"), (long) stems.size())
            && Objects.equals(attributes.get("package-version-count"), packages),
        "the catalog counts wrongly: " + stems.size() + " names, " + packages + " versions");
    UpdateLogReplay.check(contents, publisher, entries);
  }

  /** The object in a file, after its form and its signature were found right. */
  private static Map<String, Object> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Map<String, Object> content = CanonicalJson.parse(bytes);
    List<String> names = new ArrayList<>(content.keySet());
    require(names.getLast().equals("_SIGNATURE"), file + " does not end with its signature");
    Map<String, Object> unsigned = new HashMap<>(content);
    unsigned.remove("_SIGNATURE");
    String text = CanonicalJson.write(unsigned);
    String signature = Digest.SHA1.hex((text + "\n").getBytes(StandardCharsets.UTF_8));
    require(
        signature.equals(members(content, "_SIGNATURE").get("sha-1")),
        file + " is not signed by its bytes");
    String whole =
        text.substring(0, text.length() - 1)
            + (unsigned.isEmpty() ? "" : ",")
            + "\"_SIGNATURE\":{\"sha-1\":\""
            + signature
            + "\"}}\n";
    require(
        whole.equals(new String(bytes, StandardCharsets.UTF_8)),
        file + " is not in canonical form");
    return content;
  }

  /** A time stamp as text that sorts by time, with or without a fraction. */
  static String time(@Nullable Object stamp) {
    return String.valueOf(stamp).replace("Z", "");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> members(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.getOrDefault(name, Map.of());
  }

  /** By {@code stem@version}: part name to entry. */
  @SuppressWarnings("unchecked")
  private Map<String, Map<String, Object>> entries(
      Map<String, Map<String, Object>> contents, Set<String> parts) {
    Map<String, Map<String, Object>> entries = new HashMap<>();
    for (String part : parts) {
      Map<String, Object> content = contents.getOrDefault(part, Map.of());
      for (String name : content.keySet()) {
        require(name.startsWith("_") || name.equals(publisher), part + " has the member " + name);
      }
      for (Map.Entry<String, Object> stem : members(content, publisher).entrySet()) {
        Version before = null;
        require(!((List<Object>) stem.getValue()).isEmpty(), part + " has an empty " + stem);
        for (Object each : (List<Object>) stem.getValue()) {
          Map<String, Object> entry = (Map<String, Object>) each;
          Version version = Version.parse(String.valueOf(entry.get("version")));
          require(
              before == null || before.compareTo(version) < 0,
              part + " has versions of " + stem.getKey() + " out of order");
          before = version;
          entries
              .computeIfAbsent(stem.getKey() + "@" + entry.get("version"), key -> new HashMap<>())
              .put(part, entry);
        }
      }
    }
    return entries;
  }

  private void checkPackage(String name, Map<String, Object> entry) throws IOException {
    packages++;
    Fmri fmri = Fmri.parse("pkg://" + publisher + "/" + name);
    require(entry.containsKey("catalog.base.C"), name + " has no base entry");
    Path file = store.resolve("pkg").resolve(fmri.stemElement()).resolve(fmri.versionElement());
    require(Files.isRegularFile(file), "catalog entry without content: no manifest " + file);
    byte[] bytes = Files.readAllBytes(file);
    require(
        Digest.SHA1.hex(bytes).equals(members(entry, "catalog.base.C").get("signature-sha-1")),
        file + " is not the manifest that the catalog lists");
    String text = new String(bytes, StandardCharsets.UTF_8);
    require(text.endsWith("\n"), file + " does not end with a line feed");
    Map<String, List<String>> expected = new HashMap<>();
    for (Action action : ManifestReader.read(text, file.toString()).actions()) {
      CatalogPart.of(action)
          .ifPresent(
              part ->
                  expected
                      .computeIfAbsent(part, key -> new ArrayList<>())
                      .add(CatalogPart.text(action)));
      if (action.payload() != null) {
        PayloadPromise.check(store.resolve("file"), action, file.toString());
        payloads++;
      }
    }
    expected.values().forEach(CatalogPart::dependsFirst);
    Map<String, Object> actual = new HashMap<>();
    entry.forEach((part, facts) -> actual.put(part, ((Map<?, ?>) facts).get("actions")));
    actual.remove("catalog.base.C");
    require(actual.equals(expected), "catalog of " + name + ": " + actual + " not " + expected);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }
}
