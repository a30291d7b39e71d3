package emblema.image.image;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that the reference left on disk. */
class GoldenImageTest {

  static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(GoldenImageTest.class.getResource("/golden/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Image open(String name) {
    return Image.open(RealDisk.open(golden(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"img-omnios-v4", "img2-omnios-v4"})
  void writesTheConfigurationBackByteForByte(String name) throws IOException {
    String text = Files.readString(golden(name).resolve("var/pkg/pkg5.image"));
    ImageConfig config = open(name).config();
    assertThat(config.write()).isEqualTo(text);
    for (PublisherConfig publisher : config.publishers()) {
      config =
          config.withPublisher(
              publisher.withOrigins(publisher.origins()).sticky(publisher.isSticky()));
    }
    config = config.withVariants(config.variants()).withFacets(config.facets());
    assertThat(ImageConfig.read(config.write(), "f").variants()).isEqualTo(config.variants());
  }

  @Test
  void readsPublishersByRank() {
    ImageConfig config = open("img2-omnios-v4").config();
    assertThat(config.publishers())
        .extracting(PublisherConfig::prefix)
        .containsExactly("alpha.example", "beta.example");
    PublisherConfig beta = config.publisher("beta.example").orElseThrow();
    assertThat(beta.mirrors()).containsExactly(new Endpoint("http://127.0.0.1:9/mirror/"));
    assertThat(beta.properties()).containsEntry("signature-policy", "ignore").hasSize(1);
    assertThat(config.publisher("alpha.example").orElseThrow().refreshSeconds()).isEqualTo(3600);
  }

  @Test
  void readsVariantsFacetsAndMediators() {
    ImageConfig config = open("img2-omnios-v4").config();
    assertThat(config.variants()).containsEntry("variant.foo", "bar");
    assertThat(config.facets()).containsEntry("facet.devel.*", false).hasSize(3);
    MediatorSetting ruby = Objects.requireNonNull(config.mediators().get("ruby"));
    assertThat(ruby.version()).isEqualTo("1.8");
    assertThat(ruby.isVersionLocal()).isTrue();
    assertThat(ruby.isImplementationLocal()).isFalse();
  }

  @Test
  void readsTheStateOfPackages() {
    ImageState state = open("img2-omnios-v4").state();
    assertThat(state.entries()).hasSize(28);
    assertThat(state.installed()).hasSize(5);
    StateEntry ruby = state.installed("lang/ruby-18").orElseThrow();
    assertThat(ruby.has(PackageFlag.FROZEN)).isTrue();
    assertThat(ruby.summary()).isEqualTo("Ruby 1.8");
    assertThat(ruby.lastInstall()).isEqualTo("2026-11-20T21:24:56.971982Z");
    assertThat(state.avoided().contains("tools/extra")).isTrue();
    assertThat(state.frozen().of("lang/ruby-18").orElseThrow().comment())
        .isEqualTo("a \"comment\"");
  }

  /**
   * The flags that we work out are those that the reference worked out; but of a package from a
   * sticky publisher it says UPGRADABLE even when only another publisher has something newer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"img-omnios-v4", "img2-omnios-v4"})
  void worksOutTheSameFlags(String name) {
    ImageState state = open(name).state();
    Fmri sticky = Fmri.parse("pkg://alpha.example/tools/app@2.0,5.11-0.1:20250101T000013Z");
    List<StateEntry> expected =
        state.entries().stream()
            .map(e -> e.fmri().equals(sticky) ? e.without(PackageFlag.UPGRADABLE) : e)
            .toList();
    assertThat(Availability.marked(state.entries(), state.frozen())).isEqualTo(expected);
    for (StateEntry entry : state.entries()) {
      assertThat(entry.withCatalogFlags()).isEqualTo(entry);
    }
  }

  @Test
  void readsVerifiedManifests() {
    Image image = open("img-omnios-v4");
    for (StateEntry entry : image.state().installed()) {
      assertThat(image.manifest(entry.fmri()).fmri()).contains(entry.fmri());
    }
    assertThat(image.hasManifest(Fmri.parse("pkg://alpha.example/no@1,5.11:20250101T000000Z")))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"img-omnios-v4", "img2-omnios-v4"})
  void writesHistoryBackByteForByte(String name) throws IOException {
    try (var files = Files.list(golden(name).resolve("var/pkg/history"))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        assertThat(HistoryText.write(HistoryText.read(text, file.toString()))).isEqualTo(text);
      }
    }
    assertThat(open(name).history().entries()).isNotEmpty();
  }
}
