package emblema.image.apply;

import emblema.core.attribute.Attributes;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.DiskFailure;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Names of owners and groups to numbers, as the image will know them: its own account files, what
 * the plan's user and group actions add, and account files that the plan itself brings to an empty
 * image. Never the accounts of the machine that the plan runs on.
 */
final class Accounts {
  /** Where an image has no account files at all, these are what everybody means. */
  private static final Map<String, Integer> WELL_KNOWN =
      Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3, "adm", 4);

  static final SafePath PASSWD = new SafePath("etc/passwd");
  static final SafePath GROUP = new SafePath("etc/group");

  private final Disk disk;
  private final boolean applies;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();

  /**
   * @param applies whether owners are applied; an ordinary user's images only record them
   */
  Accounts(Disk disk, List<Step> plan, Payloads payloads, boolean applies) {
    this.disk = disk;
    this.applies = applies;
    boolean hasUsers = readFile(PASSWD, users);
    boolean hasGroups = readFile(GROUP, groups);
    for (Step step : plan) {
      if (step instanceof Step.PutFile file) {
        hasUsers |= !hasUsers && readDelivered(file, PASSWD, payloads, users);
        hasGroups |= !hasGroups && readDelivered(file, GROUP, payloads, groups);
      }
    }
    if (!hasUsers) {
      WELL_KNOWN.forEach(users::putIfAbsent);
    }
    if (!hasGroups) {
      WELL_KNOWN.forEach(groups::putIfAbsent);
    }
  }

  private boolean readFile(SafePath file, Map<String, Integer> into) {
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      return false;
    }
    AccountFile.parse(disk.readBytes(file)).ids().forEach(into::putIfAbsent);
    return true;
  }

  private boolean readDelivered(
      Step.PutFile step, SafePath file, Payloads payloads, Map<String, Integer> into) {
    if (!step.after().path().equals(file.text())) {
      return false;
    }
    try (InputStream in = new GZIPInputStream(payloads.open(step.owner(), step.after()))) {
      AccountFile.parse(in.readAllBytes()).ids().forEach(into::putIfAbsent);
      return true;
    } catch (IOException e) {
      throw DiskFailure.of("read", disk.root().resolve(file.text()), e);
    }
  }

  void addUser(String name, int uid) {
    users.put(name, uid);
  }

  void addGroup(String name, int gid) {
    groups.put(name, gid);
  }

  /** The owner of an object that is new. */
  Effect.Ownership ownership(Fmri owner, Attributes attributes, SafePath path) {
    int mode = Integer.parseInt(attributes.get("mode", "0755"), 8);
    if (!applies) {
      return disk.stat(SafePath.ROOT)
          .map(root -> new Effect.Ownership(writable(mode), root.uid(), root.gid()))
          .orElseThrow();
    }
    return new Effect.Ownership(
        mode,
        id(users, attributes.get("owner", "root"), "owner", path, owner),
        id(groups, attributes.get("group", "root"), "group", path, owner));
  }

  /** The owner of an object that exists. */
  Effect.Ownership ownership(Stat now, Attributes attributes, SafePath path) {
    int mode = Integer.parseInt(attributes.get("mode", "0755"), 8);
    if (!applies) {
      return new Effect.Ownership(writable(mode), now.uid(), now.gid());
    }
    return new Effect.Ownership(
        mode,
        id(users, attributes.get("owner", "root"), "owner", path, null),
        id(groups, attributes.get("group", "root"), "group", path, null));
  }

  /** An ordinary user must be able to update what is installed (spec manifest, section 15.1). */
  private static int writable(int mode) {
    return mode | 0200;
  }

  private int id(
      Map<String, Integer> ids, String name, String what, SafePath path, @Nullable Fmri owner) {
    Integer id = ids.get(name);
    if (id != null) {
      return id;
    }
    if (!name.isEmpty() && name.length() < 10 && name.chars().allMatch(Character::isDigit)) {
      return Integer.parseInt(name);
    }
    throw new NotFoundException(
        "the " + what + " '" + name + "' of '" + path + "' is not known in the image",
        owner == null ? null : "delivered by " + owner,
        List.of(
            "the package must deliver a "
                + (what.equals("owner") ? "user" : "group")
                + " action for it, or require a package that does"),
        null);
  }
}
