/// Tests of the analysis.
@NullMarked
package dev.forklab.reports.analysis;

import org.jspecify.annotations.NullMarked;
