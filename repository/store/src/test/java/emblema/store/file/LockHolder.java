package emblema.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that holds a store's lock until its standard input ends. */
final class LockHolder {
  private LockHolder() {}

  /** The repository. */
  public static void main(String[] arguments) throws IOException {
    try (FileRepository repository = FileRepository.open(Path.of(arguments[0]));
        StoreLock ignored =
            StoreLock.take(
                repository.publisherStore(SampleRepository.PUBLISHER), InstantSource.system())) {
      System.out.println("held");
      System.out.flush();
      System.in.transferTo(System.out);
    }
  }
}
