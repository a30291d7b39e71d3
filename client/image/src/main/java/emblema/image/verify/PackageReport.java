package emblema.image.verify;

import emblema.core.fmri.Fmri;
import java.util.List;
import java.util.Optional;

/**
 * How one installed package fares.
 *
 * @param findings in the order of the manifest; empty if all is well
 */
public record PackageReport(Fmri fmri, List<Finding> findings) {
  public PackageReport {
    findings = List.copyOf(findings);
  }

  /** The worst of the findings; nothing if all is well (remarks do not count). */
  public Optional<Finding.Level> level() {
    return findings.stream()
        .map(Finding::level)
        .filter(level -> level != Finding.Level.INFO)
        .max(Enum::compareTo);
  }

  public boolean isBroken() {
    return level().filter(Finding.Level.ERROR::equals).isPresent();
  }
}
