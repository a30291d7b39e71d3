package emblema.testkit;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.util.List;
import java.util.function.Consumer;

/**
 * One change that a recording disk saw.
 *
 * @param number from 1; a copy is two changes of one number, its entry and its content
 * @param verb the name of the disk's method, or {@code write}
 * @param path what it named (the new name, of two)
 * @param directories the directories any of which makes the change durable when it is synced
 * @param object the object that was created, written or changed
 * @param replay does it again, on another disk
 */
record Operation(
    int number,
    Kind kind,
    String verb,
    SafePath path,
    List<String> directories,
    String object,
    Consumer<Disk> replay) {

  enum Kind {
    /** A new object and its name. */
    CREATE,
    /** Names only. */
    ENTRY,
    /** Content or attributes of an object. */
    CONTENT,
    SYNC,
    SYNC_ALL
  }

  boolean isEntryChange() {
    return kind == Kind.CREATE || kind == Kind.ENTRY;
  }

  @Override
  public String toString() {
    return number + " " + verb + " '" + path.text() + "'";
  }
}
