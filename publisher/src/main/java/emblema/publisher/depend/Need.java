package emblema.publisher.depend;

import java.util.List;

/**
 * Something a file needs to run.
 *
 * @param name as the file says it: {@code libc.so.6}, {@code /usr/bin/perl}
 * @param found the path of the file in the tree that serves it, or empty text
 * @param links symbolic links on the way to it
 */
public record Need(String name, String found, List<String> links) {
  public Need {
    links = List.copyOf(links);
  }

  public boolean isMet() {
    return !found.isEmpty();
  }
}
