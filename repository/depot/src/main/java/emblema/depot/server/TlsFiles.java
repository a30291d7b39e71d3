package emblema.depot.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The files of a TLS listener, all PEM.
 *
 * @param certificate the server's, then those of its issuers
 * @param key its private key
 * @param passPhrase asked where the key is encrypted
 * @param clients the makers of client certificates that may publish
 * @param required whether even readers must have one
 */
public record TlsFiles(
    Path certificate,
    Path key,
    Supplier<char[]> passPhrase,
    Optional<Path> clients,
    boolean required) {}
