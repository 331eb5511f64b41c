/// From records to findings: estimates with intervals, paired comparisons with verdicts, warnings.
///
/// The input is a run directory's records, the output an [dev.forklab.reports.analysis.Analysis]:
/// all that the charts, the page, the summary and the terminal show. Nothing downstream computes a
/// number of its own.
@NullMarked
package dev.forklab.reports.analysis;

import org.jspecify.annotations.NullMarked;
