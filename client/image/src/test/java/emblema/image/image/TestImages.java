package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Images and entries for tests. */
final class TestImages {
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private TestImages() {}

  static Image create(Path root) {
    return new NewImage(ImageKind.FULL, NewImage.variantsOf("i386"), Map.of(), Map.of())
        .create(RealDisk.open(root), false, NOON);
  }

  static StateEntry entry(String fmri, PackageFlag... flags) {
    return new StateEntry(
        Fmri.parse(fmri),
        "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
        Set.of(flags),
        null,
        null,
        List.of("depend fmri=a type=require"),
        List.of("set name=pkg.summary value=\"A summary\""));
  }
}
