package dev.forklab.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The module and package rules of the design, held over all modules' production classes.
///
/// A rule whose subject matches no class fails (ArchUnit's `failOnEmptyShould`, on by default), and
/// every package named below must hold classes: a rule that examined nothing proves nothing.
class ArchitectureTest {

  private static final String ALL = "dev.forklab..";
  private static final String WORKLOAD = "dev.forklab.workload..";
  private static final String FORK = "dev.forklab.fork..";
  private static final String FORK_POOL = "dev.forklab.fork.pool..";
  private static final String FORK_THREAD = "dev.forklab.fork.thread..";

  /// What `fork` does not export, but for the command lines and start archives of JVMs, which the
  /// trials of the lab have too.
  private static final String[] FORK_INTERNALS = {
    "dev.forklab.fork.channel..", "dev.forklab.fork.codec..", "dev.forklab.fork.process..",
  };

  private static final String PROCESSES = "dev.forklab.processes..";
  private static final String THREADS = "dev.forklab.threads..";
  private static final String VIRTUAL = "dev.forklab.virtualthreads..";
  private static final String REPORTS = "dev.forklab.reports..";
  private static final String RESULTS = "dev.forklab.results";
  private static final String UNITS = "dev.forklab.results.units";
  private static final String STATS = "dev.forklab.reports.stats..";
  private static final String COST = "dev.forklab.reports.cost..";
  private static final String ANALYSIS = "dev.forklab.reports.analysis..";
  private static final String COMPARE = "dev.forklab.reports.compare..";
  private static final String FAULT_FINDINGS = "dev.forklab.reports.faults..";
  private static final String DECISION = "dev.forklab.reports.decision..";
  private static final String CHART = "dev.forklab.reports.chart..";
  private static final String HTML = "dev.forklab.reports.html..";
  private static final String BENCH = "dev.forklab.bench..";
  private static final String CLI = "dev.forklab.bench.cli..";
  private static final String PLAN = "dev.forklab.bench.plan..";
  private static final String HOST = "dev.forklab.bench.host..";
  private static final String JMH = "dev.forklab.bench.jmh..";
  private static final String MODELS = "dev.forklab.bench.models..";
  private static final String FAULTS = "dev.forklab.bench.faults..";
  private static final String CALIBRATION = "dev.forklab.bench.calibration..";
  private static final String RUNTIME = "dev.forklab.bench.runtime..";
  private static final String PEER = "dev.forklab.bench.peer..";
  private static final String RUN = "dev.forklab.bench.run..";
  private static final String INSTRUMENT = "dev.forklab.bench.instrument..";
  private static final String SELFTEST = "dev.forklab.bench.selftest..";
  private static final String EXPERIMENT = "dev.forklab.bench.experiment..";
  private static final String CHANNEL = "dev.forklab.bench.channel..";
  private static final String CLUSTER = "dev.forklab.bench.cluster..";

  /// What JMH generates beside the benchmarks is not ours to judge.
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("dev.forklab");

