package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.flash.archive.Identification;
import emblema.flash.select.NeverArchived;
import emblema.flash.select.SelectionOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that creating an archive of an image depends on.
 *
 * @param image the new or only image
 * @param old of a differential archive: the unchanged image
 * @param isHost whether the image is the running system
 * @param environment for scripts
 * @param sectionFiles where the files of {@code sections} are
 * @param sections names of the user's sections
 */
public record CreateRequest(
    Description description,
    Options options,
    SelectionOptions selection,
    NeverArchived never,
    Disk image,
    Optional<Disk> old,
    boolean isHost,
    MasterFacts facts,
    Map<String, String> environment,
    Disk sectionFiles,
    List<String> sections) {
  public CreateRequest {
    environment = Map.copyOf(environment);
    sections = List.copyOf(sections);
    UserSections.check(sections);
  }

  /**
   * Options without arguments, said positively.
   *
   * @param namesMethod whether the user chose the method
   * @param isDeep whether files that agree in size and time are compared byte by byte
   * @param pid of this process
   */
  public record Options(
      Identification.Method method,
      boolean namesMethod,
      boolean isCompressed,
      boolean hasId,
      boolean hasSizes,
      boolean hasManifest,
      boolean checksIntegrity,
      boolean runsScripts,
      boolean isDeep,
      long pid) {}
}
