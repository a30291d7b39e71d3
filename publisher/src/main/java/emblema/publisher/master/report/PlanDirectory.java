package emblema.publisher.master.report;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestWriter;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDigest;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as a directory of plain text, to be read before it is published
 * (docs/formats/master-plan.md): {@code report.txt}, {@code changes.tsv}, {@code objects.tsv},
 * {@code packages/*.p5m}, {@code incorporation.p5m}, and {@code plan.json} last.
 */
public final class PlanDirectory {
  private static final SafePath RECORD = SafePath.of("plan.json");
  private static final SafePath PACKAGES = SafePath.of("packages");

  private final Disk disk;

  /**
   * @param disk opened at the directory
   */
  public PlanDirectory(Disk disk) {
    this.disk = disk;
  }

  /** Writes the plan into the directory, which must be empty. */
  public void write(Plan plan, PlanRecord record) {
    if (!disk.list(SafePath.ROOT).isEmpty()) {
      throw new ConflictException(
          "'" + disk.root() + "' is not empty", "give a new directory with -o");
    }
    disk.makeDirectory(PACKAGES, 0755);
    for (PlannedPackage each : plan.published()) {
      write(file(plan, each), text(each));
    }
    write(
        SafePath.of("report.txt"),
        String.join("\n", PlanReport.lines(plan, Integer.MAX_VALUE, true)) + "\n");
    writeChanges(plan.changes());
    writeObjects(plan);
    write(RECORD, record.write());
  }

  private static SafePath file(Plan plan, PlannedPackage each) {
    return each.stem().equals(plan.request().incorporation())
        ? SafePath.of("incorporation.p5m")
        : PACKAGES.resolve(each.fmri().stemElement() + ".p5m");
  }

  private static String text(PlannedPackage each) {
    Manifest manifest = each.contents().get();
    return "set name=pkg.fmri value=" + each.fmri() + "\n" + ManifestWriter.write(manifest);
  }

  private void write(SafePath file, String text) {
    writing(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private void writing(SafePath file, Writing writing) {
    try (OutputStream out = new java.io.BufferedOutputStream(disk.create(file, 0644))) {
      writing.to(out);
    } catch (IOException e) {
      throw new StorageException(
          "cannot write '" + disk.describe(file) + "'",
          String.valueOf(e.getMessage()),
          List.of(),
          e);
    }
  }

  private void writeChanges(List<TreeChange> changes) {
    writing(
        SafePath.of("changes.tsv"),
        out -> {
          out.write("change\tpath\tdetails\n".getBytes(StandardCharsets.UTF_8));
          for (TreeChange change : changes) {
            String line =
                change.kind().word()
                    + "\t"
                    + change.path()
                    + "\t"
                    + ChangeText.details(change)
                    + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private void writeObjects(Plan plan) {
    TreeIndex tree = plan.now().delivered();
    writing(
        SafePath.of("objects.tsv"),
        out -> {
          out.write("path\tpackage\treason\n".getBytes(StandardCharsets.UTF_8));
          for (int i = 0; i < tree.size(); i++) {
            String line =
                tree.entry(i).path()
                    + "\t"
                    + plan.assignment().stem(i)
                    + "\t"
                    + plan.assignment().reason(i)
                    + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  public PlanRecord record() {
    if (disk.stat(RECORD).isEmpty()) {
      throw new NotFoundException(
          "'" + disk.root() + "' is not a plan", "make one with: pkgmaster plan … -o DIRECTORY");
    }
    return PlanRecord.read(disk.readBytes(RECORD), disk.describe(RECORD));
  }

  /** Refuses if the plan differs from the one in the directory, or if its manifests were edited. */
  public void requireSame(Plan plan, PlanRecord now) {
    List<String> differences = new ArrayList<>(record().differences(now));
    for (PlannedPackage each : plan.published()) {
      SafePath file = file(plan, each);
      boolean same =
          disk.stat(file).isPresent()
              && TreeDigest.ofText(new String(disk.readBytes(file), StandardCharsets.UTF_8))
                  .equals(TreeDigest.ofText(text(each)));
      if (differences.isEmpty() && !same) {
        differences.add("'" + file + "' in the plan");
      }
    }
    if (!differences.isEmpty()) {
      throw new ConflictException(
          "the plan in '" + disk.root() + "' does not hold any more",
          "changed since: " + String.join(", ", differences),
          List.of("plan again; change packages by rules, not by editing the plan"),
          null);
    }
  }

  /** What the plan says of a path or package, as lines of text. */
  public List<String> explain(String subject) {
    List<String> lines = new ArrayList<>();
    for (String row : rows("objects.tsv")) {
      String[] fields = row.split("\t", -1);
      if (fields.length == 3 && fields[0].equals(subject)) {
        lines.add("'" + subject + "' is in package '" + fields[1] + "': " + fields[2]);
      }
    }
    for (String row : rows("changes.tsv")) {
      String[] fields = row.split("\t", -1);
      if (fields.length == 3 && fields[1].equals(subject)) {
        lines.add("it is " + fields[0] + (fields[2].isEmpty() ? "" : ": " + fields[2]));
      }
    }
    for (SafePath file : manifests()) {
      explainManifest(file, subject, lines);
    }
    if (lines.isEmpty()) {
      throw new NotFoundException("the plan knows neither a path nor a package '" + subject + "'");
    }
    return lines;
  }

  private void explainManifest(SafePath file, String subject, List<String> lines) {
    List<String> text = new String(disk.readBytes(file), StandardCharsets.UTF_8).lines().toList();
    boolean isPackage = text.getFirst().contains("/" + subject + "@");
    if (isPackage) {
      lines.add("package '" + subject + "' is published with " + (text.size() - 1) + " actions:");
    }
    for (String line : text) {
      if (isPackage
          || line.contains(" path=" + subject + " ")
          || line.endsWith(" path=" + subject)) {
        lines.add("  " + line);
      }
    }
  }

  private List<SafePath> manifests() {
    List<SafePath> files = new ArrayList<>();
    if (disk.stat(PACKAGES).isPresent()) {
      disk.list(PACKAGES).forEach(name -> files.add(PACKAGES.resolve(name)));
    }
    SafePath incorporation = SafePath.of("incorporation.p5m");
    if (disk.stat(incorporation).isPresent()) {
      files.add(incorporation);
    }
    return files;
  }

  private List<String> rows(String file) {
    SafePath path = SafePath.of(file);
    if (disk.stat(path).isEmpty()) {
      return List.of();
    }
    return new String(disk.readBytes(path), StandardCharsets.UTF_8).lines().skip(1).toList();
  }
}
