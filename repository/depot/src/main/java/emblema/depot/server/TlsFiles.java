package emblema.depot.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a TLS listener, all PEM.
 *
 * @param certificate the server's, then those of its issuers
 * @param key its private key, not encrypted
 * @param clients the makers of client certificates that may publish
 * @param required whether even readers must have one
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clients, boolean required) {}
