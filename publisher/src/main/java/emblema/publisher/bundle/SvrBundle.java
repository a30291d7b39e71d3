package emblema.publisher.bundle;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.SafePath;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An SVR4 package as actions (spec pkgsend, section 2.4): its metadata, then the lines of its
 * pkgmap in order. A file that is missing, or whose length or sum is not the pkgmap's, is an error.
 */
final class SvrBundle implements Bundle {
  /** What a {@code legacy} action knows of a package. */
  private static final List<String> LEGACY =
      List.of("ARCH", "CATEGORY", "DESC", "HOTLINE", "NAME", "PKG", "VENDOR", "VERSION");

  private static final Set<String> PLAIN_CLASSES = Set.of("none", "manifest");
  private static final Set<String> PRESERVE = Set.of("renameold", "renamenew");
  private static final Set<String> PRESERVED = Set.of("preserve", "svmpreserve");
  private static final Set<String> NO_SCRIPTS =
      Set.of("pkginfo", "copyright", "depend", "compver", "space");
  private static final int LONGEST_TEXT = 64 << 20;

  private final SvrFiles files;
  private final Map<String, String> information;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private SvrBundle(SvrFiles files) {
    this.files = files;
    this.information = PackageInformation.parse(text("pkginfo"), files.name() + "/pkginfo");
  }

  /**
   * @param files closed with the bundle
   */
  static SvrBundle open(SvrFiles files) {
    SvrBundle bundle = new SvrBundle(files);
    bundle.metadata();
    String place = files.name() + "/pkgmap";
    int number = 0;
    for (String line : bundle.text("pkgmap").split("\n", -1)) {
      number++;
      PackageMapLine.parse(line, place + ":" + number).ifPresent(bundle::take);
    }
    return bundle;
  }

