package emblema.image.verify;

import emblema.core.action.Action;
import emblema.core.fmri.Version;
import emblema.core.manifest.Mediation;
import emblema.image.image.MediatorSetting;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which mediated links an image has, by its recorded choices. */
final class MediatedLinks {
  private final Map<String, MediatorSetting> settings;

  MediatedLinks(Map<String, MediatorSetting> settings) {
    this.settings = settings;
  }

  /** True for everything that is not mediated. */
  boolean isPresent(Action action) {
    Optional<Mediation> offered = Mediation.of(action);
    MediatorSetting setting = settings.get(action.attributes().get("mediator", ""));
    if (offered.isEmpty() || setting == null) {
      return true;
    }
    String version = setting.version();
    String implementation = setting.implementation();
    if (!Objects.equals(version == null ? null : Version.parse(version), offered.get().version())) {
      return false;
    }
    Mediation.Implementation given = offered.get().implementation();
    if (implementation == null || given == null) {
      return implementation == null && given == null;
    }
    String chosen = setting.implementationVersion();
    String text =
        chosen == null || implementation.contains("@")
            ? implementation
            : implementation + "@" + chosen;
    return Mediation.Implementation.parse(text).matches(given);
  }
}
