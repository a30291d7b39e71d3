package emblema.publisher.master.service;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads SMF service manifests: each instance is a service; its start methods name programs. */
final class SmfManifests {
  private static final List<String> DIRECTORIES = List.of("lib/svc/manifest", "var/svc/manifest");

  private final Disk disk;
  private final TreeIndex tree;
  private final Findings findings;
  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();

  SmfManifests(Disk disk, TreeIndex tree, Findings findings) {
    this.disk = disk;
    this.tree = tree;
    this.findings = findings;
    // a manifest of a master must not make us fetch or expand anything
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  static boolean isManifest(String path) {
    return path.endsWith(".xml")
        && DIRECTORIES.stream().anyMatch(each -> path.startsWith(each + "/"));
  }

  List<Service> read() {
    List<Service> services = new ArrayList<>();
    for (String directory : DIRECTORIES) {
      TreeIndex.Span span = tree.below(directory);
      for (int i = span.first(); i < span.last(); i++) {
        TreeEntry entry = tree.entry(i);
        if (entry.isFile() && isManifest(entry.path())) {
          try {
            services.addAll(read(entry.path()));
          } catch (XMLStreamException e) {
            findings.risk("service manifest '" + entry.path() + "' cannot be read: " + said(e));
          }
        }
      }
    }
    return services;
  }

  private static String said(XMLStreamException e) {
    return String.valueOf(e.getMessage()).replace('\n', ' ');
  }

  private List<Service> read(String path) throws XMLStreamException {
    XMLStreamReader xml =
        factory.createXMLStreamReader(new ByteArrayInputStream(disk.readBytes(SafePath.of(path))));
    List<String> names = new ArrayList<>();
    List<String> programs = new ArrayList<>();
    String service = "";
    boolean waits = true;
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "service" -> service = attribute(xml, "name");
        case "instance" -> names.add("svc:/" + service + ":" + attribute(xml, "name"));
        case "create_default_instance" -> names.add("svc:/" + service + ":default");
        case "exec_method" -> {
          if (attribute(xml, "name").equals("start")) {
            programs.addAll(programs(attribute(xml, "exec")));
          }
        }
        case "propval" -> {
          boolean duration = attribute(xml, "name").equals("duration");
          waits &= !duration || !attribute(xml, "value").equals("transient");
        }
        default -> {
          // says nothing of programs
        }
      }
    }
    boolean runs = waits;
    return names.stream().map(each -> new Service(each, path, runs, programs, List.of())).toList();
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private List<String> programs(String command) {
    List<String> programs = new ArrayList<>();
    for (String word : command.split("\\s+")) {
      String path = word.replaceFirst("^/+", "");
      if (word.startsWith("/") && tree.has(path)) {
        programs.add(path);
      }
    }
    return programs;
  }
}
