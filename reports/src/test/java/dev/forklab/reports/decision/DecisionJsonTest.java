package dev.forklab.reports.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.KnownRun;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.reports.decision.Requirement.MemoryLimit;
import dev.forklab.reports.decision.Requirement.Percentile;
import dev.forklab.reports.decision.Requirement.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DecisionJsonTest {

  private static final Path SCHEMA = Path.of("..", "docs", "decide.schema.json");
  private static final long SEED = 13;

  @Test
  void everyDecisionHasTheShapeOfItsSchema() throws Exception {
    JsonSchema schema = JsonSchema.of(Files.readString(SCHEMA));
    Analysis analysis = KnownRun.withCosts();
    Decider decider = new Decider(analysis);
    SplittableRandom random = new SplittableRandom(SEED);
    int decisions = 0;
    for (int i = 0; i < 60; i++) {
      Question question = question(random);
      if (decider.decide(question) instanceof Decision decision) {
        String json =
            DecisionJson.of(decision, analysis.run(), analysis.cost().map(CostModel::check));
        assertThat(schema.problems(json)).as("seed %d, %s", SEED, question).isEmpty();
        decisions++;
      }
    }
    assertThat(decisions).isGreaterThan(20);
  }

  /// The check itself: what is missing, of another type, too much or unknown is found.
  @Test
  void whatBreaksTheSchemaIsFound() throws Exception {
    JsonSchema schema = JsonSchema.of(Files.readString(SCHEMA));
    Analysis analysis = KnownRun.withCosts();
    Decider decider = new Decider(analysis);
    Decision decision = (Decision) decider.decide(decider.usual());
    String json = DecisionJson.of(decision, analysis.run(), analysis.cost().map(CostModel::check));
    assertThat(schema.problems(json.replace("\"sentence\"", "\"words\"")))
        .containsExactlyInAnyOrder("$: sentence is missing", "$: words is not in the schema");
    assertThat(schema.problems(json.replaceFirst("\"workers\" : 2", "\"workers\" : \"2\"")))
        .singleElement()
        .asString()
        .startsWith("$.question.workers: ");
    assertThat(
            schema.problems(json.replaceFirst("\"basis\" : \"measured\"", "\"basis\" : \"guess\"")))
        .singleElement()
        .asString()
        .contains("basis: ");
  }

  @Test
  void theNumbersAreThoseOfTheDecision() throws Exception {
    Analysis analysis = KnownRun.withCosts();
    Decider decider = new Decider(analysis);
    Decision decision = (Decision) decider.decide(decider.usual());
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                DecisionJson.of(decision, analysis.run(), analysis.cost().map(CostModel::check)));
    Candidate first = decision.candidates().getFirst();
    assertThat(json.at("/candidates/0/model").asString()).isEqualTo(first.model().id());
    assertThat(json.at("/candidates/0/throughputPerSecond/value").asDouble())
        .isCloseTo(first.throughput().orElseThrow().estimate().value(), withinPercentage(1e-6));
    assertThat(json.at("/sentence").asString()).isEqualTo(decision.sentence());
  }

  private static Question question(SplittableRandom random) {
    List<Requirement> requirements = new ArrayList<>();
    for (Need need : Need.values()) {
      if (random.nextInt(3) == 0) {
        requirements.add(need);
      }
    }
    if (random.nextBoolean()) {
      requirements.add(new Rate(100 + random.nextInt(3000)));
    }
    if (random.nextBoolean()) {
      requirements.add(new MemoryLimit((40L + random.nextInt(400)) << 20));
    }
    if (random.nextBoolean()) {
      requirements.add(
          new LatencyBound(
              List.of(Percentile.values()).get(random.nextInt(3)),
              1000L * random.nextInt(1, 9000)));
    }
    long nanos = random.nextInt(3) == 0 ? 1_000_000 : 1000L * random.nextInt(50, 5000);
    int bytes = random.nextInt(3) == 0 ? 4096 : random.nextInt(1, 2 << 20);
    return new Question(random.nextInt(1, 4), nanos, bytes, requirements);
  }
}
