package emblema.image.apply;

import emblema.core.action.LicenseAction;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out the steps for licences and SVR4 package information (spec manifest, 16.4 and 16.5).
 */
final class MetadataSteps {
  private static final List<String> INFORMATION =
      List.of(
          "category",
          "desc",
          "hotline",
          "name",
          "vendor",
          "version",
          "basedir",
          "pkginst",
          "pstamp",
          "arch");

  private final Workspace space;
  private final StagedContents contents;
  private final SafePath metadata;
  private final Instant now;
  private final Map<Step, SafePath> staged = new IdentityHashMap<>();

  MetadataSteps(Workspace space, StagedContents contents, SafePath metadata, Instant now) {
    this.space = space;
    this.contents = contents;
    this.metadata = metadata;
    this.now = now;
  }

  void useStaged(Map<Step, SafePath> slots) {
    staged.putAll(slots);
  }

  /** Where an image keeps a licence text (spec image-layout, section 2). */
  static SafePath licensePath(SafePath metadata, Fmri owner, LicenseAction license) {
    return metadata
        .resolve("license")
        .resolve(owner.stemElement())
        .resolve("license." + PercentEncoding.encode(license.license()));
  }

  void put(Step.PutLicense step) {
    SafePath path = licensePath(metadata, step.owner(), step.after());
    SafePath slot = staged.remove(step);
    if (slot == null) {
      slot = contents.content(step.owner(), step.after(), path);
    }
    Stat made = space.disk().stat(slot).orElseThrow();
    new Effect.Ownership(0444, made.uid(), made.gid()).applyTo(space.disk(), slot);
    put(slot, path);
  }

  void remove(Step.RemoveLicense step) {
    SafePath path = licensePath(metadata, step.owner(), step.before());
    if (space.stat(path).isPresent()) {
      space.take(path);
      SafePath directory = path.parent().orElseThrow();
      if (space.list(directory).isEmpty()) {
        space.take(directory);
      }
    }
  }

  void put(Step.PutLegacy step) {
    Attributes attributes = step.after().attributes();
    StringBuilder text = new StringBuilder();
    text.append("PKG=").append(attributes.get("pkg", "")).append('\n');
    for (String name : INFORMATION) {
      String otherwise = name.equals("basedir") ? "/" : name.equals("category") ? "system" : "";
      String value = attributes.get(name, otherwise);
      if (!value.isEmpty()) {
        text.append(name.toUpperCase(Locale.ROOT)).append('=').append(value).append('\n');
      }
    }
    text.append("INSTDATE=")
        .append(
            DateTimeFormatter.ofPattern("MMM dd yyyy HH:mm", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now))
        .append('\n');
    SafePath path = legacyPath(attributes);
    space.ensureParents(path);
    Stat root = space.disk().stat(SafePath.ROOT).orElseThrow();
    put(
        contents.bytes(
            path,
            text.toString().getBytes(StandardCharsets.UTF_8),
            new Effect.Ownership(0644, root.uid(), root.gid())),
        path);
  }

  void remove(Step.RemoveLegacy step) {
    SafePath path = legacyPath(step.before().attributes());
    if (space.stat(path).isPresent()) {
      space.take(path);
      SafePath directory = path.parent().orElseThrow();
      if (space.list(directory).isEmpty()) {
        space.take(directory);
      }
    }
  }

  private static SafePath legacyPath(Attributes attributes) {
    return new SafePath("var/sadm/pkg").resolve(attributes.get("pkg", "")).resolve("pkginfo");
  }

  private void put(SafePath slot, SafePath path) {
    space.ensureParents(path);
    Optional<Stat> found = space.stat(path);
    if (found.isEmpty()) {
      space.place(slot, path);
    } else if (found.get().isDirectory()) {
      space.moveTree(path, space.area().slot(path));
      space.place(slot, path);
    } else {
      space.replace(slot, path);
    }
  }
}