  private String text(String name) {
    PayloadSource source =
        files
            .file(name)
            .orElseThrow(
                () -> new NotFoundException("'" + files.name() + "' has no '" + name + "'"));
    try (InputStream in = source.open()) {
      byte[] bytes = in.readNBytes(LONGEST_TEXT);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private void metadata() {
    information.forEach(
        (key, value) -> {
          switch (key) {
            case "DESC" -> set("pkg.description", value);
            case "NAME" -> set("pkg.summary", value);
            default -> {
              if (!key.startsWith("SUNW_") && !LEGACY.contains(key)) {
                set("pkg.send.convert." + key.toLowerCase(Locale.ROOT).replace('_', '-'), value);
              }
            }
          }
        });
    Attributes.Builder legacy = Attributes.builder();
    for (String key : LEGACY) {
      String value = information.get(key);
      if (value != null && !value.isEmpty()) {
        legacy.add(key.toLowerCase(Locale.ROOT), value);
      }
    }
    add(ActionType.LEGACY, null, legacy, null);
  }

  private void set(String name, String value) {
    if (!value.isEmpty()) {
      add(ActionType.SET, null, Attributes.builder().add("name", name).add("value", value), null);
    }
  }

  private void take(PackageMapLine line) {
    try {
      object(line);
    } catch (MalformedException e) {
      throw e.reason().startsWith(line.place()) ? e : line.error(e.reason());
    }
  }

  private void object(PackageMapLine line) {
    if (line.type() == 'i') {
      information(line);
      return;
    }
    if (!PLAIN_CLASSES.contains(line.klass()) && !isPreserving(line)) {
      problems.add(
          "'"
              + line.path()
              + "' is of class '"
              + line.klass()
              + "', whose action script no package runs");
    }
    String path = installed(line.path()).text();
    Attributes.Builder attributes = Attributes.builder().add("path", path);
    switch (line.type()) {
      case 'f', 'e', 'v' -> {
        PayloadSource content = verified(line);
        if (!line.isOpen()) {
          owned(attributes, line);
          if (line.type() != 'f') {
            attributes.add("preserve", PRESERVE.contains(line.klass()) ? line.klass() : "true");
          }
          add(ActionType.FILE, line.member(), attributes, content);
        }
      }
      case 'd', 'x' -> {
        if (!line.isOpen() && !path.isEmpty()) {
          owned(attributes, line);
          add(ActionType.DIR, null, attributes, null);
        }
      }
      case 's' -> add(ActionType.LINK, null, attributes.add("target", target(line)), null);
      case 'l' -> {
        SafePath target = installed(target(line));
        attributes.add("target", DirectoryBundle.relative(new SafePath(path), target));
        add(ActionType.HARDLINK, null, attributes, null);
      }
      default ->
          problems.add("'" + line.path() + "' is a device or pipe, which a package cannot hold");
    }
  }

  private static boolean isPreserving(PackageMapLine line) {
    return line.type() != 'f'
        && (PRESERVE.contains(line.klass()) || PRESERVED.contains(line.klass()));
  }

  private static String target(PackageMapLine line) {
    if (line.local().isEmpty()) {
      throw line.error("the link '" + line.path() + "' has no target");
    }
    return line.local();
  }

  /** Relocatable paths are below the base directory. */
  private SafePath installed(String path) {
    String base = information.getOrDefault("BASEDIR", "").replaceAll("^/+|/+$", "");
    boolean relocated = !path.startsWith("/") && !base.isEmpty();
    String whole = relocated ? base + "/" + path : path;
    return SafePath.of(whole.replaceAll("/+$", ""));
  }

  private static void owned(Attributes.Builder attributes, PackageMapLine line) {
    String mode = String.valueOf(line.mode());
    if (!mode.matches("0?[0-7]{3,4}")) {
      throw line.error("'" + mode + "' is not a mode");
    }
    attributes
        .add("mode", mode.length() == 3 ? "0" + mode : mode)
        .add("owner", String.valueOf(line.owner()))
        .add("group", String.valueOf(line.group()));
  }

  private void information(PackageMapLine line) {
    PayloadSource content = verified(line);
    if (line.path().equals("copyright")) {
      String name = information.getOrDefault("PKG", "package") + ".copyright";
      add(ActionType.LICENSE, line.member(), Attributes.builder().add("license", name), content);
    } else if (!NO_SCRIPTS.contains(line.path())) {
      problems.add("the script '" + line.path() + "' is not carried over: no package runs scripts");
    }
  }

  private PayloadSource verified(PackageMapLine line) {
    String member = SafePath.of(line.member()).text();
    PayloadSource content =
        files
            .file(member)
            .orElseThrow(() -> line.error("the package has no file '" + member + "'"));
    PackageMapLine.Sum sum = line.sum();
    if (sum != null) {
      try (InputStream in = content.open()) {
        PackageMapLine.Sum found = PackageInformation.sum(in);
        if (!found.equals(sum)) {
          throw line.error(
              "'%s' has %d bytes with the sum %d, but the pkgmap says %d with %d"
                  .formatted(member, found.size(), found.checksum(), sum.size(), sum.checksum()));
        }
      } catch (IOException e) {
        throw unreadable(member, e);
      }
    }
    return content;
  }

  private StorageException unreadable(String member, IOException e) {
    return new StorageException(
        "'" + member + "' of '" + files.name() + "' cannot be read",
        String.valueOf(e.getMessage()),
        List.of(),
        e);
  }

  private void add(
      ActionType type,
      @Nullable String token,
      Attributes.Builder attributes,
      @Nullable PayloadSource content) {
    if (information.getOrDefault("SUNW_PKG_HOLLOW", "").equalsIgnoreCase("true")) {
      attributes.add("pkg.send.convert.sunw-pkg-hollow", "true");
    }
    entries.add(new Entry(Action.of(type, token, attributes.build()), content));
  }

  @Override
  public void forEach(Consumer<Entry> each) {
    entries.forEach(each);
  }

  @Override
  public Optional<PayloadSource> payload(String name) {
    return files.file(SafePath.of(name).text());
  }

  @Override
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public String name() {
    return files.name();
  }

  @Override
  public void close() {
    files.close();
  }
}
