package emblema.image.apply;

import emblema.core.action.GroupAction;
import emblema.core.action.UserAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries out the steps for accounts (spec manifest, section 16; planner-solver 8.7). Where the
 * account files come later in the same plan, the steps wait for its end.
 */
final class AccountSteps {
  private static final SafePath SHADOW = new SafePath("etc/shadow");

  private final Workspace space;
  private final StagedContents contents;
  private final Accounts accounts;
  private final String today;
  private final List<Runnable> later = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  AccountSteps(Workspace space, StagedContents contents, Accounts accounts, Instant now) {
    this.space = space;
    this.contents = contents;
    this.accounts = accounts;
    this.today = Long.toString(Duration.between(Instant.EPOCH, now).toDays());
  }

  List<String> remarks() {
    return remarks;
  }

  void put(Step.PutGroup step) {
    step.after()
        .attributes()
        .first("gid")
        .ifPresent(gid -> accounts.addGroup(step.after().groupName(), Integer.parseInt(gid)));
    whenPresent(Accounts.GROUP, step.after().groupName(), () -> putGroup(step.after()));
  }

  void put(Step.PutUser step) {
    step.after()
        .attributes()
        .first("uid")
        .ifPresent(uid -> accounts.addUser(step.after().userName(), Integer.parseInt(uid)));
    whenPresent(Accounts.PASSWD, step.after().userName(), () -> putUser(step.after()));
  }

  /** What had to wait for the account files. */
  void end() {
    List<Runnable> waiting = List.copyOf(later);
    later.clear();
    waiting.forEach(Runnable::run);
  }

  private void whenPresent(SafePath file, String name, Runnable work) {
    if (space.stat(file).filter(Stat::isFile).isPresent()) {
      work.run();
    } else {
      later.add(() -> retry(file, name, work));
    }
  }

  private void retry(SafePath file, String name, Runnable work) {
    if (space.stat(file).filter(Stat::isFile).isPresent()) {
      work.run();
    } else {
      remarks.add("'" + file + "' does not exist: '" + name + "' was not entered");
    }
  }

  private void putGroup(GroupAction action) {
    String name = action.groupName();
    edit(
        Accounts.GROUP,
        file -> {
          String[] old = file.find(name).orElse(new String[] {name, "", "", ""});
          String before = old.length > 2 ? old[2] : "";
          String gid =
              action
                  .attributes()
                  .first("gid")
                  .orElseGet(() -> before.isEmpty() ? free(file) : before);
          file.put(name, old.length > 1 ? old[1] : "", gid, old.length > 3 ? old[3] : "");
          accounts.addGroup(name, Integer.parseInt(gid));
          if (!before.isEmpty() && !before.equals(gid)) {
            changePrimaryGroup(before, gid);
          }
        });
  }

  private void changePrimaryGroup(String before, String after) {
    if (space.stat(Accounts.PASSWD).filter(Stat::isFile).isPresent()) {
      edit(Accounts.PASSWD, users -> users.set(3, after, fields -> fields[3].equals(before)));
    }
  }

  private void putUser(UserAction action) {
    Attributes wanted = action.attributes();
    String name = action.userName();
    edit(
        Accounts.PASSWD,
        file -> {
          String[] old = file.find(name).orElse(null);
          String uid =
              wanted
                  .first("uid")
                  .orElseGet(() -> old != null && old.length > 2 ? old[2] : free(file));
          file.put(
              name,
              old == null ? "x" : old[1],
              uid,
              primaryGroup(wanted.get("group", ""), name),
              value(wanted, "gcos-field", old, 4, "& User"),
              value(wanted, "home-dir", old, 5, "/"),
              value(wanted, "login-shell", old, 6, ""));
          accounts.addUser(name, Integer.parseInt(uid));
        });
    if (space.stat(SHADOW).filter(Stat::isFile).isPresent()) {
      edit(SHADOW, file -> putShadow(file, wanted, name));
    }
    List<String> groups = wanted.all("group-list");
    if (!groups.isEmpty() && space.stat(Accounts.GROUP).filter(Stat::isFile).isPresent()) {
      edit(Accounts.GROUP, file -> groups.forEach(group -> file.setMembership(group, name, true)));
    }
  }

