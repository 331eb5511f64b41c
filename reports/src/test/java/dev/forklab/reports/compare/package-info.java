/// Tests of comparisons between runs.
@NullMarked
package dev.forklab.reports.compare;

import org.jspecify.annotations.NullMarked;
