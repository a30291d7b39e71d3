package emblema.publisher.master.service;

import java.util.List;

/**
 * A service that a unit file or service manifest of a tree defines.
 *
 * @param name as actuators name it: {@code systemd:app.service}, {@code svc:/site/app:default}
 * @param file the path of its definition
 * @param runs whether it stays up, so that a restart makes it use new programs
 * @param programs paths of what it starts
 * @param configuration paths of files, or directories of them, that it reads
 */
record Service(
    String name, String file, boolean runs, List<String> programs, List<String> configuration) {
  Service {
    programs = List.copyOf(programs);
    configuration = List.copyOf(configuration);
  }

  boolean reads(String path) {
    return configuration.stream()
        .anyMatch(each -> path.equals(each) || path.startsWith(each + "/"));
  }
}
