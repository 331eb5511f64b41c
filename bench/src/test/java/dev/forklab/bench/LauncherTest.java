package dev.forklab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

  @TempDir Path parent;

  private FakeCheckout checkout;
  private Map<String, String> jdk25;

  @BeforeEach
  void makeCheckout() throws Exception {
    checkout = new FakeCheckout(parent);
    jdk25 = Map.of("JAVA_HOME", checkout.jdk("my jdk", "25.0.3").toString());
  }

  @Test
  void javaHomeThatIsNewEnoughIsUsed() throws Exception {
    checkout.onPath(checkout.jdk("on path", "27"));
    checkout.jdk("jdks/newer", "26.0.1");

    assertThat(Launch.of(checkout.lab(jdk25)).out()).startsWith("java of 25.0.3\n");
  }

  @Test
  void tooOldJavaHomeGivesWayToThePath() throws Exception {
    String old = checkout.jdk("old", "17.0.15").toString();
    checkout.onPath(checkout.jdk("on path", "25.0.1"));
    checkout.jdk("jdks/newer", "26");

    assertThat(Launch.of(checkout.lab(Map.of("JAVA_HOME", old))).out())
        .startsWith("java of 25.0.1\n");
  }

  @Test
  void newestOfTheUsualPlacesIsUsedWhenNothingElseIsNewEnough() throws Exception {
    checkout.onPath(checkout.jdk("on path", "1.8.0_402"));
    checkout.jdk("jdks/a", "25.0.10");
    checkout.jdk("jdks/b", "25.0.9");
    checkout.jdk("jdks/c", "21.0.2");
    checkout.jdk("jdks/d/Contents/Home", "25");
    Files.createDirectories(parent.resolve("jdks/not a jdk"));
    Path withoutCompiler = checkout.jdk("jdks/jre", "26");
    Files.delete(withoutCompiler.resolve("bin/javac"));

    assertThat(Launch.of(checkout.lab(Map.of())).out()).startsWith("java of 25.0.10\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X=y                         | C.UTF-8
          LANG=C                      | C.UTF-8
          LC_ALL=POSIX                | C.UTF-8
          LANG=de_DE.ISO-8859-1       | C.UTF-8
          LANG=de_DE.UTF-8            | de_DE.UTF-8
          LC_ALL=en_US.utf8           | en_US.utf8
          """)
  void theJvmReadsNamesOfFilesInUtf8(String variable, String locale) throws Exception {
    Map<String, String> environment = new TreeMap<>(jdk25);
    environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);

    assertThat(Launch.of(checkout.lab(environment)).exit()).isZero();
    assertThat(Files.readAllLines(Path.of(checkout.calls + ".locales")))
        .isNotEmpty()
        .allMatch(locale::equals);
  }

  @Test
  void earlyAccessVersionsAreRead() throws Exception {
    checkout.jdk("jdks/a", "25.0.3");
    checkout.jdk("jdks/b", "26-ea");

    assertThat(Launch.of(checkout.lab(Map.of())).out()).startsWith("java of 26-ea\n");
  }

  @Test
  void withoutAJdkOneSentenceSaysWhatWasLookedForWhereAndHowToGetOne() throws Exception {
    Path old = checkout.jdk("old", "17.0.15");
    checkout.onPath(old);

    Launch launch = Launch.of(checkout.lab(Map.of("JAVA_HOME", "/nonexistent")));

    assertThat(launch.exit()).isEqualTo(3);
    assertThat(launch.out()).isEmpty();
    assertThat(launch.err().lines())
        .singleElement()
        .asString()
        .startsWith("lab: found no JDK 25 or newer in JAVA_HOME (/nonexistent is no JDK)")
        .contains("/bin/java is Java 17.0.15", parent.resolve("jdks").getFileName().toString())
        .endsWith(
            "get one from https://adoptium.net, unpack it anywhere and set JAVA_HOME to its"
                + " folder.");
    assertThat(checkout.builds()).isEmpty();
  }

  @Test
  void whatIsNotBuiltIsBuiltOnceWithOneLine() throws Exception {
    Launch first = Launch.of(checkout.lab(jdk25, "--help"));
    Launch second = Launch.of(checkout.lab(jdk25, "--help"));

    assertThat(first.exit()).isZero();
    assertThat(first.err().lines())
        .singleElement()
        .asString()
        .startsWith("lab: building (nothing is built yet;");
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .isEqualTo(first.out())
        .contains("argument dev.forklab.bench.cli.Lab\nargument --help\n")
        .contains("/bench/target/lab/bench-1.jar:")
        .contains("argument --enable-native-access=ALL-UNNAMED\n");
    assertThat(checkout.builds())
        .singleElement()
        .asString()
        .startsWith(jdk25.get("JAVA_HOME") + " ");
  }

  @Test
  void variablesThatChangeEveryJvmAreClearedWithALineEachOnceTheLabIsBuilt() throws Exception {
    Map<String, String> environment = new TreeMap<>(jdk25);
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx1g  *\n-Dproxy=here");
    environment.put("_JAVA_OPTIONS", "-Xmx2g");
    environment.put("JDK_JAVA_OPTIONS", "-Xmx3g");
    environment.put("JDK_AOT_VM_OPTIONS", "-Xmx4g");
    environment.put("JDK_ALTERNATE_VM", "client");

    Launch launch = Launch.of(checkout.lab(environment, "plan"));

    String why = ", which would change the JVMs that are measured.";
    assertThat(launch.exit()).as(launch.err()).isZero();
    assertThat(launch.err().lines().skip(1))
        .containsExactly(
            "lab: cleared JAVA_TOOL_OPTIONS (-Xmx1g * -Dproxy=here)" + why,
            "lab: cleared _JAVA_OPTIONS (-Xmx2g)" + why,
            "lab: cleared JDK_JAVA_OPTIONS (-Xmx3g)" + why,
            "lab: cleared JDK_AOT_VM_OPTIONS (-Xmx4g)" + why,
            "lab: cleared JDK_ALTERNATE_VM (client)" + why);
    assertThat(Path.of(checkout.calls + ".flags")).hasContent("\n\n");
    assertThat(checkout.builds()).anyMatch(line -> line.contains("-Xmx1g"));
  }

  @Test
  void changedSourcesAreBuiltAgain() throws Exception {
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    checkout.edit();

    assertThat(Launch.of(checkout.lab(jdk25)).err())
        .startsWith("lab: building (the sources have changed;");
  }

  @Test
  void aBuildKnowsItsCommitAndWhetherItsSourcesAreThoseOfIt() throws Exception {
    String commit = checkout.commit();
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    Files.writeString(checkout.source("Source.java"), "// changed");
    checkout.edit();
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();

    assertThat(checkout.builds()).hasSize(2);
    assertThat(checkout.builds().getFirst()).contains(" -Dlab.build=+" + commit + " ");
    assertThat(checkout.builds().getLast()).contains(" -Dlab.build=+" + commit + ".dirty ");
  }

  @Test
  void deletedSourcesAreBuiltAgain() throws Exception {
    Path deleted = Files.writeString(checkout.source("Deleted.java"), "");
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    Files.delete(deleted);

    assertThat(Launch.of(checkout.lab(jdk25)).err()).startsWith("lab: building");
  }

  @Test
  void jarsOfAnEarlierBuildAreNotUsed() throws Exception {
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    Files.writeString(checkout.root.resolve("bench/target/lab/lib/dependency-0.jar"), "");
    checkout.edit();

    assertThat(Launch.of(checkout.lab(jdk25)).out())
        .contains("dependency-1.jar")
        .doesNotContain("dependency-0.jar");
  }

  @Test
  void failedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    Path failing = Files.createFile(Path.of(checkout.calls + ".fail"));

    Launch failed = Launch.of(checkout.lab(jdk25));
    Files.delete(failing);

    assertThat(failed.exit()).isEqualTo(3);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .contains("one line that says why", "the build failed", "lab-build.log");
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
  }

  @Test
  void startsThroughLinksFromAnywhereAndHandsArgumentsOverUntouched() throws Exception {
    Path elsewhere = Files.createDirectory(parent.resolve("else where"));
    Files.createSymbolicLink(parent.resolve("first"), Path.of("a check out", "lab"));
    Files.createSymbolicLink(elsewhere.resolve("lab"), Path.of("..", "first"));
    ProcessBuilder builder =
        checkout
            .command(List.of("./lab"), jdk25, "report", "my run", "", "*", "a\\b")
            .directory(elsewhere.toFile());

    Launch launch = Launch.of(builder);

    assertThat(launch.exit()).as(launch.err()).isZero();
    assertThat(launch.out())
        .contains("in " + elsewhere.toRealPath() + "\n")
        .endsWith("argument report\nargument my run\nargument \nargument *\nargument a\\b\n");
  }

  @Test
  void buildsOfTwoShellsAreSerialized() throws Exception {
    Path wait = Files.createFile(Path.of(checkout.calls + ".wait"));
    Process first = checkout.lab(jdk25).start();
    try {
      await().until(() -> checkout.builds().size() == 1);
      Process second = checkout.lab(jdk25).start();
      try {
        assertThat(second.errorReader().readLine())
            .isEqualTo(
                "lab: another shell (process " + first.pid() + ") is building; waiting for it");
        Files.delete(wait);

        assertThat(Launch.end(first).exit()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(checkout.builds()).hasSize(1);
        assertThat(checkout.root.resolve("target/lab.lock")).doesNotExist();
      } finally {
        second.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(wait);
      first.destroyForcibly();
    }
  }

  @Test
  void lockOfAShellThatWasKilledIsTakenOver() throws Exception {
    Path lock = Files.createDirectories(checkout.root.resolve("target/lab.lock"));
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
  }

  @Test
  void nothingIsBuiltUnderALabThatRuns() throws Exception {
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    ProcessBuilder holding = checkout.lab(jdk25, "bench");
    holding.environment().put("HOLD", "until a line comes");
    Process running = holding.start();
    try {
      assertThat(running.inputReader().readLine()).isEqualTo("java of 25.0.3");
      checkout.edit();

      Launch refused = Launch.of(checkout.lab(jdk25));

      assertThat(refused.exit()).isEqualTo(5);
      assertThat(refused.err().lines())
          .singleElement()
          .asString()
          .contains("process " + running.pid(), "would spoil its run", "wait until it has ended");
      running.outputWriter().close();
      assertThat(running.waitFor()).isPositive();
      assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void whereNothingCanBeWrittenOneSentenceSaysSo() throws Exception {
    Files.writeString(checkout.root.resolve("target"), "a file in place of the folder");

    Launch launch = Launch.of(checkout.lab(jdk25));

    assertThat(launch.exit()).isEqualTo(4);
    assertThat(launch.err())
        .isEqualTo(
            "lab: cannot write to "
                + checkout.root.resolve("target")
                + ", where the build would go.\n");
  }

  @Test
  void aBuiltCheckoutStartsThoughMarksOfEarlierLabsCannotBeRemoved() throws Exception {
    assertThat(Launch.of(checkout.lab(jdk25)).exit()).isZero();
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    // As in a checkout of another user: `rm -f` does not remove a folder.
    Files.createDirectory(checkout.root.resolve("bench/target/lab/lab.running/" + gone.pid()));

    Launch launch = Launch.of(checkout.lab(jdk25));

    assertThat(launch.exit()).isZero();
    assertThat(launch.err()).isEmpty();
  }
}
