/// Charts of an analysis, as PNG and SVG. The only package that imports XChart.
///
/// [dev.forklab.reports.chart.Charts] decides which charts a run has and what each one says, as
/// plain data. `PlotImage` and `PlotXChart` draw plots as PNG by XChart; `PlotSvg` and its siblings
/// write SVG for the page, whose parts the page's script finds by their classes. What XChart does
/// and what it does not is told in docs/design/page.md.
///
/// Each model has one color and one marker everywhere, from the palette of Okabe and Ito (*Color
/// Universal Design*, 2008), which stays distinct for all common kinds of color blindness.
@NullMarked
package dev.forklab.reports.chart;

import org.jspecify.annotations.NullMarked;
