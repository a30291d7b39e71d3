package emblema.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionOrderTest {
  @Test
  void installsByTypeAndWithinTheTypeAsTheReference() {
    List<Action> sorted =
        List.of(
                "set name=b value=1",
                "set name=a value=1",
                "depend fmri=x type=require",
                "group gid=9 groupname=z",
                "group gid=10 groupname=y",
                "group groupname=none",
                "group gid=2000 groupname=x",
                "user uid=-1 username=a",
                "user uid=7 username=b",
                "dir path=A",
                "dir path=a",
                "dir path=a/b",
                "dir path=\uff5e",
                "dir path=\ud83d\ude00",
                "file x path=b",
                "file x path=a",
                "hardlink path=a target=x",
                "hardlink path=b target=x",
                "link path=b target=x",
                "link path=a target=x",
                "driver name=clone",
                "driver name=aaa",
                "driver name=zzz",
                "unknown a=b",
                "license x license=l",
                "legacy pkg=p",
                "signature algorithm=x value=y")
            .stream()
            .map(ActionReader::read)
            .toList();
    List<Action> byType = sorted.reversed().stream().sorted(ActionOrder.INSTALL).toList();
    assertThat(byType.stream().map(Action::type)).isSorted();
    assertThat(sorted.stream().sorted(ActionOrder.INSTALL)).containsExactlyElementsOf(sorted);
    assertThat(byType.stream().filter(a -> ordered(a.type())))
        .containsExactlyElementsOf(sorted.stream().filter(a -> ordered(a.type())).toList());
  }

  private static boolean ordered(ActionType type) {
    return switch (type) {
      case DIR, HARDLINK, USER, GROUP, DRIVER -> true;
      default -> false;
    };
  }
}
