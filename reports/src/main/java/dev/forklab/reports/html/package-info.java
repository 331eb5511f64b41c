/// The report for people: `report.html`, `summary.md`, and for programs `results.csv`.
///
/// [dev.forklab.reports.html.ReportWriter] writes them into a run directory. What they show is
/// gathered once, as [dev.forklab.reports.html.Table]s of text; the page and the summary differ
/// only in how they mark it up. Escaping is in one place for each format: `Html`, `Markdown`,
/// `Csv`.
@NullMarked
package dev.forklab.reports.html;

import org.jspecify.annotations.NullMarked;
