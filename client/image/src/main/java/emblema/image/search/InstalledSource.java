package emblema.image.search;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.manifest.Varcets;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import emblema.store.search.IndexSource;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** The packages of an image, with what their variants and facets admit. */
final class InstalledSource implements IndexSource {
  private final Image image;
  private final Varcets varcets;
  private final String choice;

  InstalledSource(Image image) {
    this.image = image;
    this.varcets = image.config().varcets();
    String text = varcets.variants() + " " + varcets.facets() + " " + varcets.inheritedFacets();
    this.choice = Digest.SHA1.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String stamp() {
    StringBuilder all = new StringBuilder();
    forEachPackage((fmri, state) -> all.append(fmri).append(' ').append(state).append('\n'));
    return Digest.SHA1.hex(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void forEachPackage(BiConsumer<Fmri, String> each) {
    for (StateEntry entry : image.state().installed()) {
      each.accept(entry.fmri(), entry.manifestSha1() + " " + choice);
    }
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    return image.manifestBytes(fmri);
  }

  @Override
  public boolean accepts(Action action) {
    return varcets.admits(action);
  }
}
