package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.ActionReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of spec manifest, sections 10 and 11. */
class VarcetsTest {
  private static final Varcets I386 = new Varcets(Map.of("variant.arch", "i386"), Map.of());

  private static final Varcets FACETS =
      new Varcets(
          Map.of(),
          Map.of(
              "facet.doc", false,
              "facet.locale.*", false,
              "facet.locale.en*", true,
              "facet.devel", true));

  @ParameterizedTest
  @CsvSource({
    "variant.arch=i386, true",
    "variant.arch=sparc, false",
    "variant.arch=i386 variant.arch=sparc, false",
    "variant.x=false, true",
    "variant.x=falsey, true",
    "variant.debug.z=false, true",
    "variant.x=true, false",
    "variant.debug.z=true, false",
    "variant.arch=i386 variant.x=true, false",
    "'', true"
  })
  void admitsVariants(String attributes, boolean expected) {
    assertThat(I386.admits(ActionReader.read("dir path=a " + attributes))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "facet.doc=true, false",
    "facet.doc=true facet.devel=true, true",
    "facet.doc=all facet.devel=true, false",
    "facet.devel=all facet.locale.en_US=true, true",
    "facet.locale.de=true, false",
    "facet.locale.de=true facet.locale.en=true, true",
    "facet.debug.x=true, false",
    "facet.optional.x=all, false",
    "facet.new=true, true",
    "facet.devel=false, true",
    "facet.doc=false, false",
    "facet.doc=ALL, false",
    "facet.doc=all facet.doc=true facet.devel=true, true"
  })
  void admitsFacets(String attributes, boolean expected) {
    assertThat(FACETS.admits(ActionReader.read("dir path=a " + attributes))).isEqualTo(expected);
  }

  @Test
  void asksAParentsFacetsFirst() {
    Varcets varcets =
        new Varcets(
            Map.of(),
            Map.of("facet.doc", true, "facet.l*", false),
            Map.of("facet.doc", false, "facet.locale.x", true, "facet.locale.*", true));
    assertThat(varcets.isOn("facet.doc")).isTrue();
    assertThat(varcets.isOn("facet.locale.x")).isTrue();
    assertThat(varcets.isOn("facet.locale.y")).isFalse();
  }
}
