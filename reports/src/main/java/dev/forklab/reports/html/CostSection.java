package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CostWords;
import dev.forklab.reports.cost.CostCheck;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.ModelCost;
import dev.forklab.reports.cost.RegimeMap;
import dev.forklab.reports.cost.Scaling;
import dev.forklab.reports.cost.TaskCost;
import dev.forklab.reports.cost.WorkerLine;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// What a task costs in each model, how well that predicts, and where which model wins.
final class CostSection {

  private final Analysis analysis;
  private final Figures figures;

  CostSection(Analysis analysis, Figures figures) {
    this.analysis = analysis;
    this.figures = figures;
  }

  /// Where time goes, the model of cost, and the map that follows from it; empty ones where a run
  /// does not tell.
  List<Section> sections() {
    Optional<CostModel> cost =
        analysis
            .cost()
            .filter(found ->
                found.models().values().stream().anyMatch(costs -> costs.task().isPresent()));
    return List.of(
        new Section(
            "task-time", "Where a task’s time goes", cost.map(this::taskTime).orElse(List.of())),
        new Section("cost", "What a task costs", cost.map(this::costs).orElse(List.of())),
        new Section("regimes", "Which model wins where", cost.map(this::map).orElse(List.of())));
  }

  private List<Html> taskTime(CostModel cost) {
    Table explanation = ExplanationTable.of(analysis, cost);
    List<Html> content = new ArrayList<>(figures.of("task-time", explanation));
    if (!content.isEmpty()) {
      content.add(element("p", ExplanationTable.remedies()).with("class", "advice"));
    }
    return content;
  }

  private List<Html> costs(CostModel cost) {
    CostWords words = new CostWords(cost);
    List<Html> content = new ArrayList<>();
    content.add(
        element(
            "p",
            "A worker is occupied with a task for: stretch × work + a fixed cost + a cost for each"
                + " byte of the message. Fitted to the measured cells with "
                + CellNames.workers(cost.base())
                + "; what lies between them is predicted."));
    content.add(Page.list(words.costs()));
    content.add(tasks(cost).html());
    addUnlessEmpty(content, workers(cost));
    content.add(element("p", words.check()));
    addUnlessEmpty(content, check(cost));
    return content;
  }

  private List<Html> map(CostModel cost) {
    List<Html> content = new ArrayList<>();
    RegimeMap.of(cost)
        .ifPresent(map -> {
          content.addAll(figures.of("regimes", RegimeTable.of(map, cost.base())));
          content.add(element("p", RegimeTable.KEY).with("class", "advice"));
          List<String> crossovers = new CostWords(cost).crossovers(map.measuredBytes());
          if (!crossovers.isEmpty()) {
            content.add(Page.list(crossovers));
          }
        });
    return content;
  }

  private static void addUnlessEmpty(List<Html> content, Table table) {
    if (!table.isEmpty()) {
      content.add(Figures.folded(table));
    }
  }

  private static Table tasks(CostModel cost) {
    List<List<Entry>> rows = new ArrayList<>();
    each(
        cost,
        (model, costs) ->
            costs.task().ifPresent(task -> rows.add(task(model, task, costs.refusal()))));
    return new Table(
        "table-cost",
        "What a task costs, with 95% intervals; the message and its reply together",
        Table.entries(
            "model", "stretch of the work", "each task", "each byte", "worst miss", "fits"),
        rows);
  }

  private static List<Entry> task(Model model, TaskCost task, Optional<String> refusal) {
    return List.of(
        Phrases.model(model),
        Entry.number(CostWords.plain(task.stretch())),
        Entry.number(CostWords.amount(task.perTask(), Quantity::time)),
        Entry.number(CostWords.amount(task.perByte(), Quantity::time)),
        Entry.number(Quantity.number(100 * task.worstMiss()) + "%"),
        Entry.of(refusal.isEmpty() ? "yes" : "no: " + refusal.get()));
  }

  private static Table workers(CostModel cost) {
    List<List<Entry>> rows = new ArrayList<>();
    each(
        cost,
        (model, costs) -> {
          if (costs.scaling().isPresent() || costs.memory().isPresent()) {
            rows.add(workers(model, costs));
          }
        });
    return new Table(
        "table-cost-workers",
        "What workers cost, with 95% intervals: the share of a task's time that each other worker"
            + " adds (contention, and coherence for each pair where enough numbers of workers were"
            + " measured), memory under load, and start-up until every worker has replied",
        Table.entries(
            "model",
            "contention",
            "coherence",
            "memory without workers",
            "memory of a worker",
            "start-up without workers",
            "start-up of a worker"),
        rows);
  }

  private static List<Entry> workers(Model model, ModelCost costs) {
    return List.of(
        Phrases.model(model),
        number(costs.scaling().map(Scaling::contention), CostSection::share),
        number(costs.scaling().flatMap(Scaling::coherence), CostSection::share),
        number(costs.memory().map(WorkerLine::base), Quantity::memory),
        number(costs.memory().map(WorkerLine::perWorker), Quantity::memory),
        number(costs.startUp().map(WorkerLine::base), Quantity::time),
        number(costs.startUp().map(WorkerLine::perWorker), Quantity::time));
  }

  private Table check(CostModel cost) {
    List<CostCheck.HeldOut> all = cost.check().heldOut();
    CellNames names =
        new CellNames(
            all.stream().map(CostCheck.HeldOut::cell).distinct().toList(),
            analysis.taskTimes()::name);
    return new Table(
        "table-cost-check",
        "Each cell left out of the fit and predicted from the others: time that a worker is"
            + " occupied with a task"
            + Phrases.inBrackets(all.isEmpty() ? "" : names.common()),
        Table.entries("cell", "model", "predicted", "measured", "off by"),
        all.stream()
            .map(held ->
                List.of(
                    Entry.of(names.name(held.cell())),
                    Phrases.model(held.model()),
                    Entry.number(Quantity.time(held.predicted())),
                    Entry.number(Quantity.time(held.measured())),
                    Entry.number(signed(held.error()))))
            .toList());
  }

  private interface Each {
    void accept(Model model, ModelCost costs);
  }

  private static void each(CostModel cost, Each action) {
    cost.models().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
  }

  private static Entry number(Optional<StudentEstimate> of, DoubleFunction<String> unit) {
    return Entry.number(
        of.map(found -> CostWords.amount(found, unit)).orElse(Quantity.NOT_MEASURED));
  }

  private static String share(double share) {
    return Quantity.number(100 * share) + "%";
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%+.1f%%", 100 * share);
  }
}
