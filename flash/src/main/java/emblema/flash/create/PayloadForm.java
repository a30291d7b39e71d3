package emblema.flash.create;

import emblema.flash.archive.Identification;

/** How the files of an archive are stored. */
public record PayloadForm(Identification.Method method, boolean isCompressed) {
  public boolean isCpio() {
    return method == Identification.Method.CPIO;
  }
}
