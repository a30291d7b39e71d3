package emblema.flash.integrity;

import java.util.function.Consumer;

/** What one package system registered as installed in an image. */
interface PackageDatabase {
  /** For people: {@code dpkg}. */
  String name();

  /** Shows every registered path, absolute or relative to the image, in any order. */
  void paths(Consumer<String> each);
}
