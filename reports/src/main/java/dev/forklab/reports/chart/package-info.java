/// Charts of an analysis, as PNG and SVG. The only package that imports XChart.
///
/// [dev.forklab.reports.chart.Charts] decides which charts a run has and what each one says; it
/// describes them as [dev.forklab.reports.chart.Plot]s, which are plain data. The painter turns a
/// plot into an XChart: XChart scales and draws grid, regions, lines, markers and intervals;
/// lettering is ours, since a sentence for a title, labels at the ends of lines and ticks at the
/// measured values are more than XChart's own axes offer.
///
/// Each model has one color and one marker everywhere, from the palette of Okabe and Ito (*Color
/// Universal Design*, 2008), which stays distinct for all common kinds of color blindness.
@NullMarked
package dev.forklab.reports.chart;

import org.jspecify.annotations.NullMarked;
