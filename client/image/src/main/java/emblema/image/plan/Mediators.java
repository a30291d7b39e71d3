package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Version;
import emblema.core.manifest.Mediation;
import emblema.image.image.MediatorSetting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which of the mediated links are in the image, before and after (spec planner-solver 7.4). */
final class Mediators {
  /** A link that goes. */
  private final List<Removal> removals = new ArrayList<>();

  /** Links that come or change. */
  private final List<Arrival> arrivals = new ArrayList<>();

  private final SortedMap<String, MediatorSetting> settings = new TreeMap<>();

  /**
   * @param before all mediated links of the installed packages
   * @param after those of the future image
   * @param present settings of the image
   */
  Mediators(
      Collection<Delivery> before,
      Collection<Delivery> after,
      Map<String, MediatorSetting> present) {
    Map<String, Delivery> old = chosen(before, present, null);
    Map<String, Delivery> next = chosen(after, present, settings);
    old.forEach(
        (path, delivery) -> {
          if (!next.containsKey(path)) {
            removals.add(new Removal(delivery.owner(), delivery.action()));
          }
        });
    next.forEach(
        (path, delivery) -> {
          Delivery earlier = old.get(path);
          if (earlier == null || !isSame(earlier.action(), delivery.action())) {
            arrivals.add(
                new Arrival(
                    delivery.owner(),
                    Transition.UPGRADE,
                    earlier == null || earlier.action().type() != delivery.action().type()
                        ? null
                        : earlier.action(),
                    delivery.action(),
                    null));
          }
        });
    keepLocal(present);
  }

  List<Removal> removals() {
    return removals;
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  /** The image's settings after the operation. */
  SortedMap<String, MediatorSetting> settings() {
    return settings;
  }

  /** Whether two links make the same object. */
  private static boolean isSame(Action one, Action other) {
    return one.type() == other.type()
        && one.attributes().get("target", "").equals(other.attributes().get("target", ""));
  }

  /** The links that are present, by path. */
  private static Map<String, Delivery> chosen(
      Collection<Delivery> links,
      Map<String, MediatorSetting> present,
      @Nullable Map<String, MediatorSetting> settings) {
    Map<String, List<Delivery>> byMediator = new TreeMap<>();
    for (Delivery link : links) {
      byMediator
          .computeIfAbsent(link.action().attributes().get("mediator", ""), m -> new ArrayList<>())
          .add(link);
    }
    Map<String, Delivery> chosen = new LinkedHashMap<>();
    byMediator.forEach(
        (mediator, offers) -> {
          MediatorSetting local = present.get(mediator);
          List<Mediation> mediations = new ArrayList<>();
          offers.forEach(offer -> Mediation.of(offer.action()).ifPresent(mediations::add));
          Optional<Mediation> best =
              Mediation.choose(mediations, version(local), implementation(local));
          if (settings != null) {
            best.ifPresent(winner -> settings.put(mediator, setting(winner, local)));
          }
          for (Delivery offer : offers) {
            if (Mediation.of(offer.action()).filter(m -> isLike(m, best)).isPresent()) {
              chosen.putIfAbsent(Keys.clean(offer.action().key()), offer);
            }
          }
        });
    return chosen;
  }

  /** Equal but for the priority. */
  private static boolean isLike(Mediation link, Optional<Mediation> best) {
    return best.filter(
            winner ->
                Objects.equals(winner.version(), link.version())
                    && Objects.equals(winner.implementation(), link.implementation()))
        .isPresent();
  }

  private static @Nullable Version version(@Nullable MediatorSetting local) {
    String version = local == null || !local.isVersionLocal() ? null : local.version();
    return version == null ? null : Version.parse(version);
  }

  private static Mediation.@Nullable Implementation implementation(
      @Nullable MediatorSetting local) {
    if (local == null || !local.isImplementationLocal() || local.implementation() == null) {
      return null;
    }
    String version = local.implementationVersion();
    return Mediation.Implementation.parse(
        local.implementation() + (version == null ? "" : "@" + version));
  }

  private static MediatorSetting setting(Mediation winner, @Nullable MediatorSetting local) {
    String source =
        winner.priority() == Mediation.Priority.NONE
            ? "system"
            : winner.priority().name().toLowerCase(Locale.ROOT);
    Version version = winner.version();
    Mediation.Implementation implementation = winner.implementation();
    Version implementationVersion = implementation == null ? null : implementation.version();
    MediatorSetting setting =
        new MediatorSetting(
            version == null ? null : version.toShortString(),
            source,
            implementation == null ? null : implementation.name(),
            implementationVersion == null ? null : implementationVersion.toShortString(),
            source);
    return local == null ? setting : withLocal(setting, local);
  }

  private static MediatorSetting withLocal(MediatorSetting setting, MediatorSetting local) {
    boolean version = local.isVersionLocal();
    boolean implementation = local.isImplementationLocal();
    MediatorSetting from = implementation ? local : setting;
    return new MediatorSetting(
        version ? local.version() : setting.version(),
        version ? "local" : setting.versionSource(),
        from.implementation(),
        from.implementationVersion(),
        from.implementationSource());
  }

  /** A mediator without links keeps what the administrator set, and nothing else. */
  private void keepLocal(Map<String, MediatorSetting> present) {
    for (String mediator : new TreeSet<>(present.keySet())) {
      MediatorSetting setting = present.get(mediator);
      if (setting == null || settings.containsKey(mediator)) {
        continue;
      }
      boolean version = setting.isVersionLocal();
      boolean implementation = setting.isImplementationLocal();
      if (version || implementation) {
        settings.put(
            mediator,
            new MediatorSetting(
                version ? setting.version() : null,
                version ? "local" : null,
                implementation ? setting.implementation() : null,
                implementation ? setting.implementationVersion() : null,
                implementation ? "local" : null));
      }
    }
  }
}
