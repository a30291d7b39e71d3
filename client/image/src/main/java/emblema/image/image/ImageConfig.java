package emblema.image.image;

import emblema.core.config.Ini;
import emblema.core.config.PythonLiteral;
import emblema.core.error.MalformedException;
import emblema.core.manifest.Varcets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * An image's configuration, the file {@code pkg5.image} (spec image-layout, section 3). What we do
 * not know is kept as it is; what does not change is written back byte for byte.
 */
public record ImageConfig(Ini ini) {
  private static final String AUTHORITY = "authority_";
  static final int FORMAT = 4;

  /**
   * @param source the file, for errors
   */
  public static ImageConfig read(String text, String source) {
    ImageConfig config = new ImageConfig(Ini.read(text, source));
    String version = config.ini.value("image", "version").orElse("4");
    if (!version.equals("4")) {
      throw new MalformedException(
          "image format '" + version + "' in '" + source + "' is not supported",
          "this program knows image format 4");
    }
    return config;
  }

  /** A new image without publishers. */
  public static ImageConfig create(Map<String, String> variants, Map<String, Boolean> facets) {
    return new ImageConfig(Ini.EMPTY)
        .withSection("image", Map.of("version", Integer.toString(FORMAT)))
        .withSection("property", ImageProperties.WRITTEN)
        .withVariants(variants)
        .withFacets(facets)
        .withSection("mediators", Map.of())
        .withSection("CONFIGURATION", Map.of("version", "3"));
  }

  public String write() {
    return ini.write();
  }

  // -- properties

  /** The value of a property as the file writes it, or its default; nothing for unknown names. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(properties().get(name));
  }

  public List<String> listProperty(String name) {
    return PythonLiteral.readTexts(property(name).orElse(""), "pkg5.image: " + name);
  }

  public boolean isTrue(String property) {
    String value = property(property).orElse("");
    return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes");
  }

  /** All properties with their values, defaults included, sorted by name. */
  public Map<String, String> properties() {
    Map<String, String> all = new TreeMap<>(ImageProperties.WRITTEN);
    all.putAll(ImageProperties.unwritten());
    all.putAll(ini.section("property"));
    return all;
  }

  public ImageConfig withProperty(String name, String value) {
    SequencedMap<String, String> section = new LinkedHashMap<>(ini.section("property"));
    section.put(name, value);
    return withSection("property", section);
  }

  /** Back to the default; other properties go. */
  public ImageConfig withoutProperty(String name) {
    SequencedMap<String, String> section = new LinkedHashMap<>(ini.section("property"));
    section.remove(name);
    String otherwise = ImageProperties.WRITTEN.get(name);
    if (otherwise != null) {
      section.put(name, otherwise);
    }
    return withSection("property", section);
  }

  // -- publishers

  /** All publishers, best rank first; those the search order forgot follow by name. */
  public List<PublisherConfig> publishers() {
    Map<String, PublisherConfig> byPrefix = new TreeMap<>();
    for (String section : ini.sectionsWith(AUTHORITY)) {
      SequencedMap<String, String> values = new LinkedHashMap<>(ini.section(section));
      values.putIfAbsent("prefix", section.substring(AUTHORITY.length()));
      PublisherConfig publisher = new PublisherConfig(values);
      byPrefix.put(publisher.prefix(), publisher);
    }
    List<PublisherConfig> ranked = new ArrayList<>();
    for (String prefix : listProperty("publisher-search-order")) {
      PublisherConfig publisher = byPrefix.remove(prefix);
      if (publisher != null) {
        ranked.add(publisher);
      }
    }
    ranked.addAll(byPrefix.values());
    return List.copyOf(ranked);
  }

  public List<PublisherConfig> enabledPublishers() {
    return publishers().stream().filter(PublisherConfig::isEnabled).toList();
  }

  public Optional<PublisherConfig> publisher(String prefix) {
    return publishers().stream().filter(p -> p.prefix().equals(prefix)).findFirst();
  }

  /** The rank of each publisher, from 0 for the best. */
  public Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (PublisherConfig publisher : publishers()) {
      ranks.put(publisher.prefix(), ranks.size());
    }
    return ranks;
  }

  /** Adds a publisher with the lowest rank, or replaces the one of its prefix. */
  public ImageConfig withPublisher(PublisherConfig publisher) {
    List<String> order =
        new ArrayList<>(publishers().stream().map(PublisherConfig::prefix).toList());
    if (!order.contains(publisher.prefix())) {
      order.add(publisher.prefix());
    }
    return withSection(AUTHORITY + publisher.prefix(), publisher.values()).withOrder(order);
  }

  public ImageConfig withoutPublisher(String prefix) {
    SequencedMap<String, SequencedMap<String, String>> sections =
        new LinkedHashMap<>(ini.sections());
    sections.remove(AUTHORITY + prefix);
    ImageConfig without = new ImageConfig(new Ini(sections));
    return without.withOrder(without.publishers().stream().map(PublisherConfig::prefix).toList());
  }

  /** Ranks the publishers: the first is searched first. */
  public ImageConfig withOrder(List<String> prefixes) {
    return withProperty("publisher-search-order", PythonLiteral.writeTexts(prefixes));
  }

  // -- variants, facets, mediators

  /** Full names to values. */
  public Map<String, String> variants() {
    Map<String, String> variants = new TreeMap<>();
    ini.section("variant").forEach((name, value) -> variants.put(decode(name), value));
    return variants;
  }

  public ImageConfig withVariants(Map<String, String> variants) {
    SequencedMap<String, String> section = new LinkedHashMap<>();
    variants.forEach((name, value) -> section.put(encode(name), value));
    return withSection("variant", section);
  }

  /** Full names or patterns to values, as set in this image. */
  public Map<String, Boolean> facets() {
    Map<String, Boolean> facets = new TreeMap<>();
    ini.section("facet")
        .forEach((name, value) -> facets.put(decode(name), value.equalsIgnoreCase("true")));
    return facets;
  }

  public ImageConfig withFacets(Map<String, Boolean> facets) {
    SequencedMap<String, String> section = new LinkedHashMap<>();
    facets.forEach((name, on) -> section.put(encode(name), on ? "True" : "False"));
    return withSection("facet", section);
  }

  public Varcets varcets() {
    return new Varcets(variants(), facets());
  }

  /** Mediator names to their settings. */
  public Map<String, MediatorSetting> mediators() {
    return MediatorSetting.read(ini.section("mediators"));
  }

  public ImageConfig withMediators(Map<String, MediatorSetting> mediators) {
    return withSection("mediators", MediatorSetting.write(mediators));
  }

  /** New publisher sections stand before the variants, as in the reference's files. */
  private ImageConfig withSection(String name, Map<String, String> values) {
    if (ini.sections().containsKey(name) || !name.startsWith(AUTHORITY)) {
      return new ImageConfig(ini.with(name, values));
    }
    SequencedMap<String, SequencedMap<String, String>> sections = new LinkedHashMap<>();
    ini.sections()
        .forEach(
            (other, section) -> {
              if (other.equals("variant")) {
                sections.put(name, new LinkedHashMap<>(values));
              }
              sections.put(other, section);
            });
    sections.putIfAbsent(name, new LinkedHashMap<>(values));
    return new ImageConfig(new Ini(sections));
  }

  /** Percent-encoding of everything but letters, digits and {@code _.-~}. */
  static String encode(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_.-/".indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }

  private static String decode(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("'" + name + "' in pkg5.image is not percent-encoded text");
    }
  }
}
