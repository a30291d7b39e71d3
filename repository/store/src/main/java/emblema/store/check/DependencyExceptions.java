package emblema.store.check;

import emblema.core.attribute.Attributes;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dependencies that may be missing (spec repository, section 15), from files of such entries. */
public record DependencyExceptions(List<Entry> entries) {
  public static final DependencyExceptions NONE = new DependencyExceptions(List.of());

  private static final Set<String> KNOWN = Set.of("pkg", "depend", "min_ver", "max_ver");

  public DependencyExceptions {
    entries = List.copyOf(entries);
  }

  /** One line: these dependencies of versions of one package. */
  public record Entry(
      Fmri pkg, List<Fmri> depends, @Nullable Version least, @Nullable Version most) {}

  /**
   * @param file named in errors
   */
  public static DependencyExceptions parse(List<String> lines, String file) {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        entries.add(entry(text, file));
      }
    }
    return new DependencyExceptions(entries);
  }

  public DependencyExceptions and(DependencyExceptions more) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(more.entries);
    return new DependencyExceptions(all);
  }

  private static Entry entry(String text, String file) {
    Attributes.Builder builder = Attributes.EMPTY.toBuilder();
    for (String word : text.split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new MalformedException(
            "the entry in ignored-dependency file '" + file + "' is invalid: '" + text + "'");
      }
      builder.add(word.substring(0, equals), word.substring(equals + 1));
    }
    Attributes attributes = builder.build();
    if (!KNOWN.containsAll(attributes.names())) {
      throw new MalformedException(
          "unknown attribute(s) found in ignored-dependency entry '"
              + text
              + "' of '"
              + file
              + "'");
    }
    if (!attributes.has("pkg") || !attributes.has("depend")) {
      throw new MalformedException(
          "missing attribute(s) in ignored-dependency entry '" + text + "' of '" + file + "'");
    }
    try {
      return new Entry(
          Fmri.parse(attributes.get("pkg", "")),
          attributes.all("depend").stream().map(Fmri::parse).toList(),
          attributes.first("min_ver").map(Version::parse).orElse(null),
          attributes.first("max_ver").map(Version::parse).orElse(null));
    } catch (EmblemaException e) {
      throw new MalformedException(
          "the FMRI in ignored-dependency file '" + file + "' is invalid: " + e.getMessage());
    }
  }

  /** Whether a package may miss a dependency. */
  boolean excuse(Fmri pkg, Fmri depend) {
    return entries.stream().anyMatch(entry -> matches(entry, pkg, depend));
  }

  private static boolean matches(Entry entry, Fmri pkg, Fmri depend) {
    Fmri named = entry.pkg();
    if (!named.stem().equals(pkg.stem())
        || (named.publisher() != null && !named.publisher().equals(pkg.publisher()))) {
      return false;
    }
    Version version = pkg.requireVersion();
    Version least = entry.least();
    Version most = entry.most();
    if (least != null && version.compareTo(least) < 0
        || most != null
            && version.compareTo(most) > 0
            && !version.isSuccessorOf(most, Version.Constraint.AUTO)) {
      return false;
    }
    for (Fmri each : entry.depends()) {
      Version wanted = depend.version();
      Version allowed = each.version();
      if (each.stem().equals(depend.stem())
          && (allowed == null
              || (wanted != null && wanted.isSuccessorOf(allowed, Version.Constraint.AUTO)))) {
        return true;
      }
    }
    return false;
  }
}
