package emblema.image.image;

import emblema.core.config.PythonLiteral;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.fmri.PublisherPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What shall change about one publisher of an image (spec client-cli, section 4.19). Absent parts
 * stay as they are.
 *
 * @param onlyOrigin replaces all origins
 * @param removeOrigins addresses, or {@code *} for all; so for mirrors
 * @param place where the publisher ranks
 * @param unset property names that go
 */
public record PublisherChange(
    String prefix,
    @Nullable String onlyOrigin,
    List<Endpoint> addOrigins,
    List<String> removeOrigins,
    List<Endpoint> addMirrors,
    List<String> removeMirrors,
    @Nullable Boolean enabled,
    @Nullable Boolean sticky,
    @Nullable Place place,
    Map<String, String> set,
    Map<String, String> addTo,
    Map<String, String> removeFrom,
    List<String> unset,
    @Nullable NewUuid uuid) {

  /**
   * A rank in the search order.
   *
   * @param other null for the first place
   */
  public record Place(@Nullable String other, boolean after) {}

  /** A client uuid and when it was chosen. */
  public record NewUuid(String uuid, String since) {}

  /** Nothing but the given origins are added. */
  public static PublisherChange adding(String prefix, List<Endpoint> origins) {
    return new PublisherChange(
        prefix, null, origins, List.of(), List.of(), List.of(), null, null, null, Map.of(),
        Map.of(), Map.of(), List.of(), null);
  }

  /** The same with mirrors added. */
  public PublisherChange withMirrors(List<Endpoint> mirrors) {
    return new PublisherChange(
        prefix,
        onlyOrigin,
        addOrigins,
        removeOrigins,
        mirrors,
        removeMirrors,
        enabled,
        sticky,
        place,
        set,
        addTo,
        removeFrom,
        unset,
        uuid);
  }

  /**
   * The configuration with the change made; a publisher that does not exist is made.
   *
   * @param fresh for a publisher that is made
   */
  public ImageConfig applyTo(ImageConfig config, NewUuid fresh) {
    Optional<PublisherConfig> existing = config.publisher(prefix);
    PublisherConfig publisher =
        existing.orElseGet(
            () ->
                PublisherConfig.create(
                    PublisherPrefix.require(prefix), fresh.uuid(), fresh.since()));
    publisher =
        publisher
            .withOrigins(
                onlyOrigin == null
                    ? changed("Origin", publisher.origins(), addOrigins, removeOrigins)
                    : List.of(new Endpoint(onlyOrigin)))
            .withMirrors(changed("Mirror", publisher.mirrors(), addMirrors, removeMirrors));
    if (enabled != null) {
      publisher = publisher.enabled(enabled);
    }
    if (sticky != null) {
      publisher = publisher.sticky(sticky);
    }
    NewUuid reset = uuid;
    if (reset != null) {
      publisher = publisher.withUuid(reset.uuid(), reset.since());
    }
    ImageConfig changed = config.withPublisher(withProperties(publisher));
    Place wanted = place;
    return wanted == null ? changed : placed(changed, wanted);
  }

  private static List<Endpoint> changed(
      String what, List<Endpoint> before, List<Endpoint> add, List<String> remove) {
    List<Endpoint> after = new ArrayList<>(before);
    for (String uri : remove) {
      if (uri.equals("*")) {
        after.clear();
      } else if (!after.removeIf(each -> each.uri().equals(new Endpoint(uri).uri()))) {
        throw new NotFoundException(
            "unknown " + what.toLowerCase(java.util.Locale.ROOT) + " '" + uri + "'");
      }
    }
    for (Endpoint endpoint : add) {
      if (after.stream().anyMatch(each -> each.uri().equals(endpoint.uri()))) {
        throw new ConflictException(
            what + " '" + endpoint.uri() + "' already exists for the specified publisher");
      }
      after.add(endpoint);
    }
    return after;
  }

  private PublisherConfig withProperties(PublisherConfig publisher) {
    PublisherConfig result = publisher;
    for (Map.Entry<String, String> property : set.entrySet()) {
      result = result.withProperty(property.getKey(), valueOf(property));
    }
    for (Map.Entry<String, String> property : addTo.entrySet()) {
      List<String> values = values(result, property.getKey());
      if (!values.contains(property.getValue())) {
        values.add(property.getValue());
      }
      result = result.withProperty(property.getKey(), PythonLiteral.writeTexts(values));
    }
    for (Map.Entry<String, String> property : removeFrom.entrySet()) {
      List<String> values = values(result, property.getKey());
      if (!values.remove(property.getValue())) {
        throw new NotFoundException(
            "property '" + property.getKey() + "' has no value '" + property.getValue() + "'");
      }
      result = result.withProperty(property.getKey(), PythonLiteral.writeTexts(values));
    }
    for (String name : unset) {
      result = result.withoutProperty(name);
    }
    return result;
  }

  private static String valueOf(Map.Entry<String, String> property) {
    List<String> choices = ImageProperties.choices(property.getKey());
    if (!choices.isEmpty() && !choices.contains(property.getValue())) {
      throw new UsageException(
          "invalid value '" + property.getValue() + "' for property '" + property.getKey() + "'",
          "supported values: " + String.join(", ", choices));
    }
    return ImageProperties.LISTS.contains(property.getKey())
        ? PythonLiteral.writeTexts(List.of(property.getValue()))
        : property.getValue();
  }

  private static List<String> values(PublisherConfig publisher, String name) {
    return new ArrayList<>(
        PythonLiteral.readTexts(
            publisher.values().getOrDefault("property." + name, ""), "property '" + name + "'"));
  }

  private ImageConfig placed(ImageConfig config, Place wanted) {
    List<String> order =
        new ArrayList<>(config.publishers().stream().map(PublisherConfig::prefix).toList());
    order.remove(prefix);
    String other = wanted.other();
    if (other == null) {
      order.addFirst(prefix);
      return config.withOrder(order);
    }
    int index = order.indexOf(other);
    if (index < 0) {
      throw new NotFoundException("unknown publisher '" + other + "'");
    }
    order.add(wanted.after() ? index + 1 : index, prefix);
    return config.withOrder(order);
  }
}
