package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.hash.Digest;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.image.image.Trees;
import emblema.store.http.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options {@code -k} and {@code -c}: a client's key and certificate, of which the image keeps
 * copies named by their SHA-1 (spec image-layout, section 3.2).
 */
record ClientKeys(Optional<Path> key, Optional<Path> certificate) {

  static ClientKeys of(Arguments arguments, Session session) {
    return new ClientKeys(
        arguments.value("-k").map(session::resolve), arguments.value("-c").map(session::resolve));
  }

  /** For questions before there is an image. */
  Access access() {
    return Access.of(key, certificate);
  }

  /** The publishers with the keys given, which are copied into the image; as before if none are. */
  List<PublisherConfig> storedFor(List<PublisherConfig> publishers, Image image) {
    return publishers.stream().map(publisher -> stored(publisher, image)).toList();
  }

  ImageConfig storedFor(ImageConfig config, String prefix, Image image) {
    if (key.isEmpty() && certificate.isEmpty()) {
      return config;
    }
    PublisherConfig publisher = config.publisher(prefix).orElseThrow();
    ImageConfig changed = config.withPublisher(stored(publisher, image));
    prune(changed, image);
    return changed;
  }

  private PublisherConfig stored(PublisherConfig publisher, Image image) {
    PublisherConfig result = publisher;
    if (key.isPresent()) {
      result = result.with("ssl_key", store(key.get(), image, 0600));
    }
    if (certificate.isPresent()) {
      result = result.with("ssl_cert", store(certificate.get(), image, 0644));
    }
    return result;
  }

  private static String store(Path file, Image image, int mode) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("'" + file + "' does not exist");
    } catch (IOException e) {
      throw new StorageException("cannot read '" + file + "'", e.getMessage(), List.of(), e);
    }
    SafePath copy = image.layout().ssl().resolve(Digest.SHA1.hex(bytes));
    Trees.make(image.disk(), image.layout().ssl());
    AtomicFile.write(image.disk(), copy, mode, bytes, Durability.FULL);
    return copy.text();
  }

  /** Forgets copies that no publisher uses any more, neither before nor after the change. */
  private static void prune(ImageConfig changed, Image image) {
    Disk disk = image.disk();
    Set<String> used = new HashSet<>();
    for (ImageConfig config : List.of(changed, image.config())) {
      for (PublisherConfig publisher : config.publishers()) {
        used.add(Path.of("/" + publisher.sslKey()).getFileName() + "");
        used.add(Path.of("/" + publisher.sslCertificate()).getFileName() + "");
      }
    }
    for (String name : disk.list(image.layout().ssl())) {
      if (name.matches("[0-9a-f]{40}") && !used.contains(name)) {
        Trees.remove(disk, image.layout().ssl().resolve(name));
      }
    }
  }
}
