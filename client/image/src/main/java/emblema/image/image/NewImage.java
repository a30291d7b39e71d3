package emblema.image.image;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a new image shall be.
 *
 * @param variants full names to values; those that every image has are added
 * @param facets full names or patterns to values
 * @param properties image properties as the file writes them
 */
public record NewImage(
    ImageKind kind,
    Map<String, String> variants,
    Map<String, Boolean> facets,
    Map<String, String> properties) {

  /** What every image has, for a machine of the given architecture. */
  public static Map<String, String> variantsOf(String architecture) {
    Map<String, String> variants = new TreeMap<>();
    variants.put("variant.arch", architecture);
    variants.put("variant.opensolaris.imagetype", "full");
    variants.put("variant.opensolaris.zone", "global");
    return variants;
  }

  /**
   * Makes the image below the disk's root, which exists.
   *
   * @param force whether the directory may have content, and an old image's metadata goes
   * @return the open image
   */
  public Image create(Disk disk, boolean force, Instant now) {
    if (!force) {
      refuseContent(disk);
    }
    ImageLayout layout = new ImageLayout(kind);
    for (ImageKind old : ImageKind.values()) {
      removeOld(disk, new ImageLayout(old));
    }
    for (SafePath directory : layout.directories()) {
      Trees.make(disk, directory);
    }
    ImageConfig config = ImageConfig.create(variants, facets);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      config = config.withProperty(property.getKey(), property.getValue());
    }
    StateStore states = new StateStore(disk, layout);
    states.write(ImageState.empty(now));
    MetadataFile.touch(disk, layout.modified(), now);
    MetadataFile.write(disk, layout.config(), config.write().getBytes(StandardCharsets.UTF_8));
    return Image.open(disk);
  }

  private static void refuseContent(Disk disk) {
    if (Image.kindAt(disk).isPresent()) {
      throw new ConflictException(
          "there is already an image at: " + disk.root(), "To override, use the -f (force) option");
    }
    List<String> names =
        disk.list(SafePath.ROOT).stream().filter(name -> !name.equals(".zfs")).toList();
    if (!names.isEmpty()) {
      throw new ConflictException(
          "the specified image path contains files: " + disk.root(),
          "To override, use the -f (force) option");
    }
  }

  /** All metadata but the keys and certificates. */
  private static void removeOld(Disk disk, ImageLayout layout) {
    if (disk.stat(layout.config()).isEmpty()) {
      return;
    }
    for (String name : disk.list(layout.metadata())) {
      SafePath path = layout.metadata().resolve(name);
      if (!path.equals(layout.ssl())) {
        Trees.remove(disk, path);
      }
    }
  }
}
