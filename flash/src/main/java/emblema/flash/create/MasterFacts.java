package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the software says of the master; nobody can override it (spec flash-archive, 3.2). The
 * components are the answers of {@code uname} with the options n, m, i, p, r, s and v.
 */
public record MasterFacts(
    String node,
    String hardwareClass,
    String platform,
    String processor,
    String release,
    String osName,
    String osVersion) {
  static final String UNKNOWN = "UNKNOWN";

  private static final List<SafePath> NODE_NAMES =
      List.of(SafePath.of("etc/nodename"), SafePath.of("etc/hostname"));
  private static final SafePath RELEASE = SafePath.of("var/sadm/system/admin/INST_RELEASE");
  private static final List<SafePath> OS_RELEASES =
      List.of(SafePath.of("etc/os-release"), SafePath.of("usr/lib/os-release"));
  private static final long LONGEST = 1 << 16;

  /** This machine. */
  public static MasterFacts ofHost() {
    List<String> words = new ArrayList<>();
    try {
      Process process =
          new ProcessBuilder(
                  "/bin/sh", "-c", "for o in n m i p r s v; do uname -$o || echo unknown; done")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        lines.lines().forEach(words::add);
      }
    } catch (IOException e) {
      words.clear(); // No uname here: everything is unknown.
    }
    while (words.size() < 7) {
      words.add("unknown");
    }
    return new MasterFacts(
        words.get(0),
        words.get(1),
        words.get(2),
        words.get(3),
        words.get(4),
        words.get(5),
        words.get(6));
  }

  /** An image that is not running: three facts are in its files, the others unknown. */
  public static MasterFacts ofImage(Disk image) {
    String node = UNKNOWN;
    for (SafePath file : NODE_NAMES) {
      List<String> lines = lines(image, file);
      if (node.equals(UNKNOWN) && !lines.isEmpty() && !lines.getFirst().isBlank()) {
        node = lines.getFirst().strip();
      }
    }
    Map<String, String> release = settings(lines(image, RELEASE));
    String version = release.getOrDefault("VERSION", UNKNOWN);
    String os = release.getOrDefault("OS", UNKNOWN);
    if (release.isEmpty()) {
      for (SafePath file : OS_RELEASES.reversed()) {
        Map<String, String> settings = settings(lines(image, file));
        version = settings.getOrDefault("VERSION_ID", version);
        os = settings.getOrDefault("NAME", os);
      }
    }
    return new MasterFacts(node, UNKNOWN, UNKNOWN, UNKNOWN, version, os, UNKNOWN);
  }

  private static List<String> lines(Disk image, SafePath file) {
    return image
        .stat(file)
        .filter(stat -> stat.isFile() && stat.size() <= LONGEST)
        .map((Stat stat) -> new String(image.readBytes(file), StandardCharsets.UTF_8))
        .map(text -> text.lines().toList())
        .orElse(List.of());
  }

  /** Assignments as in a shell, quoted or not. */
  private static Map<String, String> settings(List<String> lines) {
    Map<String, String> settings = new HashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        String value = line.substring(equals + 1).strip();
        boolean isQuoted =
            value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(value.length() - 1) == value.charAt(0);
        String plain = isQuoted ? value.substring(1, value.length() - 1) : value;
        if (!plain.isBlank()) {
          settings.put(line.substring(0, equals).strip(), plain);
        }
      }
    }
    return settings;
  }
}
