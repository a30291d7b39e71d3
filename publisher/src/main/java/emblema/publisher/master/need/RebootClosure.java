package emblema.publisher.master.need;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.depend.FileNeeds;
import emblema.publisher.depend.Need;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the start of the system rests on: the program of process 1 and the tools that make the
 * initial RAM disk, with all they load; modules for names and logins that the tree's configuration
 * asks for (spec master-image-diff, section 9). A tree without a process 1 has none.
 */
public final class RebootClosure {
  private static final List<String> FIRST_PROGRAMS =
      List.of("sbin/init", "usr/sbin/init", "usr/lib/systemd/systemd", "lib/systemd/systemd");

  private static final List<String> RAM_DISK_TOOLS =
      List.of(
          "usr/sbin/mkinitramfs",
          "usr/sbin/update-initramfs",
          "usr/lib/initramfs-tools/bin/busybox",
          "usr/bin/dracut",
          "usr/lib/dracut/dracut-install",
          "usr/bin/mkinitcpio",
          "usr/bin/kmod");

  private static final Pattern PAM_MODULE = Pattern.compile("(?<=[\\s/])pam_[\\w-]+\\.so\\b");

  private final Disk disk;
  private final TreeIndex tree;
  private final FileNeeds needs;

  private RebootClosure(Disk disk, TreeIndex tree, FileNeeds needs) {
    this.disk = disk;
    this.tree = tree;
    this.needs = needs;
  }

  /** Paths of files and links, sorted. */
  public static Set<String> of(Disk disk, TreeIndex tree, FileNeeds needs) {
    return new RebootClosure(disk, tree, needs).find();
  }

  private Set<String> find() {
    List<String> seeds = new ArrayList<>();
    String first = null;
    for (String path : FIRST_PROGRAMS) {
      String program = needs.file(path).orElse(null);
      if (program != null) {
        seeds.add(path);
        first = first == null ? program : first;
      }
    }
    if (first == null) {
      return Set.of();
    }
    for (String path : RAM_DISK_TOOLS) {
      needs.file(path).ifPresent(program -> seeds.add(path));
    }
    Set<String> links = new TreeSet<>();
    for (String module : nameServices()) {
      needs.library(module, first).ifPresent(need -> add(need, seeds, links));
    }
    for (String module : logins()) {
      needs.module("security", module, first).ifPresent(need -> add(need, seeds, links));
    }
    links.addAll(needs.closure(seeds));
    return links;
  }

  private static void add(Need need, List<String> seeds, Set<String> links) {
    seeds.add(need.found());
    links.addAll(need.links());
  }

  /** {@code libnss_files.so.2} and others that {@code nsswitch.conf} names. */
  private Set<String> nameServices() {
    Set<String> modules = new TreeSet<>();
    for (String line : lines("etc/nsswitch.conf")) {
      String[] parts = line.replaceFirst("#.*", "").split(":", 2);
      if (parts.length == 2) {
        for (String word : parts[1].replaceAll("\\[[^\\]]*\\]", " ").strip().split("\\s+")) {
          modules.add("libnss_" + word + ".so.2");
        }
      }
    }
    return modules;
  }

  private Set<String> logins() {
    Set<String> modules = new TreeSet<>();
    List<String> files = new ArrayList<>(List.of("etc/pam.conf"));
    TreeIndex.Span span = tree.below("etc/pam.d");
    for (int i = span.first(); i < span.last(); i++) {
      files.add(tree.entry(i).path());
    }
    for (String file : files) {
      for (String line : lines(file)) {
        Matcher matcher = PAM_MODULE.matcher(line.replaceFirst("#.*", ""));
        while (matcher.find()) {
          modules.add(matcher.group());
        }
      }
    }
    return modules;
  }

  private List<String> lines(String file) {
    return tree.at(file).filter(TreeEntry::isFile).isPresent()
        ? new String(disk.readBytes(SafePath.of(file)), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }
}
