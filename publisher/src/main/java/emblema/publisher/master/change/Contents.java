package emblema.publisher.master.change;

import emblema.core.tree.TreeEntry;

/** Contents of small files, for comparing them. */
public interface Contents {
  /** What a published file held. */
  byte[] published(String sha1);

  /** What a file of the new tree holds. */
  byte[] current(TreeEntry entry);
}
