package emblema.flash.integrity;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The packages of Debian: a list of files for each that is installed. */
record DpkgDatabase(Disk image) implements PackageDatabase {
  private static final SafePath STATUS = SafePath.of("var/lib/dpkg/status");
  private static final SafePath LISTS = SafePath.of("var/lib/dpkg/info");
  private static final SafePath DIVERSIONS = SafePath.of("var/lib/dpkg/diversions");

  static Optional<PackageDatabase> in(Disk image) {
    return image.stat(STATUS).filter(Stat::isFile).map(stat -> new DpkgDatabase(image));
  }

  @Override
  public String name() {
    return "dpkg";
  }

  /**
   * A file that all packages but one have elsewhere.
   *
   * @param owner the package whose file keeps its place
   */
  private record Diversion(String target, String owner) {}

  @Override
  public void paths(Consumer<String> each) {
    Map<String, Diversion> diversions = diversions();
    for (Installed installed : installed()) {
      for (String name : installed.lists()) {
        SafePath list = LISTS.resolve(name);
        if (image.stat(list).filter(Stat::isFile).isPresent()) {
          TextFile.lines(image, list, path -> each.accept(place(path, installed, diversions)));
          break;
        }
      }
    }
  }

  private static String place(String path, Installed by, Map<String, Diversion> diversions) {
    Diversion diversion = diversions.get(path);
    return diversion == null || diversion.owner().equals(by.name()) ? path : diversion.target();
  }

  private Map<String, Diversion> diversions() {
    List<String> lines = new ArrayList<>();
    if (image.stat(DIVERSIONS).filter(Stat::isFile).isPresent()) {
      TextFile.lines(image, DIVERSIONS, lines::add);
    }
    Map<String, Diversion> diversions = new HashMap<>();
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      diversions.put(lines.get(i), new Diversion(lines.get(i + 1), lines.get(i + 2)));
    }
    return diversions;
  }

  private record Installed(String name, String architecture) {
    List<String> lists() {
      return List.of(name + ":" + architecture + ".list", name + ".list");
    }
  }

  private List<Installed> installed() {
    List<Installed> all = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    TextFile.lines(
        image,
        STATUS,
        line -> {
          if (line.isEmpty()) {
            add(fields, all);
          } else if (!line.startsWith(" ") && line.indexOf(':') > 0) {
            int colon = line.indexOf(':');
            String field = line.substring(0, colon);
            if (field.equals("Package") || field.equals("Status") || field.equals("Architecture")) {
              fields.put(field, line.substring(colon + 1).strip());
            }
          }
        });
    add(fields, all);
    return all;
  }

  private static void add(Map<String, String> fields, List<Installed> all) {
    String name = fields.getOrDefault("Package", "");
    boolean isSafe = !name.isEmpty() && name.indexOf('/') < 0;
    if (isSafe && "install ok installed".equals(fields.get("Status"))) {
      String architecture = fields.getOrDefault("Architecture", "").replace('/', '_');
      all.add(new Installed(name, architecture));
    }
    fields.clear();
  }
}
