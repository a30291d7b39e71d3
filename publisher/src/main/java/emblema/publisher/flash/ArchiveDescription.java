package emblema.publisher.flash;

import emblema.core.io.SharedFile;
import emblema.core.tree.TreeDigest;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Identification;
import emblema.flash.archive.Keyword;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import emblema.flash.codec.UuInputStream;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What becomes of everything in an archive but its files: metadata, a name, a time, and a list of
 * what no package can hold.
 */
public final class ArchiveDescription {
  private static final int OWNER_EXECUTES = 0100;
  private static final int LONGEST_NAME = 64;

  private static final List<String> SCRIPTS =
      List.of(SectionName.PREDEPLOYMENT, SectionName.POSTDEPLOYMENT, SectionName.REBOOT);

  private final Identification identification;
  private final Map<String, List<String>> scripts;
  private final List<String> sections;

  private ArchiveDescription(
      Identification identification, Map<String, List<String>> scripts, List<String> sections) {
    this.identification = identification;
    this.scripts = scripts;
    this.sections = sections;
  }

  /** Reads everything before the payload. */
  public static ArchiveDescription read(Path path) {
    Map<String, List<String>> scripts = new LinkedHashMap<>();
    List<String> sections = new ArrayList<>();
    SharedFile file = SharedFile.open(path);
    try (file;
        ArchiveReader archive = new ArchiveReader(file.read(0, file.size()), path.toString())) {
      archive.sections(
          (name, body) -> {
            if (SCRIPTS.contains(name)) {
              List<String> found = scripts(body);
              if (!found.isEmpty()) {
                scripts.put(name, found);
              }
            } else if (SectionName.isFree(name)) {
              sections.add(name);
            }
          });
      return new ArchiveDescription(archive.identification(), scripts, sections);
    }
  }

  /** The names of what would run, without running it. */
  private static List<String> scripts(InputStream body) throws IOException {
    BufferedInputStream decoded = new BufferedInputStream(new UuInputStream(body));
    decoded.mark(1);
    if (decoded.read() < 0) {
      return List.of();
    }
    decoded.reset();
    List<String> names = new ArrayList<>();
    MemberReader members = new Payload(decoded, true, true).members();
    for (Member member = members.next(); member != null; member = members.next()) {
      if (member.isFile()
          && (member.mode() & OWNER_EXECUTES) != 0
          && !member.path().endsWith("_processing")) {
        names.add(member.path());
      }
    }
    return names;
  }

  /** A package name made of the archive's: {@code flash/finance-print-server}. */
  public String stem() {
    String name =
        identification
            .value(Keyword.NAME)
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String shortened = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return "flash/" + (shortened.isEmpty() ? "archive" : shortened);
  }

  /** When the archive was made, as {@code YYYYMMDDTHHMMSSZ}. */
  public Optional<String> timestamp() {
    return identification
        .value(Keyword.DATE)
        .map(date -> date.substring(0, 8) + "T" + date.substring(8) + "Z");
  }

  /** Rules that give the package its metadata. */
  public Rules rules(String stem) {
    Map<String, List<String>> values = values();
    return new Rules(
        List.of(new Rule.Meta(stem, values)), List.of(), TreeDigest.ofText(values.toString()));
  }

  private Map<String, List<String>> values() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    identification.value(Keyword.NAME).ifPresent(name -> put(values, "pkg.summary", name));
    identification
        .value(Keyword.DESCRIPTION)
        .ifPresent(text -> put(values, "pkg.description", text));
    identification
        .value(Keyword.ARCHITECTURES)
        .flatMap(ArchiveDescription::variant)
        .ifPresent(arch -> put(values, "variant.arch", arch));
    for (String line : identification.lines()) {
      int equals = line.indexOf('=');
      String keyword = equals < 0 ? "" : line.substring(0, equals).toLowerCase(Locale.ROOT);
      if (keyword.matches("[a-z][a-z0-9._-]*")
          && !keyword.equals(Keyword.NAME)
          && !keyword.equals(Keyword.DESCRIPTION)) {
        String name = keyword.startsWith("x-") ? keyword : "org.flash." + keyword;
        put(values, name, identification.value(keyword).orElse(""));
      }
    }
    scripts.forEach((section, names) -> values.put("org.flash." + section, names));
    return values;
  }

  /** A manifest holds one line of text without control characters. */
  private static void put(Map<String, List<String>> values, String name, String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\x85\\u2028\\u2029]+", " ").strip();
    if (!line.isEmpty()) {
      values.put(name, List.of(line));
    }
  }

  /** IPS' word for the machines; nothing if some of them have none or several. */
  private static Optional<String> variant(String architectures) {
    TreeSet<String> words = new TreeSet<>();
    Arrays.stream(architectures.split("[, ]+"))
        .forEach(
            name ->
                words.add(
                    switch (name) {
                      case "i86pc", "i386", "i686", "x86_64", "amd64" -> "i386";
                      default -> name.matches("sun4[a-z]+") ? "sparc" : "";
                    }));
    return words.size() == 1 && !words.contains("") ? Optional.of(words.first()) : Optional.empty();
  }

  /** What no package can hold, a sentence each. */
  public List<String> leftOut() {
    List<String> sentences = new ArrayList<>();
    scripts.forEach(
        (section, names) ->
            sentences.add(
                "packages run no scripts: "
                    + String.join(", ", names)
                    + " are only named in 'org.flash."
                    + section
                    + "'"));
    sections.forEach(
        name ->
            sentences.add(
                "section '" + name + "' is left out: 'flar split -S " + name + "' writes it"));
    return sentences;
  }
}
