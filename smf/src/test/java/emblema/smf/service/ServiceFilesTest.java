package emblema.smf.service;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.LinkAction;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.smf.migrate.Area;
import emblema.smf.migrate.Areas;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The SMF manifest, the systemd unit and the package: right each, and of one mind. */
class ServiceFilesTest {
  private static final Path MANIFESTS = Path.of("..", "manifests");

  /** The order in which {@code service_bundle.dtd.1} wants what a service holds. */
  private static final List<String> SERVICE_ORDER =
      List.of(
          "create_default_instance",
          "single_instance",
          "restarter",
          "dependency",
          "dependent",
          "method_context",
          "exec_method",
          "property_group",
          "instance",
          "stability",
          "template");

  private static Document smf() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    DocumentBuilder builder = factory.newDocumentBuilder();
    // The document type names a file of the target system.
    builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
    return builder.parse(MANIFESTS.resolve("smf/shared-migrate.xml").toFile());
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static Element service() throws Exception {
    Element bundle = smf().getDocumentElement();
    assertThat(bundle.getTagName()).isEqualTo("service_bundle");
    assertThat(bundle.getAttribute("type")).isEqualTo("manifest");
    assertThat(bundle.getAttribute("name")).isNotEmpty();
    assertThat(children(bundle)).hasSize(1);
    return children(bundle).getFirst();
  }

  private static List<Element> all(Element element, String tag) {
    return children(element).stream().filter(child -> child.getTagName().equals(tag)).toList();
  }

  private static Map<String, List<String>> unit() throws IOException {
    Map<String, List<String>> keys = new TreeMap<>();
    String section = "";
    for (String line : Files.readAllLines(MANIFESTS.resolve("systemd/shared-migrate.service"))) {
      if (line.startsWith("[")) {
        section = line;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        assertThat(equals).as(line).isPositive();
        keys.computeIfAbsent(section + line.substring(0, equals), key -> new ArrayList<>())
            .addAll(List.of(line.substring(equals + 1).split(" ", -1)));
      }
    }
    return keys;
  }

  private static String command() throws IOException {
    return unit().getOrDefault("[Service]ExecStart", List.of("none")).getFirst();
  }

