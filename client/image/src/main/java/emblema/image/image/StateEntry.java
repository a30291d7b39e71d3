package emblema.image.image;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.SetAction;
import emblema.core.fmri.Fmri;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image knows about one package version without reading its manifest (spec image-layout,
 * section 4).
 *
 * @param fmri with publisher and full version
 * @param manifestSha1 of the manifest's bytes ({@code signature-sha-1}), or empty
 * @param lastInstall when it was installed, microseconds
 * @param lastUpdate when it last replaced another version of itself
 * @param dependencyTexts depend actions, and the set actions for obsolete, renamed and variants
 * @param summaryTexts set actions for people
 */
public record StateEntry(
    Fmri fmri,
    String manifestSha1,
    Set<PackageFlag> flags,
    @Nullable Instant lastInstall,
    @Nullable Instant lastUpdate,
    List<String> dependencyTexts,
    List<String> summaryTexts) {
  public StateEntry {
    flags = Collections.unmodifiableSet(PackageFlag.setOf(flags));
    dependencyTexts = List.copyOf(dependencyTexts);
    summaryTexts = List.copyOf(summaryTexts);
  }

  public boolean has(PackageFlag flag) {
    return flags.contains(flag);
  }

  public boolean isInstalled() {
    return has(PackageFlag.INSTALLED);
  }

  public boolean isObsolete() {
    return has(PackageFlag.OBSOLETE);
  }

  public boolean isRenamed() {
    return has(PackageFlag.RENAMED);
  }

  /** The actions that matter to solving, read anew at each call. */
  public List<Action> dependencyActions() {
    return dependencyTexts.stream().map(ActionReader::read).toList();
  }

  /** The first value of a {@code set} action for people, or empty text. */
  public String summaryValue(String name) {
    String start = "set name=" + name + " ";
    for (String text : summaryTexts) {
      if (text.startsWith(start) && ActionReader.read(text) instanceof SetAction set) {
        return set.value();
      }
    }
    return "";
  }

  /** {@code pkg.summary}, or empty text. */
  public String summary() {
    return summaryValue("pkg.summary");
  }

  public StateEntry with(PackageFlag flag) {
    return withFlag(flag, true);
  }

  public StateEntry without(PackageFlag flag) {
    return withFlag(flag, false);
  }

  /** This with the flag set or cleared. */
  public StateEntry withFlag(PackageFlag flag, boolean on) {
    if (flags.contains(flag) == on) {
      return this;
    }
    Set<PackageFlag> changed = PackageFlag.setOf(flags);
    if (on) {
      changed.add(flag);
    } else {
      changed.remove(flag);
    }
    return new StateEntry(
        fmri, manifestSha1, changed, lastInstall, lastUpdate, dependencyTexts, summaryTexts);
  }

  /** With the flags that the catalog's own facts give: obsolete, renamed, legacy. */
  public StateEntry withCatalogFlags() {
    return withFlag(PackageFlag.OBSOLETE, saysTrue("pkg.obsolete"))
        .withFlag(PackageFlag.RENAMED, saysTrue("pkg.renamed"))
        .withFlag(PackageFlag.LEGACY, saysTrue("pkg.legacy"));
  }

  private boolean saysTrue(String name) {
    return dependencyTexts.contains("set name=" + name + " value=true");
  }

  StateEntry withTimes(@Nullable Instant install, @Nullable Instant update) {
    return new StateEntry(
        fmri, manifestSha1, flags, install, update, dependencyTexts, summaryTexts);
  }
}
