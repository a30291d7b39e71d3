package emblema.publisher.master.service;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the service units of systemd. A unit of the administrator's directory hides the vendor's of
 * the same name. Templates have no instance to restart and are left out.
 */
final class SystemdUnits {
  private static final List<String> DIRECTORIES =
      List.of("lib/systemd/system", "usr/lib/systemd/system", "etc/systemd/system");
  private static final List<String> PROGRAMS =
      List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin");
  private static final String SUFFIX = ".service";

  private final Disk disk;
  private final TreeIndex tree;

  SystemdUnits(Disk disk, TreeIndex tree) {
    this.disk = disk;
    this.tree = tree;
  }

  static boolean isUnit(String path) {
    return DIRECTORIES.stream().anyMatch(each -> path.startsWith(each + "/"))
        && path.matches(".*\\.(service|socket|timer|target|mount|path|slice)");
  }

  List<Service> read() {
    Map<String, Service> services = new TreeMap<>();
    for (String directory : DIRECTORIES) {
      TreeIndex.Span span = tree.below(directory);
      for (int i = span.first(); i < span.last(); i++) {
        TreeEntry entry = tree.entry(i);
        boolean unit = entry.parent().equals(directory) && entry.name().endsWith(SUFFIX);
        if (unit && entry.isFile() && !entry.name().contains("@")) {
          services.put(entry.name(), read(entry));
        }
      }
    }
    return List.copyOf(services.values());
  }

  private Service read(TreeEntry unit) {
    String text = new String(disk.readBytes(SafePath.of(unit.path())), StandardCharsets.UTF_8);
    String name = unit.name().substring(0, unit.name().length() - SUFFIX.length());
    List<String> programs = new ArrayList<>();
    List<String> configuration =
        new ArrayList<>(List.of("etc/" + name, "etc/" + name + ".conf", "etc/default/" + name));
    boolean runs = true;
    for (String line : text.replaceAll("\\\\\n", " ").split("\n")) {
      String[] parts = line.strip().split("\\s*=\\s*", 2);
      if (parts.length < 2 || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      switch (parts[0]) {
        case "Type" -> runs = !parts[1].equals("oneshot");
        case "ExecStart", "ExecStartPre" -> command(parts[1], programs, configuration);
        case "EnvironmentFile" -> configuration.add(relative(parts[1].replaceFirst("^-", "")));
        case "ConfigurationDirectory" ->
            List.of(parts[1].split("\\s+")).forEach(each -> configuration.add("etc/" + each));
        default -> {
          // says nothing of files
        }
      }
    }
    return new Service("systemd:" + unit.name(), unit.path(), runs, programs, configuration);
  }

  private void command(String text, List<String> programs, List<String> configuration) {
    String[] words = text.replaceFirst("^[-@:+!|]+", "").split("\\s+");
    String program = words[0];
    if (program.startsWith("/")) {
      programs.add(relative(program));
    } else {
      PROGRAMS.stream()
          .map(each -> each + "/" + program)
          .filter(tree::has)
          .findFirst()
          .ifPresent(programs::add);
    }
    for (int i = 1; i < words.length; i++) {
      String path = relative(words[i].replaceFirst("^-[^=]*=", "").replaceAll("[\"']", ""));
      TreeEntry entry = words[i].contains("/") ? tree.at(path).orElse(null) : null;
      if (entry != null && entry.isFile()) {
        (path.startsWith("etc/") ? configuration : programs).add(path);
      }
    }
  }

  private static String relative(String path) {
    return path.replaceFirst("^/+", "");
  }
}
