package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Fmri;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests that the reference published. */
class StoredManifestsTest {
  static Stream<Path> manifests() throws IOException, URISyntaxException {
    var folder = StoredManifestsTest.class.getResource("/golden/manifests");
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void isWrittenByteForByteAsTheReferenceWroteIt(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(ManifestWriter.write(ManifestReader.read(text, file.toString()))).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void namesThePackageThatItsPathNames(Path file) throws IOException {
    Manifest manifest = ManifestReader.read(Files.readString(file), file.toString());
    String[] elements = file.getFileName().toString().split("__", -1);
    assertThat(manifest.fmri())
        .contains(Fmri.fromPathElements(elements[0], elements[1], elements[2]));
  }
}
