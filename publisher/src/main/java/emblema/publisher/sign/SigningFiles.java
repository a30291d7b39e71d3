package emblema.publisher.sign;

import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.sign.Certificate;
import emblema.core.sign.PackageSigner;
import emblema.core.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The PEM files of whoever signs.
 *
 * @param chain certificates between the own one and a trust anchor
 */
public record SigningFiles(Path key, Path certificate, List<Path> chain) {
  public SigningFiles {
    chain = List.copyOf(chain);
  }

  /** Reads them all; errors name the file. */
  public PackageSigner.Identity read() {
    SigningKey own = SigningKey.read(bytes(key, "a key file"), key.toString());
    List<Certificate> certificates =
        chain.stream().map(SigningFiles::certificate).distinct().toList();
    return new PackageSigner.Identity(own, certificate(certificate), certificates);
  }

  private static Certificate certificate(Path file) {
    return Certificate.read(bytes(file, "a certificate"), file.toString());
  }

  private static byte[] bytes(Path file, String what) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("'" + file + "' was expected to be " + what + " but isn't a file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new StorageException(
          "'" + file + "' was expected to be " + what + " but cannot be read",
          e.getMessage(),
          List.of(),
          e);
    }
  }
}
