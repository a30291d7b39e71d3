package emblema.store.file;

import emblema.core.error.LockedException;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/**
 * A process of {@link ManyProcessesTest}: publishes packages until it is killed, and says the name
 * of each when it is published; sometimes it sweeps.
 */
final class PublishLoop {
  private PublishLoop() {}

  /** The repository, a word for this process, the number of packages. */
  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    Random random = new Random(arguments[1].hashCode());
    PublicationOptions options =
        new PublicationOptions(InstantSource.system(), event -> {}, true, 1);
    try (FileRepository repository = FileRepository.open(root)) {
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        String name = arguments[1] + "-" + i;
        try (Publication publication = repository.publish(options)) {
          SampleRepository.add(
              publication, name + "@1", "f" + random.nextInt(40), "f" + random.nextInt(40), name);
          publication.commit();
        }
        System.out.println(name);
        System.out.flush();
        if (random.nextInt(8) == 0) {
          sweep(repository);
        }
      }
    }
  }

  private static void sweep(FileRepository repository) {
    try {
      repository.sweep(SampleRepository.PUBLISHER, Duration.ZERO, false, InstantSource.system());
    } catch (LockedException e) {
      // another one is at work
    }
  }
}
