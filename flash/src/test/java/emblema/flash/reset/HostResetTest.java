package emblema.flash.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostResetTest {
  @TempDir Path top;
  private Path root;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(top.resolve("root"));
  }

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> reset(RootPassword password) {
    try (Disk disk = RealDisk.open(root)) {
      return HostReset.of(
              disk,
              event -> {
                if (event instanceof Event.Warning warning) {
                  warnings.add(warning.text());
                }
              })
          .run(password);
    }
  }

  @Test
  void resetsWhatMakesAMachineWhatItIs() throws IOException {
    for (String path :
        List.of(
            "etc/hostname",
            "etc/nodename",
            "etc/hostname.hme0",
            "etc/defaultrouter",
            "etc/resolv.conf",
            "etc/ssh/ssh_host_rsa_key",
            "etc/ssh/ssh_host_rsa_key.pub",
            "etc/netplan/50-cloud.yaml",
            "etc/NetworkManager/system-connections/home.nmconnection",
            "etc/systemd/network/10-eth0.network",
            "etc/udev/rules.d/70-persistent-net.rules",
            "var/lib/dhcp/dhclient.leases",
            "var/lib/cloud/instance/user-data",
            "etc/sysidcfg")) {
      file(path, "pumbaa");
    }
    file("etc/machine-id", "0123456789abcdef");
    file("etc/hosts", "192.0.2.1 pumbaa\n");
    file("etc/timezone", "Africa/Nairobi\n");
    file("etc/ssh/sshd_config", "Port 22\n");
    file("etc/motd", "hello");
    Files.createSymbolicLink(root.resolve("etc/localtime"), Path.of("../usr/share/zoneinfo/X"));
    List<String> changed = reset(RootPassword.KEEP);
    TreeSnapshot left = TreeSnapshot.of(root);
    assertThat(left.lines()).doesNotContainKeys("etc/hostname", "etc/ssh/ssh_host_rsa_key");
    assertThat(left.lines().keySet())
        .filteredOn(path -> Files.isRegularFile(root.resolve(path), LinkOption.NOFOLLOW_LINKS))
        .containsExactlyInAnyOrder(
            ".unconfigured",
            "etc/hosts",
            "etc/machine-id",
            "etc/motd",
            "etc/ssh/sshd_config",
            "etc/timezone");
    assertThat(root.resolve("etc/machine-id")).isEmptyFile();
    assertThat(root.resolve("etc/hosts")).content().startsWith("127.0.0.1\tlocalhost\n");
    assertThat(root.resolve("etc/timezone")).hasContent("Etc/UTC\n");
    assertThat(Files.readSymbolicLink(root.resolve("etc/localtime")))
        .hasToString("/usr/share/zoneinfo/Etc/UTC");
    assertThat(changed).contains("etc/hostname.hme0", "etc/ssh/ssh_host_rsa_key", ".unconfigured");
    reset(RootPassword.KEEP);
    assertThat(TreeSnapshot.of(root).difference(left)).isEmpty();
  }

  @Test
  void keepsLocalFileSystemsAndTheOriginalTable() throws IOException {
    String table =
        """
        # <device> <mount> <type> <options>
        UUID=1 / ext4 defaults 0 1
        server:/home /home nfs defaults 0 0
        //server/data /data cifs user 0 0
        /dev/sdb1 /iscsi ext4 _netdev,noatime 0 2

        tmpfs /tmp tmpfs defaults 0 0
        """;
    file("etc/fstab", table);
    reset(RootPassword.KEEP);
    assertThat(root.resolve("etc/fstab"))
        .content()
        .contains("UUID=1", "tmpfs", "# <device>")
        .doesNotContain("nfs", "cifs", "_netdev");
    assertThat(root.resolve("etc/fstab.orig")).hasContent(table);
  }

  @Test
  void thePasswordOfRootIsLockedEmptiedOrKept() throws IOException {
    String shadow = "daemon:*:1::\nroot:$6$secret:19000:0:99999:7:::\nuser:$6$other:1:\n";
    for (RootPassword password : RootPassword.values()) {
      file("etc/shadow", shadow);
      Files.setPosixFilePermissions(
          root.resolve("etc/shadow"), PosixFilePermissions.fromString("r--------"));
      reset(password);
      String field =
          switch (password) {
            case LOCK -> "!";
            case EMPTY -> "";
            case KEEP -> "$6$secret";
          };
      assertThat(root.resolve("etc/shadow")).hasContent(shadow.replace("$6$secret", field));
      assertThat(Files.getPosixFilePermissions(root.resolve("etc/shadow")))
          .isEqualTo(PosixFilePermissions.fromString("r--------"));
      Files.delete(root.resolve("etc/shadow"));
    }
  }

  @Test
  void aLinkOutOfTheSystemIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(top.resolve("outside"));
    Files.writeString(outside.resolve("ssh_host_rsa_key"), "key");
    Files.writeString(outside.resolve("hosts"), "hosts");
    Files.createDirectory(root.resolve("etc"));
    Files.createSymbolicLink(root.resolve("etc/ssh"), outside);
    Files.createSymbolicLink(root.resolve("etc/hosts"), outside.resolve("hosts"));
    Files.createSymbolicLink(root.resolve("etc/netplan"), Path.of("../../outside"));
    reset(RootPassword.LOCK);
    assertThat(outside.resolve("ssh_host_rsa_key")).hasContent("key");
    assertThat(outside.resolve("hosts")).hasContent("hosts");
  }

  @Test
  void theTableSaysWhatIsWrongWithIt() throws IOException {
    try (Disk disk = RealDisk.open(root)) {
      for (String wrong : List.of("remove", "explode etc/hosts", "text etc/hosts")) {
        assertThatThrownBy(() -> HostReset.of(disk, "# fine\n" + wrong, event -> {}))
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining("host-files:2");
      }
      assertThat(HostReset.of(disk, event -> {}).patterns())
          .contains("/etc/machine-id", "/etc/ssh/ssh_host_*")
          .allMatch(pattern -> pattern.startsWith("/"));
    }
  }
}
