package emblema.publisher.master.account;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns the accounts of a new tree into actions: system accounts that the published base files do
 * not have, or have otherwise, become {@code user} and {@code group} actions. Human accounts are
 * errors, changed numbers too unless allowed.
 */
public final class AccountPlan {
  private static final int FIRST_HUMAN = 1000;
  private static final int NOBODY = 65534;

  private final AccountFiles base;
  private final AccountFiles now;
  private final Ledger ledger;
  private final Set<String> system = new HashSet<>();
  private final boolean allowIdDrift;
  private final Findings findings;

  /**
   * @param base what was published as base files; empty before the first publication
   * @param now the new tree's
   */
  public AccountPlan(
      AccountFiles base,
      AccountFiles now,
      Ledger ledger,
      Rules rules,
      boolean allowIdDrift,
      Findings findings) {
    this.base = base;
    this.now = now;
    this.ledger = ledger;
    this.allowIdDrift = allowIdDrift;
    this.findings = findings;
    rules.all(Rule.SystemAccounts.class).forEach(rule -> system.addAll(rule.names()));
  }

  /** User and group actions, groups first, by number. */
  public List<Action> actions() {
    if (now.isEmpty()) {
      return List.of();
    }
    checkPeople();
    AccountFiles reference = base.isEmpty() ? now : base;
    List<Action> actions = new ArrayList<>();
    Map<String, AccountFiles.Group> oldGroups = reference.groups();
    now.groups().values().stream()
        .sorted(Comparator.comparingInt(AccountFiles.Group::gid))
        .forEach(
            group -> {
              AccountFiles.Group old = oldGroups.get(group.name());
              checkDrift(
                  "group",
                  group.name(),
                  group.gid(),
                  old == null ? published(group.name(), false) : old.gid());
              if (old == null || old.gid() != group.gid()) {
                actions.add(action(group));
              }
            });
    Map<String, AccountFiles.User> oldUsers = reference.users();
    now.users().values().stream()
        .sorted(Comparator.comparingInt(AccountFiles.User::uid))
        .forEach(
            user -> {
              AccountFiles.User old = oldUsers.get(user.name());
              checkDrift(
                  "user",
                  user.name(),
                  user.uid(),
                  old == null ? published(user.name(), true) : old.uid());
              if (old == null
                  || !old.equals(user)
                  || !memberships(reference, user).equals(memberships(now, user))) {
                actions.add(action(user));
              }
            });
    reportRemoved(reference);
    return actions;
  }

  private int published(String name, boolean user) {
    String attribute = user ? "uid" : "gid";
    return ledger
        .account(name, user)
        .flatMap(action -> action.attributes().first(attribute))
        .map(Integer::valueOf)
        .orElse(-1);
  }

  private void checkDrift(String what, String name, int number, int before) {
    if (before < 0 || before == number) {
      return;
    }
    String text =
        what
            + " '"
            + name
            + "' had number "
            + before
            + " and has "
            + number
            + ": machines keep files with the old number";
    if (allowIdDrift) {
      findings.risk(text);
    } else {
      findings.error(text + "; give it the old number in the new tree, or pass --allow-id-drift");
    }
  }

  private void checkPeople() {
    for (AccountFiles.User user : now.users().values()) {
      boolean human =
          user.uid() >= FIRST_HUMAN && user.uid() != NOBODY && !system.contains(user.name());
      if (human) {
        findings.error(
            "the new tree has the human account '"
                + user.name()
                + "' (uid "
                + user.uid()
                + "): a master must be neutral; remove it, or say 'system-account "
                + user.name()
                + "' in a rule file");
      }
    }
    for (String name : now.passwordHolders()) {
      findings.risk("'" + name + "' has a password in the new tree; it is published locked");
    }
  }

  private void reportRemoved(AccountFiles reference) {
    for (String name : new TreeSet<>(reference.users().keySet())) {
      if (!now.users().containsKey(name)) {
        findings.risk(
            "user '"
                + name
                + "' is gone from the new tree but stays in the base files that machines have");
      }
    }
  }

  private Action action(AccountFiles.Group group) {
    return Action.of(
        ActionType.GROUP,
        null,
        Attributes.of("groupname", group.name(), "gid", Integer.toString(group.gid())));
  }

  private Action action(AccountFiles.User user) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("username", user.name())
            .add("uid", Integer.toString(user.uid()))
            .add("group", groupName(user))
            .add("gcos-field", user.gcos())
            .add("home-dir", user.home())
            .add("login-shell", user.shell())
            .add("password", "*LK*");
    memberships(now, user).forEach(group -> attributes.add("group-list", group));
    return Action.of(ActionType.USER, null, attributes.build());
  }

  private String groupName(AccountFiles.User user) {
    return now.groups().values().stream()
        .filter(group -> group.gid() == user.gid())
        .map(AccountFiles.Group::name)
        .findFirst()
        .orElseGet(
            () -> {
              findings.error(
                  "user '"
                      + user.name()
                      + "' has the primary group "
                      + user.gid()
                      + ", which has no name in etc/group");
              return Integer.toString(user.gid());
            });
  }

  private static TreeSet<String> memberships(AccountFiles files, AccountFiles.User user) {
    TreeSet<String> groups = new TreeSet<>();
    for (AccountFiles.Group group : files.groups().values()) {
      if (group.members().contains(user.name())) {
        groups.add(group.name());
      }
    }
    return groups;
  }
}
