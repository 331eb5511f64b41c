package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Answer;
import java.io.PrintWriter;

/// The answer of a run on a terminal: the sentence, the models side by side, what could change the
/// answer, and what more time would decide. Everything else is in the report.
final class AnswerText {

  private AnswerText() {}

  /// @param columns how wide a line may be, 0 for no bound
  static void print(Analysis analysis, PrintWriter out, int columns) {
    Paragraphs text = new Paragraphs(out, columns);
    Answer answer = analysis.answer();
    text.print("", answer.headline());
    analysis
        .scoreboard()
        .ifPresent(board -> {
          out.println();
          ScoreTable.print(board, out, columns);
        });
    int others = answer.otherCaveats().size();
    if (!answer.caveats().isEmpty()) {
      out.println();
      answer.mainCaveats().forEach(caveat -> text.print("! ", caveat));
      if (others > 0) {
        String more = answer.mainCaveats().isEmpty() ? "" : " more";
        text.print(
            "  ", others + more + (others == 1 ? " caveat" : " caveats") + " in the report.");
      }
    }
    analysis
        .moreTime()
        .ifPresent(sentence -> {
          out.println();
          text.print("", sentence);
        });
    out.println();
  }
}
