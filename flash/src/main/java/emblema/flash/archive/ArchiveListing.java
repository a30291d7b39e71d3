package emblema.flash.archive;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import java.io.IOException;
import java.util.function.Consumer;

/** The names in an archive. */
public final class ArchiveListing {
  private ArchiveListing() {}

  /**
   * Tells the names of all members in the order of the archive, without leading slash.
   *
   * @return whether the archive's id agrees with what it holds
   */
  public static boolean of(ArchiveReader archive, Consumer<String> names, EventSink events) {
    try {
      Payload payload = archive.files();
      payload.warnings().forEach(text -> events.emit(new Event.Warning(text)));
      MemberReader members = payload.members();
      for (Member member = members.next(); member != null; member = members.next()) {
        if (!member.path().isEmpty()) {
          names.accept(member.path());
        }
      }
      return archive.checkId(payload.finish(), events);
    } catch (IOException e) {
      throw archive.unreadable(e);
    }
  }
}
