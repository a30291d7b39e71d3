package emblema.flash.tree;

import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Members that a test makes up, in the place of an archive. */
public final class Members implements MemberReader {
  public static final long TIME = 1_000_000_000L;

  private final Deque<Item> items = new ArrayDeque<>();
  private InputStream content = InputStream.nullInputStream();

  /** A member, or something that happens when its turn comes. */
  private record Item(@Nullable Member member, String content, Runnable happens) {}

  private Members add(Member.Kind kind, String path, int mode, String target, String content) {
    return add(member(kind, path, mode, target, content.length()), content);
  }

  public Members add(Member member, String content) {
    items.add(new Item(member, content, () -> {}));
    return this;
  }

  public static Member member(Member.Kind kind, String path, int mode, String target, long size) {
    return new Member(path, kind, mode, 0, 0, size, TIME, target, 1, 0, 0, 0);
  }

  public Members file(String path, String content) {
    return add(Member.Kind.FILE, path, 0644, "", content);
  }

  public Members file(String path, int mode, String content) {
    return add(Member.Kind.FILE, path, mode, "", content);
  }

  public Members directory(String path) {
    return add(Member.Kind.DIRECTORY, path, 0755, "", "");
  }

  public Members link(String path, String target) {
    return add(Member.Kind.LINK, path, 0777, target, "");
  }

  public Members hardLink(String path, String target) {
    return add(Member.Kind.HARD_LINK, path, 0644, target, "");
  }

  /** A device, a FIFO or a socket. */
  public Members node(String path, Member.Kind kind) {
    return add(kind, path, 0644, "", "");
  }

  /** What somebody else does between two members. */
  public Members meanwhile(Runnable happens) {
    items.add(new Item(null, "", happens));
    return this;
  }

  @Override
  public @Nullable Member next() {
    Item item = items.poll();
    while (item != null && item.member() == null) {
      item.happens().run();
      item = items.poll();
    }
    if (item == null) {
      return null;
    }
    content = new ByteArrayInputStream(item.content().getBytes(StandardCharsets.UTF_8));
    return item.member();
  }

  @Override
  public InputStream content() {
    return content;
  }
}
