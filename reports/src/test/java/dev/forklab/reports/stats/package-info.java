/// Tests of the stats.
@NullMarked
package dev.forklab.reports.stats;

import org.jspecify.annotations.NullMarked;
