package dev.forklab.reports.chart;

import java.util.Set;

/// What a chart shows, as data, made once from an analysis.
sealed interface Picture permits FaultTimeline, Plot, RegimePicture, TaskStack {

  Caption caption();

  /// What of it was not measured as the rest was.
  Set<Caution> cautions();

  /// An `svg` element.
  String svg(Rendering rendering);

  /// The words around a picture.
  ///
  /// @param id the name of its files, and of its place on the page
  /// @param title one sentence that says what is seen
  /// @param subtitle what was held constant
  /// @param footnote what a reader must know to read it right; may be empty
  record Caption(String id, String title, String subtitle, String footnote) {}

  /// Where an `svg` element is to stand.
  sealed interface Rendering {

    /// On a page that says title, subtitle and footnote itself.
    ///
    /// @param nameId the element that names it
    /// @param descriptionId the element that describes it
    record OnPage(String nameId, String descriptionId) implements Rendering {}

    /// In a file of its own, with its words and colors.
    ///
    /// @param footnote in place of the caption's own
    record Alone(String footnote) implements Rendering {}
  }
}
