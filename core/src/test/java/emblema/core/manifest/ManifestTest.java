package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.DirectoryAction;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManifestTest {
  @Test
  void findsThePackageUnderItsOldName() {
    assertThat(ManifestReader.read("set name=fmri value=pkg:/a@1", "m").fmri())
        .contains(Fmri.parse("a@1"));
    assertThat(Manifest.EMPTY.fmri()).isEmpty();
  }

  @Test
  void findsValues() {
    Manifest manifest =
        ManifestReader.read(
            "set name=a value=1 value=2\nset name=a value=3\nset name=pkg.obsolete value=true\n"
                + "dir path=x\n",
            "m");
    assertThat(manifest.value("a")).contains("1");
    assertThat(manifest.values("a")).containsExactly("1", "2", "3");
    assertThat(manifest.value("b")).isEmpty();
    assertThat(manifest.isObsolete()).isTrue();
    assertThat(manifest.isRenamed()).isFalse();
    assertThat(manifest.actions(DirectoryAction.class)).hasSize(1);
  }

  /** Spec manifest, section 21. */
  @Test
  void writesTheWorkedExampleByteForByte() {
    String text =
        """
        set name=pkg.fmri value=pkg://example.com/app/hello@1.0,5.11-0.1:20240102T030405Z
        set name=pkg.summary value="Hello program"
        set name=pkg.description value="A longer description, with 'single' quotes"
        set name=info.classification value=org.opensolaris.category.2008:Applications/Games
        set name=variant.arch value=i386 value=sparc
        set name=pkg.human-version value=1.0b
        depend fmri=pkg:/library/foo@2.0 type=require
        depend fmri=pkg:/a fmri=pkg:/b type=require-any
        dir group=sys mode=0755 owner=root path=usr
        dir group=bin mode=0755 owner=root path=usr/bin
        file 22596363b3de40b06f981fb85d82312e8c0ed511 chash=c33ef1f9d61961111d36d69fef045347bfeff00c group=bin mode=0555 owner=root path=usr/bin/hello pkg.content-hash=file:sha512t_256:bf73ee1fb7e8bf8fcdd5da06dd547052cd0f929a88f4aead68b218d3bde91134 pkg.content-hash=gzip:sha512t_256:7620ff25694b3a6e4669ac561a260fb0c87b50ba151bc937628591deb076760b pkg.csize=32 pkg.size=12 variant.arch=i386
        file da39a3ee5e6b4b0d3255bfef95601890afd80709 chash=89892054d65b8b0dd6a081b33a97b6f2bd1fa267 group=sys mode=0644 owner=root path=etc/empty pkg.content-hash=file:sha512t_256:c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a pkg.content-hash=gzip:sha512t_256:1b57e79330d686247085553792cd8e2fcf61b03edc7da56d03efdb1e1458644a pkg.csize=20 pkg.size=0 preserve=renamenew
        link path=usr/bin/hi target=hello
        license 149e4a4f89da3f97fbe8555bd11a2c1142e0737e chash=fa5da189033f52dab0009b90bb8ccd8c54cce681 license="My License" pkg.content-hash=file:sha512t_256:2da394107c7c91a17ef5df200ef57ba2d7de169040539c11ecf875b0fb5ed24c pkg.content-hash=gzip:sha512t_256:3360980dbadd8375022049e0a475d59bfc70baeb6e32586af04d7943db9357ca pkg.csize=36 pkg.size=16
        set name=com.example.utf8 value=Grüße
        """;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).hasSize(1732);
    assertThat(Digest.SHA1.hex(bytes)).isEqualTo("6db1c395b55b10a0d19d635b12f03a1f4eb67721");
    assertThat(ManifestWriter.write(ManifestReader.read(text, "m"))).isEqualTo(text);
  }
}
