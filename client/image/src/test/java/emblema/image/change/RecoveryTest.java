package emblema.image.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.fmri.Fmri;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.image.apply.Applier;
import emblema.image.image.Avoided;
import emblema.image.image.Image;
import emblema.image.image.ImageKind;
import emblema.image.image.ImageState;
import emblema.image.image.MediatorSetting;
import emblema.image.image.NewImage;
import emblema.image.image.PackageChange;
import emblema.image.image.PackageFlag;
import emblema.image.image.StateEntry;
import emblema.image.plan.Salvage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Fmri OLD = Fmri.parse("pkg://test/a@1.0,5.11:20260101T000000Z");
  private static final Fmri NEW = Fmri.parse("pkg://test/a@2.0,5.11:20260102T000000Z");

  private final ChangeNote note =
      new ChangeNote(
          List.of(new PackageChange(OLD, NEW, true)),
          Set.of("gone"),
          new TreeMap<>(Map.of("ruby", new MediatorSetting("1.9", "system", null, null, "local"))),
          NOW);

  @TempDir Path directory;

  @Test
  void readsBackWhatItWrote() {
    assertThat(ChangeNote.parse(note.toBytes())).isEqualTo(note);
    assertThatThrownBy(() -> ChangeNote.parse("what\t1\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("journal:1");
  }

  @Test
  void savesWhatAFinishedPlanMeansAfterACrashBeforeTheSaving() throws IOException {
    try (Image image = image()) {
      // the plan ends with its journal finished, and the process dies before it saves the state
      new Applier(
              image.disk(),
              image.layout().metadata(),
              (owner, action) -> InputStream.nullInputStream(),
              Durability.FULL,
              event -> {})
          .apply(List.of(), new Salvage(List.of()), NOW, note.toBytes());
    }
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (Image image = Image.open(RealDisk.open(directory))) {
        Recovery.settle(image, events::add);
        assertThat(image.state().installed("a").orElseThrow().fmri()).isEqualTo(NEW);
        assertThat(image.state().installed("a").orElseThrow().has(PackageFlag.MANUAL)).isTrue();
        assertThat(image.state().avoided().contains("gone")).isTrue();
        assertThat(image.config().mediators()).containsKey("ruby");
      }
    }
    assertThat(events).hasSize(1);
  }

  private Image image() throws IOException {
    Path root = directory;
    Files.createDirectories(root);
    Image image =
        new NewImage(ImageKind.FULL, NewImage.variantsOf("i386"), Map.of(), Map.of())
            .create(RealDisk.open(root), false, NOW);
    StateEntry old =
        new StateEntry(
            OLD,
            "",
            Set.of(PackageFlag.KNOWN, PackageFlag.INSTALLED),
            NOW,
            null,
            List.of(),
            List.of());
    StateEntry next =
        new StateEntry(NEW, "", Set.of(PackageFlag.KNOWN), null, null, List.of(), List.of());
    image.save(new ImageState(NOW, List.of(old, next), Avoided.NONE, image.state().frozen()), NOW);
    return image;
  }
}
