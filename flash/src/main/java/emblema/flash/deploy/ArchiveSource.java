package emblema.flash.deploy;

import emblema.flash.archive.ArchiveReader;

/** Where an archive comes from. */
public interface ArchiveSource {
  /** Names it in messages, and to scripts as {@code FLASH_ARCHIVE}. */
  String name();

  /** Whether it can be opened more than once: then it is read to its end before anything else. */
  boolean isRepeatable();

  /** At its beginning; who opens it closes it. */
  ArchiveReader open();
}
