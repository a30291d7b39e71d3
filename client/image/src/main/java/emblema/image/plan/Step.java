package emblema.image.plan;

import emblema.core.action.DirectoryAction;
import emblema.core.action.DriverAction;
import emblema.core.action.FileAction;
import emblema.core.action.GroupAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LegacyAction;
import emblema.core.action.LicenseAction;
import emblema.core.action.LinkAction;
import emblema.core.action.UserAction;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import org.jspecify.annotations.Nullable;

/**
 * One effect on an image. A plan is a list of steps in the order in which they must be done (spec
 * planner-solver, section 11.1): all removals, then installations, then updates. The executor knows
 * steps, not packages; {@link #owner} is for messages and for finding the payload's publisher.
 *
 * <p><b>Common rules.</b> Every step is <em>idempotent</em>: done twice, or done again after it was
 * cut off anywhere, it ends in the same state, and what it salvaged is in lost+found once. An
 * object that a step would remove and that is already gone is success. No step follows a symbolic
 * link below the image root: a link in the place of a parent directory is a {@code
 * ConflictException} that names it (planner-solver 8.1). Missing parents are made with mode and
 * owner of the deepest existing ancestor. <em>Salvage p</em> means: move what lies at p to {@code
 * lost+found/p-<time>} in the image's metadata directory under a name not yet taken, and record the
 * pair (p, where it went) durably before the move, so that {@link Recover} and the final message
 * know it.
 *
 * <p>Names of owners and groups are resolved when the step is done, against the image's account
 * files; an unknown name is an error that names the package.
 */
public sealed interface Step {

  /** The package on whose behalf the step is done. */
  Fmri owner();

  // -- removals

  /**
   * Remove a packaged file: what to do depends on what is there, see {@link Preserve#onRemoving}
   * ({@code ORIGINAL} is {@code before}'s content; there is no delivered one). Not a regular file
   * any more: a directory is salvaged when it has content, anything else is removed.
   */
  record RemoveFile(Fmri owner, FileAction before) implements Step {}

  /**
   * Set a file aside because the package that now delivers it, maybe at another path, wants its
   * content ({@code original_name}, manifest 14.6): rename it to the executor's own area inside the
   * image's metadata directory under {@code name}, which is unique within the plan. Missing, or not
   * a regular file: nothing is set aside. Repeated after the rename, it finds the file there and is
   * done.
   */
  record SetAsideFile(Fmri owner, FileAction before, String name) implements Step {}

  /** Remove a symbolic link. If a directory took its place it stays; other objects are removed. */
  record RemoveLink(Fmri owner, LinkAction before) implements Step {}

  /** Remove one name of a hard-linked file. If a directory took its place it stays. */
  record RemoveHardLink(Fmri owner, HardLinkAction before) implements Step {}

  /**
   * Remove a directory that nothing delivers any more. Not empty: salvage it whole. No directory
   * any more: salvage the object when it is a regular file, leave a symbolic link alone. A mount
   * point or a busy directory is an error, or left in place when {@code implicit}.
   *
   * @param implicit no package named it; it existed because of the paths below it
   */
  record RemoveDirectory(Fmri owner, SafePath path, boolean implicit) implements Step {}

  /** Delete the licence text of one package ({@code license} directory of the image's metadata). */
  record RemoveLicense(Fmri owner, LicenseAction before) implements Step {}

  /** Remove SVR4 package information (manifest 16.4). */
  record RemoveLegacy(Fmri owner, LegacyAction before) implements Step {}

  /** Unregister a driver (illumos only; elsewhere a remark). */
  record RemoveDriver(Fmri owner, DriverAction before) implements Step {}

  /** Delete the account's entries; its files keep their numeric owner (planner-solver 8.7). */
  record RemoveUser(Fmri owner, UserAction before) implements Step {}

  /** Delete the group's entry. */
  record RemoveGroup(Fmri owner, GroupAction before) implements Step {}

  // -- installations and updates; before == null: installation

  /** Create or merge a group (planner-solver 8.7, manifest 16.2). */
  record PutGroup(Fmri owner, @Nullable GroupAction before, GroupAction after) implements Step {}

  /** Create or merge an account, three ways (planner-solver 8.7, manifest 16.1). */
  record PutUser(Fmri owner, @Nullable UserAction before, UserAction after) implements Step {}

  /**
   * Make a directory with the action's mode and owner. An existing directory only gets mode and
   * owner; a regular file in the way is salvaged first; a symbolic link in the way is an error.
   * {@code salvage-from} is not this step's business: the planner makes {@link Recover} steps of
   * it.
   */
  record PutDirectory(Fmri owner, @Nullable DirectoryAction before, DirectoryAction after)
      implements Step {}

  /**
   * Move what <em>this operation</em> salvaged (removals come first) to its new place: each record
   * (p, q) for which {@link Salvage#takes} says that {@code this} step takes it; the object q goes
   * to {@code into} joined with p relative to {@code from}. A directory is merged entry by entry:
   * what does not exist moves, directories merge, and where a name is taken the existing object
   * stays and the other remains in lost+found, reported (both copies are kept). Emptied directories
   * in lost+found go. Missing directories on the way are made like those in q. A record that was
   * taken is not reported as salvaged. Repeated, it moves what is left.
   *
   * @param from the old path, as {@code salvage-from} names it, without leading or trailing slashes
   * @param into the directory that receives; it exists, a {@link PutDirectory} came before
   */
  record Recover(Fmri owner, SafePath from, SafePath into) implements Step {}

  /**
   * Put a file in place: {@link Preserve#onPlacing} decides from what is on disk. Content is
   * written to a temporary file in the same directory, its best hash verified, mode and owner set,
   * then renamed over the path; {@code timestamp}, {@code sysattr} follow. A directory in the way
   * is removed if empty, else salvaged; any other object that is not a regular file is salvaged.
   *
   * @param before what the same file was until now, maybe at another path; null if the path is new
   *     to the image
   * @param setAside the name of a {@link SetAsideFile}: if a file was set aside under it, rename it
   *     to the path first (salvaging what is there) and judge that as what is on disk
   */
  record PutFile(
      Fmri owner,
      @Nullable FileAction before,
      FileAction after,
      Transition transition,
      @Nullable String setAside)
      implements Step {}

  /**
   * Make another name for a file; its target is installed. What is at the path is replaced (a
   * directory with content is salvaged). A missing target is a {@code NotFoundException}: {@code
   * unable to create hard link 'path': target 'target' is missing}. Done when the path already is
   * the same inode.
   */
  record PutHardLink(Fmri owner, @Nullable HardLinkAction before, HardLinkAction after)
      implements Step {}

  /**
   * Make a symbolic link, replacing atomically what is at the path: another link or file is
   * replaced (a regular file is salvaged when {@code before} is null), a directory removed if
   * empty, else salvaged. With {@code preserve=true} and a {@code before}: leave a missing link
   * missing, and a link whose target is not {@code before}'s alone.
   */
  record PutLink(Fmri owner, @Nullable LinkAction before, LinkAction after) implements Step {}

  /** Register a driver (illumos only; elsewhere a remark). */
  record PutDriver(Fmri owner, @Nullable DriverAction before, DriverAction after) implements Step {}

  /** Store a licence text, read-only, in the image's metadata (manifest 16.5). */
  record PutLicense(Fmri owner, LicenseAction after) implements Step {}

  /** Write SVR4 package information (manifest 16.4). */
  record PutLegacy(Fmri owner, LegacyAction after) implements Step {}
}