  /** A person's account ({@code UP} or no password given) keeps its password and aging. */
  private void putShadow(AccountFile file, Attributes wanted, String name) {
    String[] old = file.find(name).orElse(null);
    String password = wanted.get("password", "");
    boolean keeps = old != null && (password.isEmpty() || password.equals("UP"));
    String[] fields = {
      name,
      keeps && old != null ? field(old, 1, "") : password.isEmpty() ? "*LK*" : password,
      aging(wanted, "lastchg", old, 2, keeps, today),
      aging(wanted, "min", old, 3, keeps, ""),
      aging(wanted, "max", old, 4, keeps, ""),
      aging(wanted, "warn", old, 5, keeps, ""),
      aging(wanted, "inactive", old, 6, keeps, ""),
      aging(wanted, "expire", old, 7, keeps, ""),
      aging(wanted, "flag", old, 8, keeps, "")
    };
    file.put(fields);
  }

  private static String aging(
      Attributes wanted,
      String attribute,
      String @org.jspecify.annotations.Nullable [] old,
      int index,
      boolean keeps,
      String otherwise) {
    return keeps && old != null
        ? field(old, index, otherwise)
        : value(wanted, attribute, old, index, otherwise);
  }

  private static String value(
      Attributes wanted,
      String attribute,
      String @org.jspecify.annotations.Nullable [] old,
      int index,
      String otherwise) {
    return wanted
        .first(attribute)
        .orElseGet(() -> old == null ? otherwise : field(old, index, otherwise));
  }

  private static String field(String[] fields, int index, String otherwise) {
    return index < fields.length ? fields[index] : otherwise;
  }

  private String primaryGroup(String group, String user) {
    AccountFile groups =
        space.stat(Accounts.GROUP).filter(Stat::isFile).isPresent()
            ? AccountFile.parse(space.disk().readBytes(Accounts.GROUP))
            : AccountFile.parse(new byte[0]);
    Integer gid = groups.ids().get(group);
    if (gid == null) {
      throw new NotFoundException(
          "the group '" + group + "' of user '" + user + "' is not known in the image",
          "the package must deliver a group action for it, or require a package that does");
    }
    return gid.toString();
  }

  void remove(Step.RemoveUser step) {
    String name = step.before().userName();
    for (SafePath path : List.of(Accounts.PASSWD, SHADOW)) {
      if (space.stat(path).filter(Stat::isFile).isPresent()) {
        edit(path, file -> file.remove(name));
      }
    }
    if (space.stat(Accounts.GROUP).filter(Stat::isFile).isPresent()) {
      edit(
          Accounts.GROUP,
          file -> file.names().forEach(group -> file.setMembership(group, name, false)));
    }
  }

  void remove(Step.RemoveGroup step) {
    if (space.stat(Accounts.GROUP).filter(Stat::isFile).isPresent()) {
      edit(Accounts.GROUP, file -> file.remove(step.before().groupName()));
    }
  }

  /** The lowest number of the dynamic range that is not in use. */
  private static String free(AccountFile file) {
    for (int id = 100; id <= 499; id++) {
      if (!file.ids().containsValue(id)) {
        return Integer.toString(id);
      }
    }
    throw new NotFoundException(
        "no free number between 100 and 499 is left for a new account",
        "give the user or group action a uid or gid");
  }

  /** Reads, changes and replaces an account file; its mode and owner stay. */
  private void edit(SafePath path, Consumer<AccountFile> change) {
    Stat stat = space.stat(path).orElseThrow();
    Disk disk = space.disk();
    byte[] before = disk.readBytes(path);
    AccountFile file = AccountFile.parse(before);
    change.accept(file);
    byte[] after = file.bytes();
    if (!java.util.Arrays.equals(before, after)) {
      space.replace(contents.bytes(path, after, Effect.Ownership.of(stat)), path);
    }
  }
}
