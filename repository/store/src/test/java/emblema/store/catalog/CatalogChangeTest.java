package emblema.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.ActionReader;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.store.json.Json;
import emblema.testkit.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogChangeTest {
  private static final String PUBLISHER = "example.com";

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private Disk disk;

  @BeforeEach
  void openTheDirectory() {
    disk = RealDisk.open(directory);
  }

  private static CatalogAddition addition(String fmri, String sha1, String... actions) {
    CatalogAddition.Builder builder = new CatalogAddition.Builder();
    for (String action : actions) {
      builder.take(ActionReader.read(action));
    }
    return builder.build(Fmri.parse(fmri), sha1);
  }

  private CatalogAttributes change(
      String name, String old, CatalogAttributes before, Instant when, CatalogAddition... all) {
    SafePath next = new SafePath(name);
    disk.makeDirectory(next, 0755);
    return new CatalogChange(
            disk, next, PUBLISHER, old.isEmpty() ? null : new SafePath(old), before, true)
        .add(List.of(all), when);
  }

  private CatalogSnapshot read(String name) {
    return CatalogSnapshot.read(
        PUBLISHER,
        new CatalogFiles() {
          @Override
          public byte[] read(String file) {
            return disk.readBytes(new SafePath(name).resolve(file));
          }

          @Override
          public String describe(String file) {
            return name + "/" + file;
          }
        });
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = CatalogChangeTest.class.getResourceAsStream("/golden/worked/" + name)) {
      if (in == null) {
        throw new NotFoundException(name);
      }
      return in.readAllBytes();
    }
  }

  @Test
  void writesTheWorkedExampleByteForByte() throws IOException {
    CatalogAttributes empty =
        CatalogAttributes.empty(CatalogStamp.parse("20261120T202138.128609Z"));
    change(
        "catalog",
        "",
        empty,
        CatalogStamp.parse("20261120T202139.081565Z"),
        addition(
            "pkg://example.com/app/hello@1.0,5.11-0.1:20240102T030405Z",
            "4eda3ae5b3470ba6139b280efa92d0d17243d74d",
            "set name=pkg.fmri value=pkg://example.com/app/hello@1.0,5.11-0.1:20240102T030405Z",
            "set name=pkg.summary value=\"Hello program\"",
            "set name=pkg.description value=\"A longer description, with 'single' quotes\"",
            "set name=info.classification"
                + " value=org.opensolaris.category.2008:Applications/Games",
            "set name=pkg.human-version value=1.0b",
            "set name=variant.arch value=i386 value=sparc",
            "depend fmri=pkg:/library/foo@2.0 type=require",
            "set name=com.example.utf8 value=Grüße",
            "depend fmri=pkg:/a fmri=pkg:/b type=require-any"));
    for (String name :
        List.of(
            "catalog.attrs",
            "catalog.base.C",
            "catalog.dependency.C",
            "catalog.summary.C",
            "update.20261120T20Z.C")) {
      assertThat(Files.readString(directory.resolve("catalog").resolve(name)))
          .as(name)
          .isEqualTo(new String(golden(name), StandardCharsets.UTF_8));
    }
    assertThat(Files.getLastModifiedTime(directory.resolve("catalog/catalog.base.C")).toInstant())
        .isEqualTo(Instant.parse("2026-11-20T20:21:39Z"));
  }

  @Test
  void readsTheWorkedExample() throws IOException {
    Files.createDirectory(directory.resolve("catalog"));
    for (String name :
        List.of("catalog.attrs", "catalog.base.C", "catalog.dependency.C", "catalog.summary.C")) {
      Files.write(directory.resolve("catalog").resolve(name), golden(name));
    }
    List<CatalogEntry> entries = new ArrayList<>();
    read("catalog").forEach(entries::add);
    assertThat(entries).hasSize(1);
    assertThat(entries.getFirst().dependencyActions()).hasSize(3);
    assertThat(entries.getFirst().summaryActions())
        .contains(ActionReader.read("set name=com.example.utf8 value=Grüße"));
  }

  /** However packages come in, the parts are the same in the end, and each log has its own. */
  @Test
  void doesNotDependOnTheOrderOfPublication() throws IOException {
    long seed = Seed.next();
    Random random = new Random(seed);
    List<CatalogAddition> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(
          addition(
              "pkg://example.com/p" + random.nextInt(8) + "@" + i + ".0:20250101T000000Z",
              "%040x".formatted(i),
              "set name=pkg.summary value=\"number " + i + " – ü\"",
              i % 3 == 0 ? "depend fmri=x type=require" : "set name=variant.arch value=i386"));
    }
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    CatalogAttributes empty = CatalogAttributes.empty(start);
    change("whole", "", empty, start.plusSeconds(5), all.toArray(CatalogAddition[]::new));
    Collections.shuffle(all, random);
    CatalogAttributes now = empty;
    String last = "";
    for (int i = 0; i < all.size(); ) {
      int end = Math.min(all.size(), i + 1 + random.nextInt(9));
      String next = "step" + i;
      now =
          change(
              next,
              last,
              now,
              start.plusSeconds(1800L * i),
              all.subList(i, end).toArray(CatalogAddition[]::new));
      assertThat(read(next).packageVersionCount()).isEqualTo(end);
      last = next;
      i = end;
    }
    for (String part : List.of("catalog.base.C", "catalog.dependency.C", "catalog.summary.C")) {
      assertThat(directory.resolve(last).resolve(part))
          .hasSameBinaryContentAs(directory.resolve("whole").resolve(part));
    }
    for (var log : now.updates().entrySet()) {
      byte[] bytes = Files.readAllBytes(directory.resolve(last).resolve(log.getKey()));
      assertThat(CatalogSignature.verify(bytes, log.getKey()))
          .isEqualTo(log.getValue().signature());
    }
    assertThat(now.updates().size()).isGreaterThan(3);
  }

  @Test
  void movesTimeForwardThoughTheClockGoesBack() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    CatalogAttributes after =
        change(
            "catalog",
            "",
            CatalogAttributes.empty(start),
            start.minusSeconds(3600),
            addition("pkg://example.com/a@1:20250101T000000Z", "0".repeat(40)));
    assertThat(after.lastModified()).isEqualTo(Instant.parse("2026-01-01T00:00:00.000001Z"));
    assertThat(after.updates()).containsKey("update.20260101T00Z.C");
  }

  @Test
  void putsNamesWithALocaleIntoAPartOfTheirOwn() {
    CatalogAttributes after =
        change(
            "catalog",
            "",
            CatalogAttributes.empty(Instant.EPOCH),
            Instant.parse("2026-01-01T00:00:00Z"),
            addition(
                "pkg://example.com/a@1:20250101T000000Z",
                "0".repeat(40),
                "set name=pkg.summary:de value=Anwendung",
                "set name=pkg.summary:../../x value=Angriff"));
    assertThat(after.parts().keySet())
        .containsExactly("catalog.base.C", "catalog.summary.C", "catalog.summary.de");
    assertThat(after.updates().keySet())
        .containsExactly("update.20260101T00Z.C", "update.20260101T00Z.de");
  }

  @Test
  void noticesEveryChangedByte() throws IOException {
    change(
        "catalog",
        "",
        CatalogAttributes.empty(Instant.EPOCH),
        Instant.parse("2026-01-01T00:00:00Z"),
        addition("pkg://example.com/a@1:20250101T000000Z", "0".repeat(40)));
    Path part = directory.resolve("catalog/catalog.base.C");
    byte[] good = Files.readAllBytes(part);
    for (int i = 0; i < good.length; i += 7) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(part, bad);
      assertThatThrownBy(() -> read("catalog"))
          .isInstanceOfAny(IntegrityException.class, MalformedException.class);
    }
  }

  @Test
  void refusesAttributesThatNameAFileElsewhere() {
    String bad =
        "{\"created\":\"20260101T000000Z\",\"last-modified\":\"20260101T000000Z\","
            + "\"package-count\":0,\"package-version-count\":0,\"parts\":{\"../x\":"
            + "{\"last-modified\":\"20260101T000000Z\",\"signature-sha-1\":\"\"}},"
            + "\"updates\":{},\"version\":1}";
    assertThatThrownBy(() -> CatalogAttributes.parse(bad.getBytes(StandardCharsets.UTF_8), "attrs"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("'../x'");
  }

  @Test
  void signsAnEmptyObjectAsTheReferenceDoes() {
    assertThat(new String(CatalogSignature.sign(Json.Members.of()), StandardCharsets.UTF_8))
        .isEqualTo("{\"_SIGNATURE\":{\"sha-1\":\"5f36b2ea290645ee34d943220a14b54ee5ea5be5\"}}\n");
  }
}
