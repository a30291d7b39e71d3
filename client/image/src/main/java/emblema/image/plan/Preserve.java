package emblema.image.plan;

import emblema.core.action.FileAction;
import emblema.core.fmri.DotSequence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules for editable files, as pure functions (spec planner-solver section 9, manifest section
 * 14).
 *
 * <p>Differences from the reference, each where it loses data: an unpackaged file in the way of a
 * file without {@code preserve} is salvaged; an edited file that an upgrade drops is salvaged; an
 * edited file that turns from {@code legacy} to {@code legacy} with new content is salvaged; equal
 * content is never moved aside. That also makes every outcome repeatable: once the delivered
 * content is in place, the answer is {@link Outcome#KEEP}.
 */
public final class Preserve {
  private Preserve() {}

  /** What to do at the path of a file that is installed or updated. */
  public enum Outcome {
    /** Write the content over what is there. Mode and owner always come with written content. */
    REPLACE,
    /** Leave the content, apply mode and owner if a regular file is there. */
    KEEP,
    /** Touch nothing, not even mode and owner. */
    NOTHING,
    /** Rename the existing file to {@code path.old}, then write the content. */
    REPLACE_KEEPING_OLD,
    /**
     * Leave the existing file untouched, write the content (with mode and owner) to {@code
     * path.new}.
     */
    WRITE_BESIDE,
    /** Rename the existing file to {@code path.legacy}, then write the content. */
    REPLACE_KEEPING_LEGACY,
    /** Rename the existing file to {@code path.update}, then write the content. */
    REPLACE_KEEPING_UPDATE,
    /** Move the existing file to lost+found, then write the content. */
    SALVAGE_AND_REPLACE,
    /** Move the existing file to lost+found, write nothing. */
    SALVAGE_ONLY;

    /**
     * What the existing file's, or for {@link #WRITE_BESIDE} the new file's, name gets; else empty.
     */
    public String suffix() {
      return switch (this) {
        case REPLACE_KEEPING_OLD -> ".old";
        case WRITE_BESIDE -> ".new";
        case REPLACE_KEEPING_LEGACY -> ".legacy";
        case REPLACE_KEEPING_UPDATE -> ".update";
        case REPLACE, KEEP, NOTHING, SALVAGE_AND_REPLACE, SALVAGE_ONLY -> "";
      };
    }

    /** Whether the delivered content is written somewhere. */
    public boolean isWriting() {
      return switch (this) {
        case REPLACE,
            REPLACE_KEEPING_OLD,
            WRITE_BESIDE,
            REPLACE_KEEPING_LEGACY,
            REPLACE_KEEPING_UPDATE,
            SALVAGE_AND_REPLACE ->
            true;
        case KEEP, NOTHING, SALVAGE_ONLY -> false;
      };
    }
  }

  /** What to do with a file that is removed. */
  public enum Removal {
    DELETE,
    /** Move to lost+found. */
    SALVAGE,
    /** Leave it where it is. */
    LEAVE
  }

  /** Whether the file counts as editable: users' changes to it matter. */
  public static boolean isEditable(FileAction file) {
    return !value(file).isEmpty();
  }

  /**
   * @param before what the file was until now, or null if the path is new to the image
   * @param disk {@link OnDisk#NOT_A_FILE} counts as missing: what is in the way is salvaged by the
   *     step
   */
  public static Outcome onPlacing(
      @Nullable FileAction before, FileAction after, Transition transition, OnDisk disk) {
    if (transition == Transition.REPAIR) {
      return onRepair(after, disk);
    }
    return before == null
        ? onFirst(after, transition, disk)
        : onUpdate(before, after, transition, disk);
  }

  /**
   * The same for a package that goes and for a new version that drops the file.
   *
   * @param disk {@link OnDisk#DELIVERED} cannot occur and counts as edited
   */
  public static Removal onRemoving(FileAction before, OnDisk disk) {
    String preserve = value(before);
    if (preserve.equals("abandon") || preserve.equals("install-only")) {
      return Removal.LEAVE;
    }
    boolean edited = disk == OnDisk.EDITED || disk == OnDisk.DELIVERED;
    return edited && !preserve.isEmpty() ? Removal.SALVAGE : Removal.DELETE;
  }

  /** The preserve value; {@code false} and the presence of {@code elfhash} count as none. */
  private static String value(FileAction file) {
    String preserve = file.preserve();
    return preserve.toLowerCase(Locale.ROOT).equals("false") || file.attributes().has("elfhash")
        ? ""
        : preserve;
  }

  private static Outcome onRepair(FileAction after, OnDisk disk) {
    String preserve = value(after);
    if (preserve.equals("abandon")) {
      return Outcome.NOTHING;
    }
    boolean exists = exists(disk);
    if (preserve.isEmpty()) {
      return disk == OnDisk.ORIGINAL || disk == OnDisk.DELIVERED ? Outcome.KEEP : Outcome.REPLACE;
    }
    return exists || preserve.equals("legacy") ? Outcome.KEEP : Outcome.REPLACE;
  }

  /** Planner-solver 9.2 and the remark below it. */
  private static Outcome onFirst(FileAction after, Transition transition, OnDisk disk) {
    boolean initial = transition == Transition.NEW_PACKAGE;
    boolean exists = exists(disk);
    boolean same = disk == OnDisk.DELIVERED || disk == OnDisk.ORIGINAL;
    return switch (value(after)) {
      case "abandon" -> Outcome.NOTHING;
      case "install-only" -> exists ? Outcome.NOTHING : Outcome.REPLACE;
      case "legacy" -> exists && initial ? Outcome.SALVAGE_ONLY : Outcome.NOTHING;
      case "" -> !exists ? Outcome.REPLACE : same ? Outcome.KEEP : Outcome.SALVAGE_AND_REPLACE;
      default -> {
        if (!exists) {
          yield Outcome.REPLACE;
        }
        if (same) {
          yield Outcome.KEEP;
        }
        yield initial ? Outcome.SALVAGE_AND_REPLACE : edited(value(after));
      }
    };
  }

  /** Planner-solver 9.1 and 9.3. */
  private static Outcome onUpdate(
      FileAction before, FileAction after, Transition transition, OnDisk disk) {
    boolean sameContent = Contents.isSame(before, after);
    boolean exists = exists(disk);
    String preserve = value(after);
    switch (preserve) {
      case "":
        return !exists
            ? Outcome.REPLACE
            : sameContent || disk == OnDisk.DELIVERED ? Outcome.KEEP : Outcome.REPLACE;
      case "abandon", "install-only":
        return Outcome.NOTHING;
      case "legacy":
        return onLegacy(before, disk, sameContent);
      default:
        break;
    }
    if (!exists) {
      return Outcome.REPLACE;
    }
    if (disk == OnDisk.DELIVERED) {
      return Outcome.KEEP;
    }
    if (transition == Transition.DOWNGRADE && !sameContent) {
      return disk == OnDisk.EDITED && preserveVersion(before).compareTo(preserveVersion(after)) > 0
          ? Outcome.REPLACE_KEEPING_UPDATE
          : Outcome.KEEP;
    }
    if (disk == OnDisk.ORIGINAL) {
      return sameContent ? Outcome.KEEP : Outcome.REPLACE;
    }
    return edited(preserve);
  }

  private static Outcome onLegacy(FileAction before, OnDisk disk, boolean sameContent) {
    if (!exists(disk)) {
      return Outcome.REPLACE;
    }
    if (!value(before).equals("legacy")) {
      return disk == OnDisk.DELIVERED ? Outcome.KEEP : Outcome.REPLACE_KEEPING_LEGACY;
    }
    if (sameContent || disk == OnDisk.DELIVERED) {
      return Outcome.KEEP;
    }
    return disk == OnDisk.EDITED ? Outcome.SALVAGE_AND_REPLACE : Outcome.REPLACE;
  }

  /** What an edited (or unknown) existing file gets by its new preserve value. */
  private static Outcome edited(String preserve) {
    return switch (preserve) {
      case "renameold" -> Outcome.REPLACE_KEEPING_OLD;
      case "renamenew" -> Outcome.WRITE_BESIDE;
      default -> Outcome.KEEP;
    };
  }

  private static boolean exists(OnDisk disk) {
    return disk != OnDisk.MISSING && disk != OnDisk.NOT_A_FILE;
  }

  private static DotSequence preserveVersion(FileAction file) {
    return DotSequence.parse(file.attributes().get("preserve-version", "0"));
  }
}
