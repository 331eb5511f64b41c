package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.cost.CostCheck;
import dev.forklab.reports.decision.Candidate.Check;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Requirement.LatencyBound;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A decision for machines. `docs/decide.schema.json` is its schema; what is not known is null.
public final class DecisionJson {

  /// The version of this form; a field that changes its meaning or goes away raises it.
  static final int SCHEMA = 1;

  private static final MathContext DIGITS = new MathContext(9);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private DecisionJson() {}

  /// One JSON object, with a line feed at its end.
  ///
  /// @param run the one that was asked
  public static String of(Decision decision, Run run, Optional<CostCheck> check) {
    ObjectNode root = NODES.objectNode();
    root.put("schema", SCHEMA);
    root.set("run", run(run));
    root.set("question", question(decision));
    root.put("outcome", name(decision.outcome()));
    root.set("chosen", models(decision.chosen()));
    root.put("sentence", decision.sentence());
    ArrayNode candidates = root.putArray("candidates");
    decision.candidates().forEach(each -> candidates.add(candidate(each)));
    root.set("rulings", texts(decision.rulings()));
    root.set("changes", texts(decision.changes()));
    root.set("predictions", texts(decision.predictions()));
    ObjectNode held = root.putObject("costModelCheck");
    held.put("predictions", check.map(it -> it.heldOut().size()).orElse(0));
    held.put(
        "medianError",
        check.flatMap(CostCheck::medianError).map(DecisionJson::rounded).orElse(null));
    return PRETTY.writeValueAsString(root) + "\n";
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = NODES.objectNode();
    node.put("workload", run.plan().workload());
    node.put("seed", run.plan().seed());
    node.put("startedEpochMillis", run.startedEpochMillis());
    node.put("labVersion", run.labVersion());
    node.put("cpu", run.host().cpu());
    node.put("cpus", run.host().cpus());
    node.put("os", run.host().os());
    node.put("java", run.host().java());
    return node;
  }

  private static ObjectNode question(Decision decision) {
    Question question = decision.question();
    ObjectNode node = NODES.objectNode();
    node.put("workers", question.workers());
    node.put("taskNanos", question.taskNanos());
    node.put("reachedTaskNanos", Math.round(decision.work().nanos()));
    node.put("messageBytes", question.messageBytes());
    node.put("measured", decision.work().measured());
    node.put("ratePerSecond", question.rate().map(Requirement.Rate::perSecond).orElse(null));
    node.put("memoryBytes", question.memory().map(Requirement.MemoryLimit::bytes).orElse(null));
    node.set("latency", question.latency().map(DecisionJson::bound).orElse(null));
    node.set("needs", texts(question.needs().stream().map(Need::id).toList()));
    return node;
  }

  private static ObjectNode bound(LatencyBound bound) {
    ObjectNode node = NODES.objectNode();
    node.put("percentile", bound.percentile().id());
    node.put("nanos", bound.nanos());
    return node;
  }

  private static ObjectNode candidate(Candidate each) {
    ObjectNode node = NODES.objectNode();
    node.put("model", each.model().id());
    node.put("label", each.model().label());
    node.put("meets", name(each.meets()));
    node.set("margin", each.margin().map(DecisionJson::margin).orElse(null));
    node.set("throughputPerSecond", number(each.throughput()));
    node.set("latencyNanos", number(each.latency()));
    node.set("memoryBytes", number(each.memory()));
    node.set("startUpNanos", number(each.startUp()));
    ArrayNode checks = node.putArray("checks");
    each.checks().forEach(check -> checks.add(check(check)));
    return node;
  }

  private static ObjectNode check(Check check) {
    ObjectNode node = NODES.objectNode();
    node.put("requirement", check.requirement().id());
    node.put("met", name(check.met()));
    node.put("found", check.found());
    return node;
  }

  private static ObjectNode margin(Margin margin) {
    ObjectNode node = NODES.objectNode();
    boolean shown = margin.verdict() != Verdict.UNMEASURED;
    node.put("verdict", name(margin.verdict()));
    put(node, shown ? Optional.of(margin.ratio()) : Optional.empty());
    node.put("basis", name(margin.basis()));
    return node;
  }

  private static JsonNode number(Optional<Figure> evidence) {
    if (evidence.isEmpty()) {
      return NODES.nullNode();
    }
    ObjectNode node = NODES.objectNode();
    put(node, evidence.map(Figure::estimate));
    node.put("basis", name(evidence.get().basis()));
    return node;
  }

  /// The ends of an interval are null where there is none.
  private static void put(ObjectNode node, Optional<Estimate> estimate) {
    Optional<Estimate> interval = estimate.filter(Estimate::hasInterval);
    node.put("value", estimate.map(Estimate::value).map(DecisionJson::rounded).orElse(null));
    node.put("low", interval.map(Estimate::low).map(DecisionJson::rounded).orElse(null));
    node.put("high", interval.map(Estimate::high).map(DecisionJson::rounded).orElse(null));
  }

  /// To more digits than are known, and fewer than machines differ in.
  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private static ArrayNode models(List<Model> models) {
    return texts(models.stream().map(Model::id).toList());
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = NODES.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
