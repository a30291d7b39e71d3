package emblema.flash.script;

/**
 * A script in an archive.
 *
 * @param phase the section that holds it
 * @param name of its file
 */
public record Script(String phase, String name) {
  @Override
  public String toString() {
    return phase + "/" + name;
  }
}
