package emblema.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.ActionWriter;
import emblema.core.hash.ContentHashes.Extract;
import emblema.core.hash.ContentHashes.Stated;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadFactsTest {
  @Test
  void replacesWhatWasComputedBefore() {
    PayloadFacts facts =
        new PayloadFacts(
            "aa",
            5,
            "bb",
            6,
            "cc",
            "dd",
            Optional.of(new PayloadFacts.ElfFacts("i386", 64, "ee", "ff")));
    Action action =
        ActionReader.read(
            "file usr/bin/x chash=0 elfarch=none elfbits=1 elfhash=0 mode=0755 path=x"
                + " pkg.content-hash=file:sha256:0 pkg.csize=1 pkg.hash.rot13=z pkg.size=1");
    assertThat(ActionWriter.write(facts.applyTo(action)))
        .isEqualTo(
            "file aa chash=bb elfarch=i386 elfbits=64 elfhash=ee mode=0755 path=x"
                + " pkg.content-hash=gelf:sha512t_256:ff"
                + " pkg.content-hash=gelf.unsigned:sha512t_256:ff"
                + " pkg.content-hash=file:sha512t_256:cc"
                + " pkg.content-hash=gzip:sha512t_256:dd pkg.csize=6 pkg.hash.rot13=z pkg.size=5");
  }

  @Test
  void prefersTheStrongestHash() {
    ContentHashes hashes =
        ContentHashes.of(
            ActionReader.read(
                "file s1 path=x chash=c1 pkg.content-hash=file:sha256:f2"
                    + " pkg.content-hash=file:sha512t_256:f5 pkg.content-hash=gzip:sha256:g2"
                    + " pkg.content-hash=new:sha512t_256:n pkg.content-hash=file:sha3:f3"));
    assertThat(hashes.forContent()).contains(new Stated(Digest.SHA512T_256, "f5"));
    assertThat(hashes.forStored()).contains(new Stated(Digest.SHA256, "g2"));
    assertThat(hashes.best(Extract.GELF)).isEmpty();
  }

  @Test
  void fallsBackOnSha1() {
    ContentHashes hashes = ContentHashes.of(ActionReader.read("file s1 path=x chash=c1"));
    assertThat(hashes.forContent()).contains(new Stated(Digest.SHA1, "s1"));
    assertThat(hashes.forStored()).contains(new Stated(Digest.SHA1, "c1"));
    assertThat(ContentHashes.of(ActionReader.read("file path=x")).forContent()).isEmpty();
  }

  @Test
  void knowsTheWordsOfTheAlgorithms() {
    assertThat(Digest.ofWord("sha512t_256")).contains(Digest.SHA512T_256);
    assertThat(Digest.ofWord("md5")).isEmpty();
  }
}
