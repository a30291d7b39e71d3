package emblema.publisher.master.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One statement of a rule file. Paths have no leading slash. */
public sealed interface Rule {

  /** {@code package NAME GLOB…}: these paths go into that package. */
  record Assign(String name, List<PathGlob> globs) implements Rule {}

  /** {@code meta NAME key=value…}: metadata of a package. */
  record Meta(String name, Map<String, List<String>> values) implements Rule {}

  /**
   * {@code editable VALUE GLOB…} or {@code plain GLOB…}.
   *
   * @param preserve the value for {@code preserve}; null for {@code plain}
   */
  record Editable(@Nullable String preserve, List<PathGlob> globs) implements Rule {}

  /** {@code volatile GLOB…}: contents that are never delivered. */
  record Volatile(List<PathGlob> globs) implements Rule {}

  /** {@code identity GLOB…}: contents that tell one machine from another, never delivered. */
  record Identity(List<PathGlob> globs) implements Rule {}

  /** {@code moved OLD -> NEW}: the directory (or editable file) OLD is now NEW. */
  record Moved(String from, String to) implements Rule {}

  /** {@code shared PATH -> TARGET}: the directory PATH lives in a shared area from now on. */
  record Shared(String path, String target) implements Rule {}

  /** {@code shared-root PATH…}: areas outside the boot environment. */
  record SharedRoots(List<String> paths) implements Rule {}

  /** {@code discard GLOB…}: what machines keep in these former directories may go to lost+found. */
  record Discard(List<PathGlob> globs) implements Rule {}

  /** {@code reboot on|off GLOB…}. */
  record Reboot(boolean on, List<PathGlob> globs) implements Rule {}

  /** {@code facet NAME GLOB…}; the name without {@code facet.}. */
  record Facet(String name, List<PathGlob> globs) implements Rule {}

  /** {@code group NAME PACKAGE…}: a group package. */
  record Group(String name, List<String> members) implements Rule {}

  /** {@code optional PACKAGE…}: packages that the incorporation does not require. */
  record Optional(List<String> names) implements Rule {}

  /** {@code republish PACKAGE…}: packages of other publishers that we deliver ourselves. */
  record Republish(List<String> names) implements Rule {}

  /** {@code owner USER:GROUP GLOB…}: owners whatever the tree says. */
  record Owner(String user, String group, List<PathGlob> globs) implements Rule {}

  /** {@code system-account NAME…}: accounts that belong to the system though their ids are high. */
  record SystemAccounts(List<String> names) implements Rule {}

  /** {@code not-moved OLD -> NEW}: this suggestion was looked at and refused. */
  record NotMoved(String from, String to) implements Rule {}
}
