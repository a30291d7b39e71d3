package emblema.publisher.master.similar;

import java.io.IOException;
import org.eclipse.jgit.diff.SimilarityIndex;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectLoader;

/** How much of two contents is common, by lines, as {@code git diff -M} counts it. */
public final class Similarity {
  private static final int WHOLE = 100;

  private Similarity() {}

  /** From 0 (nothing) to 100 (all lines are common); 0 for contents too large to compare. */
  public static int percent(byte[] one, byte[] other) {
    if (one.length == 0 || other.length == 0) {
      return one.length == other.length ? WHOLE : 0;
    }
    try {
      return index(one).score(index(other), WHOLE);
    } catch (SimilarityIndex.TableFullException e) {
      return 0;
    } catch (IOException e) {
      throw new IllegalStateException(e); // contents in memory have no I/O
    }
  }

  private static SimilarityIndex index(byte[] content)
      throws IOException, SimilarityIndex.TableFullException {
    return SimilarityIndex.create(new ObjectLoader.SmallObject(Constants.OBJ_BLOB, content));
  }
}
