package emblema.image.plan;

import emblema.core.io.SafePath;
import emblema.image.image.MediatorSetting;
import emblema.image.solve.ImageFacts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What planning must know of an image.
 *
 * @param mediators present settings
 * @param metadata the directory with the image's own data
 */
public record PlanInput(
    ImageFacts image,
    PackageFacts packages,
    Map<String, MediatorSetting> mediators,
    SafePath metadata) {
  public PlanInput {
    mediators = Map.copyOf(new TreeMap<>(mediators));
  }
}