  /** Of the service's package and of the one with its SMF manifest. */
  private static List<String> packageLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("emblema-shared-migrate.p5m", "emblema-shared-migrate-smf.p5m")) {
      lines.addAll(Files.readAllLines(MANIFESTS.resolve(name)));
    }
    return lines;
  }

  private static List<Action> packaged() throws IOException {
    return packageLines().stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(ActionReader::read)
        .toList();
  }

  @Test
  void theSmfManifestHasTheStructureOfAServiceBundle() throws Exception {
    Element service = service();
    assertThat(service.getTagName()).isEqualTo("service");
    assertThat(service.getAttribute("type")).isEqualTo("service");
    assertThat(service.getAttribute("version")).matches("[0-9]+");
    List<Integer> order =
        children(service).stream().map(child -> SERVICE_ORDER.indexOf(child.getTagName())).toList();
    assertThat(order).isSorted().doesNotContain(-1);
    for (String tag : List.of("dependency", "dependent")) {
      Set<String> names = new HashSet<>();
      for (Element element : all(service, tag)) {
        assertThat(names.add(element.getAttribute("name"))).isTrue();
        assertThat(element.getAttribute("grouping"))
            .isIn("require_all", "require_any", "optional_all", "exclude_all");
        assertThat(element.getAttribute("restart_on")).isIn("none", "error", "restart", "refresh");
        assertThat(all(element, "service_fmri")).hasSize(1);
        assertThat(all(element, "service_fmri").getFirst().getAttribute("value"))
            .startsWith("svc:/");
      }
    }
    assertThat(all(service, "exec_method"))
        .extracting(method -> method.getAttribute("name"))
        .containsExactly("start", "stop");
    assertThat(all(service, "instance").getFirst().getAttribute("enabled")).isEqualTo("true");
  }

  @Test
  void bothRunTheCommandOnceAndWithoutATimeLimit() throws Exception {
    Element service = service();
    Element start = all(service, "exec_method").getFirst();
    assertThat(start.getAttribute("timeout_seconds")).isEqualTo("0");
    Element startd =
        all(service, "property_group").stream()
            .filter(group -> group.getAttribute("name").equals("startd"))
            .findFirst()
            .orElseThrow();
    assertThat(all(startd, "propval").getFirst().getAttribute("value")).isEqualTo("transient");
    Map<String, List<String>> unit = unit();
    assertThat(unit).containsEntry("[Service]Type", List.of("oneshot"));
    assertThat(unit).containsEntry("[Service]RemainAfterExit", List.of("yes"));
    assertThat(unit).containsEntry("[Service]TimeoutStartSec", List.of("infinity"));
  }

  @Test
  void bothWaitForMountsAndComeBeforeTheServicesThatWrite() throws Exception {
    Element service = service();
    assertThat(all(all(service, "dependency").getFirst(), "service_fmri").getFirst())
        .extracting(fmri -> fmri.getAttribute("value"))
        .isEqualTo("svc:/system/filesystem/local:default");
    assertThat(all(service, "dependent"))
        .allMatch(element -> element.getAttribute("grouping").equals("optional_all"));
    Map<String, List<String>> unit = unit();
    assertThat(unit.get("[Unit]After")).contains("local-fs.target");
    assertThat(unit.get("[Unit]Before"))
        .contains("sysinit.target", "systemd-tmpfiles-setup.service");
    assertThat(unit.get("[Unit]DefaultDependencies")).containsExactly("no");
  }

  @Test
  void theUnitWaitsForTheRootsOfTheDefaultConfiguration() throws Exception {
    List<String> mounts = unit().get("[Unit]RequiresMountsFor");
    try (RealDisk disk = RealDisk.open(MANIFESTS.toAbsolutePath().normalize())) {
      List<Area> areas = Areas.read(disk, List.of(SafePath.of("shared.d")));
      assertThat(areas).hasSize(2);
      for (Area area : areas) {
        assertThat(mounts).contains("/" + area.staging(), "/" + area.shared());
      }
    }
  }

  @Test
  void thePackageDeliversWhatTheServicesNameAndItsPayloadExists() throws Exception {
    Set<String> delivered = new HashSet<>();
    for (Action action : packaged()) {
      switch (action) {
        case FileAction file -> delivered.add(file.attributes().get("path", ""));
        case LinkAction link -> delivered.add(link.attributes().get("path", ""));
        case DirectoryAction directory -> delivered.add(directory.path());
        default -> {}
      }
    }
    String start = all(service(), "exec_method").getFirst().getAttribute("exec");
    assertThat(delivered).contains(start.substring(1));
    assertThat(delivered).contains(command().substring(1));
    assertThat(Files.readString(MANIFESTS.resolve("smf/shared-migrate")))
        .contains("command=" + command() + "\n");
    for (String line : packageLines()) {
      if (line.startsWith("file ")) {
        String payload = line.split(" ", -1)[1];
        boolean isOfTheDistribution = payload.startsWith("bin/") || payload.startsWith("lib/");
        Path here =
            payload.startsWith("share/man/man8/")
                ? Path.of("..", "docs", "man", payload.substring(15))
                : MANIFESTS.resolve(payload);
        assertThat(isOfTheDistribution || Files.isRegularFile(here)).as(payload).isTrue();
      }
    }
  }

  @Test
  void everyParentDirectoryOfTheApplicationIsPackagedOnce() throws Exception {
    Set<String> directories = new HashSet<>();
    for (Action action : packaged()) {
      if (action instanceof DirectoryAction directory) {
        assertThat(directories.add(directory.path())).as(directory.path()).isTrue();
      }
    }
    assertThat(directories)
        .contains("usr/lib/emblema", "usr/lib/ips", "usr/lib/ips/shared.d", "etc/ips/shared.d");
  }

  @Test
  void theSmfManifestIsImportedWhenItChanges() throws Exception {
    assertThat(packaged())
        .filteredOn(FileAction.class::isInstance)
        .filteredOn(
            action ->
                action
                    .attributes()
                    .get("path", "")
                    .equals("lib/svc/manifest/system/shared-migrate.xml"))
        .singleElement()
        .satisfies(
            action ->
                assertThat(action.attributes().get("restart_fmri", ""))
                    .isEqualTo("svc:/system/manifest-import:default"));
  }

  @Test
  void theExampleDropInIsRightButNotRead(@TempDir Path directory) throws Exception {
    Files.copy(
        MANIFESTS.resolve("shared.d/myapplication.conf.example"), directory.resolve("a.conf"));
    try (RealDisk disk = RealDisk.open(directory)) {
      assertThat(Areas.read(disk, List.of(SafePath.ROOT))).hasSize(1);
    }
  }
}