  static List<ArchRule> rules() {
    return List.of(
        // Of fork, only what a pool's tasks and threads have in common with those of all pools.
        mayUse(
            WORKLOAD,
            "java..",
            "javax.crypto..",
            "tools.jackson..",
            "org.jspecify..",
            FORK_POOL,
            FORK_THREAD),
        mayUse(THREADS, "java..", "org.jspecify..", WORKLOAD),
        mayUse(VIRTUAL, "java..", "org.jspecify..", WORKLOAD),
        mayUse(PROCESSES, "java..", "org.jspecify..", WORKLOAD, FORK_POOL),
        mayUse(
            FORK,
            "java..",
            "javax.management..",
            "jdk.net..",
            // Bytes allocated by all threads of a child, which java.lang.management does not give.
            "com.sun.management..",
            // A worker's signals are its parent's; no other API hears of one.
            "sun.misc..",
            "org.jspecify..",
            "tools.jackson..",
            "com.fasterxml.jackson.."),
        noClasses()
            .that()
            .resideInAPackage(BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FORK_INTERNALS)
            .because("the lab uses fork as any program does"),
        noClasses()
            .that()
            .resideInAPackage(REPORTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                WORKLOAD, FORK, PROCESSES, THREADS, VIRTUAL, BENCH, "org.openjdk.jmh..")
            .because("reports know nothing of pools or JMH"),
        mayUse(UNITS, "java..", "org.jspecify..", RESULTS),
        mayUse(STATS, "java..", "org.jspecify..", "org.apache.commons.."),
        noClasses()
            .that()
            .resideInAPackage(STATS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.time..", "java.net..")
            .because("statistics are pure numerics"),
        direction(RESULTS, UNITS, STATS, COST, ANALYSIS, DECISION, COMPARE, CHART, HTML),
        direction(COST, ANALYSIS, FAULT_FINDINGS, DECISION, COMPARE, CHART, HTML),
        direction(ANALYSIS, FAULT_FINDINGS, DECISION, COMPARE, CHART, HTML),
        direction(FAULT_FINDINGS, DECISION, COMPARE, CHART, HTML),
        direction(DECISION, COMPARE, CHART, HTML),
        direction(COMPARE, CHART, HTML),
        direction(CHART, HTML),
        onlyIn(CHART, "org.knowm.xchart..", "XChart"),
        onlyIn(CLI, "picocli..", "picocli"),
        onlyIn(HOST, "oshi..", "OSHI"),
        // The runner hands JMH's own results through, to be written as JMH writes them.
        noClasses()
            .that()
            .resideOutsideOfPackages(JMH, RUN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.openjdk.jmh..")
            .because("only the packages that run trials know JMH"),
        direction(PLAN, HOST, JMH, RUN, CLI),
        direction(HOST, PLAN, JMH, RUN, CLI),
        direction(CALIBRATION, PLAN, PEER, JMH, RUN, CLI),
        mayUse(RUNTIME, "java..", "org.jspecify.."),
        mayUse(
            MODELS,
            "java..",
            "org.jspecify..",
            RESULTS,
            WORKLOAD,
            PROCESSES,
            THREADS,
            VIRTUAL,
            FORK_POOL,
            "dev.forklab.fork.data.."),
        direction(FAULTS, JMH, RUN, SELFTEST, CLI),
        direction(PEER, PLAN, JMH, RUN, CLI),
        direction(JMH, RUN, CLI),
        direction(RUN, SELFTEST, CLI),
        direction(SELFTEST, CLI),
        direction(EXPERIMENT, CHANNEL, CLUSTER, JMH, RUN, SELFTEST, CLI),
        direction(CHANNEL, CLUSTER, JMH, RUN, SELFTEST, CLI),
        direction(CLUSTER, CHANNEL, JMH, RUN, SELFTEST, CLI),
        mayUse(INSTRUMENT, "java..", "org.jspecify..", WORKLOAD),
        onlyCliPrints(),
        onlyCliExits(),
        noClasses()
            .that()
            .resideInAPackage(ALL)
            .and()
            // The JDK supports this one for signals, and has no other.
            .doNotHaveFullyQualifiedName("dev.forklab.fork.pool.ParentsSignals")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "sun..", "java.rmi..")
            .because("the lab reports through its own channel"),
        noClasses()
            .that()
            .resideInAPackage(ALL)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
            .because("Java serialization trusts its peer"),
        slices().matching("dev.forklab.(**)").should().beFreeOfCycles());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void ruleHolds(ArchRule rule) {
    rule.check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WORKLOAD,
        FORK,
        PROCESSES,
        THREADS,
        VIRTUAL,
        RESULTS,
        UNITS,
        STATS,
        COST,
        ANALYSIS,
        FAULT_FINDINGS,
        DECISION,
        COMPARE,
        CHART,
        HTML,
        CLI,
        PLAN,
        HOST,
        MODELS,
        FAULTS,
        CALIBRATION,
        RUNTIME,
        PEER,
        JMH,
        RUN,
        INSTRUMENT,
        SELFTEST,
        EXPERIMENT,
        CHANNEL,
        CLUSTER
      })
  void everyPackageOfTheDesignWasExamined(String packages) {
    assertThat(CLASSES.that(resideInAPackage(packages))).isNotEmpty();
  }

  @Test
  void everyClassBelongsToAPackageOfTheDesign() {
    assertThat(
            CLASSES.that(
                not(
                    resideInAnyPackage(
                        WORKLOAD,
                        FORK,
                        PROCESSES,
                        THREADS,
                        VIRTUAL,
                        RESULTS,
                        UNITS,
                        STATS,
                        COST,
                        ANALYSIS,
                        FAULT_FINDINGS,
                        DECISION,
                        COMPARE,
                        CHART,
                        HTML,
                        CLI,
                        PLAN,
                        HOST,
                        MODELS,
                        FAULTS,
                        CALIBRATION,
                        RUNTIME,
                        PEER,
                        JMH,
                        RUN,
                        INSTRUMENT,
                        SELFTEST,
                        EXPERIMENT,
                        CHANNEL,
                        CLUSTER))))
        .isEmpty();
  }

  /// A reader who searches for a name finds one thing.
  @Test
  void noTwoClassesHaveOneSimpleName() {
    Map<String, List<String>> named =
        CLASSES.stream()
            .filter(it -> it.isTopLevelClass() && !it.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getFullName, Collectors.toList())));
    assertThat(named).isNotEmpty();
    assertThat(named.values()).allSatisfy(classes -> assertThat(classes).hasSize(1));
  }

  @Test
  void everyStopOfTheWalksIsAClass() throws Exception {
    Set<String> names =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());
    String walks = Files.readString(Path.of("..", "docs", "design", "walks.md"));
    List<String> stops =
        Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.[a-zA-Z]+)?`")
            .matcher(walks)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(stops).hasSizeGreaterThan(30).allMatch(names::contains);
  }

  /// The guard itself: a rule about a package that is not there must fail, not pass.
  @Test
  void ruleThatExaminesNothingFails() {
    ArchRule empty = mayUse("dev.forklab.nowhere..", "java..");

    assertThatThrownBy(() -> empty.check(CLASSES))
        .hasMessageContaining("failed to check any classes");
  }

  private static ArchRule mayUse(String packages, String... others) {
    String[] allowed = Arrays.copyOf(others, others.length + 1);
    allowed[others.length] = packages;
    return classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed));
  }

  private static ArchRule direction(String lower, String... higher) {
    return noClasses()
        .that()
        .resideInAPackage(lower)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(higher)
        .because("dependencies point one way");
  }

  private static ArchRule onlyIn(String packages, String library, String name) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("only " + packages + " imports " + name);
  }

  private static ArchRule onlyCliPrints() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(CLI, INSTRUMENT)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("only the command line prints, and instruments that are programs");
  }

  private static ArchRule onlyCliExits() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(CLI)
        .and()
        // A task that exits is one of the faults that the lab measures.
        .doNotHaveFullyQualifiedName("dev.forklab.bench.faults.Misdeeds")
        .should()
        .callMethodWhere(target(owner(name(System.class.getName()))).and(target(name("exit"))))
        .because("only the command line exits");
  }
}
