package emblema.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.ActionReader;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogUpdateTest {
  private static final String PUBLISHER = "example.com";
  private static final Instant START = Instant.parse("2026-11-20T20:59:30Z");

  @TempDir Path temporary;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private RealDisk disk;

  private CatalogAttributes attributes = CatalogAttributes.empty(START);
  private int generation;
  private Instant now = START;
  private SortedMap<String, byte[]> copy = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void begin() {
    disk = RealDisk.open(temporary);
    disk.makeDirectory(new SafePath("g0"), 0755);
    change(null).writeAttributes(attributes);
    copy = CatalogUpdate.of(PUBLISHER, null, origin(), false).files();
    asked.clear();
  }

  @AfterEach
  void end() {
    disk.close();
  }

  private CatalogChange change(@org.jspecify.annotations.Nullable SafePath old) {
    SafePath directory = new SafePath("g" + generation);
    return new CatalogChange(disk, directory, PUBLISHER, old, attributes, true);
  }

  private void publish(List<Fmri> removals, CatalogAddition... additions) {
    SafePath old = new SafePath("g" + generation);
    generation++;
    disk.makeDirectory(new SafePath("g" + generation), 0755);
    attributes = change(old).change(removals, List.of(additions), now);
  }

  private static CatalogAddition addition(Fmri fmri, String... actions) {
    CatalogAddition.Builder builder = new CatalogAddition.Builder();
    for (String action : actions) {
      builder.take(ActionReader.read(action));
    }
    return builder.build(fmri, "%040x".formatted(fmri.hashCode()));
  }

  private static Fmri fmri(String name, int version) {
    return Fmri.parse("pkg://" + PUBLISHER + "/" + name + "@" + version + ",5.11:20260101T000000Z");
  }

  private CatalogFiles origin() {
    SafePath directory = new SafePath("g" + generation);
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        asked.add(name);
        return disk.readBytes(directory.resolve(name));
      }

      @Override
      public String describe(String name) {
        return name;
      }
    };
  }

  private CatalogFiles copied() {
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        byte[] bytes = copy.get(name);
        if (bytes == null) {
          throw new NotFoundException("'" + name + "' is not in the copy");
        }
        return bytes;
      }

      @Override
      public String describe(String name) {
        return "copy/" + name;
      }
    };
  }

  private CatalogUpdate.Way update() {
    asked.clear();
    CatalogUpdate.Outcome outcome = CatalogUpdate.of(PUBLISHER, copied(), origin(), false);
    if (outcome.way() == CatalogUpdate.Way.WHOLE) {
      copy = new TreeMap<>();
    }
    copy.putAll(outcome.files());
    return outcome.way();
  }

  private void assertCopied() {
    asked.clear();
    assertThat(copy.keySet())
        .containsExactlyInAnyOrderElementsOf(
            CatalogUpdate.of(PUBLISHER, null, origin(), true).files().keySet());
    copy.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(origin().read(name)));
  }

  private void firstPackage() {
    publish(
        List.of(),
        addition(
            fmri("a", 1), "set name=pkg.summary value=Grüße", "depend type=require fmri=pkg:/b"));
    assertThat(update()).isEqualTo(CatalogUpdate.Way.WHOLE);
  }

  @Test
  void fetchesOnlyAttributesWhenNothingChanged() {
    firstPackage();
    assertThat(update()).isEqualTo(CatalogUpdate.Way.UNCHANGED);
    assertThat(asked).containsExactly("catalog.attrs");
  }

  @Test
  void fetchesOnlyLogsWhereTheyTellAll() {
    firstPackage();
    now = now.plusSeconds(3);
    publish(List.of(), addition(fmri("a", 2), "set name=pkg.summary value=\"Two \\\"x\\\"\""));
    assertThat(update()).isEqualTo(CatalogUpdate.Way.BY_LOGS);
    assertThat(asked).containsExactly("catalog.attrs", "update.20261120T20Z.C");
    assertCopied();
  }

  @Test
  void followsChangesOfManyHours() {
    RandomGenerator random = Seed.random();
    Map<CatalogUpdate.Way, Integer> ways = new EnumMap<>(CatalogUpdate.Way.class);
    List<Fmri> present = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(1, 2500)));
      int number = i;
      if (!present.isEmpty() && random.nextInt(4) == 0) {
        Fmri gone = present.remove(random.nextInt(present.size()));
        if (random.nextBoolean()) {
          present.add(gone); // signed: removed and added again with another manifest
          publish(List.of(gone), addition(gone, "set name=pkg.summary value=signed" + number));
        } else {
          publish(List.of(gone));
        }
      } else {
        Fmri fmri = fmri("p" + random.nextInt(12), number);
        present.add(fmri);
        publish(
            List.of(),
            random.nextInt(3) == 0
                ? addition(fmri)
                : addition(
                    fmri,
                    "set name=pkg.summary value=\"ü " + number + "\"",
                    "depend type=require fmri=pkg:/b@" + number));
      }
      if (random.nextInt(3) == 0) {
        ways.merge(update(), 1, Integer::sum);
        assertCopied();
      }
    }
    assertThat(ways.get(CatalogUpdate.Way.BY_LOGS)).isGreaterThan(20);
  }

  @Test
  void fetchesAllOfARebuiltCatalog() {
    firstPackage();
    attributes = CatalogAttributes.empty(now.plusSeconds(1));
    generation = 100;
    disk.makeDirectory(new SafePath("g100"), 0755);
    attributes = change(null).add(List.of(addition(fmri("a", 1))), now.plusSeconds(2));
    assertThat(update()).isEqualTo(CatalogUpdate.Way.WHOLE);
    assertCopied();
  }

  @Test
  void fetchesAllWhenTheCopyIsNotWhatItWas() {
    firstPackage();
    now = now.plusSeconds(3);
    publish(List.of(), addition(fmri("b", 2)));
    copy.put(
        "catalog.base.C",
        new String(copy.getOrDefault("catalog.base.C", new byte[0]), StandardCharsets.UTF_8)
            .replace("\"a\"", "\"c\"")
            .getBytes(StandardCharsets.UTF_8));
    assertThat(update()).isEqualTo(CatalogUpdate.Way.WHOLE);
    assertCopied();
    copy.put("catalog.attrs", new byte[] {'{'});
    assertThat(update()).isEqualTo(CatalogUpdate.Way.WHOLE);
  }

  @Test
  void fetchesAllWhenALogHasGone() {
    firstPackage();
    now = now.plusSeconds(3);
    publish(List.of(), addition(fmri("b", 2)));
    disk.remove(new SafePath("g" + generation).resolve("update.20261120T20Z.C"));
    assertThat(update()).isEqualTo(CatalogUpdate.Way.WHOLE);
    assertCopied();
  }

  @Test
  void takesNothingThatDoesNotFitItsSignature() {
    firstPackage();
    now = now.plusSeconds(3);
    publish(List.of(), addition(fmri("b", 2)));
    CatalogFiles honest = origin();
    CatalogFiles lying =
        new CatalogFiles() {
          @Override
          public byte[] read(String name) {
            byte[] bytes = honest.read(name);
            if (!name.equals("catalog.attrs")) {
              bytes[bytes.length / 2] ^= 1;
            }
            return bytes;
          }

          @Override
          public String describe(String name) {
            return name;
          }
        };
    assertThatThrownBy(() -> CatalogUpdate.of(PUBLISHER, copied(), lying, false))
        .isInstanceOf(IntegrityException.class);
  }
}
