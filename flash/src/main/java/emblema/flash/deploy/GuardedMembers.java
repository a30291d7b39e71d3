package emblema.flash.deploy;

import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.SafePath;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The members of an archive on their way to a disk: names that could not be made there, or that are
 * ours, are refused, whoever reads; and progress is told.
 */
final class GuardedMembers implements MemberReader {
  private static final int STEP = 64;

  private final MemberReader members;
  private final String phase;
  private final EventSink events;
  private long count;
  private boolean hasPackages;

  GuardedMembers(MemberReader members, String phase, EventSink events) {
    this.members = members;
    this.phase = phase;
    this.events = events;
  }

  @Override
  public @Nullable Member next() throws IOException {
    Member member = members.next();
    if (member == null) {
      return null;
    }
    SafePath path = SafePath.of(member.path());
    hasPackages |= path.startsWith(Places.PACKAGES);
    if (path.startsWith(Places.WORK)) {
      throw new ConflictException(
          "'" + member.path() + "' in the archive has the name of the deployment's own directory");
    }
    if (member.kind() == Member.Kind.HARD_LINK) {
      SafePath.of(member.target());
    }
    if (++count % STEP == 0) {
      events.emit(new Event.Advanced(phase, count));
    }
    return member;
  }

  /** Whether the archive brings what a package system knows of its files. */
  boolean hasPackages() {
    return hasPackages;
  }

  long count() {
    return count;
  }

  @Override
  public InputStream content() {
    return members.content();
  }
}
